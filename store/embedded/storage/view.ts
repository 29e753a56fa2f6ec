import type { Document } from '../engine/values.ts';
import type { Collection } from './catalog.ts';
import type { Key } from './keys.ts';
import type { Reader } from './overlay.ts';
import type { Transaction } from './transaction.ts';

/** What a command reads and writes through: the store as it is now, or a transaction's own picture of it. */
export interface View extends Reader {
  /** The transaction this is the view of; undefined for plain commands. */
  readonly transaction: Transaction | undefined;
  /** How many keys lie in a range, counted up to `limit`; changes not yet flushed may be left out. */
  countKeys(from: Key, to: Key, limit: number): number;
  set(key: Key, value: Uint8Array | null): void;
  /** The decoded document under a key. It is shared: nobody may change it. `bytes` spares a read where they are at hand. */
  document(key: Key, bytes?: Uint8Array): Document | undefined;
  setDocument(key: Key, document: Document, bytes: Uint8Array): void;
  removeDocument(key: Key): void;
  /** The collection of this name, as far as this view may see it. */
  collection(namespace: string): Collection | undefined;
  addCollection(collection: Collection): void;
  /** Something that is kept with the collection itself (an index, a mark of an index) has changed. */
  collectionChanged(collection: Collection): void;
  /** Adds to the number of documents of a collection. */
  countBy(collection: Collection, difference: number): void;
  /**
   * Asks for the right to change what lies under a key. Plain commands are stopped by a transaction that has changed it,
   * and come again when that has ended.
   *
   * @throws Blocked for plain commands.
   * @throws MongoError 112 for a transaction when another came first.
   */
  claim(key: Key): void;
}

/** A plain write met a document that a transaction under way has changed: it must wait until that has ended. */
export class Blocked extends Error {
  override readonly name = 'Blocked';
  readonly by: Transaction;

  constructor(by: Transaction) {
    super('blocked by a transaction');
    this.by = by;
  }
}
