import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordedAnswers } from './recorded-answers.ts';
import { generateSteps, isSame, Player, shortened, stepText } from './replay.ts';
import { type Client, databaseName, type RunningStore, startStore, TEST_MONGODB_URI } from './store-under-test.ts';

/** Where a MongoDB is there to compare with; without one the recorded answers are all there is. */
const STEPS = 20_000;
const SEED = Number(process.env.TEST_SEED ?? 20_261_123);

/** So many differences are shown. */
const SHOWN = 5;

describe('random operations are answered as MongoDB 6.0.5 answers them', () => {
  let store: RunningStore;
  let client: Client;

  beforeAll(async () => {
    store = await startStore('embedded');
    client = new mongoose.mongo.MongoClient(store.uri);
  });

  afterAll(async () => {
    await client.close();
    await store.end();
  });

  test('the recorded ones', { timeout: 120_000 }, async () => {
    const player = new Player(client.db(databaseName()));
    await player.prepare(true);
    const differences: string[] = [];
    const recorded = await recordedAnswers();
    for (const [number, { step, answer }] of recorded.entries()) {
      const own = await player.play(step);
      if (isSame(step, shortened(own), answer)) continue;
      differences.push(
        `${number} ${stepText(step)}\n  embedded ${own.join('\n  ')}\n  MongoDB  ${answer.join('\n  ')}`,
      );
    }
    expect(recorded.length).toBeGreaterThanOrEqual(2000);
    expect(differences.slice(0, SHOWN)).toEqual([]);
  });

  test.runIf(TEST_MONGODB_URI !== '').for([false, true])(
    `${STEPS / 2} on both at once (indexes: %s)`,
    { timeout: 1_200_000 },
    async (hasIndexes, { onTestFailed }) => {
      const seed = SEED + (hasIndexes ? 1 : 0);
      onTestFailed(() => console.error(`to play this again: TEST_SEED=${SEED}`));
      const reference = new mongoose.mongo.MongoClient(TEST_MONGODB_URI);
      const db = reference.db(databaseName());
      try {
        const [own, other] = [new Player(client.db(databaseName())), new Player(db)];
        await own.prepare(hasIndexes);
        await other.prepare(hasIndexes);
        const differences: string[] = [];
        for (const step of generateSteps(seed, STEPS / 2, hasIndexes)) {
          const [left, right] = [await own.play(step), await other.play(step)];
          if (isSame(step, left, right)) continue;
          differences.push(`${stepText(step)}\n  embedded ${left.join('\n  ')}\n  MongoDB  ${right.join('\n  ')}`);
        }
        expect(differences.slice(0, SHOWN), `${differences.length} differences`).toEqual([]);
      } finally {
        await db.dropDatabase();
        await reference.close();
      }
    },
  );
});
