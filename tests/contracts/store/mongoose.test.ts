import mongoose from 'mongoose';
import { expect } from 'vitest';
import { contract, databaseName, type RunningStore, refusal } from './store-under-test.ts';

/** A connection with two models, as an application has them. */
async function withModels(
  store: RunningStore,
  run: (models: ReturnType<typeof modelsOn>, connection: mongoose.Connection) => Promise<void>,
): Promise<void> {
  const connection = await mongoose.createConnection(store.uri, { dbName: databaseName() }).asPromise();
  try {
    const models = modelsOn(connection);
    await Promise.all([models.Branch.init(), models.Person.init()]);
    await run(models, connection);
  } finally {
    await connection.dropDatabase();
    await connection.close();
  }
}

function modelsOn(connection: mongoose.Connection) {
  const branch = new mongoose.Schema({ code: { type: String, unique: true, required: true }, name: String });
  const person = new mongoose.Schema(
    {
      name: { type: String, required: true },
      branch: { type: mongoose.Schema.Types.ObjectId, ref: 'Branch' },
      tags: [String],
      visits: [{ at: Date, note: String }],
      pay: mongoose.Schema.Types.Decimal128,
      extra: { type: Map, of: String },
    },
    { timestamps: true, optimisticConcurrency: true },
  );
  person.index({ name: 1, createdAt: -1 });
  return { Branch: connection.model('Branch', branch), Person: connection.model('Person', person) };
}

contract('Mongoose, unmodified', (test) => {
  test('creates, populates, casts and counts', async ({ store }) => {
    await withModels(store, async ({ Branch, Person }) => {
      const first = await Branch.create({ code: 'MK', name: '旺角' });
      const second = await Branch.create({ code: 'CW', name: '柴灣' });
      await Person.create([
        { name: '陳家欣', branch: first._id, tags: ['a', 'b'], extra: { k: 'v' } },
        { name: '李大文', branch: second._id, visits: [{ at: new Date(0), note: 'x' }] },
      ]);
      const found = await Person.findOne({ tags: 'b' }).populate<{ branch: { name: string } }>('branch');
      expect([found?.name, found?.branch.name, found?.extra?.get('k')]).toEqual(['陳家欣', '旺角', 'v']);
      expect(await Person.countDocuments({ branch: { $in: [first._id, second._id] } })).toBe(2);
      expect(await Person.estimatedDocumentCount()).toBe(2);
      expect(await Person.distinct('name')).toHaveLength(2);
      expect(await Person.exists({ 'visits.note': 'x' })).not.toBeNull();
      const joined = await Person.aggregate([
        { $match: { name: '李大文' } },
        { $lookup: { from: 'branches', localField: 'branch', foreignField: '_id', as: 'at' } },
        { $unwind: '$at' },
        { $project: { _id: 0, name: 1, code: '$at.code' } },
      ]);
      expect(joined).toEqual([{ name: '李大文', code: 'CW' }]);
      const duplicate = await refusal(Branch.create({ code: 'MK' }));
      expect(duplicate.code).toBe(11000);
    });
  });

  test('keeps versions: of two that save the same document the second is told', async ({ store }) => {
    await withModels(store, async ({ Person }) => {
      const { _id } = await Person.create({ name: 'one', tags: ['a'] });
      const [mine, yours] = [await Person.findById(_id).orFail(), await Person.findById(_id).orFail()];
      mine.name = 'mine';
      mine.visits.push({ at: new Date(5), note: 'n' });
      await mine.save();
      yours.name = 'yours';
      await expect(yours.save()).rejects.toBeInstanceOf(mongoose.Error.VersionError);
      const kept = await Person.findById(_id).lean().orFail();
      expect([kept.name, kept.__v, kept.visits[0]?.note]).toEqual(['mine', 1, 'n']);
      expect(kept.updatedAt.getTime()).toBeGreaterThanOrEqual(kept.createdAt.getTime());
    });
  });

  test('subdocuments and arrays are saved by their parts', async ({ store }) => {
    await withModels(store, async ({ Person }) => {
      const person = await Person.create({
        name: 'one',
        tags: ['a', 'b', 'c'],
        visits: [{ note: 'x' }, { note: 'y' }],
      });
      person.set(
        'tags',
        person.tags.filter((tag) => tag !== 'b'),
      );
      await person.save();
      person.visits[1]!.note = 'z';
      person.tags.push('d');
      await person.save();
      const kept = await Person.findById(person._id).lean().orFail();
      expect(kept.tags).toEqual(['a', 'c', 'd']);
      expect(kept.visits.map(({ note }) => note)).toEqual(['x', 'z']);
      const changed = await Person.findOneAndUpdate(
        { 'visits.note': 'z' },
        { $set: { 'visits.$.note': 'w' } },
        { returnDocument: 'after' },
      );
      expect(changed?.visits[1]?.note).toBe('w');
    });
  });

  test('transactions take everything back when their callback throws', async ({ store }) => {
    await withModels(store, async ({ Branch, Person }, connection) => {
      const failed = connection.transaction(async (session) => {
        await Branch.create([{ code: 'X' }], { session });
        const person = new Person({ name: 'inside' });
        await person.save({ session });
        expect(await Person.countDocuments({}).session(session)).toBe(1);
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect([await Branch.countDocuments(), await Person.countDocuments()]).toEqual([0, 0]);
      await connection.transaction(async (session) => {
        await Branch.create([{ code: 'X' }], { session });
        await Person.updateOne({ name: 'made' }, { $set: { tags: ['t'] } }, { upsert: true, session });
      });
      expect([await Branch.countDocuments(), await Person.countDocuments({ tags: 't' })]).toEqual([1, 1]);
    });
  });

  test('bulkWrite, cursors and index synchronisation', async ({ store }) => {
    await withModels(store, async ({ Person }) => {
      const result = await Person.bulkWrite([
        { insertOne: { document: { name: 'a' } } },
        { updateOne: { filter: { name: 'a' }, update: { $set: { tags: ['x'] } } } },
        { updateOne: { filter: { name: 'b' }, update: { $set: { tags: ['y'] } }, upsert: true } },
        { deleteOne: { filter: { name: 'nobody' } } },
      ]);
      expect([result.insertedCount, result.modifiedCount, result.upsertedCount, result.deletedCount]).toEqual([
        1, 1, 1, 0,
      ]);
      const names: string[] = [];
      for await (const person of Person.find().sort({ name: 1 }).cursor({ batchSize: 1 })) names.push(person.name);
      expect(names).toEqual(['a', 'b']);
      expect(await Person.diffIndexes()).toEqual({ toDrop: [], toCreate: [] });
      await Person.collection.createIndex({ tags: 1 });
      expect((await Person.diffIndexes()).toDrop).toEqual(['tags_1']);
      expect(await Person.syncIndexes()).toEqual(['tags_1']);
    });
  });
});
