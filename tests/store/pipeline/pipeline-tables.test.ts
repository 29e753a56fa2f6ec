import { Decimal128, Double, EJSON, Int32, Long, ObjectId } from 'bson';
import { describe, expect, test } from 'vitest';
import { compilePipeline, compileUpdatePipeline } from '../../../store/embedded/engine/pipeline/compile-pipeline.ts';
import { leadingStages } from '../../../store/embedded/engine/pipeline/leading-stages.ts';
import { decoded } from './compare-pipelines.ts';

const NOW = new Date('2026-11-25T02:00:00Z');

type Documents = readonly Record<string, unknown>[];

function run(documents: Documents, pipeline: readonly unknown[], others: Documents = []): unknown[] {
  const foreign = decoded(others);
  const compiled = compilePipeline(decoded(pipeline), { now: NOW });
  const results = [...compiled.run(decoded(documents), { readCollection: () => foreign })];
  return EJSON.deserialize(EJSON.serialize(decoded(results), { relaxed: true })) as unknown as unknown[];
}

/** The value of an expression; a missing one is undefined. */
function computed(expression: unknown, document: Record<string, unknown> = {}): unknown {
  const [result] = run([document], [{ $replaceWith: { r: expression } }]) as [{ r?: unknown }];
  return result.r;
}

function codeOf(pipeline: readonly unknown[], documents: Documents = []): number | undefined {
  try {
    run(documents, pipeline);
    return undefined;
  } catch (error) {
    return (error as { code?: number }).code;
  }
}

const HK = 'Asia/Hong_Kong';
const at = (text: string) => new Date(text);

