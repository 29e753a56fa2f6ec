import { Int32, Long } from 'bson';
import type { Document } from '../engine/values.ts';
import { decode, encode } from '../storage/bson-codec.ts';
import { retryKey } from '../storage/keys.ts';
import type { Store } from '../storage/store.ts';

/** What one statement of a write did. */
export interface StatementResult {
  readonly n: number;
  readonly nModified: number;
  readonly upserted?: unknown;
}

/** A run of neighbouring statements that did the same. */
interface Done {
  from: number;
  to: number;
  result: StatementResult;
}

/** What is kept of the last numbered write of a session. */
interface Kept {
  readonly number: bigint;
  readonly done: Done[];
  readonly reply: Document | undefined;
  /** The number was that of a transaction, and it was committed. */
  readonly isCommitted: boolean;
}

/**
 * What the writes of one session and number have done. It is stored in the same flush as the writes themselves, so that
 * a write which comes again, also after a kill, is answered from here and not done again.
 */
export class RetryableWrite {
  readonly #store: Store;
  readonly #sessionKey: string;
  readonly #number: bigint;
  readonly #now: () => Date;
  readonly #done: Done[];
  #reply: Document | undefined;
  #isChanged = false;

  constructor(store: Store, sessionKey: string, number: bigint, now: () => Date) {
    this.#store = store;
    this.#sessionKey = sessionKey;
    this.#number = number;
    this.#now = now;
    const kept = readKept(store, sessionKey);
    const isSame = kept?.number === number;
    this.#done = isSame ? kept.done : [];
    this.#reply = isSame ? kept.reply : undefined;
  }

  /** What this statement did when it came before. */
  resultOf(statement: number): StatementResult | undefined {
    return this.#done.find(({ from, to }) => from <= statement && statement <= to)?.result;
  }

  /** The whole answer, for commands with one statement. */
  get reply(): Document | undefined {
    return this.#reply;
  }

  record(statement: number, result: StatementResult): void {
    this.#isChanged = true;
    const last = this.#done.at(-1);
    const isSame =
      last !== undefined &&
      last.to === statement - 1 &&
      result.upserted === undefined &&
      last.result.upserted === undefined &&
      last.result.n === result.n &&
      last.result.nModified === result.nModified;
    if (isSame) last.to = statement;
    else this.#done.push({ from: statement, to: statement, result });
  }

  recordReply(reply: Document): void {
    this.#isChanged = true;
    this.#reply = reply;
  }

  /** Writes it down, into the same flush as what was written since the last flush. */
  save(): void {
    if (!this.#isChanged) return;
    this.#isChanged = false;
    const done = this.#done.map(({ from, to, result }) => ({
      from: new Int32(from),
      to: new Int32(to),
      n: new Int32(result.n),
      m: new Int32(result.nModified),
      u: result.upserted,
    }));
    keep(this.#store, this.#sessionKey, this.#number, this.#now(), { done, reply: this.#reply });
  }
}

/** Notes that a session's transaction with this number was committed, in the same flush as its changes. */
export function keepCommitted(store: Store, sessionKey: string, number: bigint, at: Date): void {
  keep(store, sessionKey, number, at, { isCommitted: true });
}

/** The number of the session's last numbered write and whether it was a committed transaction. */
export function lastKept(store: Store, sessionKey: string): { number: bigint; isCommitted: boolean } | undefined {
  return readKept(store, sessionKey);
}

function keep(store: Store, sessionKey: string, number: bigint, at: Date, more: Document): void {
  store.disk.set(retryKey(sessionKey), encode({ number: Long.fromBigInt(number), at, ...more }));
}

function readKept(store: Store, sessionKey: string): Kept | undefined {
  const bytes = store.disk.get(retryKey(sessionKey));
  if (bytes === undefined) return undefined;
  const stored = decode(bytes);
  const done = ((stored.done as Document[] | undefined) ?? []).map((one): Done => {
    const result = { n: Number(one.n), nModified: Number(one.m) };
    return {
      from: Number(one.from),
      to: Number(one.to),
      result: one.u === undefined ? result : { ...result, upserted: one.u },
    };
  });
  return {
    number: (stored.number as Long).toBigInt(),
    done,
    reply: stored.reply as Document | undefined,
    isCommitted: stored.isCommitted === true,
  };
}
