import mongoose from 'mongoose';
import { expect } from 'vitest';
import { contract, type Db, type Numbered, refusal } from './store-under-test.ts';

const { Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId } = mongoose.mongo;

async function ids(db: Db, filter: object, sort: Record<string, 1 | -1> = { _id: 1 }): Promise<number[]> {
  const found = await db.collection<Numbered>('c').find(filter).sort(sort).toArray();
  return found.map(({ _id }) => _id);
}

contract('what a filter finds', (test) => {
  test('null finds what is null and what is not there; $exists tells them apart', async ({ db }) => {
    await db
      .collection<Numbered>('c')
      .insertMany([{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 0 }, { _id: 4, a: [] }]);
    expect(await ids(db, { a: null })).toEqual([1, 2]);
    expect(await ids(db, { a: { $ne: null } })).toEqual([3, 4]);
    expect(await ids(db, { a: { $exists: true } })).toEqual([1, 3, 4]);
    expect(await ids(db, { a: { $exists: false } })).toEqual([2]);
    expect(await ids(db, { a: { $type: 'null' } })).toEqual([1]);
    expect(await ids(db, { a: { $in: [null, 0] } })).toEqual([1, 2, 3]);
    expect(await ids(db, { a: { $lte: null } })).toEqual([1, 2]);
  });

  test('the same with an index on the field', async ({ db }) => {
    await db.collection('c').createIndex({ a: 1 });
    await db
      .collection<Numbered>('c')
      .insertMany([{ _id: 1, a: null }, { _id: 2 }, { _id: 3, a: 0 }, { _id: 4, a: [] }]);
    expect(await ids(db, { a: null })).toEqual([1, 2]);
    expect(await ids(db, { a: { $ne: null } })).toEqual([3, 4]);
    expect(await ids(db, { a: { $gte: null } })).toEqual([1, 2]);
    expect(await ids(db, { a: [] })).toEqual([4]);
  });

  test.for([false, true])('an array matches by an element or as a whole (index: %s)', async (hasIndex, { db }) => {
    if (hasIndex) await db.collection('c').createIndex({ a: 1 });
    await db.collection<Numbered>('c').insertMany([
      { _id: 1, a: [1, 2] },
      { _id: 2, a: [2, 1] },
      { _id: 3, a: 1 },
      { _id: 4, a: [[1, 2]] },
      { _id: 5, a: [] },
      { _id: 6, a: [3, 9] },
    ]);
    expect(await ids(db, { a: 1 })).toEqual([1, 2, 3]);
    expect(await ids(db, { a: [1, 2] })).toEqual([1, 4]);
    expect(await ids(db, { a: { $gt: 4, $lt: 8 } })).toEqual([6]);
    expect(await ids(db, { a: { $gt: 9, $lt: 3 } })).toEqual([]);
    expect(await ids(db, { a: { $gte: 3, $lte: 3 } })).toEqual([6]);
    expect(await ids(db, { a: { $elemMatch: { $gt: 3, $lt: 10 } } })).toEqual([6]);
    expect(await ids(db, { a: { $all: [1, 2] } })).toEqual([1, 2]);
    expect(await ids(db, { a: { $size: 2 } })).toEqual([1, 2, 6]);
  });

  test.for([false, true])(
    'two conditions on an array may be met by two elements (index: %s)',
    async (hasIndex, { db }) => {
      if (hasIndex)
        await db.collection('c').createIndexes([{ key: { a: 1 } }, { key: { 'items.k': 1, 'items.v': 1 } }]);
      await db.collection<Numbered>('c').insertMany([
        {
          _id: 1,
          a: [1, 10],
          items: [
            { k: 'x', v: 1 },
            { k: 'y', v: 2 },
          ],
        },
        { _id: 2, a: [5], items: [{ k: 'x', v: 2 }] },
      ]);
      expect(await ids(db, { a: { $gt: 4, $lt: 6 } })).toEqual([1, 2]);
      expect(await ids(db, { a: { $elemMatch: { $gt: 4, $lt: 6 } } })).toEqual([2]);
      expect(await ids(db, { 'items.k': 'x', 'items.v': 2 })).toEqual([1, 2]);
      expect(await ids(db, { items: { $elemMatch: { k: 'x', v: 2 } } })).toEqual([2]);
    },
  );

  test('sorting by an array goes by its smallest element upwards and by its largest downwards', async ({ db }) => {
    await db
      .collection<Numbered>('c')
      .insertMany([{ _id: 1, a: [1, 9] }, { _id: 2, a: [3] }, { _id: 3, a: [2, 4] }, { _id: 4, a: [] }, { _id: 5 }]);
    expect(await ids(db, {}, { a: 1, _id: 1 })).toEqual([4, 5, 1, 3, 2]);
    expect(await ids(db, {}, { a: -1, _id: 1 })).toEqual([1, 3, 2, 5, 4]);
    await db.collection('c').createIndex({ a: 1 });
    expect(await ids(db, { a: { $gte: 2 } }, { a: 1 })).toEqual([1, 3, 2]);
    expect(await ids(db, { a: { $lt: 4 } }, { a: -1 })).toEqual([1, 3, 2]);
  });

  test('dotted paths go through arrays of documents, and by position', async ({ db }) => {
    await db
      .collection<Numbered>('c')
      .insertMany([
        { _id: 1, items: [{ k: 'a', tags: ['x', 'y'] }, { k: 'b' }] },
        { _id: 2, items: [{ k: 'c', tags: [] }] },
        { _id: 3, items: [] },
        { _id: 4 },
        { _id: 5, items: { k: 'a' } },
      ]);
    expect(await ids(db, { 'items.k': 'a' })).toEqual([1, 5]);
    expect(await ids(db, { 'items.1.k': 'b' })).toEqual([1]);
    expect(await ids(db, { 'items.tags': 'y' })).toEqual([1]);
    expect(await ids(db, { 'items.tags.0': 'x' })).toEqual([1]);
    expect(await ids(db, { 'items.tags': null })).toEqual([1, 4, 5]);
    expect(await ids(db, { 'items.k': { $exists: false } })).toEqual([3, 4]);
  });

  test('ranges stay within a type: dates, longs, doubles, decimals and ObjectIds', async ({ db }) => {
    const id = (hex: string): mongoose.mongo.ObjectId => new ObjectId(hex.padEnd(24, '0'));
    await db.collection('c').createIndex({ v: 1 });
    await db.collection<Numbered>('c').insertMany([
      { _id: 1, v: new Date('2026-11-23T02:00:00Z') },
      { _id: 2, v: new Date('1969-12-31T23:59:59.999Z') },
      { _id: 3, v: Long.fromString('9007199254740993') },
      { _id: 4, v: new Double(9007199254740992) },
      { _id: 5, v: Decimal128.fromString('9007199254740992.5') },
      { _id: 6, v: new Int32(-7) },
      { _id: 7, v: id('6a') },
      { _id: 8, v: id('6b') },
      { _id: 9, v: '9007199254740993' },
      { _id: 10, v: new MinKey() },
      { _id: 11, v: new MaxKey() },
    ]);
    expect(await ids(db, { v: { $lt: new Date('2026-11-23T02:00:00.001Z') } })).toEqual([1, 2]);
    expect(await ids(db, { v: { $gt: new Date(0) } })).toEqual([1]);
    expect(await ids(db, { v: { $gt: new Double(9007199254740992) } })).toEqual([3, 5]);
    expect(await ids(db, { v: { $gte: new Double(9007199254740992) } })).toEqual([3, 4, 5]);
    expect(await ids(db, { v: { $lte: Long.fromString('9007199254740992') } })).toEqual([4, 6]);
    expect(await ids(db, { v: { $gte: id('6b') } })).toEqual([8]);
    expect(await ids(db, { v: { $gt: '8' } })).toEqual([9]);
    expect(await ids(db, { v: { $in: [new Int32(-7), id('6a')] } })).toEqual([6, 7]);
    expect(await ids(db, {}, { v: 1 })).toEqual([10, 6, 4, 5, 3, 9, 7, 8, 2, 1, 11]);
    expect(await ids(db, {}, { v: -1 })).toEqual([11, 1, 2, 8, 7, 9, 3, 5, 4, 6, 10]);
  });

  test('a document equals another only with its fields in the same order', async ({ db }) => {
    await db.collection<Numbered>('c').insertMany([
      { _id: 1, p: { x: 1, y: 2 } },
      { _id: 2, p: { y: 2, x: 1 } },
    ]);
    expect(await ids(db, { p: { x: 1, y: 2 } })).toEqual([1]);
    expect(await ids(db, { p: { $in: [{ y: 2, x: 1 }] } })).toEqual([2]);
  });

  test('without a sort the order is that of insertion', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertMany([{ _id: 5 }, { _id: 3 }, { _id: 9 }, { _id: 1 }]);
    await c.updateOne({ _id: 3 }, { $set: { grown: 'x'.repeat(500) } });
    await c.deleteOne({ _id: 9 });
    await c.insertOne({ _id: 2 });
    const inOrder = await c.find({}).toArray();
    expect(inOrder.map(({ _id }) => _id)).toEqual([5, 3, 1, 2]);
    const backwards = await c.find({}).sort({ $natural: -1 }).toArray();
    expect(backwards.map(({ _id }) => _id)).toEqual([2, 1, 3, 5]);
  });

  test('batches, skip and limit; a cursor that is gone is refused with 43', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertMany(Array.from({ length: 250 }, (_, _id) => ({ _id })));
    const cursor = c.find({}).sort({ _id: 1 }).batchSize(40);
    expect((await cursor.toArray()).map(({ _id }) => _id)).toEqual(Array.from({ length: 250 }, (_, n) => n));
    expect((await c.find({}).sort({ _id: 1 }).skip(240).toArray()).length).toBe(10);
    expect((await c.find({}).sort({ _id: -1 }).skip(5).limit(3).toArray()).map(({ _id }) => _id)).toEqual([
      244, 243, 242,
    ]);
    const first = await db.command({ find: 'c', batchSize: 10 });
    const killed = await db.command({ killCursors: 'c', cursors: [first.cursor.id] });
    expect(killed.cursorsKilled).toHaveLength(1);
    const gone = await refusal(db.command({ getMore: first.cursor.id, collection: 'c' }));
    expect(gone.code).toBe(43);
  });

  test('distinct and count', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertMany([{ _id: 1, a: 3 }, { _id: 2, a: [1, 3] }, { _id: 3, a: null }, { _id: 4 }]);
    expect(await c.distinct('a')).toEqual([null, 1, 3]);
    expect(await c.distinct('a', { a: { $gt: 2 } })).toEqual([1, 3]);
    expect(await c.estimatedDocumentCount()).toBe(4);
    expect(await c.countDocuments({ a: 3 })).toBe(2);
    expect((await db.command({ count: 'c', query: { a: 3 }, limit: 1 })).n).toBe(1);
    expect((await db.command({ count: 'c', skip: 3 })).n).toBe(1);
  });

  test('projections: kept, left out, slices, elements', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertOne({
      _id: 1,
      b: 2,
      a: 1,
      arr: [1, 2, 3],
      items: [
        { k: 'a', v: 1 },
        { k: 'b', v: 2 },
      ],
    });
    const one = async (projection: object): Promise<unknown> => c.findOne({ 'items.k': 'b' }, { projection });
    expect(Object.keys((await one({ a: 1, b: 1 })) as object)).toEqual(['_id', 'b', 'a']);
    expect(await one({ arr: { $slice: -2 }, items: 0, b: 0 })).toEqual({ _id: 1, a: 1, arr: [2, 3] });
    expect(await one({ 'items.v': 1, _id: 0 })).toEqual({ items: [{ v: 1 }, { v: 2 }] });
    expect(await one({ 'items.$': 1 })).toEqual({ _id: 1, items: [{ k: 'b', v: 2 }] });
    expect(await one({ items: { $elemMatch: { v: 1 } } })).toEqual({ _id: 1, items: [{ k: 'a', v: 1 }] });
    expect((await refusal(one({ a: 1, b: 0 }))).code).toBe(31254);
  });

  test('unknown operators and malformed operands are refused, also where there is nothing to look at', async ({
    db,
  }) => {
    const code = async (filter: object): Promise<unknown> =>
      (await refusal(db.collection('c').find(filter).toArray())).code;
    expect(await code({ a: { $foo: 1 } })).toBe(2);
    expect(await code({ $foo: [] })).toBe(2);
    expect(await code({ a: { $in: 5 } })).toBe(2);
    expect(await code({ $and: [] })).toBe(2);
    expect(await code({ a: { $mod: [0, 1] } })).toBe(2);
    expect(await code({ a: { $size: 'x' } })).toBe(2);
  });
});
