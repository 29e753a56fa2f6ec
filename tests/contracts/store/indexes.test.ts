import { expect } from 'vitest';
import { contract, type Db, type Numbered, refusal } from './store-under-test.ts';

/** The stages of a plan, outermost first. */
function stagesOf(plan: Record<string, unknown>): string[] {
  const inner = (plan.inputStage ?? plan.queryPlan) as Record<string, unknown> | undefined;
  const own = plan.stage === undefined ? [] : [String(plan.stage)];
  return inner === undefined ? own : [...own, ...stagesOf(inner)];
}

function indexOf(plan: Record<string, unknown>): unknown {
  if (plan.indexName !== undefined) return plan.indexName;
  const inner = (plan.inputStage ?? plan.queryPlan) as Record<string, unknown> | undefined;
  return inner === undefined ? undefined : indexOf(inner);
}

async function explained(
  db: Db,
  find: object,
): Promise<{ index: unknown; stages: string[]; keys: number; documents: number; n: number }> {
  const answer = await db.command({ explain: { find: 'c', ...find }, verbosity: 'executionStats' });
  const plan = answer.queryPlanner.winningPlan;
  const { totalKeysExamined: keys, totalDocsExamined: documents, nReturned: n } = answer.executionStats;
  return { index: indexOf(plan), stages: stagesOf(plan), keys, documents, n };
}

