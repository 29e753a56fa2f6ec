import { statSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { type Key, metaKey } from './keys.ts';
import { type Entry, Overlay, type Reader } from './overlay.ts';
import { WriteAheadLog } from './write-ahead-log.ts';

/** A view of the store as it was at one moment. It costs a little with every write until it is released. */
export interface Snapshot extends Reader {
  release(): void;
}

/** Callbacks of writes that wait for the flush they belong to. */
interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

/** So many changed keys, or bytes in them, are gathered before they go into LMDB. */
const GATHERED_KEYS = 4000;
const GATHERED_BYTES = 4 * 1024 * 1024;
const EPOCH = metaKey('epoch');

/**
 * The store on disk: LMDB, with the latest changes over it. Changes are visible to every reader at once. At the end of
 * the turn of the event loop all changes of the turn are logged with one sync, and only then `flushed` resolves: so
 * several connections share one sync, and what is half computed never reaches the disk. When enough has gathered, one
 * LMDB transaction takes it in and the log begins anew.
 *
 * LMDB's asynchronous `transaction()` neither rolls back nor isolates; it is not used.
 */
export class Disk implements Reader {
  readonly #db: RootDatabase<Buffer, Buffer>;
  readonly #log: WriteAheadLog;
  readonly #file: string;
  /** What is not in LMDB yet. */
  readonly #gathered: Overlay;
  #gatheredBytes = 0;
  /** What is not in the log yet. */
  #unlogged = new Map<Key, Uint8Array | null>();
  readonly #base: Reader;
  /** For each snapshot: what was there under keys that have changed since. */
  readonly #snapshots = new Set<Overlay>();
  #epoch: number;
  #waiters: Waiter[] = [];
  #isFlushPlanned = false;
  #isClosed = false;
  #onFlushFailed: () => void = () => {};

  /** Opens (and makes) the store in this folder. The caller holds the folder's lock. */
  constructor(folder: string) {
    const db = open<Buffer, Buffer>({ path: folder, keyEncoding: 'binary', encoding: 'binary', noSubdir: false });
    this.#db = db;
    this.#file = join(folder, 'data.mdb');
    this.#base = {
      get: (key) => db.getBinary(bytes(key)),
      entries: (from, to, reverse, limit) => readRange(db, from, to, reverse, limit),
    };
    this.#gathered = new Overlay(this.#base);
    const epoch = this.#base.get(EPOCH);
    this.#epoch = epoch === undefined ? 0 : Buffer.from(epoch).readUInt32LE(0);
    this.#log = new WriteAheadLog(join(folder, 'log'));
    this.#gatherLogged();
  }

  #gatherLogged(): void {
    for (const [key, value] of this.#log.read(this.#epoch)) this.#gathered.set(key, value);
    if (this.#gathered.size > 0) this.#takeIn();
  }

  /** Called when a flush failed and its writes are gone: what was derived from them must be read again. */
  onFlushFailed(run: () => void): void {
    this.#onFlushFailed = run;
  }

  get(key: Key): Uint8Array | undefined {
    return this.#gathered.get(key);
  }

  entries(from: Key, to: Key, reverse: boolean, limit: number): Entry[] {
    return this.#gathered.entries(from, to, reverse, limit);
  }

  /** Bytes of the file, unused pages included. */
  get sizeOnDiskBytes(): number {
    return statSync(this.#file).size;
  }

  /** How many keys lie in a range. */
  count(from: Key, to: Key): number {
    this.#takeIn();
    return this.#db.getKeysCount({ start: bytes(from), end: bytes(to) });
  }

  /** How many keys lie in a range, without the latest changes, counted up to `limit`. */
  roughCount(from: Key, to: Key, limit: number): number {
    return this.#db.getKeysCount({ start: bytes(from), end: bytes(to), limit });
  }

  set(key: Key, value: Uint8Array | null): void {
    for (const snapshot of this.#snapshots) if (!snapshot.has(key)) snapshot.set(key, this.get(key) ?? null);
    this.#gathered.set(key, value);
    this.#gatheredBytes += key.length + (value?.length ?? 0);
    this.#unlogged.set(key, value);
    this.#planFlush();
  }

  /** Resolves when everything written so far is on disk. */
  flushed(): Promise<void> {
    if (this.#unlogged.size === 0) return Promise.resolve();
    return new Promise<void>((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
    });
  }

  /** The store as it is now, unmoved by later writes. */
  snapshot(): Snapshot {
    const before = new Overlay(this);
    this.#snapshots.add(before);
    return {
      get: (key) => before.get(key),
      entries: (from, to, reverse, limit) => before.entries(from, to, reverse, limit),
      release: () => this.#snapshots.delete(before),
    };
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#flush();
    this.#takeIn();
    this.#isClosed = true;
    this.#log.close();
    await this.#db.close();
  }

  #planFlush(): void {
    if (this.#isFlushPlanned) return;
    this.#isFlushPlanned = true;
    setImmediate(() => {
      this.#isFlushPlanned = false;
      if (!this.#isClosed) this.#flush();
    });
  }

  /** Makes the changes of this turn durable and tells who waits for them. */
  #flush(): void {
    if (this.#unlogged.size === 0) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    const changes = this.#unlogged;
    this.#unlogged = new Map();
    try {
      const isLogged = this.#log.append(changes);
      const isMuch = this.#gathered.size > GATHERED_KEYS || this.#gatheredBytes > GATHERED_BYTES;
      if (!isLogged || isMuch) this.#takeIn();
    } catch (error) {
      this.#forgetUnlogged();
      for (const waiter of waiters) waiter.reject(error);
      return;
    }
    for (const waiter of waiters) waiter.resolve();
  }

  /** Moves what has gathered into LMDB, in one transaction that returns when it is synced. */
  #takeIn(): void {
    if (this.#gathered.size === 0) return;
    const db = this.#db;
    const epoch = Buffer.alloc(4);
    epoch.writeUInt32LE((this.#epoch + 1) >>> 0, 0);
    db.transactionSync(() => {
      for (const [key, value] of this.#gathered.changes()) {
        if (value === null) db.removeSync(bytes(key));
        else db.putSync(bytes(key), asBuffer(value));
      }
      db.putSync(bytes(EPOCH), epoch);
    });
    this.#epoch = (this.#epoch + 1) >>> 0;
    this.#log.restart(this.#epoch);
    this.#gathered.clear();
    this.#gatheredBytes = 0;
  }

  /** After a failed flush: back to what is known to be on disk. */
  #forgetUnlogged(): void {
    this.#gathered.clear();
    this.#gatheredBytes = 0;
    for (const [key, value] of this.#log.read(this.#epoch)) this.#gathered.set(key, value);
    this.#onFlushFailed();
  }
}

function bytes(key: Key): Buffer {
  return Buffer.from(key, 'latin1');
}

function asBuffer(value: Uint8Array): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function readRange(db: RootDatabase<Buffer, Buffer>, from: Key, to: Key, reverse: boolean, limit: number): Entry[] {
  const start = bytes(from);
  const end = bytes(to);
  const range = reverse
    ? { start: end, end: start, reverse, exclusiveStart: true, inclusiveEnd: true, limit }
    : { start, end, limit };
  const found: Entry[] = [];
  for (const { key, value } of db.getRange(range)) found.push([Buffer.from(key).toString('latin1'), value]);
  return found;
}
