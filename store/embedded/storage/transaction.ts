import { MongoError } from '../engine/mongo-error.ts';
import type { Document } from '../engine/values.ts';
import { decode } from './bson-codec.ts';
import { type Collection, storedCollection } from './catalog.ts';
import type { Snapshot } from './disk.ts';
import { catalogKey, type Key } from './keys.ts';
import { type Entry, Overlay } from './overlay.ts';
import type { Store } from './store.ts';
import type { View } from './view.ts';

/**
 * A transaction over several messages: a snapshot of the store with its own changes over it. What it changes is locked
 * for everybody else until it ends; of two that want the same document the second fails at once (112).
 */
export class Transaction implements View {
  readonly #store: Store;
  readonly #snapshot: Snapshot;
  readonly #overlay: Overlay;
  readonly #documents = new Map<Key, Document>();
  readonly #locked = new Set<Key>();
  readonly #created = new Map<string, Collection>();
  readonly #changedCollections = new Set<Collection>();
  readonly #counts = new Map<Collection, number>();
  /** Collections it has looked at or written to: none of them is dropped or changed meanwhile. */
  readonly #touched = new Set<string>();
  /** The store's change number when the snapshot was taken. */
  readonly #startedAt: number;
  #end: () => void = () => {};
  #isOver = false;
  /** Resolves when it has ended, either way. */
  readonly ended: Promise<void>;

  constructor(store: Store, snapshot: Snapshot, startedAt: number) {
    this.#store = store;
    this.#snapshot = snapshot;
    this.#overlay = new Overlay(snapshot);
    this.#startedAt = startedAt;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get transaction(): Transaction {
    return this;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Whether it changed anything. */
  get hasWrites(): boolean {
    return this.#overlay.size > 0 || this.#created.size > 0;
  }

  get(key: Key): Uint8Array | undefined {
    this.#mustBeOpen();
    return this.#overlay.get(key);
  }

  entries(from: Key, to: Key, reverse: boolean, limit: number): Entry[] {
    this.#mustBeOpen();
    return this.#overlay.entries(from, to, reverse, limit);
  }

  countKeys(from: Key, to: Key, limit: number): number {
    return this.#store.disk.roughCount(from, to, limit);
  }

  set(key: Key, value: Uint8Array | null): void {
    this.#mustBeOpen();
    this.#overlay.set(key, value);
  }

  document(key: Key, bytes?: Uint8Array): Document | undefined {
    const own = this.#documents.get(key);
    if (own !== undefined) return own;
    if (!this.#overlay.has(key)) {
      const cached = this.#store.cache.get(key);
      if (cached !== undefined && cached.since <= this.#startedAt) return cached.document;
    }
    const found = bytes ?? this.get(key);
    return found === undefined ? undefined : decode(found);
  }

  setDocument(key: Key, document: Document, bytes: Uint8Array): void {
    this.set(key, bytes);
    this.#documents.set(key, document);
  }

  removeDocument(key: Key): void {
    this.set(key, null);
    this.#documents.delete(key);
  }

  collection(namespace: string): Collection | undefined {
    this.#touched.add(namespace);
    const created = this.#created.get(namespace);
    if (created !== undefined) return created;
    const collection = this.#store.catalog.get(namespace);
    if (collection !== undefined && collection.alteredAt > this.#startedAt) {
      throw new MongoError(
        246,
        'Unable to read from a snapshot due to pending collection catalog changes; please retry the operation.',
      );
    }
    return collection;
  }

  addCollection(collection: Collection): void {
    this.claim(catalogKey(collection.namespace));
    this.#created.set(collection.namespace, collection);
  }

  collectionChanged(collection: Collection): void {
    this.#changedCollections.add(collection);
  }

  countBy(collection: Collection, difference: number): void {
    this.#counts.set(collection, (this.#counts.get(collection) ?? 0) + difference);
  }

  /** How many documents it has added to a collection, less those it has removed. */
  countedBy(collection: Collection): number {
    return this.#counts.get(collection) ?? 0;
  }

  /** The collections it has made itself. */
  created(): IterableIterator<Collection> {
    return this.#created.values();
  }

  claim(key: Key): void {
    if (this.#locked.has(key)) return;
    const holder = this.#store.locks.get(key);
    if (holder !== undefined || this.#store.changedSince(key, this.#startedAt)) throw writeConflict();
    this.#store.locks.set(key, this);
    this.#locked.add(key);
  }

  touches(namespace: string): boolean {
    return this.#touched.has(namespace);
  }

  touchesDatabase(database: string): boolean {
    for (const namespace of this.#touched) if (namespace.startsWith(`${database}.`)) return true;
    return false;
  }

  /** Makes its changes everybody's. They are on disk when the store's next flush has ended. */
  commit(): void {
    this.#mustBeOpen();
    const latest = this.#store.latest;
    this.#release();
    for (const collection of this.#created.values()) latest.addCollection(collection);
    for (const [key, value] of this.#overlay.changes()) {
      const document = this.#documents.get(key);
      if (value !== null && document !== undefined) latest.setDocument(key, document, value);
      else if (value === null && key.startsWith('d')) latest.removeDocument(key);
      else latest.set(key, value);
    }
    for (const [collection, difference] of this.#counts) latest.countBy(collection, difference);
    for (const collection of this.#changedCollections) latest.set(...storedCollection(collection));
    this.#finish();
  }

  abort(): void {
    if (this.#isOver) return;
    this.#release();
    this.#finish();
  }

  #release(): void {
    for (const key of this.#locked) this.#store.locks.delete(key);
  }

  #finish(): void {
    this.#isOver = true;
    this.#snapshot.release();
    this.#store.forget(this);
    this.#end();
  }

  #mustBeOpen(): void {
    if (this.#isOver) throw new MongoError(251, 'Transaction has been aborted.');
  }
}

/** What a transaction gets when another one changed the same document first. */
export function writeConflict(): MongoError {
  return new MongoError(
    112,
    'WriteConflict error: this operation conflicted with another operation. Please retry your operation or multi-document transaction.',
  );
}