contract('indexes', (test) => {
  test('are listed as they were made', async ({ db }) => {
    const c = db.collection('c');
    await c.createIndex({ a: 1 }, { unique: true, name: 'own' });
    await c.createIndex({ b: -1, 'c.d': 1 }, { sparse: true });
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 3600 });
    await c.createIndex({ e: 1 }, { partialFilterExpression: { f: { $gt: 5 } } });
    await c.createIndex({ h: 'hashed' });
    expect(await c.listIndexes().toArray()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1 }, name: 'own', unique: true },
      { v: 2, key: { b: -1, 'c.d': 1 }, name: 'b_-1_c.d_1', sparse: true },
      { v: 2, key: { at: 1 }, name: 'at_1', expireAfterSeconds: 3600 },
      { v: 2, key: { e: 1 }, name: 'e_1', partialFilterExpression: { f: { $gt: 5 } } },
      { v: 2, key: { h: 'hashed' }, name: 'h_hashed' },
    ]);
    const changed = await db.command({ collMod: 'c', index: { name: 'at_1', expireAfterSeconds: 60 } });
    expect([changed.expireAfterSeconds_old, changed.expireAfterSeconds_new]).toEqual([3600, 60]);
    await c.dropIndex('own');
    expect((await refusal(c.dropIndex('own'))).code).toBe(27);
    await c.dropIndexes();
    expect(await c.listIndexes().toArray()).toHaveLength(1);
    expect((await refusal(db.collection('nothing').listIndexes().toArray())).code).toBe(26);
  });

  test('that contradict each other are refused', async ({ db }) => {
    const c = db.collection('c');
    await c.createIndex({ a: 1 });
    await c.createIndex({ a: 1 });
    await c.createIndex({ t: 1 }, { expireAfterSeconds: 10 });
    expect((await refusal(c.createIndex({ a: 1 }, { name: 'other' }))).code).toBe(85);
    expect((await refusal(c.createIndex({ b: 1 }, { name: 'a_1' }))).code).toBe(86);
    expect((await refusal(c.createIndex({ a: 1 }, { unique: true }))).code).toBe(86);
    expect((await refusal(c.createIndex({ t: 1 }, { expireAfterSeconds: 20 }))).code).toBe(85);
    expect((await refusal(c.createIndex({ d: 'nothing' } as never))).code).toBe(67);
    expect(
      (await refusal(db.command({ createIndexes: 'c', indexes: [{ key: { e: 1 }, name: 'e', foo: 1 }] }))).code,
    ).toBe(197);
  });

  test('a unique one cannot be built over duplicates', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
    ]);
    const error = await refusal(c.createIndex({ a: 1 }, { unique: true }));
    expect(error.code).toBe(11000);
    expect(error.message).toContain('dup key: { a: 1 }');
    expect(await c.listIndexes().toArray()).toHaveLength(1);
  });

  test('unique: what is not there counts as null; sparse and partial ones leave it out', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.createIndex({ plain: 1 }, { unique: true });
    await c.createIndex({ sparse: 1 }, { unique: true, sparse: true });
    await c.createIndex({ partial: 1 }, { unique: true, partialFilterExpression: { partial: { $exists: true } } });
    await c.insertOne({ _id: 1 });
    expect((await refusal(c.insertOne({ _id: 2 }))).keyValue).toEqual({ plain: null });
    await c.insertOne({ _id: 3, plain: 1 });
    await c.insertOne({ _id: 4, plain: 2, sparse: 1, partial: 1 });
    expect((await refusal(c.insertOne({ _id: 5, plain: 3, sparse: 1 }))).keyValue).toEqual({ sparse: 1 });
    expect((await refusal(c.insertOne({ _id: 5, plain: 3, partial: 1 }))).keyValue).toEqual({ partial: 1 });
    await c.updateOne({ _id: 4 }, { $unset: { sparse: 1 } });
    await c.insertOne({ _id: 6, plain: 4, sparse: 1 });
  });

  test('unique over arrays: each element once, but for one document as often as it likes', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.createIndex({ tags: 1 }, { unique: true });
    await c.insertOne({ _id: 1, tags: ['a', 'a', 'b'] });
    expect((await refusal(c.insertOne({ _id: 2, tags: ['c', 'b'] }))).keyValue).toEqual({ tags: 'b' });
    await c.createIndex({ x: 1, y: 1 });
    expect((await refusal(c.insertOne({ _id: 3, tags: 'z', x: [1], y: [2] }))).code).toBe(171);
  });

  test('are used for equality, $in, ranges and order', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.createIndexes([{ key: { kind: 1, at: 1 } }, { key: { code: 1 }, unique: true }]);
    await c.insertMany(
      Array.from({ length: 500 }, (_, _id) => ({ _id, kind: _id % 5, at: _id, code: `code-${_id}`, other: _id % 7 })),
    );
    expect(await explained(db, { filter: { code: 'code-7' } })).toMatchObject({
      index: 'code_1',
      keys: 1,
      documents: 1,
      n: 1,
    });
    const some = await explained(db, { filter: { code: { $in: ['code-1', 'code-2', 'none'] } } });
    expect(some).toMatchObject({ index: 'code_1', documents: 2, n: 2 });
    const range = await explained(db, { filter: { kind: 3, at: { $gte: 100, $lt: 200 } } });
    expect(range).toMatchObject({ index: 'kind_1_at_1', documents: 20, n: 20 });
    const ordered = await explained(db, { filter: { kind: 2 }, sort: { at: -1 }, limit: 3 });
    expect(ordered).toMatchObject({ index: 'kind_1_at_1', documents: 3, n: 3 });
    expect(ordered.stages).not.toContain('SORT');
    const rest = await explained(db, { filter: { kind: 2, other: 1 } });
    expect(rest).toMatchObject({ index: 'kind_1_at_1', documents: 100 });
    expect((await explained(db, { filter: { other: 1 } })).stages).toContain('COLLSCAN');
    expect(await explained(db, { filter: { other: 1 }, hint: { code: 1 } })).toMatchObject({
      index: 'code_1',
      documents: 500,
    });
    expect((await refusal(c.find({}).hint('nothing').toArray())).code).toBe(2);
    const either = await explained(db, { filter: { $or: [{ code: 'code-3' }, { kind: 1, at: { $lt: 20 } }] } });
    expect(either).toMatchObject({ documents: 5, n: 5 });
  });

  test('descending and compound ones give the order they are kept in', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.createIndex({ a: -1, b: 1 });
    await c.insertMany(
      Array.from({ length: 60 }, (_, _id) => ({ _id, a: _id % 4, b: (_id * 7) % 11, s: `x${_id % 3}` })),
    );
    const plain = (found: Numbered[]): unknown[] => found.map(({ a, b }) => [a, b]);
    for (const sort of [
      { a: -1, b: 1 },
      { a: 1, b: -1 },
    ] as const) {
      const found = await explained(db, { filter: { a: { $gte: 1 } }, sort });
      expect(found.index).toBe('a_-1_b_1');
      expect(found.stages).not.toContain('SORT');
      const byIndex = await c
        .find({ a: { $gte: 1 } })
        .sort(sort)
        .toArray();
      const byScan = await c
        .find({ a: { $gte: 1 } })
        .sort(sort)
        .hint({ $natural: 1 })
        .toArray();
      expect(plain(byIndex)).toEqual(plain(byScan));
    }
    expect((await explained(db, { filter: { a: { $gte: 1 } }, sort: { a: 1, b: 1 } })).stages).toContain('SORT');
  });

  test('a sparse or partial index is used only where it holds every match', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    await c.createIndex({ s: 1 }, { sparse: true });
    await c.createIndex({ p: 1 }, { partialFilterExpression: { open: true } });
    await c.insertMany([{ _id: 1, s: 1, p: 1, open: true }, { _id: 2, s: null, p: 1, open: false }, { _id: 3 }]);
    const ids = async (filter: object): Promise<number[]> =>
      (await c.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
    expect(await ids({ s: null })).toEqual([2, 3]);
    expect(await ids({ s: { $in: [1, null] } })).toEqual([1, 2, 3]);
    expect(await ids({ p: 1 })).toEqual([1, 2]);
    expect(await ids({ p: 1, open: true })).toEqual([1]);
    expect((await explained(db, { filter: { p: 1, open: true } })).index).toBe('p_1');
    expect((await explained(db, { filter: { p: 1 } })).stages).toContain('COLLSCAN');
    expect((await explained(db, { filter: { s: 1 } })).index).toBe('s_1');
  });

  test('very long values are found, told apart and put in order', async ({ db }) => {
    const c = db.collection<Numbered>('c');
    const long = (end: string): string => `${'x'.repeat(3000)}${end}`;
    await c.createIndex({ t: 1 }, { unique: true });
    await c.insertMany([
      { _id: 1, t: long('b') },
      { _id: 2, t: long('a') },
      { _id: 3, t: 'x' },
    ]);
    expect((await refusal(c.insertOne({ _id: 4, t: long('a') }))).code).toBe(11000);
    expect(await c.findOne({ t: long('b') })).toMatchObject({ _id: 1 });
    const ids = async (filter: object): Promise<number[]> =>
      (await c.find(filter).sort({ t: 1 }).toArray()).map(({ _id }) => _id);
    expect(await ids({})).toEqual([3, 2, 1]);
    expect(await ids({ t: { $gt: long('a') } })).toEqual([1]);
    expect(await ids({ t: { $lt: long('b') } })).toEqual([3, 2]);
  });
});
