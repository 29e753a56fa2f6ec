import { BSONRegExp, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { describe, expect, test } from 'vitest';
import type { Document } from '../../../store/embedded/engine/values.ts';
import { compilers } from './compilers.ts';
import { InMemoryCollection } from './in-memory-collection.ts';
import { throughWire } from './unpromoted.ts';

/** A collection with these documents, numbered from 1 where they have no `_id`. */
function collectionOf(documents: readonly Document[]): InMemoryCollection {
  const collection = new InMemoryCollection(compilers);
  collection.documents = documents.map((document, i) => throughWire({ _id: new Int32(i + 1), ...document }));
  return collection;
}

const run = (collection: InMemoryCollection, command: Document) => collection.run(throughWire(command));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The `_id`s of what a find gives, or the code of its refusal. */
function found(documents: readonly Document[], filter: Document, sort?: Document): unknown {
  const answer = run(collectionOf(documents), { find: 'x', filter, ...(sort ? { sort } : {}) });
  return answer.code ?? plain((answer.firstBatch as Document[]).map((document) => document._id));
}

/** The first document after an update (with its order of fields), or the code of the refusal. */
function updated(document: Document, filter: Document, u: unknown, options: Document = {}): unknown {
  const collection = collectionOf([document]);
  const answer = run(collection, { update: 'x', updates: [{ q: filter, u, ...options }] });
  const errors = answer.writeErrors as Document[] | undefined;
  if (errors) return errors[0]?.code;
  const { _id: _, ...rest } = collection.documents[0] as Document;
  return JSON.stringify(rest);
}

const ITEMS = [{ items: [{ k: 1 }] }, { items: [{ k: 1 }, { at: 5 }] }];
const D = new Date('2026-02-01T00:00:00Z');
const ID = new ObjectId('650000000000000000000001');

describe('find, where imitations of MongoDB usually differ', () => {
  test.each<[string, Document[], Document, unknown]>([
    ['a missing field below an array is null', ITEMS, { 'items.at': null }, [1, 2]],
    ['$in with null takes it too', ITEMS, { 'items.at': { $in: [null, 'z'] } }, [1, 2]],
    ['$ne null does not', ITEMS, { 'items.at': { $ne: null } }, []],
    ['$nin null does not', ITEMS, { 'items.at': { $nin: [null] } }, []],
    ['$lte null and $gte null find missing fields', [{}, { t: 1 }], { t: { $lte: null } }, [1]],
    ['a range sees past an empty inner array', [{ items: [{ g: [] }, { g: [0] }] }], { 'items.g': { $gte: -3 } }, [1]],
    ['$size does not count what is no array', [{ items: [{ k: 'a' }] }], { 'items.k': { $size: 1 } }, []],
    ['$elemMatch wants an array', [{ items: [{ k: 'a' }] }], { 'items.k': { $elemMatch: { $gt: '' } } }, []],
    ['$all takes a single value', [{ arr: 5 }], { arr: { $all: [5] } }, [1]],
    ['a position behind the end is not null', [{ arr: [] }], { 'arr.0': { $ne: null } }, [1]],
    ['a position below an empty array is not there', [{ items: [] }], { 'items.g.0': { $exists: false } }, [1]],
    ['$mod does not take null', [{ n: null }], { n: { $mod: [3, 0] } }, []],
    ['$mod cuts fractions', [{ n: new Double(2.5) }], { n: { $mod: [5, 2] } }, [1]],
    ['missing fields have no bits', [{}], { n: { $bitsAllClear: 2 } }, []],
    ['$type knows int from double', [{ a: 1 }, { a: new Double(1) }], { a: { $type: 'double' } }, [2]],
    ['$type looks into arrays', [{ a: [1, 'x'] }], { a: { $type: 'string' } }, [1]],
    ['$type knows ObjectIds', [{ a: ID }], { a: { $type: 'objectId' } }, [1]],
    ['decimals compare with ints', [{ d: Decimal128.fromString('2.50') }], { d: { $gt: 2 } }, [1]],
    ['decimals equal doubles', [{ d: Decimal128.fromString('2.50') }], { d: new Double(2.5) }, [1]],
    [
      'longs beyond 2^53 are exact',
      [{ l: Long.fromString('9007199254740993') }],
      { l: new Double(9007199254740992) },
      [],
    ],
    ['documents compare field by field', [{ p: { x: 0, z: {} } }], { p: { $lt: { x: 5 } } }, [1]],
    [
      'the order of fields counts in equality',
      [{ p: { x: 1, y: 2 } }, { p: { y: 2, x: 1 } }],
      { p: { x: 1, y: 2 } },
      [1],
    ],
    ['(?i) in patterns', [{ s: 'Offer' }], { s: { $regex: '(?i)offer' } }, [1]],
    ['the option x', [{ s: 'ab' }], { s: { $regex: 'a b # both', $options: 'x' } }, [1]],
    ['$comment is passed over', [{ a: 1 }], { $comment: 'why', a: 1 }, [1]],
    ['patterns within $in', [{ s: 'ab' }, { s: 'b' }], { s: { $in: [new BSONRegExp('^a'), 'b'] } }, [1, 2]],
    ['missing is less than numbers in expressions', [{}, { n: 50 }], { $expr: { $lt: ['$n', 10] } }, [1]],
    ['$and must not be empty', [], { $and: [] }, 2],
    ['$in wants an array, also on no documents', [], { a: { $in: 5 } }, 2],
    ['$size wants a number', [], { a: { $size: 'x' } }, 2],
    ['unknown operators are refused', [], { a: { $near: [1, 2] } }, 2],
    ['$where is refused', [], { $where: '1' }, 2],
    ['$jsonSchema is refused', [], { $jsonSchema: {} }, 2],
  ])('%s', (_name, documents, filter, expected) => {
    expect(found(documents, filter)).toEqual(expected);
  });

  test.each<[string, Document[], Document, unknown]>([
    [
      'arrays sort by their largest element downwards',
      [{ a: [3] }, { a: [1, 9] }, { a: [2, 4] }],
      { a: -1 },
      [2, 3, 1],
    ],
    ['and by their smallest upwards', [{ a: [3] }, { a: [1, 9] }, { a: [2, 4] }], { a: 1 }, [2, 3, 1]],
    ['mixed types', [{ a: D }, { a: false }, { a: ID }, { a: 'x' }, { a: 1 }, {}], { a: 1 }, [6, 5, 4, 3, 2, 1]],
    ['documents field by field', [{ p: { x: 5 } }, { p: { x: -1, z: {} } }], { p: 1 }, [2, 1]],
    ['a missing path and an empty array on the way tie', [{}, { items: [] }], { 'items.v': 1, _id: -1 }, [2, 1]],
    ['two arrays in one key are refused', [{ a: [1], b: [2] }], { a: 1, b: 1 }, 2],
    ['directions are 1 and -1', [], { a: 5 }, 15975],
  ])('sort: %s', (_name, documents, sort, expected) => {
    expect(found(documents, {}, sort)).toEqual(expected);
  });

  test.each<[string, Document, unknown]>([
    ['fields stand as stored', { b: 1, a: 1 }, '{"_id":1,"a":1,"b":{"y":1,"x":2}}'],
    ['$slice alone keeps other fields', { arr: { $slice: 1 } }, '{"_id":1,"a":1,"b":{"y":1,"x":2},"arr":[1]}'],
    ['exclusion with $slice', { a: 0, arr: { $slice: -1 } }, '{"_id":1,"b":{"y":1,"x":2},"arr":[3]}'],
    ['false with _id: 1', { zz: false, _id: 1 }, '{"_id":1,"a":1,"b":{"y":1,"x":2},"arr":[1,2,3]}'],
    ['nested fields stand as stored', { 'b.x': 1, 'b.y': 1, _id: 0 }, '{"b":{"y":1,"x":2}}'],
    ['computed fields come behind', { z: '$a', b: 1 }, '{"_id":1,"b":{"y":1,"x":2},"z":1}'],
    ['inclusion and exclusion do not mix', { a: 1, b: 0 }, 31254],
    ['exclusion and inclusion do not mix', { a: 0, b: 1 }, 31253],
    ['paths must not collide', { a: 1, 'a.b': 1 }, 31249],
  ])('projection: %s', (_name, projection, expected) => {
    const collection = collectionOf([{ a: 1, b: { y: 1, x: 2 }, arr: [1, 2, 3] }]);
    const answer = run(collection, { find: 'x', filter: {}, projection });
    expect(answer.code ?? JSON.stringify((answer.firstBatch as Document[])[0])).toBe(expected);
  });
});

describe('update, where imitations of MongoDB usually differ', () => {
  const HAS = { _id: new Int32(1) };

  test.each<[string, Document, Document, unknown, unknown]>([
    [
      'two fields below .$',
      { items: [{ k: 'a' }] },
      { 'items.k': 'a' },
      { $set: { 'items.$.v': 7, 'items.$.done': true } },
      '{"items":[{"k":"a","done":true,"v":7}]}',
    ],
    [
      '.$ follows a condition within $and',
      { arr: [1, 5, 9] },
      { $and: [HAS, { arr: 9 }] },
      { $set: { 'arr.$': 0 } },
      '{"arr":[1,5,0]}',
    ],
    ['$push on text', { s: 'x' }, HAS, { $push: { s: 1 } }, 2],
    ['$push on null', { s: null }, HAS, { $push: { s: 1 } }, 2],
    ['$addToSet on text', { s: 'x' }, HAS, { $addToSet: { s: 1 } }, 2],
    ['$pop on text', { s: 'x' }, HAS, { $pop: { s: 1 } }, 14],
    ['$inc on text', { s: 'x' }, HAS, { $inc: { s: 1 } }, 14],
    ['$inc on null', { s: null }, HAS, { $inc: { s: 1 } }, 14],
    ['a path through text', { s: 'x' }, HAS, { $set: { 's.x': 1 } }, 28],
    ['a path through null', { s: null }, HAS, { $set: { 's.x': 1 } }, 28],
    ['a name in an array', { s: [1] }, HAS, { $set: { 's.x': 1 } }, 28],
    ['$sort on a new array', {}, HAS, { $push: { f: { $each: ['b', 'a'], $sort: 1 } } }, '{"f":["a","b"]}'],
    ['$slice on a new array', {}, HAS, { $push: { f: { $each: [3, 1, 2], $slice: 2 } } }, '{"f":[3,1]}'],
    ['$addToSet twice the same on a new array', {}, HAS, { $addToSet: { f: { $each: ['a', 'a'] } } }, '{"f":["a"]}'],
    [
      'another order of fields is another value',
      { p: { x: 1, y: 2 } },
      HAS,
      { $set: { p: { y: 2, x: 1 } } },
      '{"p":{"y":2,"x":1}}',
    ],
    [
      'and is added to a set',
      { f: [{ x: 1, y: 2 }] },
      HAS,
      { $addToSet: { f: { y: 2, x: 1 } } },
      '{"f":[{"x":1,"y":2},{"y":2,"x":1}]}',
    ],
    [
      'new fields come in alphabetical order',
      {},
      HAS,
      { $set: { b: 1, a: 2 }, $inc: { aa: 3 } },
      '{"a":2,"aa":3,"b":1}',
    ],
    [
      'numbers in paths come in their order',
      { arr: [] },
      HAS,
      { $set: { 'arr.10': 1, 'arr.9': 2 } },
      `{"arr":[${'null,'.repeat(9)}2,1]}`,
    ],
    ['$[] needs the array', {}, HAS, { $inc: { 'items.$[].v': 1 } }, 2],
    ['writing behind the end fills with null', { arr: [1] }, HAS, { $set: { 'arr.3': 9 } }, '{"arr":[1,null,null,9]}'],
    [
      'decimals are added',
      { d: Decimal128.fromString('2.50') },
      HAS,
      { $inc: { d: 1 } },
      '{"d":{"$numberDecimal":"3.50"}}',
    ],
    ['_id stays', {}, HAS, { $set: { _id: 2 } }, 66],
    ['two operators on one path', {}, HAS, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ['unknown operators', {}, HAS, { $foo: { a: 1 } }, 9],
  ])('%s', (_name, document, filter, update, expected) => {
    expect(updated(document, filter, update)).toBe(expected);
  });

  test('several operators below one $[id]', () => {
    const update = { $set: { 'items.$[e].v': 7, 'items.$[e].done': true }, $inc: { 'items.$[e].n': 1 } };
    const options = { arrayFilters: [{ $or: [{ 'e.k': 'a' }, { 'e.v': 2 }] }] };
    expect(updated({ items: [{ k: 'a' }, { v: 2 }, {}] }, HAS, update, options)).toBe(
      '{"items":[{"k":"a","done":true,"n":1,"v":7},{"v":7,"done":true,"n":1},{}]}',
    );
  });

  test('an array filter that nothing uses', () => {
    expect(updated({}, HAS, { $set: { a: 1 } }, { arrayFilters: [{ e: 1 }] })).toBe(9);
  });

  test('nothing changed is not counted as modified', () => {
    const collection = collectionOf([{ a: 1, arr: [1] }]);
    const update = { $set: { a: 1 }, $addToSet: { arr: 1 }, $unset: { q: '' }, $min: { _id: 5 } };
    expect(run(collection, { update: 'x', updates: [{ q: {}, u: update }] })).toEqual({ n: 1, nModified: 0 });
  });

  test('an upsert starts from the equalities of the filter', () => {
    const collection = collectionOf([]);
    const q = { _id: new Int32(5), 'p.x': 1, n: { $gt: 3 }, $and: [{ z: 'a' }], s: { $in: ['only'] } };
    run(collection, { update: 'x', updates: [{ q, u: { $inc: { n: 1 }, $setOnInsert: { m: true } }, upsert: true }] });
    expect(JSON.stringify(collection.documents)).toBe('[{"_id":5,"p":{"x":1},"s":"only","z":"a","m":true,"n":1}]');
  });
});
