import { join } from 'node:path';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { createModels } from '../../models/index.ts';
import { openStore } from '../../store/connect.ts';
import { House } from './house.ts';
import { HERO, STORY } from './play.ts';

const KILLS = process.env.TEST_LONG ? 10 : 2;
const SEED = Number(process.env.TEST_SEED ?? (process.env.TEST_LONG ? Date.now() % 1_000_000 : 20261123));

/** The everyday run stops when the training is confirmed; the long one goes on to day 1. */
const SCENES = process.env.TEST_LONG
  ? STORY
  : STORY.slice(
      0,
      STORY.findIndex(({ name }) => name.startsWith('silence')),
    );
/** What the candidate gets by SMS in a story without kills, links apart. */
const MUST_ARRIVE = [
  /今日上午11:00在旺角店面試/,
  /入職培訓12月7日\(一\)上午9:30（總辦事處）/,
  ...(process.env.TEST_LONG ? [/您應徵的「樓面服務員」仍在安排中/, /明天上午9:30到.*上班/] : []),
];

/**
 * The app is killed at random moments of the story while the sandbox watches. Messages come again until they are
 * acknowledged, people press again what did not answer; nobody does anything else.
 */
test(`the app is killed ${KILLS} times: nothing is lost, nothing is doubled (seed ${SEED})`, async () => {
  const house = await House.open({ SANDBOX_REDELIVER_SECONDS: '1' });
  try {
    const [moments = []] = fc.sample(
      fc.uniqueArray(
        fc.record({ scene: fc.integer({ min: 0, max: SCENES.length - 2 }), afterMs: fc.integer({ min: 0, max: 400 }) }),
        {
          minLength: KILLS,
          maxLength: KILLS,
          selector: ({ scene }) => scene,
        },
      ),
      { numRuns: 1, seed: SEED },
    );
    for (const [index, scene] of SCENES.entries()) {
      const moment = moments.find((one) => one.scene === index);
      house.disturbed = moment !== undefined;
      const killed = moment ? killAfter(house, moment.afterMs) : Promise.resolve();
      await scene.play(house).catch((error: unknown) => {
        throw new Error(`${scene.name}: ${String(error)}\n${house.app.errors.slice(-2_000)}`);
      });
      await killed;
      await house.settle();
    }
    const texts = (await house.sms(HERO.phone)).map((text) => text.replace(/https?:\S+/, '{link}'));
    const uncertain = await uncertainItems(house);
    const written = texts.filter((text) => !text.includes('有新訊息'));
    expect(new Set(written).size, `doubled: ${written.join('\n')}`).toBe(written.length);
    // A send that was cut by a kill is known as such, with its moment, and shown to a person.
    for (const item of uncertain)
      expect(item.deliveries.some(({ state, detail }) => state === 'uncertain' && detail)).toBe(true);
    const missing = MUST_ARRIVE.filter((pattern) => !texts.some((text) => pattern.test(text)));
    expect(missing.length, `missing ${missing.join(', ')} of ${texts.join('\n')}`).toBeLessThanOrEqual(
      uncertain.length,
    );
    console.log(
      `kills: ${KILLS}, seed ${SEED}, uncertain: ${uncertain.length}${uncertain.map(({ what }) => ` ${what}`).join(',')}`,
    );
  } finally {
    await house.close();
  }
}, 900_000);

async function killAfter(house: House, ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  await house.killApp();
}

async function uncertainItems(house: House) {
  await house.app.end();
  const store = await openStore({ dataDir: join(house.folder, 'store'), log: () => undefined });
  const connection = await mongoose.createConnection(store.uri, store.options).asPromise();
  const items = await createModels(connection)
    .outbox.find({ kind: 'candidate_message', 'deliveries.state': 'uncertain' })
    .lean();
  await connection.close();
  await store.close();
  return items;
}
