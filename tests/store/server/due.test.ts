import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Binary, Int32 } from 'bson';
import { test as base, expect } from 'vitest';
import { StillClock } from '../../../lib/clock.ts';
import { compileFilter } from '../../../store/embedded/engine/filter.ts';
import { compileSort } from '../../../store/embedded/engine/sort.ts';
import { startQuery } from '../../../store/embedded/server/query/run.ts';
import { scanCollection } from '../../../store/embedded/server/query/scan.ts';
import { StoreServer } from '../../../store/embedded/server/store-server.ts';
import { removeExpired } from '../../../store/embedded/server/upkeep.ts';
import { encode } from '../../../store/embedded/storage/bson-codec.ts';
import { type Collection, newIndex } from '../../../store/embedded/storage/catalog.ts';
import { createCollection, indexRecord, insertRecord } from '../../../store/embedded/storage/records.ts';
import { Store } from '../../../store/embedded/storage/store.ts';

const START = new Date('2026-11-23T02:00:00Z'); // Monday, 10:00 in Hong Kong

/** A store without a server in front. */
const test = base.extend<{ folder: string; store: Store }>({
  // biome-ignore lint/correctness/noEmptyPattern: the names in the pattern are what the runner goes by.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'ziuping-test-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  store: async ({ folder }, use) => {
    const store = new Store(folder);
    await use(store);
    await store.close();
  },
});

function addCollection(store: Store, indexes: readonly Record<string, unknown>[]): Collection {
  const collection = createCollection(store, store.latest, 'db', 'c', {}, new Binary(Buffer.alloc(16)).value());
  const made = indexes.map((spec) => newIndex(store.catalog.takeId(), spec));
  for (const { id, document } of scanCollection(store.latest, collection, false, { documents: 0, keys: 0 })) {
    for (const index of made) indexRecord(store.latest, collection, index, id, document);
  }
  collection.indexes = [...collection.indexes, ...made];
  store.latest.collectionChanged(collection);
  return collection;
}

function add(store: Store, collection: Collection, document: Record<string, unknown>): void {
  insertRecord(store.latest, collection, document, encode(document));
}

const DUE_INDEX = { v: new Int32(2), key: { state: new Int32(1), dueAt: new Int32(1) }, name: 'due' };

test('finding what is due among 100,000 touches what is due, and an existing folder opens at once', async ({
  folder,
}) => {
  let store = new Store(folder);
  const collection = addCollection(store, [DUE_INDEX]);
  for (let n = 0; n < 100_000; n += 1) {
    const dueAt = new Date(START.getTime() + (n - 50) * 60_000);
    add(store, collection, { _id: new Int32(n), state: n % 2 === 0 ? 'waiting' : 'done', dueAt });
  }
  await store.close();
  const began = performance.now();
  store = new Store(folder);
  const opened = performance.now() - began;
  const kept = store.catalog.get('db.c') as Collection;
  const filter = compileFilter({ state: 'waiting', dueAt: { $lte: START } });
  const all = startQuery(store.latest, kept, { filter });
  expect([...all.results].length).toBe(26);
  expect(all.examined).toEqual({ documents: 26, keys: 26 });
  const first = startQuery(store.latest, kept, { filter, sort: compileSort({ dueAt: new Int32(1) }), limit: 1 });
  expect([...first.results].map(({ document }) => Number(document._id))).toEqual([0]);
  expect(first.examined.documents).toBe(1);
  expect(opened).toBeLessThan(500);
  await store.close();
});

test('what a TTL index says is over goes, by the clock that is handed in', async ({ store }) => {
  const ttl = { v: new Int32(2), key: { at: new Int32(1) }, name: 'at_1', expireAfterSeconds: new Int32(3600) };
  const collection = addCollection(store, [ttl]);
  for (let n = 0; n < 500; n += 1) {
    add(store, collection, { _id: new Int32(n), at: new Date(START.getTime() - n * 60_000) });
  }
  add(store, collection, { _id: new Int32(1000), at: 'no date' });
  add(store, collection, { _id: new Int32(1001) });
  const clock = new StillClock(START);
  const server = new StoreServer({ store, now: () => clock.now() });
  const go = (): Promise<number> => removeExpired(server, clock.now(), () => false);
  expect(await go()).toBe(439);
  expect(await go()).toBe(0);
  clock.moveBy(30 * 60_000);
  expect(await go()).toBe(30);
  clock.moveBy(24 * 3600_000);
  expect(await go()).toBe(31);
  expect(store.countOf(collection, store.latest)).toBe(2);
});

test('a document a transaction has changed expires only when that has ended', async ({ store }) => {
  const ttl = { v: new Int32(2), key: { at: new Int32(1) }, name: 'at_1', expireAfterSeconds: new Int32(0) };
  const collection = addCollection(store, [ttl]);
  add(store, collection, { _id: new Int32(1), at: new Date(0) });
  const server = new StoreServer({ store, now: () => START });
  const transaction = store.begin();
  const [found] = startQuery(transaction, collection, { filter: compileFilter({}) }).results;
  transaction.claim(found?.key ?? '');
  expect(await removeExpired(server, START, () => false)).toBe(0);
  transaction.abort();
  expect(await removeExpired(server, START, () => false)).toBe(1);
});
