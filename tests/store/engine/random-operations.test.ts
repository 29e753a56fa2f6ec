import { describe, expect, test } from 'vitest';
import { essenceText } from './compare-answers.ts';
import { compilers } from './compilers.ts';
import { differencesFromMongo } from './differences-from-mongo.ts';
import { InMemoryCollection } from './in-memory-collection.ts';
import { generateOperations } from './random-operations.ts';
import { readRecording, stateHash } from './recording.ts';

const uri = process.env.TEST_MONGODB_URI;
const isLong = process.env.TEST_LONG !== undefined;

describe('random operations', () => {
  test('2,000 operations are answered as MongoDB 6.0.5 answered them', () => {
    const engine = new InMemoryCollection(compilers);
    const recording = readRecording(new URL('../../recorded/random-operations.jsonl.gz', import.meta.url));
    expect(recording.length).toBe(2_000);

    for (const [at, { operation, answer, state }] of recording.entries()) {
      expect({ at, operation, answer: essenceText(engine.run(operation)) }).toEqual({
        at,
        operation,
        answer,
      });
      if (state) expect({ at, operation, state: stateHash(engine.documents) }).toEqual({ at, operation, state });
    }
  });

  test('the same seed gives the same operations', () => {
    const first = JSON.stringify([...generateOperations(7, 200)]);
    expect(JSON.stringify([...generateOperations(7, 200)])).toBe(first);
    expect(JSON.stringify([...generateOperations(8, 200)])).not.toBe(first);
  });

  test.skipIf(!uri)(
    'fresh operations find no difference from a real MongoDB',
    async () => {
      const seed = isLong ? Number(process.env.TEST_SEED ?? Date.now() % 1_000_000) : 1;
      const differences = await differencesFromMongo(uri ?? '', seed, isLong ? 20_000 : 2_000);
      expect(differences, `TEST_SEED=${seed}`).toEqual([]);
    },
    isLong ? 600_000 : 120_000,
  );
});
