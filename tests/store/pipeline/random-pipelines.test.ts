import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { answerOf, asText, decoded, isSameAnswer } from './compare-pipelines.ts';
import { generatePipelines } from './random-pipelines.ts';

const uri = process.env['TEST_MONGODB_URI'];
const isLong = process.env['TEST_LONG'] === '1';

interface Recording {
  readonly seed: number;
  /** Answers of MongoDB 6.0.5 to the cases of the seed, in order. */
  readonly answers: readonly (readonly string[])[];
}

test('recorded answers of MongoDB 6.0.5 are given again', () => {
  const file = new URL('../../recorded/random-pipelines.json.gz', import.meta.url);
  const { seed, answers } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Recording;
  const cases = generatePipelines(seed, answers.length);
  const wrong = cases.filter((one, i) => !isSameAnswer(answers[i] ?? [], answerOf(one), one));
  expect(wrong.map(({ pipeline }) => JSON.stringify(pipeline))).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(1000);
});

describe.skipIf(!uri)('against a real MongoDB', () => {
  test('random pipelines answer the same', { timeout: 1_800_000 }, async () => {
    const seed = isLong ? Math.floor(Math.random() * 2 ** 31) : 4711;
    const client = await new mongoose.mongo.MongoClient(uri ?? '').connect();
    const db = client.db(`ziuping_test_pipeline_${process.pid}`);
    try {
      let documents: unknown;
      for (const one of generatePipelines(seed, isLong ? 20_000 : 500)) {
        if (one.documents !== documents) {
          documents = one.documents;
          await db.collection('t').deleteMany({});
          await db.collection('other').deleteMany({});
          if (one.documents.length > 0)
            await db.collection('t').insertMany(one.documents.map((d) => ({ ...d })) as never);
          if (one.others.length > 0)
            await db.collection('other').insertMany(one.others.map((d) => ({ ...d })) as never);
        }
        const real = await realAnswer();
        const own = answerOf(one);
        if (!isSameAnswer(real, own, one)) {
          expect({ seed, pipeline: one.pipeline, answer: own }).toEqual({ seed, pipeline: one.pipeline, answer: real });
        }

        async function realAnswer(): Promise<string[]> {
          try {
            const options = { promoteValues: false, bsonRegExp: true };
            const results = await db
              .collection('t')
              .aggregate([...one.pipeline], options)
              .toArray();
            return asText(decoded(results), one.isOrdered);
          } catch (error) {
            return [`error ${(error as { code?: number }).code}`];
          }
        }
      }
    } finally {
      await db.dropDatabase();
      await client.close();
    }
  });
});
