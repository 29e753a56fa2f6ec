import type { Document } from '../engine/values.ts';
import { decode } from './bson-codec.ts';
import { Catalog, type Collection, storedCollection } from './catalog.ts';
import { Disk } from './disk.ts';
import { DocumentCache } from './document-cache.ts';
import {
  afterPrefix,
  catalogKey,
  GARBAGE_FROM,
  GARBAGE_TO,
  garbageKey,
  indexPrefix,
  type Key,
  recordPrefix,
} from './keys.ts';
import type { Entry } from './overlay.ts';
import { Transaction } from './transaction.ts';
import { Blocked, type View } from './view.ts';

/** BSON bytes of the documents that are kept decoded. */
const CACHE_BYTES = 12_000_000;
/** How many keys of a dropped collection go at a time. */
const SWEEP_KEYS = 500;

/** The whole store: what is on disk, the catalog, the cache of documents, and the transactions that are under way. */
export class Store {
  readonly disk: Disk;
  readonly catalog: Catalog;
  readonly cache = new DocumentCache(CACHE_BYTES);
  /** What transactions under way have changed, and whose change it is. */
  readonly locks = new Map<Key, Transaction>();
  /** The view of plain commands. */
  readonly latest: View;
  readonly #open = new Set<Transaction>();
  /** When a key was last changed, kept while transactions are open that might have seen it before. */
  readonly #changedAt = new Map<Key, number>();
  #change = 0;
  #isSweeping = false;
  #isClosed = false;

  /** @param folder a folder that belongs to this process alone. */
  constructor(folder: string) {
    this.disk = new Disk(folder);
    this.catalog = new Catalog(this.disk);
    this.latest = new LatestView(this);
    this.disk.onFlushFailed(() => {
      this.cache.clear();
      this.catalog.load();
    });
    this.#sweep();
  }

  /** The number of the last change. */
  get change(): number {
    return this.#change;
  }

  begin(): Transaction {
    const transaction = new Transaction(this, this.disk.snapshot(), this.#change);
    this.#open.add(transaction);
    return transaction;
  }

  /** A transaction has ended. */
  forget(transaction: Transaction): void {
    this.#open.delete(transaction);
    if (this.#open.size === 0) this.#changedAt.clear();
  }

  changedSince(key: Key, change: number): boolean {
    return (this.#changedAt.get(key) ?? 0) > change;
  }

  /** Counts a change and remembers the key for the transactions that are open. */
  noteChange(key: Key): number {
    this.#change += 1;
    if (this.#open.size > 0) this.#changedAt.set(key, this.#change);
    return this.#change;
  }

  /** @throws Blocked while a transaction under way has looked at or changed this collection. */
  mustBeUntouched(namespace: string): void {
    for (const transaction of this.#open) if (transaction.touches(namespace)) throw new Blocked(transaction);
  }

  /** Number of documents in a collection. */
  countOf(collection: Collection, view: View): number {
    const prefix = recordPrefix(collection.id);
    if (view.transaction !== undefined) {
      return view.entries(prefix, afterPrefix(prefix), false, Number.MAX_SAFE_INTEGER).length;
    }
    collection.count ??= this.disk.count(prefix, afterPrefix(prefix));
    return collection.count;
  }

  /** Takes a collection out; what it held goes bit by bit. */
  drop(collection: Collection): void {
    this.mustBeUntouched(collection.namespace);
    this.catalog.remove(collection);
    this.latest.set(catalogKey(collection.namespace), null);
    this.discard(recordPrefix(collection.id));
    for (const index of collection.indexes) this.discard(indexPrefix(index.id));
  }

  /** Leaves everything under a prefix to the sweep. Ids are never given twice, so nobody meets it again. */
  discard(prefix: Key): void {
    this.disk.set(garbageKey(prefix), new Uint8Array(0));
    this.#sweep();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const transaction of [...this.#open]) transaction.abort();
    await this.disk.close();
  }

  #sweep(): void {
    if (this.#isSweeping) return;
    this.#isSweeping = true;
    setImmediate(() => {
      this.#isSweeping = false;
      if (this.#isClosed) return;
      const garbage = this.disk.entries(GARBAGE_FROM, GARBAGE_TO, false, 1)[0];
      if (garbage === undefined) return;
      const prefix = garbage[0].slice(GARBAGE_FROM.length);
      const found = this.disk.entries(prefix, afterPrefix(prefix), false, SWEEP_KEYS);
      for (const [key] of found) {
        this.disk.set(key, null);
        this.cache.delete(key);
      }
      if (found.length < SWEEP_KEYS) this.disk.set(garbage[0], null);
      this.#sweep();
    });
  }
}

/** The store as it is now, for plain commands. */
class LatestView implements View {
  readonly #store: Store;
  readonly transaction = undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  get(key: Key): Uint8Array | undefined {
    return this.#store.disk.get(key);
  }

  entries(from: Key, to: Key, reverse: boolean, limit: number): Entry[] {
    return this.#store.disk.entries(from, to, reverse, limit);
  }

  countKeys(from: Key, to: Key, limit: number): number {
    return this.#store.disk.roughCount(from, to, limit);
  }

  set(key: Key, value: Uint8Array | null): void {
    this.#store.noteChange(key);
    this.#store.disk.set(key, value);
  }

  document(key: Key, bytes?: Uint8Array): Document | undefined {
    const cached = this.#store.cache.get(key);
    if (cached !== undefined) return cached.document;
    const found = bytes ?? this.get(key);
    if (found === undefined) return undefined;
    const document = decode(found);
    // Bytes that are at hand come from a scan.
    if (bytes === undefined) this.#store.cache.set(key, document, found.length, this.#store.change);
    else this.#store.cache.offer(key, document, found.length, this.#store.change);
    return document;
  }

  setDocument(key: Key, document: Document, bytes: Uint8Array): void {
    const change = this.#store.noteChange(key);
    this.#store.disk.set(key, bytes);
    this.#store.cache.set(key, document, bytes.length, change);
  }

  removeDocument(key: Key): void {
    this.set(key, null);
    this.#store.cache.delete(key);
  }

  collection(namespace: string): Collection | undefined {
    return this.#store.catalog.get(namespace);
  }

  addCollection(collection: Collection): void {
    this.claim(catalogKey(collection.namespace));
    this.#store.catalog.add(collection);
    this.set(...storedCollection(collection));
    collection.alteredAt = this.#store.change;
  }

  collectionChanged(collection: Collection): void {
    this.set(...storedCollection(collection));
  }

  countBy(collection: Collection, difference: number): void {
    if (collection.count !== undefined) collection.count += difference;
  }

  claim(key: Key): void {
    const holder = this.#store.locks.get(key);
    if (holder !== undefined) throw new Blocked(holder);
  }
}
