import { Binary, Long } from 'bson';
import type { Timer, Timers } from '../../../lib/timers.ts';
import { MongoError } from '../engine/mongo-error.ts';
import type { Document } from '../engine/values.ts';
import type { Store } from '../storage/store.ts';
import type { Transaction } from '../storage/transaction.ts';
import { keepCommitted, lastKept, RetryableWrite } from './retryable-write.ts';

/** How long a transaction may last, in milliseconds, as MongoDB's transactionLifetimeLimitSeconds. */
const TRANSACTION_LIFETIME_MS = 60_000;

/** A session of a client: at most one transaction, and the number of its last write. */
export interface Session {
  /** The session's id as 16 latin1 characters (or more when the client sends more). */
  readonly key: string;
  /** The number of the transaction under way or of the last one. */
  transactionNumber: bigint;
  transaction: Transaction | undefined;
  state: 'none' | 'open' | 'committed' | 'aborted';
  lifetime: Timer | undefined;
  /** The end of the command that runs now: commands of one session go one after the other. */
  tail: Promise<unknown> | undefined;
  usedAt: number;
}

/** All sessions, with the rules of MongoDB for their transactions and numbered writes. */
export class Sessions {
  readonly #store: Store;
  readonly #timers: Timers;
  readonly #now: () => Date;
  readonly #sessions = new Map<string, Session>();

  constructor(store: Store, timers: Timers, now: () => Date) {
    this.#store = store;
    this.#timers = timers;
    this.#now = now;
  }

  get count(): number {
    return this.#sessions.size;
  }

  /** The session a command belongs to; undefined when it has none. */
  of(command: Document): Session | undefined {
    const lsid = command.lsid as Document | undefined;
    if (lsid === undefined) return undefined;
    const id = lsid.id;
    if (!(id instanceof Binary)) throw new MongoError(40414, "BSON field 'lsid.id' is missing but a required field");
    const key = Buffer.from(id.value()).toString('latin1');
    let session = this.#sessions.get(key);
    if (session === undefined) {
      session = {
        key,
        transactionNumber: -1n,
        transaction: undefined,
        state: 'none',
        lifetime: undefined,
        tail: undefined,
        usedAt: 0,
      };
      this.#sessions.set(key, session);
    }
    session.usedAt = this.#timers.elapsed();
    return session;
  }

  /** What is known of a numbered write outside a transaction. @throws MongoError 225 when a later one was seen. */
  retryable(session: Session, number: bigint): RetryableWrite {
    const kept = lastKept(this.#store, session.key);
    const last = kept === undefined ? session.transactionNumber : max(kept.number, session.transactionNumber);
    if (number < last) throw tooOld('Retryable write', session, number, last);
    if (kept?.number === number && kept.isCommitted) {
      throw new MongoError(256, `Transaction with { txnNumber: ${number} } has been committed.`);
    }
    if (session.state === 'open' && number > session.transactionNumber) this.#end(session, 'aborted');
    return new RetryableWrite(this.#store, session.key, number, this.#now);
  }

  /** The transaction a command belongs to; opens it when the command starts one. @throws MongoError 225, 251, 256, 50911. */
  transaction(session: Session, number: bigint, isStart: boolean): Transaction {
    if (number < session.transactionNumber) throw tooOld('Transaction', session, number, session.transactionNumber);
    if (isStart) return this.#start(session, number);
    if (number > session.transactionNumber) {
      throw noSuch(
        `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is ${session.transactionNumber}`,
      );
    }
    if (session.state === 'committed') {
      throw new MongoError(256, `Transaction with { txnNumber: ${number} } has been committed.`);
    }
    const transaction = session.transaction;
    if (session.state !== 'open' || transaction === undefined) {
      throw noSuch(`Transaction with { txnNumber: ${number} } has been aborted.`);
    }
    return transaction;
  }

  #start(session: Session, number: bigint): Transaction {
    const kept = lastKept(this.#store, session.key);
    if (kept !== undefined && kept.number > number) throw tooOld('Transaction', session, number, kept.number);
    if (number === session.transactionNumber && session.state !== 'none') {
      throw new MongoError(
        50911,
        `Cannot start a transaction at given transaction number ${number} a transaction with the same number is in state ${STATE_NAMES[session.state]}`,
      );
    }
    if (session.state === 'open') this.#end(session, 'aborted');
    const transaction = this.#store.begin();
    session.transactionNumber = number;
    session.transaction = transaction;
    session.state = 'open';
    session.lifetime = this.#timers.after(TRANSACTION_LIFETIME_MS, () => {
      if (session.transaction === transaction) this.#end(session, 'aborted');
    });
    return transaction;
  }

