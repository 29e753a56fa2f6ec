import { Long } from 'bson';
import type { Timers } from '../../../lib/timers.ts';
import { MongoError } from '../engine/mongo-error.ts';
import type { Transaction } from '../storage/transaction.ts';

/** BSON bytes of documents in a batch, at most. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024;
/** Documents of a first batch when the client does not say. */
export const FIRST_BATCH = 101;
/** An idle cursor lives for ten minutes. */
const IDLE_MS = 600_000;

/** Where the next documents of a cursor come from, as BSON bytes. */
export type ResultSource = Iterator<Uint8Array>;

interface Cursor {
  readonly id: bigint;
  readonly namespace: string;
  readonly source: ResultSource;
  readonly sessionKey: string;
  readonly transaction: Transaction | undefined;
  /** A document that was read and did not fit into the last batch. */
  held: Uint8Array | undefined;
  /** The source has said that there is no more. As with MongoDB a full batch does not look behind itself. */
  isOver: boolean;
  usedAt: number;
}

/** What one batch holds, and whether more is to come. */
export interface Batch {
  readonly id: bigint;
  readonly documents: Uint8Array[];
}

/** Whose cursor it is. */
export interface CursorOwner {
  readonly namespace: string;
  readonly sessionKey: string;
  readonly transaction: Transaction | undefined;
}

/** The cursors that are open. */
export class Cursors {
  readonly #timers: Timers;
  readonly #open = new Map<bigint, Cursor>();
  #next = 0x4a11_0000_0001n;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Reads the first batch; opens a cursor (id other than 0) when there is more and `isSingle` is not set. */
  open(owner: CursorOwner, source: ResultSource, batchSize: number, isSingle: boolean): Batch {
    const cursor: Cursor = {
      id: this.#next,
      namespace: owner.namespace,
      source,
      sessionKey: owner.sessionKey,
      transaction: owner.transaction,
      held: undefined,
      isOver: false,
      usedAt: this.#timers.elapsed(),
    };
    const documents = fill(cursor, batchSize);
    if (isSingle || cursor.isOver) {
      source.return?.();
      return { id: 0n, documents };
    }
    this.#next += 1n;
    this.#open.set(cursor.id, cursor);
    return { id: cursor.id, documents };
  }

  /** Reads the next batch. @throws MongoError 43 for a cursor that is gone. */
  more(id: bigint, owner: CursorOwner, batchSize: number | undefined): Batch {
    const cursor = this.#open.get(id);
    if (cursor === undefined) throw new MongoError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== owner.namespace) {
      throw new MongoError(
        13,
        `Requested getMore on namespace '${owner.namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    if (cursor.transaction !== owner.transaction) {
      throw new MongoError(
        50740,
        `Cannot run getMore on cursor ${id}, which was ${cursor.transaction === undefined ? 'not ' : ''}created in a transaction, in another one or without`,
      );
    }
    cursor.usedAt = this.#timers.elapsed();
    try {
      const documents = fill(cursor, batchSize ?? Number.POSITIVE_INFINITY);
      if (!cursor.isOver) return { id, documents };
      this.#open.delete(id);
      return { id: 0n, documents };
    } catch (error) {
      this.#open.delete(id);
      throw error;
    }
  }

  /** Ends a cursor; false when there is none of this id and namespace. */
  kill(id: bigint, namespace: string): boolean {
    const cursor = this.#open.get(id);
    if (cursor === undefined || cursor.namespace !== namespace) return false;
    this.#open.delete(id);
    cursor.source.return?.();
    return true;
  }

  /** Ends the cursors of a collection that is dropped, or of all that `isMeant` picks. */
  killWhere(isMeant: (namespace: string) => boolean): void {
    for (const cursor of this.#open.values()) if (isMeant(cursor.namespace)) this.kill(cursor.id, cursor.namespace);
  }

  forgetUnused(): void {
    const before = this.#timers.elapsed() - IDLE_MS;
    for (const cursor of this.#open.values()) {
      if (cursor.usedAt < before || cursor.transaction?.isOver === true) this.kill(cursor.id, cursor.namespace);
    }
  }
}

function fill(cursor: Cursor, batchSize: number): Uint8Array[] {
  const documents: Uint8Array[] = [];
  let bytes = 0;
  while (documents.length < batchSize) {
    const next = cursor.held ?? take(cursor);
    cursor.held = undefined;
    if (next === undefined) break;
    if (documents.length > 0 && bytes + next.length > MAX_BATCH_BYTES) {
      cursor.held = next;
      break;
    }
    documents.push(next);
    bytes += next.length;
  }
  return documents;
}

function take(cursor: Cursor): Uint8Array | undefined {
  const result = cursor.source.next();
  if (result.done !== true) return result.value;
  cursor.isOver = true;
  return undefined;
}

/** A cursor's id as it stands in a command. */
export function cursorId(value: unknown): bigint {
  return value instanceof Long ? value.toBigInt() : BigInt(Math.trunc(Number(value)));
}
