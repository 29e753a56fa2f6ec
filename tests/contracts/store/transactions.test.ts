import type mongoose from 'mongoose';
import { expect } from 'vitest';
import { type Client, contract, type Numbered, refusal } from './store-under-test.ts';

type Session = mongoose.mongo.ClientSession;

async function withSessions(client: Client, run: (one: Session, two: Session) => Promise<void>): Promise<void> {
  const one = client.startSession();
  const two = client.startSession();
  try {
    await run(one, two);
  } finally {
    await one.endSession();
    await two.endSession();
  }
}

contract('transactions', (test) => {
  test('their changes are seen inside at once and outside after the commit', async ({ client, db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    await withSessions(client, async (session) => {
      session.startTransaction();
      await c.insertOne({ _id: 3, n: 3 }, { session });
      await c.updateOne({ _id: 1 }, { $set: { n: 10 } }, { session });
      await c.deleteOne({ _id: 2 }, { session });
      const inside = await c.find({}, { session }).sort({ _id: 1 }).toArray();
      expect(inside).toEqual([
        { _id: 1, n: 10 },
        { _id: 3, n: 3 },
      ]);
      const outside = await c.find({}).sort({ _id: 1 }).toArray();
      expect(outside).toEqual([
        { _id: 1, n: 1 },
        { _id: 2, n: 2 },
      ]);
      await session.commitTransaction();
      expect(await c.find({}).sort({ _id: 1 }).toArray()).toEqual(inside);
    });
  });

  test('they see the store as it was when they began', async ({ client, db }) => {
    const c = db.collection<Numbered>('c');
    await c.createIndex({ n: 1 });
    await c.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 1 },
    ]);
    await withSessions(client, async (session) => {
      session.startTransaction({ readConcern: { level: 'snapshot' } });
      expect((await c.find({ n: 1 }, { session }).toArray()).length).toBe(2);
      await c.updateOne({ _id: 2 }, { $set: { n: 5 } });
      await c.insertOne({ _id: 3, n: 1 });
      await c.deleteOne({ _id: 1 });
      const seen = await c.find({ n: 1 }, { session }).sort({ _id: 1 }).toArray();
      expect(seen.map(({ _id }) => _id)).toEqual([1, 2]);
      await session.abortTransaction();
    });
    expect((await c.find({ n: 1 }).toArray()).map(({ _id }) => _id)).toEqual([3]);
  });

  test('an abort takes everything back, a collection made inside too', async ({ client, db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertOne({ _id: 1, n: 1 });
    await withSessions(client, async (session) => {
      session.startTransaction();
      await c.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
      await db.collection<Numbered>('fresh').insertOne({ _id: 1 }, { session });
      await session.abortTransaction();
    });
    expect(await c.findOne({})).toEqual({ _id: 1, n: 1 });
    expect(await db.listCollections({ name: 'fresh' }).toArray()).toEqual([]);
  });

  test('of two that want the same document the second is told at once that it may try again', async ({
    client,
    db,
  }) => {
    const c = db.collection<Numbered>('c');
    await c.insertOne({ _id: 1, n: 0 });
    await withSessions(client, async (one, two) => {
      one.startTransaction();
      two.startTransaction();
      await c.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: one });
      const conflict = await refusal(c.updateOne({ _id: 1 }, { $inc: { n: 10 } }, { session: two }));
      expect(conflict.code).toBe(112);
      expect(conflict.hasErrorLabel('TransientTransactionError')).toBe(true);
      await one.commitTransaction();
      expect((await refusal(c.findOne({}, { session: two }))).code).toBe(251);
      await two.abortTransaction();
    });
    expect((await c.findOne({}))?.n).toBe(1);
  });

  test('a document that was changed after the beginning is a conflict too', async ({ client, db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertMany([
      { _id: 1, n: 0 },
      { _id: 2, n: 0 },
    ]);
    await withSessions(client, async (session) => {
      session.startTransaction();
      await c.findOne({ _id: 2 }, { session });
      await c.updateOne({ _id: 1 }, { $inc: { n: 1 } });
      const conflict = await refusal(c.deleteOne({ _id: 1 }, { session }));
      expect([conflict.code, conflict.hasErrorLabel('TransientTransactionError')]).toEqual([112, true]);
    });
  });

  test('a plain write waits for the transaction that has the document', async ({ client, db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertOne({ _id: 1, n: 0 });
    await withSessions(client, async (session) => {
      session.startTransaction();
      await c.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
      let isDone = false;
      const plain = c.findOneAndUpdate({ _id: 1 }, { $inc: { n: 10 } }, { returnDocument: 'after' }).then((after) => {
        isDone = true;
        return after;
      });
      // Whatever else the server is asked meanwhile is answered.
      expect(await c.findOne({ _id: 1 })).toEqual({ _id: 1, n: 0 });
      expect(isDone).toBe(false);
      await session.commitTransaction();
      expect(await plain).toEqual({ _id: 1, n: 11 });
    });
  });

  test('a unique key is held from the first write to the end', async ({ client, db }) => {
    const c = db.collection<Numbered>('c');
    await c.createIndex({ k: 1 }, { unique: true });
    await c.insertOne({ _id: 1, k: 'taken' });
    await withSessions(client, async (one, two) => {
      one.startTransaction();
      await c.insertOne({ _id: 2, k: 'mine' }, { session: one });
      two.startTransaction();
      const conflict = await refusal(c.insertOne({ _id: 3, k: 'mine' }, { session: two }));
      expect([conflict.code, conflict.hasErrorLabel('TransientTransactionError')]).toEqual([112, true]);
      await one.commitTransaction();
      await two.abortTransaction();
      two.startTransaction();
      const duplicate = await refusal(c.insertOne({ _id: 4, k: 'taken' }, { session: two }));
      expect(duplicate.code).toBe(11000);
      expect(duplicate.hasErrorLabel('TransientTransactionError')).toBe(false);
      expect((await refusal(c.findOne({}, { session: two }))).code).toBe(251);
      await two.abortTransaction();
    });
    expect(await c.countDocuments({})).toBe(2);
  });

  test('a commit that comes again is no error', async ({ client, db }) => {
    const c = db.collection<Numbered>('c');
    await db.createCollection('c');
    await withSessions(client, async (session) => {
      session.startTransaction();
      await c.insertOne({ _id: 1 }, { session });
      await session.commitTransaction();
      await session.commitTransaction();
    });
    expect(await c.countDocuments({})).toBe(1);
  });

  test('withTransaction repeats until nobody is in the way: no update is lost', async ({ client, db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertOne({ _id: 1, n: 0 });
    const add = () =>
      client.withSession((session) =>
        session.withTransaction(async () => {
          const found = await c.findOne({ _id: 1 }, { session });
          await c.updateOne({ _id: 1 }, { $set: { n: Number(found?.n) + 1 } }, { session });
        }),
      );
    await Promise.all(Array.from({ length: 8 }, add));
    expect((await c.findOne({}))?.n).toBe(8);
  });

  test('what cannot be done inside is refused with 263', async ({ client, db }) => {
    await db.collection<Numbered>('c').insertOne({ _id: 1 });
    await withSessions(client, async (session) => {
      session.startTransaction();
      expect((await refusal(db.command({ count: 'c' }, { session }))).code).toBe(263);
      await session.abortTransaction();
    });
  });

  test('reads in several batches stay within the transaction', async ({ client, db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertMany(Array.from({ length: 300 }, (_, _id) => ({ _id })));
    await withSessions(client, async (session) => {
      session.startTransaction();
      await c.insertOne({ _id: 1000 }, { session });
      const cursor = c.find({}, { session }).batchSize(50);
      const first = await cursor.next();
      await c.deleteMany({ _id: { $gte: 250, $lt: 300 } });
      const rest = await cursor.toArray();
      expect([first, ...rest].length).toBe(301);
      await session.commitTransaction();
    });
    expect(await c.countDocuments({})).toBe(251);
  });
});
