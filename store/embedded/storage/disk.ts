import { statSync } from 'node:fs';
import { join } from 'node:path';
import { open, type Transaction as ReadTransaction, type RootDatabase } from 'lmdb';
import type { Key } from './keys.ts';
import { type Entry, Overlay, type Reader } from './overlay.ts';

/** A view of the store as it was at one moment. It holds pages back from reuse until it is released. */
export interface Snapshot extends Reader {
  release(): void;
}

/** Callbacks of writes that wait for the flush they belong to. */
interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * The store on disk: LMDB with the writes of one turn of the event loop over it. Writes are visible to every reader at
 * once; at the end of the turn all of them go into one LMDB transaction, which returns after fdatasync, and only then
 * `flushed` resolves. So several connections share one sync, and what is half computed never reaches the disk.
 *
 * LMDB's asynchronous `transaction()` neither rolls back nor isolates; it is not used.
 */
export class Disk implements Reader {
  readonly #db: RootDatabase<Buffer, Buffer>;
  readonly #file: string;
  readonly #pending: Overlay;
  readonly #base: Reader;
  #waiters: Waiter[] = [];
  #isFlushPlanned = false;
  #isClosed = false;
  #onFlushFailed: () => void = () => {};

  /** Opens (and makes) the store in this folder. The caller holds the folder's lock. */
  constructor(folder: string) {
    this.#db = open<Buffer, Buffer>({ path: folder, keyEncoding: 'binary', encoding: 'binary', noSubdir: false });
    this.#file = join(folder, 'data.mdb');
    const db = this.#db;
    this.#base = {
      get: (key) => db.getBinary(bytes(key)),
      entries: (from, to, reverse, limit) => readRange(db, from, to, reverse, limit, undefined),
    };
    this.#pending = new Overlay(this.#base);
  }

  /** Called when a flush failed and its writes are gone: what was derived from them must be read again. */
  onFlushFailed(run: () => void): void {
    this.#onFlushFailed = run;
  }

  get(key: Key): Uint8Array | undefined {
    return this.#pending.size === 0 ? this.#base.get(key) : this.#pending.get(key);
  }

  entries(from: Key, to: Key, reverse: boolean, limit: number): Entry[] {
    return this.#pending.entries(from, to, reverse, limit);
  }

  /** Bytes of the file, unused pages included. */
  get sizeOnDiskBytes(): number {
    return statSync(this.#file).size;
  }

  /** How many keys lie in a range. */
  count(from: Key, to: Key): number {
    this.#flushNow();
    return this.#db.getKeysCount({ start: bytes(from), end: bytes(to) });
  }

  /** How many keys lie in a range as of the last flush, counted up to `limit`. */
  roughCount(from: Key, to: Key, limit: number): number {
    return this.#db.getKeysCount({ start: bytes(from), end: bytes(to), limit });
  }

  set(key: Key, value: Uint8Array | null): void {
    this.#pending.set(key, value);
    this.#planFlush();
  }

  /** Resolves when everything written so far is on disk. */
  flushed(): Promise<void> {
    if (this.#pending.size === 0) return Promise.resolve();
    return new Promise<void>((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
    });
  }

  /** The store as it is now, unmoved by later writes. */
  snapshot(): Snapshot {
    this.#flushNow();
    const db = this.#db;
    const transaction = db.useReadTransaction();
    let isReleased = false;
    return {
      get: (key) => db.get(bytes(key), { transaction }),
      entries: (from, to, reverse, limit) => readRange(db, from, to, reverse, limit, transaction),
      release: () => {
        if (isReleased) return;
        isReleased = true;
        transaction.done();
      },
    };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#flushNow();
    this.#isClosed = true;
    await this.#db.close();
  }

  #planFlush(): void {
    if (this.#isFlushPlanned) return;
    this.#isFlushPlanned = true;
    setImmediate(() => {
      this.#isFlushPlanned = false;
      if (!this.#isClosed) this.#flushNow();
    });
  }

  #flushNow(): void {
    if (this.#pending.size === 0) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    const db = this.#db;
    try {
      db.transactionSync(() => {
        for (const [key, value] of this.#pending.changes()) {
          if (value === null) db.removeSync(bytes(key));
          else db.putSync(bytes(key), asBuffer(value));
        }
      });
      this.#pending.clear();
    } catch (error) {
      this.#pending.clear();
      this.#onFlushFailed();
      for (const waiter of waiters) waiter.reject(error);
      return;
    }
    for (const waiter of waiters) waiter.resolve();
  }
}

function bytes(key: Key): Buffer {
  return Buffer.from(key, 'latin1');
}

function asBuffer(value: Uint8Array): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function readRange(
  db: RootDatabase<Buffer, Buffer>,
  from: Key,
  to: Key,
  reverse: boolean,
  limit: number,
  transaction: ReadTransaction | undefined,
): Entry[] {
  const start = bytes(from);
  const end = bytes(to);
  const range = reverse
    ? { start: end, end: start, reverse, exclusiveStart: true, inclusiveEnd: true, limit }
    : { start, end, limit };
  const found: Entry[] = [];
  for (const { key, value } of db.getRange(transaction === undefined ? range : { ...range, transaction })) {
    found.push([Buffer.from(key).toString('latin1'), value]);
  }
  return found;
}