describe('expressions answer as MongoDB 6.0.5 does', () => {
  const id = new ObjectId('65000000000000000000000a');
  const cases: readonly [string, unknown, Record<string, unknown>, unknown][] = [
    [
      'a day in Hong Kong begins at 16:00 UTC',
      { $dateTrunc: { date: '$t', unit: 'day', timezone: HK } },
      { t: at('2026-01-31T16:00Z') },
      at('2026-01-31T16:00Z'),
    ],
    [
      'a month there too',
      { $dateTrunc: { date: '$t', unit: 'month', timezone: '+08:00' } },
      { t: at('2026-01-31T16:00Z') },
      at('2026-01-31T16:00Z'),
    ],
    ['UTC is a zone', { $hour: { date: '$t', timezone: 'UTC' } }, { t: at('2026-01-31T16:00Z') }, 16],
    ['missing is less than a number', { $lt: ['$n', 10] }, {}, true],
    ['text is more than a number', { $gt: ['$s', 5] }, { s: 'x' }, true],
    ['missing is not null', { $eq: ['$a', null] }, {}, false],
    ['nor the same', { $ne: ['$a', null] }, {}, true],
    ['an ObjectId as text', { $toString: '$i' }, { i: id }, '65000000000000000000000a'],
    ['an ObjectId as date', { $toDate: '$i' }, { i: id }, at('2023-09-12T06:06:56Z')],
    ['the name of its type', { $type: '$i' }, { i: id }, 'objectId'],
    [
      'a month after 31 January',
      { $dateAdd: { startDate: at('2026-01-31T00:00Z'), unit: 'month', amount: 1 } },
      {},
      at('2026-02-28T00:00Z'),
    ],
    ['from a missing date', { $dateSubtract: { startDate: '$x', unit: 'day', amount: 1 } }, {}, null],
    ['between missing dates', { $dateDiff: { startDate: '$x', endDate: '$y', unit: 'day' } }, {}, null],
    ['the hour of nothing', { $hour: '$x' }, {}, null],
    ['the rest of nothing', { $mod: ['$x', 2] }, {}, null],
    ['a part of nothing', { $slice: ['$x', 2] }, {}, null],
    [
      'hours as they pass over a clock change',
      {
        $dateDiff: {
          startDate: at('2026-03-08T05:00Z'),
          endDate: at('2026-03-09T05:00Z'),
          unit: 'hour',
          timezone: 'America/New_York',
        },
      },
      {},
      24,
    ],
    [
      'week and weekday',
      { $dateToString: { date: at('2026-02-01T00:00+08:00'), format: '%U %w', timezone: HK } },
      {},
      '05 1',
    ],
    ['the first of nothing is missing', { $first: '$e' }, { e: [] }, undefined],
    ['the last too', { $last: '$e' }, { e: [] }, undefined],
    ['upper case of missing', { $toUpper: '$x' }, {}, ''],
    ['cut towards zero', { $trunc: -2.7 }, {}, -2],
    ['an empty text is no number', { $convert: { input: '', to: 'int', onError: 'bad' } }, {}, 'bad'],
    ['places of code points', { $indexOfCP: ['a😀b', 'b'] }, {}, 2],
    ['pairs to an object', { $arrayToObject: [[{ k: 'm', v: 1 }]] }, {}, { m: 1 }],
    ['a compensated sum', { $sum: ['$a', '$b', '$c'] }, { a: 0.1, b: 0.2, c: 0.3 }, 0.6],
    ['and average', { $avg: [0.1, 0.2, 0.3] }, {}, 0.19999999999999998],
    ['ties round to even', { $round: [2.5] }, {}, 2],
    ['a deviation of nothing', { $stdDevPop: ['$x'] }, {}, null],
    ['of a sample of one', { $stdDevSamp: [1] }, {}, null],
  ];
  test.each(cases)('%s', (_, expression, document, expected) => {
    expect(computed(expression, document)).toEqual(expected);
  });

  test('numbers keep their types and widen only when they must', () => {
    const types = (expression: unknown) => computed({ $type: expression });
    expect(types({ $add: [new Int32(1), new Int32(2)] })).toBe('int');
    expect(types({ $add: [new Int32(2147483647), new Int32(1)] })).toBe('long');
    expect(types({ $multiply: [Long.MAX_VALUE, new Int32(2)] })).toBe('double');
    expect(types({ $divide: [new Int32(4), new Int32(2)] })).toBe('double');
    expect(types({ $add: [new Double(1), Decimal128.fromString('1')] })).toBe('decimal');
    expect(types({ $mod: [new Int32(5), new Double(2)] })).toBe('int');
  });
});

