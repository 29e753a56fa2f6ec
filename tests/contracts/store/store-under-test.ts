import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { test as base, describe } from 'vitest';
import { openStore } from '../../../store/connect.ts';

/** The stores the contract is held against: always the embedded one, MongoDB where `TEST_MONGODB_URI` is set. */
export type StoreKind = 'embedded' | 'mongodb';

/** Address of a real MongoDB for tests; the product's own `MONGODB_URI` is never used by tests. */
export const TEST_MONGODB_URI = process.env.TEST_MONGODB_URI ?? '';

export const STORE_KINDS: readonly StoreKind[] = TEST_MONGODB_URI === '' ? ['embedded'] : ['embedded', 'mongodb'];

export type Client = mongoose.mongo.MongoClient;
export type Db = mongoose.mongo.Db;
/** A document with a number for its `_id`. */
export type Numbered = mongoose.mongo.Document & { _id: number };

/** A store that runs, and the way to end it. */
export interface RunningStore {
  readonly uri: string;
  end(): Promise<void>;
}

/** Starts a store of this kind; an embedded one in a folder of its own that goes away with it. */
export async function startStore(kind: StoreKind): Promise<RunningStore> {
  if (kind === 'mongodb') return { uri: TEST_MONGODB_URI, end: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), 'ziuping-test-'));
  const store = await openStore({ dataDir, log: (line) => console.error(line) });
  return {
    uri: store.uri,
    async end() {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A name no other test has. */
export function databaseName(): string {
  return `ziuping_test_store_${randomUUID().slice(0, 8)}`;
}

/** What a test of the contract gets. */
export interface StoreFixtures {
  readonly store: RunningStore;
  readonly client: Client;
  /** An empty database of its own. */
  readonly db: Db;
}

function testOn(kind: StoreKind) {
  return base.extend<StoreFixtures>({
    store: [
      // biome-ignore lint/correctness/noEmptyPattern: the names in the pattern are what the runner goes by.
      async ({}, use) => {
        const store = await startStore(kind);
        await use(store);
        await store.end();
      },
      { scope: 'file' },
    ],
    client: [
      async ({ store }, use) => {
        const client = new mongoose.mongo.MongoClient(store.uri);
        await use(client);
        await client.close();
      },
      { scope: 'file' },
    ],
    db: async ({ client }, use) => {
      const db = client.db(databaseName());
      await use(db);
      await db.dropDatabase();
    },
  });
}

export type StoreTest = ReturnType<typeof testOn>;

/** The same cases on every store. */
export function contract(title: string, define: (test: StoreTest, kind: StoreKind) => void): void {
  for (const kind of STORE_KINDS) {
    const test = testOn(kind);
    describe(`${title} [${kind}]`, () => define(test, kind));
  }
}

/** What a promise is refused with; fails the test when it is not. */
export async function refusal(attempt: Promise<unknown>): Promise<mongoose.mongo.MongoServerError> {
  try {
    await attempt;
  } catch (error) {
    return error as mongoose.mongo.MongoServerError;
  }
  throw new Error('was accepted, but should have been refused');
}
