import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { openStore } from '../store/connect.ts';

const { MongoClient, ObjectId } = mongoose.mongo;

/** Times of one operation, in milliseconds. */
export interface Times {
  readonly p50: number;
  readonly p95: number;
  readonly n: number;
}

/** One operation on both stores. `ratio` below 1 means that the embedded store is faster (by p50). */
export interface StoreComparison {
  readonly operation: string;
  readonly ours: Times;
  readonly reference: Times;
  readonly ratio: number;
}

/** What is stored: as much as an application has, with the indexes it has. */
interface Item {
  readonly _id: mongoose.mongo.ObjectId;
  readonly key: string;
  readonly status: string;
  readonly dueAt: Date;
  readonly version: number;
  readonly name: string;
  readonly note: string;
  readonly history: readonly { readonly at: Date; readonly by: string; readonly what: string }[];
}

const DATABASE = 'ziuping_test_bench_store';
const START = Date.UTC(2026, 10, 23);

function item(number: number): Item {
  const at = new Date(START + number * 1000);
  return {
    _id: new ObjectId(),
    key: `item-${number}`,
    status: number % 3 === 0 ? 'waiting' : 'done',
    dueAt: at,
    version: 0,
    name: `陳家欣 ${number}`,
    note: '店務員，旺角分店，可於下月初上班',
    history: [
      { at, by: 'hr-1', what: 'created' },
      { at, by: 'hr-2', what: 'shortlisted' },
    ],
  };
}

/** A connection with everything an operation needs. */
interface Bed {
  readonly client: mongoose.mongo.MongoClient;
  readonly items: mongoose.mongo.Collection<Item>;
  readonly ids: readonly mongoose.mongo.ObjectId[];
  next: number;
}

async function prepare(uri: string, documents: number): Promise<Bed> {
  const client = new MongoClient(uri, { writeConcern: { w: 1, journal: true } });
  const db = client.db(DATABASE);
  await db.dropDatabase();
  const items = db.collection<Item>('items');
  await items.createIndexes([
    { key: { key: 1 }, unique: true },
    { key: { status: 1, dueAt: 1 } },
    { key: { name: 1 } },
  ]);
  const all = Array.from({ length: documents }, (_, number) => item(number));
  for (let at = 0; at < all.length; at += 1000) await items.insertMany(all.slice(at, at + 1000));
  for (const name of ['history', 'outbox', 'inbox']) await db.createCollection(name);
  return { client, items, ids: all.map(({ _id }) => _id), next: documents };
}

function pick(bed: Bed, round: number): mongoose.mongo.ObjectId {
  return bed.ids[(round * 7919) % bed.ids.length] as mongoose.mongo.ObjectId;
}

async function transaction(bed: Bed, round: number): Promise<void> {
  const db = bed.client.db(DATABASE);
  const number = bed.next++;
  await bed.client.withSession((session) =>
    session.withTransaction(async () => {
      const at = new Date(START + number);
      await bed.items.findOne({ _id: pick(bed, round) }, { session });
      await bed.items.updateOne(
        { _id: pick(bed, round) },
        { $set: { status: 'done' }, $inc: { version: 1 } },
        { session },
      );
      await db.collection('history').insertOne({ number, at, what: 'shortlisted' }, { session });
      await db.collection('outbox').insertOne({ number, at, to: 'hr-1', body: '已入圍' }, { session });
      await db.collection('outbox').insertOne({ number, at, to: 'manager-1', body: '請決定' }, { session });
      await db.collection('inbox').insertOne({ number, at, state: 'done' }, { session });
      await bed.items.insertOne({ ...item(number), key: `made-${number}` }, { session });
    }),
  );
}

/** The operations a command of the bot is made of. */
const OPERATIONS: Readonly<Record<string, (bed: Bed, round: number) => Promise<unknown>>> = {
  insertOne: (bed) => bed.items.insertOne({ ...item(bed.next), key: `one-${bed.next++}` }),
  'findOne by _id': (bed, round) => bed.items.findOne({ _id: pick(bed, round) }),
  'findOne by unique key': (bed, round) => bed.items.findOne({ key: `item-${(round * 7919) % bed.ids.length}` }),
  'updateOne by _id': (bed, round) =>
    bed.items.updateOne({ _id: pick(bed, round) }, { $set: { note: `round ${round}` }, $inc: { version: 1 } }),
  'findOneAndUpdate by index, sorted': (bed) =>
    bed.items.findOneAndUpdate(
      { status: 'waiting', dueAt: { $lte: new Date(START + 1e9) } },
      { $set: { status: 'claimed' }, $inc: { version: 1 } },
      { sort: { dueAt: 1 }, returnDocument: 'after' },
    ),
  'transaction of 6 writes': transaction,
};

function times(samples: number[]): Times {
  samples.sort((a, b) => a - b);
  const at = (share: number): number => samples[Math.min(samples.length - 1, Math.floor(samples.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), n: samples.length };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

/** How much is measured. */
export interface StoreComparisonOptions {
  readonly mongodbUri: string;
  /** Rounds per operation after a tenth as many to warm up. */
  readonly rounds?: number;
  readonly documents?: number;
}

/**
 * Measures the operations of a bot command on the embedded store, as the product runs it, and on a MongoDB; both answer
 * only when what was written is on disk (w:1, j:true). The two take turns, so that both meet the same machine.
 */
export async function compareStoreWithMongod(options: StoreComparisonOptions): Promise<StoreComparison[]> {
  const { mongodbUri, rounds = 300, documents = 10_000 } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'ziuping-bench-'));
  const store = await openStore({ dataDir, log: (line) => process.stderr.write(`${line}\n`) });
  const ours = await prepare(store.uri, documents);
  const reference = await prepare(mongodbUri, documents);
  try {
    const results: StoreComparison[] = [];
    for (const [operation, run] of Object.entries(OPERATIONS)) {
      const samples: { ours: number[]; reference: number[] } = { ours: [], reference: [] };
      const warmUp = Math.ceil(rounds / 10);
      for (let round = 0; round < rounds + warmUp; round += 1) {
        const own = await timed(() => run(ours, round));
        const other = await timed(() => run(reference, round));
        if (round < warmUp) continue;
        samples.ours.push(own);
        samples.reference.push(other);
      }
      const own = times(samples.ours);
      const other = times(samples.reference);
      results.push({ operation, ours: own, reference: other, ratio: own.p50 / other.p50 });
    }
    return results;
  } finally {
    await reference.client.db(DATABASE).dropDatabase();
    await reference.client.close();
    await ours.client.close();
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