describe('stages answer as MongoDB 6.0.5 does', () => {
  const cases: readonly [string, Documents, unknown[], unknown[]][] = [
    [
      'an inclusion keeps the order of the document',
      [{ _id: 1, a: 1, b: 2 }],
      [{ $project: { b: 1, a: 1 } }],
      [{ _id: 1, a: 1, b: 2 }],
    ],
    ['no count of nothing', [], [{ $count: 'k' }], []],
    ['nor in a facet', [], [{ $facet: { total: [{ $count: 'n' }] } }], [{ total: [] }]],
    [
      'missing values are not pushed',
      [{ _id: 1 }, { _id: 2, a: 1 }],
      [{ $group: { _id: null, v: { $push: '$a' } } }],
      [{ _id: null, v: [1] }],
    ],
    [
      'the order of keys makes groups',
      [
        { _id: 1, p: { x: 1, y: 2 } },
        { _id: 2, p: { y: 2, x: 1 } },
      ],
      [{ $group: { _id: '$p' } }],
      [{ _id: { x: 1, y: 2 } }, { _id: { y: 2, x: 1 } }],
    ],
    [
      'a single missing part of a key is null',
      [{ _id: 1 }],
      [{ $group: { _id: { ok: '$ok' } } }],
      [{ _id: { ok: null } }],
    ],
    [
      'only buckets with documents',
      [{ _id: 1, a: 3 }],
      [{ $bucket: { groupBy: '$a', boundaries: [0, 2, 5] } }],
      [{ _id: 2, count: 1 }],
    ],
    [
      'fields are added within arrays',
      [{ _id: 1, items: [{ v: 1 }] }],
      [{ $addFields: { 'items.f': 'x' } }],
      [{ _id: 1, items: [{ v: 1, f: 'x' }] }],
    ],
    [
      'nothing is added to an empty array',
      [{ _id: 1, items: [] }],
      [{ $project: { 'items.f': 'x' } }],
      [{ _id: 1, items: [] }],
    ],
    ['a path through an array unwinds nothing', [{ _id: 1, items: [{ g: [1] }] }], [{ $unwind: '$items.g' }], []],
    [
      'top is one value',
      [
        { _id: 1, k: 'x', n: 2 },
        { _id: 2, k: 'y', n: 1 },
      ],
      [{ $group: { _id: null, t: { $top: { output: '$k', sortBy: { n: 1 } } } } }],
      [{ _id: null, t: 'y' }],
    ],
    ['pruned documents are gone', [{ _id: 1 }], [{ $redact: '$$PRUNE' }], []],
    [
      'types sort in BSON order',
      [
        { _id: 1, a: at('2026-01-01') },
        { _id: 2, a: false },
        { _id: 3, a: 'x' },
      ],
      [{ $sort: { a: 1 } }, { $project: { _id: 1 } }],
      [{ _id: 3 }, { _id: 2 }, { _id: 1 }],
    ],
    [
      'the largest element counts downwards',
      [
        { _id: 1, a: [1, 9] },
        { _id: 2, a: [3] },
        { _id: 3, a: [2, 4] },
      ],
      [{ $sort: { a: -1 } }, { $project: { _id: 1 } }],
      [{ _id: 1 }, { _id: 3 }, { _id: 2 }],
    ],
  ];
  test.each(cases)('%s', (_, documents, pipeline, expected) => {
    expect(JSON.stringify(run(documents, pipeline))).toBe(JSON.stringify(expected));
  });

  test('a lookup joins what matches, element by element, and then runs its pipeline', () => {
    const others = [
      { _id: 10, v: 1 },
      { _id: 11, v: 2 },
    ];
    const join = { from: 'o', localField: 'arr', foreignField: '_id', as: 'p.l' };
    expect(run([{ _id: 1, arr: [10, 12] }], [{ $lookup: join }], others)).toEqual([
      { _id: 1, arr: [10, 12], p: { l: [{ _id: 10, v: 1 }] } },
    ]);
    const both = { ...join, as: 'l', pipeline: [{ $match: { v: 2 } }] };
    expect(run([{ _id: 1, arr: [10, 11] }], [{ $lookup: both }], others)).toEqual([
      { _id: 1, arr: [10, 11], l: [{ _id: 11, v: 2 }] },
    ]);
    const byLet = { from: 'o', let: { x: '$x' }, pipeline: [{ $match: { $expr: { $eq: ['$w', '$$x'] } } }], as: 'l' };
    expect(run([{ _id: 1 }], [{ $lookup: byLet }], [{ _id: 10, w: null }])).toEqual([{ _id: 1, l: [] }]);
  });

  test('a graph lookup from nothing finds nothing', () => {
    const stage = { from: 'o', startWith: '$zz', connectFromField: 'p', connectToField: '_id', as: 'g' };
    expect(run([{ _id: 1 }], [{ $graphLookup: stage }], [{ _id: 5 }])).toEqual([{ _id: 1, g: [] }]);
  });

  test('a limit stops the source', () => {
    let read = 0;
    function* source() {
      for (;;) yield { _id: ++read };
    }
    const pipeline = compilePipeline(decoded([{ $match: {} }, { $limit: 3 }]), { now: NOW });
    expect([...pipeline.run(source(), { readCollection: () => [] })]).toHaveLength(3);
    expect(read).toBe(3);
  });

  test('stored documents stay as they are', () => {
    const stored = decoded([{ _id: 1, p: { x: 1 }, items: [{ v: 1 }] }]);
    const before = JSON.stringify(stored);
    const pipeline = compilePipeline(decoded([{ $set: { 'p.y': 2, 'items.f': 3 } }, { $unset: 'p.x' }]), { now: NOW });
    expect([...pipeline.run(stored, { readCollection: () => [] })]).toHaveLength(1);
    expect(JSON.stringify(stored)).toBe(before);
  });

  test('pipeline updates', () => {
    const update = (document: Record<string, unknown>, stages: unknown[]) =>
      compileUpdatePipeline(decoded(stages), { now: NOW })(decoded(document));
    expect(update({ b: [] }, [{ $set: { b: { c: 'x' } } }])).toEqual({ b: [] });
    expect(update({}, [{ $set: { 'p.q': '$s' } }])).toEqual({ p: {} });
  });
});

