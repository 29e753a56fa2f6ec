import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { ACCOUNTS, CrashLoad, DATABASE, type Ledger, START_BALANCE, seeded } from './crash-load.ts';
import { startStoreProcess } from './store-process.ts';

const KILLS = process.env.TEST_LONG === '1' ? 50 : 10;
const SEED = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);
const READY_WITHIN_MS = 5000;

type Db = mongoose.mongo.Db;

async function idsIn(db: Db, collection: string): Promise<Set<string>> {
  const found = await db
    .collection<{ _id: string }>(collection)
    .find({}, { projection: { _id: 1 } })
    .toArray();
  return new Set(found.map(({ _id }) => _id));
}

function missing(wanted: ReadonlySet<string>, found: ReadonlySet<string>): string[] {
  return [...wanted].filter((id) => !found.has(id));
}

/** Everything that was promised, looked for with nobody else at work. */
async function inspect(uri: string, ledger: Ledger): Promise<void> {
  const client = new mongoose.mongo.MongoClient(uri);
  try {
    const db = client.db(DATABASE);
    expect(missing(ledger.singles, await idsIn(db, 'singles')), 'acknowledged single writes').toEqual([]);
    expect(missing(ledger.bulks, await idsIn(db, 'bulks')), 'acknowledged bulk writes').toEqual([]);
    const transfers = await idsIn(db, 'transfers');
    expect(missing(ledger.transfers, transfers), 'acknowledged transactions').toEqual([]);
    expect(await idsIn(db, 'audit'), 'both halves of every transaction').toEqual(transfers);
    const accounts = await db.collection('accounts').find({}).toArray();
    const sum = (field: string): number => accounts.reduce((total, account) => total + Number(account[field]), 0);
    expect(sum('balance'), 'money is neither made nor lost').toBe(ACCOUNTS * START_BALANCE);
    expect(sum('moves'), 'two moves for each transfer').toBe(2 * transfers.size);
    const counter = await db.collection<{ _id: string; value: number }>('counters').findOne({ _id: 'one' });
    expect(counter?.value, 'each acknowledged increment once').toBeGreaterThanOrEqual(ledger.increments);
    expect(counter?.value, 'no increment twice').toBeLessThanOrEqual(ledger.increments + ledger.incrementsInDoubt);
    for (const name of ['singles', 'bulks', 'transfers', 'audit', 'accounts', 'counters']) {
      const report = await db.command({ validate: name });
      expect(report.errors, `indexes of ${name} against a full scan`).toEqual([]);
      expect(report.valid).toBe(true);
    }
  } finally {
    await client.close();
  }
}

test(`killed ${KILLS} times under load from four connections, the store keeps all it has acknowledged`, {
  timeout: KILLS * 15_000,
}, async ({ onTestFailed }) => {
  onTestFailed(() => console.error(`to play this again: TEST_SEED=${SEED}`));
  const random = seeded(SEED);
  const dataDir = await mkdtemp(join(tmpdir(), 'ziuping-crash-'));
  let store = await startStoreProcess(dataDir);
  const { port } = store;
  const load = new CrashLoad(store.uri, random);
  try {
    await load.prepare();
    load.start();
    for (let kill = 0; kill < KILLS; kill += 1) {
      await load.acknowledged(20 + Math.floor(random() * 150));
      const gone = store.end('SIGKILL');
      load.pause();
      await gone;
      store = await startStoreProcess(dataDir, port);
      expect(store.readyMs, 'opens by itself and in time').toBeLessThan(READY_WITHIN_MS);
      await load.idle();
      await inspect(store.uri, load.ledger);
      load.resume();
    }
    expect(load.ledger.increments).toBeGreaterThan(KILLS);
    expect(load.ledger.transfers.size).toBeGreaterThan(KILLS);
  } finally {
    await load.end();
    expect(await store.end('SIGTERM')).toBe(0);
    await rm(dataDir, { recursive: true, force: true });
  }
});