  /** Commits; again for one that was committed already is no error. @throws MongoError 251, 225. */
  async commit(session: Session, number: bigint): Promise<void> {
    const kept = lastKept(this.#store, session.key);
    const isCommitted =
      (kept?.number === number && kept.isCommitted) ||
      (session.transactionNumber === number && session.state === 'committed');
    if (isCommitted) {
      await this.#store.disk.flushed();
      return;
    }
    const transaction = this.transaction(session, number, false);
    transaction.commit();
    // A transaction that wrote nothing has nothing to lose: a commit that comes again finds the session's own state.
    if (transaction.hasWrites) keepCommitted(this.#store, session.key, number, this.#now());
    this.#end(session, 'committed');
    await this.#store.disk.flushed();
  }

  abort(session: Session, number: bigint): void {
    if (number === session.transactionNumber && session.state === 'aborted') {
      throw noSuch(`Transaction with { txnNumber: ${number} } has been aborted.`);
    }
    this.transaction(session, number, false);
    this.#end(session, 'aborted');
  }

  /** An error ends the transaction it happened in. */
  fail(session: Session): void {
    if (session.state === 'open') this.#end(session, 'aborted');
  }

  /** Ends sessions of the given ids, with their transactions. */
  endSessions(ids: readonly unknown[]): void {
    for (const lsid of ids) {
      const id = (lsid as Document | null)?.id;
      if (!(id instanceof Binary)) continue;
      const key = Buffer.from(id.value()).toString('latin1');
      const session = this.#sessions.get(key);
      if (session === undefined) continue;
      this.fail(session);
      this.#sessions.delete(key);
    }
  }

  /** Forgets sessions that were not used for so many milliseconds. */
  forgetUnused(ms: number): void {
    const before = this.#timers.elapsed() - ms;
    for (const [key, session] of this.#sessions) {
      if (session.usedAt < before && session.state !== 'open') this.#sessions.delete(key);
    }
  }

  #end(session: Session, state: 'committed' | 'aborted'): void {
    session.lifetime?.cancel();
    session.lifetime = undefined;
    session.transaction?.abort();
    session.transaction = undefined;
    session.state = state;
  }
}

const STATE_NAMES = {
  none: 'TxnState::None',
  open: 'TxnState::InProgress',
  committed: 'TxnState::Committed',
  aborted: 'TxnState::AbortedWithoutPrepare',
} as const;

/** The transaction number a command carries; undefined when it has none. */
export function transactionNumber(command: Document): bigint | undefined {
  const number = command.txnNumber;
  if (number === undefined) return undefined;
  return number instanceof Long ? number.toBigInt() : BigInt(Math.trunc(Number(number)));
}

function noSuch(message: string): MongoError {
  return new MongoError(251, message);
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function tooOld(what: string, session: Session, number: bigint, last: bigint): MongoError {
  const id = Buffer.from(session.key, 'latin1').toString('hex');
  return new MongoError(
    225,
    `${what} with txnNumber ${number} is prohibited on session ${id} because a newer retryable write or transaction with txnNumber ${last} has already started on this session.`,
  );
}