describe('what is refused is refused before a document is read', () => {
  const cases: readonly [string, number, unknown[]][] = [
    ['an unknown stage', 40324, [{ $foo: 1 }]],
    ['two stages in one', 40323, [{ $match: {}, $sort: { a: 1 } }]],
    ['an unknown operator', 168, [{ $addFields: { a: { $foo: 1 } } }]],
    ['an unknown accumulator', 15952, [{ $group: { _id: null, a: { $foo: 1 } } }]],
    ['a group without a key', 15955, [{ $group: { a: { $sum: 1 } } }]],
    ['an empty projection', 51272, [{ $project: {} }]],
    ['an exclusion among inclusions', 31254, [{ $project: { a: 1, b: 0 } }]],
    ['an inclusion among exclusions', 31253, [{ $project: { a: 0, b: 1 } }]],
    ['paths that collide', 31249, [{ $project: { a: 1, 'a.b': 1 } }]],
    ['and the other way round', 31250, [{ $project: { 'a.b': 1, a: 1 } }]],
    ['a limit of nothing', 15958, [{ $limit: 0 }]],
    ['a negative skip', 5107200, [{ $skip: -1 }]],
    ['an order that is none', 15975, [{ $sort: { a: 5 } }]],
    ['a wrong number of operands', 16020, [{ $addFields: { a: { $subtract: [1] } } }]],
    ['an unknown variable', 17276, [{ $addFields: { a: '$$nobody' } }]],
    ['a division of constants by zero', 2, [{ $addFields: { a: { $divide: [1, 0] } } }]],
    ['out before the end', 40601, [{ $out: 'x' }, { $match: {} }]],
    ['a facet within a facet', 40600, [{ $facet: { a: [{ $facet: { b: [] } }] } }]],
  ];
  test.each(cases)('%s: %i', (_, code, pipeline) => {
    expect(codeOf(pipeline)).toBe(code);
  });

  test('what only a document can show comes with the document', () => {
    // biome-ignore lint/suspicious/noThenProperty: the name MongoDB gives it
    const onlyBranch = { case: '$x', then: 1 };
    expect(codeOf([{ $addFields: { a: { $switch: { branches: [onlyBranch] } } } }], [{ _id: 1 }])).toBe(40066);
    expect(codeOf([{ $addFields: { a: { $size: '$x' } } }], [{ _id: 1 }])).toBe(17124);
    expect(codeOf([{ $addFields: { a: { $size: '$x' } } }])).toBeUndefined();
  });
});

test('the leading stages tell the server what to look for', () => {
  const stages = decoded([
    { $match: { a: 1 } },
    { $match: { b: 2 } },
    { $sort: { c: 1 } },
    { $skip: 5 },
    { $limit: 10 },
  ]);
  const leading = leadingStages(stages);
  expect(JSON.parse(EJSON.stringify(leading))).toEqual({
    filter: { $and: [{ a: 1 }, { b: 2 }] },
    sort: { c: 1 },
    limit: 15,
  });
  expect(leadingStages(decoded([{ $unwind: '$a' }, { $limit: 2 }])).limit).toBeUndefined();
});
