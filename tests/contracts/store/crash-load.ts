import mongoose from 'mongoose';

const { MongoClient } = mongoose.mongo;
type Client = mongoose.mongo.MongoClient;

export const DATABASE = 'ziuping_test_crash';
export const ACCOUNTS = 6;
export const START_BALANCE = 1000;

/** A number generator with a seed, so that a failure can be played again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What the store has acknowledged, and what it may have done without anybody hearing of it. */
export interface Ledger {
  readonly singles: Set<string>;
  readonly bulks: Set<string>;
  readonly transfers: Set<string>;
  increments: number;
  incrementsInDoubt: number;
}

interface Account {
  readonly _id: number;
  readonly balance: number;
  readonly moves: number;
}

/** Four connections that write until they are told to pause. */
export class CrashLoad {
  readonly ledger: Ledger = {
    singles: new Set(),
    bulks: new Set(),
    transfers: new Set(),
    increments: 0,
    incrementsInDoubt: 0,
  };
  readonly #clients: Client[];
  readonly #random: () => number;
  readonly #loops: Promise<void>[] = [];
  #isPaused = false;
  #isOver = false;
  #resume: () => void = () => {};
  #resumed: Promise<void> = Promise.resolve();
  #working = 0;
  #number = 0;
  #acknowledged = 0;
  #listeners: (() => void)[] = [];

  constructor(uri: string, random: () => number) {
    this.#random = random;
    this.#clients = Array.from(
      { length: 4 },
      () => new MongoClient(uri, { maxPoolSize: 1, serverSelectionTimeoutMS: 20_000, heartbeatFrequencyMS: 500 }),
    );
  }

  async prepare(): Promise<void> {
    const db = this.#db(0);
    await db.collection('singles').createIndexes([{ key: { at: 1 } }, { key: { tags: 1, at: -1 } }]);
    await db.collection<{ _id: string }>('bulks').createIndex({ n: 1 }, { unique: true });
    await db
      .collection<Account>('accounts')
      .insertMany(Array.from({ length: ACCOUNTS }, (_, _id) => ({ _id, balance: START_BALANCE, moves: 0 })));
    await db.collection<{ _id: string; value: number }>('counters').insertOne({ _id: 'one', value: 0 });
    for (const name of ['transfers', 'audit']) await db.createCollection(name);
  }

  start(): void {
    const works = [this.#single, this.#bulk, this.#transfer, this.#increment];
    for (const [at, work] of works.entries()) this.#loops.push(this.#loop(() => work.call(this, at)));
  }

  /** Resolves when so many more writes have been acknowledged. */
  async acknowledged(more: number): Promise<void> {
    const goal = this.#acknowledged + more;
    while (this.#acknowledged < goal) await this.#change();
  }

  pause(): void {
    this.#isPaused = true;
    this.#resumed = new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  /** Resolves when no write is under way any more. */
  async idle(): Promise<void> {
    while (this.#working > 0) await this.#change();
  }

  resume(): void {
    this.#isPaused = false;
    this.#resume();
  }

  async end(): Promise<void> {
    this.#isOver = true;
    this.resume();
    await Promise.all(this.#loops);
    for (const client of this.#clients) await client.close();
  }

  #db(at: number): mongoose.mongo.Db {
    return (this.#clients[at] as Client).db(DATABASE);
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#listeners.push(resolve));
  }

  #tell(): void {
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }

  async #loop(work: () => Promise<void>): Promise<void> {
    while (!this.#isOver) {
      if (this.#isPaused) {
        await this.#resumed;
        continue;
      }
      this.#working += 1;
      try {
        await work();
        this.#acknowledged += 1;
      } catch {
        // The store was killed under this write and once more under its repetition: nobody knows what became of it.
      } finally {
        this.#working -= 1;
        this.#tell();
      }
    }
  }

  async #single(at: number): Promise<void> {
    const _id = `single-${++this.#number}`;
    const tags = [Math.floor(this.#random() * 5), Math.floor(this.#random() * 5)];
    await this.#db(at)
      .collection<{ _id: string; at: number; tags: number[] }>('singles')
      .insertOne({ _id, at: this.#random(), tags });
    this.ledger.singles.add(_id);
  }

  async #bulk(at: number): Promise<void> {
    const ids = Array.from({ length: 5 }, () => ++this.#number);
    const bulks = this.#db(at).collection<{ _id: string; n: number; touched?: boolean }>('bulks');
    const first = `bulk-${ids[0]}`;
    await bulks.bulkWrite(
      [
        ...ids.map((n) => ({ insertOne: { document: { _id: `bulk-${n}`, n } } })),
        { updateOne: { filter: { _id: first }, update: { $set: { touched: true } } } },
      ],
      { ordered: this.#random() < 0.5 },
    );
    for (const n of ids) this.ledger.bulks.add(`bulk-${n}`);
  }

  async #transfer(at: number): Promise<void> {
    const _id = `transfer-${++this.#number}`;
    const from = Math.floor(this.#random() * ACCOUNTS);
    const to = (from + 1 + Math.floor(this.#random() * (ACCOUNTS - 1))) % ACCOUNTS;
    const amount = 1 + Math.floor(this.#random() * 9);
    const client = this.#clients[at] as Client;
    const db = client.db(DATABASE);
    await client.withSession((session) =>
      session.withTransaction(async () => {
        const accounts = db.collection<Account>('accounts');
        await accounts.updateOne({ _id: from }, { $inc: { balance: -amount, moves: 1 } }, { session });
        await db
          .collection<{ _id: string; from: number; to: number; amount: number }>('transfers')
          .insertOne({ _id, from, to, amount }, { session });
        await accounts.updateOne({ _id: to }, { $inc: { balance: amount, moves: 1 } }, { session });
        await db.collection<{ _id: string }>('audit').insertOne({ _id }, { session });
      }),
    );
    this.ledger.transfers.add(_id);
  }

  async #increment(at: number): Promise<void> {
    this.ledger.incrementsInDoubt += 1;
    await this.#db(at)
      .collection<{ _id: string; value: number }>('counters')
      .updateOne({ _id: 'one' }, { $inc: { value: 1 } });
    this.ledger.incrementsInDoubt -= 1;
    this.ledger.increments += 1;
  }
}
