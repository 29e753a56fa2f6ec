import mongoose from 'mongoose';
import { expect } from 'vitest';
import { contract, type Db, type Numbered, refusal } from './store-under-test.ts';

const { Int32, Long, ObjectId } = mongoose.mongo;

/** Puts a document there, updates it and shows what it is then. */
async function updated(
  db: Db,
  before: object,
  update: object,
  options: object = {},
  filter: object = {},
): Promise<unknown> {
  const c = db.collection<Numbered>('c');
  await c.deleteMany({});
  await c.insertOne({ _id: 1, ...before });
  await c.updateOne({ _id: 1, ...filter }, update, options);
  const { _id, ...rest } = (await c.findOne({ _id: 1 })) ?? { _id: 0 };
  return rest;
}

async function code(attempt: Promise<unknown>): Promise<unknown> {
  return (await refusal(attempt)).code;
}

contract('what an update makes of a document', (test) => {
  test('$push with $each, $position, $slice and $sort', async ({ db }) => {
    expect(await updated(db, { a: [3] }, { $push: { a: 1 } })).toEqual({ a: [3, 1] });
    expect(await updated(db, {}, { $push: { a: { $each: [3, 1, 2], $sort: 1, $slice: 2 } } })).toEqual({ a: [1, 2] });
    expect(await updated(db, { a: [1, 2, 3] }, { $push: { a: { $each: [9], $position: 1 } } })).toEqual({
      a: [1, 9, 2, 3],
    });
    expect(await updated(db, { a: [5, 8] }, { $push: { a: { $each: [7, 1], $sort: -1, $slice: -3 } } })).toEqual({
      a: [7, 5, 1],
    });
    const sorted = { $push: { a: { $each: [{ k: 'b', n: 1 }], $sort: { n: 1, k: -1 } } } };
    expect(
      await updated(
        db,
        {
          a: [
            { k: 'a', n: 2 },
            { k: 'a', n: 1 },
          ],
        },
        sorted,
      ),
    ).toEqual({
      a: [
        { k: 'b', n: 1 },
        { k: 'a', n: 1 },
        { k: 'a', n: 2 },
      ],
    });
  });

  test('positional operators: .$, .$[] and .$[name] with array filters', async ({ db }) => {
    const before = {
      items: [
        { k: 'a', v: 1 },
        { k: 'b', v: 2 },
        { k: 'b', v: 3 },
      ],
    };
    expect(
      await updated(db, before, { $set: { 'items.$.v': 9, 'items.$.done': true } }, {}, { 'items.k': 'b' }),
    ).toEqual({
      items: [
        { k: 'a', v: 1 },
        { k: 'b', v: 9, done: true },
        { k: 'b', v: 3 },
      ],
    });
    expect(await updated(db, before, { $inc: { 'items.$[].v': 10 } })).toEqual({
      items: [
        { k: 'a', v: 11 },
        { k: 'b', v: 12 },
        { k: 'b', v: 13 },
      ],
    });
    const filtered = { arrayFilters: [{ 'e.k': 'b', 'e.v': { $gt: 2 } }] };
    expect(await updated(db, before, { $set: { 'items.$[e].v': 0 } }, filtered)).toEqual({
      items: [
        { k: 'a', v: 1 },
        { k: 'b', v: 2 },
        { k: 'b', v: 0 },
      ],
    });
    expect(await code(updated(db, before, { $set: { 'items.$.v': 1 } }))).toBe(2);
    expect(await code(updated(db, before, { $set: { a: 1 } }, { arrayFilters: [{ e: 1 }] }))).toBe(9);
  });

  test('new fields come in alphabetical order, array gaps are filled with null', async ({ db }) => {
    const made = (await updated(db, {}, { $set: { b: 1, a: 2 }, $inc: { z: 1, c: 1 } })) as object;
    expect(Object.keys(made)).toEqual(['a', 'b', 'c', 'z']);
    expect(await updated(db, { arr: [1] }, { $set: { 'arr.3': 9 } })).toEqual({ arr: [1, null, null, 9] });
  });

  test('what does not fit is refused with its code and changes nothing', async ({ db }) => {
    expect(await code(updated(db, { s: 'x' }, { $push: { s: 1 } }))).toBe(2);
    expect(await code(updated(db, { s: 'x' }, { $inc: { s: 1 } }))).toBe(14);
    expect(await code(updated(db, { s: 'x' }, { $set: { 's.y': 1 } }))).toBe(28);
    expect(await code(updated(db, {}, { $set: { a: 1, 'a.b': 2 } }))).toBe(40);
    expect(await code(updated(db, {}, { $foo: { a: 1 } }))).toBe(9);
    expect(await code(updated(db, {}, { $set: { _id: 2 } }))).toBe(66);
    expect(await db.collection('c').findOne({})).toEqual({ _id: 1 });
  });

  test('numbers keep their types: int grows to long, and long stays', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertOne({ _id: 1, i: new Int32(2_147_483_647), l: Long.fromNumber(5) });
    await c.updateOne({ _id: 1 }, { $inc: { i: new Int32(1), l: new Int32(1) } });
    const raw = await c.findOne({ _id: 1 }, { promoteValues: false });
    expect(raw?.i).toEqual(Long.fromNumber(2_147_483_648));
    expect(raw?.l).toEqual(Long.fromNumber(6));
  });

  test('matched and modified are counted apart', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
      { _id: 3, a: 2 },
    ]);
    const result = await c.updateMany({ a: { $gte: 1 } }, { $set: { a: 2 } });
    expect([result.matchedCount, result.modifiedCount]).toEqual([3, 1]);
  });

  test('an upsert starts from the equalities of its filter', async ({ db }) => {
    const c = db.collection('c');
    const filter = { a: 1, 'p.q': 'x', $and: [{ b: { $eq: 2 } }, { c: { $in: [7] } }], d: { $gt: 5 } };
    const result = await c.updateOne(
      filter,
      { $set: { e: 9 }, $setOnInsert: { f: 1 }, $inc: { g: 2 } },
      { upsert: true },
    );
    expect(result.upsertedId).toBeInstanceOf(ObjectId);
    const made = await c.findOne({}, { projection: { _id: 0 } });
    expect(made).toEqual({ a: 1, p: { q: 'x' }, b: 2, c: 7, e: 9, f: 1, g: 2 });
    await c.updateOne({ e: 9 }, { $setOnInsert: { f: 5 }, $set: { e: 10 } }, { upsert: true });
    expect((await c.findOne({ e: 10 }))?.f).toBe(1);
  });

  test('an upsert by replacement keeps the _id of the filter', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    const result = await c.replaceOne({ _id: 7 }, { x: 1 }, { upsert: true });
    expect(result.upsertedId).toBe(7);
    expect(await c.findOne({})).toEqual({ _id: 7, x: 1 });
    expect(await code(c.replaceOne({ _id: 7 }, { _id: 8, x: 1 }))).toBe(66);
  });

  test('a pipeline as update', async ({ db }) => {
    const pipeline = [{ $set: { total: { $add: ['$a', '$b'] } } }, { $unset: 'b' }];
    expect(await updated(db, { a: 1, b: 2 }, pipeline)).toEqual({ a: 1, total: 3 });
  });

  test('findOneAndUpdate shows before or after, in order, and makes what is missing', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertMany([
      { _id: 1, n: 3 },
      { _id: 2, n: 1 },
      { _id: 3, n: 2 },
    ]);
    expect(await c.findOneAndUpdate({ n: { $gt: 0 } }, { $inc: { n: 10 } }, { sort: { n: 1 } })).toEqual({
      _id: 2,
      n: 1,
    });
    const after = await c.findOneAndUpdate(
      { _id: 2 },
      { $inc: { n: 1 } },
      { returnDocument: 'after', projection: { n: 1, _id: 0 } },
    );
    expect(after).toEqual({ n: 12 });
    expect(await c.findOneAndUpdate({ _id: 9 }, { $set: { n: 0 } })).toBeNull();
    const made = await c.findOneAndUpdate({ _id: 9 }, { $set: { n: 5 } }, { upsert: true, returnDocument: 'after' });
    expect(made).toEqual({ _id: 9, n: 5 });
    expect(await c.findOneAndDelete({ n: { $lt: 6 } }, { sort: { n: -1 } })).toEqual({ _id: 9, n: 5 });
    const raw = await db.command({ findAndModify: 'c', query: { _id: 50 }, update: { $set: { n: 1 } }, upsert: true });
    expect(raw.lastErrorObject).toEqual({ n: 1, updatedExisting: false, upserted: 50 });
  });
});
