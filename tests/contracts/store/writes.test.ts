import mongoose from 'mongoose';
import { expect } from 'vitest';
import { contract, type Numbered, refusal } from './store-under-test.ts';

const { Binary, Long, MongoBulkWriteError, MongoClient, ObjectId } = mongoose.mongo;

contract('how writes are answered', (test) => {
  test('a duplicate key names collection, index and key', async ({ db }) => {
    const c = db.collection('c');
    await c.createIndex({ email: 1, 'p.x': -1 }, { unique: true });
    await c.insertOne({ email: 'a@example.com', p: { x: 1 } });
    const error = await refusal(c.insertOne({ email: 'a@example.com', p: { x: 1 } }));
    expect(error.code).toBe(11000);
    expect(error.message).toBe(
      `E11000 duplicate key error collection: ${db.databaseName}.c index: email_1_p.x_-1 dup key: { email: "a@example.com", p.x: 1 }`,
    );
    expect(error.keyPattern).toEqual({ email: 1, 'p.x': -1 });
    expect(error.keyValue).toEqual({ email: 'a@example.com', 'p.x': 1 });
    const replaced = await refusal(
      c.replaceOne({ _id: new ObjectId() }, { email: 'a@example.com', p: { x: 1 } }, { upsert: true }),
    );
    expect(replaced.code).toBe(11000);
    const modified = await refusal(
      c.findOneAndUpdate({ z: 1 }, { $set: { email: 'a@example.com', p: { x: 1 } } }, { upsert: true }),
    );
    expect(modified.code).toBe(11000);
  });

  test.for([true, false])('a duplicate in the middle of a bulk (ordered: %s)', async (ordered, { db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertOne({ _id: 2, old: true });
    const bulk = c.bulkWrite(
      [
        { insertOne: { document: { _id: 1 } } },
        { insertOne: { document: { _id: 2 } } },
        { updateOne: { filter: { _id: 1 }, update: { $set: { a: 1 } } } },
        { insertOne: { document: { _id: 3 } } },
        { deleteOne: { filter: { _id: 1, a: 5 } } },
        { updateOne: { filter: { _id: 7 }, update: { $set: { a: 1 } }, upsert: true } },
      ],
      { ordered },
    );
    const error = (await refusal(bulk)) as unknown as mongoose.mongo.MongoBulkWriteError;
    expect(error).toBeInstanceOf(MongoBulkWriteError);
    const errors = [error.writeErrors].flat();
    expect(errors.map(({ index, code }) => [index, code])).toEqual([[1, 11000]]);
    expect(error.result.insertedCount).toBe(ordered ? 1 : 2);
    expect(error.result.modifiedCount).toBe(ordered ? 0 : 1);
    expect(error.result.upsertedCount).toBe(ordered ? 0 : 1);
    const left = await c.find({}).sort({ _id: 1 }).toArray();
    expect(left.map(({ _id }) => _id)).toEqual(ordered ? [1, 2] : [1, 2, 3, 7]);
  });

  test('insertMany goes on behind a duplicate when it need not keep the order', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    const many = [{ _id: 1 }, { _id: 1 }, { _id: 2 }, { _id: 2 }, { _id: 3 }];
    const error = (await refusal(
      c.insertMany(many, { ordered: false }),
    )) as unknown as mongoose.mongo.MongoBulkWriteError;
    expect([error.writeErrors].flat().map(({ index }) => index)).toEqual([1, 3]);
    expect(error.insertedCount).toBe(3);
  });

  test('the same numbered write takes effect once and is answered alike', async ({ store, db }) => {
    await db.createCollection('c');
    // A client of its own, as its session is spoilt for the driver: the numbers are far above the driver's.
    const client = new MongoClient(store.uri);
    const session = client.startSession();
    const numbered = (number: number, command: object) =>
      client.db(db.databaseName).command({ ...command, txnNumber: Long.fromNumber(1_000_000 + number) }, { session });
    const insert = { insert: 'c', documents: [{ _id: 1, n: 0 }] };
    expect((await numbered(1, insert)).n).toBe(1);
    expect((await numbered(1, insert)).n).toBe(1);
    const increment = { update: 'c', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] };
    for (let time = 0; time < 3; time += 1) expect((await numbered(2, increment)).nModified).toBe(1);
    const modify = { findAndModify: 'c', query: { _id: 1 }, update: { $inc: { n: 10 } }, new: true };
    expect((await numbered(3, modify)).value).toEqual({ _id: 1, n: 11 });
    expect((await numbered(3, modify)).value).toEqual({ _id: 1, n: 11 });
    const remove = { delete: 'c', deletes: [{ q: { n: 11 }, limit: 1 }] };
    expect((await numbered(4, remove)).n).toBe(1);
    expect((await numbered(4, remove)).n).toBe(1);
    expect(await db.collection('c').findOne({})).toBeNull();
    expect((await refusal(numbered(2, increment))).code).toBe(225);
    await session.endSession();
    await client.close();
  });

  test('an unacknowledged write is done all the same', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertOne({ _id: 1 }, { writeConcern: { w: 0 } });
    await expect.poll(() => c.findOne({ _id: 1 })).toEqual({ _id: 1 });
  });

  test('documents keep types, order of fields and odd names', async ({ db }) => {
    const c = db.collection('c');
    const document = {
      _id: { b: 1, a: [new Date(5)] },
      'with.dot': 1,
      $dollar: 2,
      nested: { z: 1, a: { $ref: 'other', $id: 5 } },
      bytes: new Binary(Buffer.from('ab')),
      text: '陳家欣 \0 end',
      empty: {},
    };
    await c.insertOne(document as object);
    const raw = await c.findOne({}, { promoteBuffers: false });
    expect(JSON.stringify(raw)).toBe(JSON.stringify(document));
  });

  test('what is no document of this protocol is refused', async ({ db }) => {
    expect((await refusal(db.command({ insert: 'c', documents: [] }))).code).toBe(16);
    expect((await refusal(db.command({ insert: 'c' }))).code).toBe(40414);
    expect((await refusal(db.command({ insert: 'c', documents: [{}], foo: 1 }))).code).toBe(40415);
    expect((await refusal(db.command({ fooBar: 1 }))).code).toBe(59);
    expect((await refusal(db.collection<{ _id: unknown }>('c').insertOne({ _id: [1] }))).code).toBe(53);
    const big = { text: 'x'.repeat(17_000_000) };
    expect(await refusal(db.collection('c').insertOne(big))).toBeInstanceOf(Error);
  });

  test('a collection with a validator refuses what does not fit with 121', async ({ db }) => {
    await db.createCollection('c', { validator: { age: { $gte: 18 } } });
    const c = db.collection<Numbered>('c');
    expect((await refusal(c.insertOne({ _id: 1, age: 5 }))).code).toBe(121);
    await c.insertOne({ _id: 2, age: 20 });
    expect((await refusal(c.updateOne({ _id: 2 }, { $set: { age: 1 } }))).code).toBe(121);
    await c.insertOne({ _id: 3, age: 5 }, { bypassDocumentValidation: true });
    expect(await c.countDocuments({})).toBe(2);
  });
});
