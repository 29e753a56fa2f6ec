import { EJSON } from 'bson';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { copyStore } from '../../../store/copy-store.ts';
import { type Client, type Db, type RunningStore, STORE_KINDS, startStore } from './store-under-test.ts';

const { Decimal128, Long, ObjectId } = mongoose.mongo;
const FIRST = `ziuping_test_copy_a_${process.pid}`;
const SECOND = `ziuping_test_copy_b_${process.pid}`;

async function fill(client: Client): Promise<void> {
  const people = client.db(FIRST).collection('people');
  await people.createIndexes([
    { key: { email: 1 }, unique: true },
    { key: { at: 1 }, expireAfterSeconds: 86_400 },
    { key: { state: 1, at: -1 }, partialFilterExpression: { state: 'waiting' } },
    { key: { tags: 1 }, sparse: true, name: 'by tag' },
  ]);
  await people.insertMany(
    Array.from({ length: 2500 }, (_, n) => ({
      email: `${n}@example.com`,
      at: new Date(Date.UTC(2026, 10, 23) + n),
      state: n % 2 === 0 ? 'waiting' : 'done',
      tags: n % 3 === 0 ? ['a', n] : undefined,
      pay: Decimal128.fromString(`${n}.50`),
      big: Long.fromNumber(n),
      owner: new ObjectId(),
      nested: { text: '陳家欣', empty: {}, list: [null, 1.5, /a/i] },
    })),
    { ignoreUndefined: true },
  );
  await client.db(FIRST).createCollection('checked', { validator: { age: { $gte: 18 } } });
  await client.db(FIRST).createCollection('empty');
  await client.db(SECOND).collection<{ _id: number }>('one').insertOne({ _id: 1 });
}

/** Everything a database holds, as text. */
async function contents(db: Db): Promise<string> {
  const parts: unknown[] = [];
  const infos = await db.listCollections().toArray();
  for (const info of infos.sort((a, b) => a.name.localeCompare(b.name))) {
    const collection = db.collection(info.name);
    const raw = { promoteValues: false, promoteBuffers: false, bsonRegExp: true };
    const documents = await collection.find({}, raw).sort({ _id: 1 }).toArray();
    const indexes = await collection.listIndexes().toArray();
    parts.push({ name: info.name, options: 'options' in info ? info.options : {}, indexes, documents });
  }
  return EJSON.stringify(parts, { relaxed: false });
}

test.for(STORE_KINDS)('everything arrives at %s as it was, indexes too', async (kind) => {
  const source = await startStore('embedded');
  const target: RunningStore = await startStore(kind);
  const from = new mongoose.mongo.MongoClient(source.uri);
  const to = new mongoose.mongo.MongoClient(target.uri);
  try {
    await fill(from);
    const copied = await copyStore(source.uri, target.uri, () => {});
    expect(copied).toEqual({ databases: 2, collections: 4, indexes: 8, documents: 2501 });
    for (const name of [FIRST, SECOND]) expect(await contents(to.db(name))).toBe(await contents(from.db(name)));
    await expect(copyStore(source.uri, target.uri, () => {})).rejects.toThrow(/has documents already/);
  } finally {
    for (const name of [FIRST, SECOND]) await to.db(name).dropDatabase();
    await from.close();
    await to.close();
    await source.end();
    await target.end();
  }
});
