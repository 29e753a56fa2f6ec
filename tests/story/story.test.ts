import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createModels } from '../../models/index.ts';
import { openStore } from '../../store/connect.ts';
import { House } from './house.ts';
import { HERO, pageOf, STORY } from './play.ts';

/** The whole story, played by everybody in it through the sandbox; the app and the sandbox are processes of their own. */
describe('from the CV to the first day at work, with a telephone number only', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  }, 60_000);
  afterAll(async () => {
    await house?.close();
  });

  for (const scene of STORY) test(scene.name, () => scene.play(house), 60_000);

  test('everything the candidate must know was learnt from the phone, once', async () => {
    const texts = await house.sms(HERO.phone);
    expect(texts).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^金鳳茶餐廳：您應徵的「樓面服務員」有新訊息。.*查看請按 http/),
        expect.stringMatching(/^金鳳茶餐廳：今日上午11:00在旺角店面試（近旺角E2）。/),
        expect.stringMatching(/^金鳳茶餐廳：入職培訓12月7日\(一\)上午9:30（總辦事處）。.*確認出席請按 http/),
        expect.stringMatching(/^金鳳茶餐廳：明天上午9:30到.*上班，找/),
      ]),
    );
    const withoutLinks = texts.map((text) => text.replace(/https?:\S+/, '{link}'));
    const once = withoutLinks.filter((text) => !text.includes('有新訊息'));
    expect(new Set(once).size).toBe(once.length);
  });

  test('the page tells the whole way', async () => {
    const html = await (await fetch(await pageOf(house))).text();
    for (const words of ['通過面試', '入職培訓', '觀塘海濱道133號']) expect(html).toContain(words);
  });

  test('the platform was never called wrongly', async () => {
    const { entries } = await house.get<{ entries: { name: string; status: number | string; violation?: string }[] }>(
      '/log?since=0',
    );
    expect(entries.filter(({ violation }) => violation)).toEqual([]);
    expect(entries.filter(({ name, status }) => name.startsWith('/v1.0') && Number(status) >= 400)).toEqual([]);
  });

  test("the month's counters equal the platform's own, read after a stop", async () => {
    const theirs = await house.get<{ calls: number; messages: number; month: string }>('/quota');
    await house.app.end();
    expect(await monthOf(house, theirs.month)).toEqual({ calls: theirs.calls, messages: theirs.messages });
  });
});

/** What the app has counted, from its store. */
async function monthOf(house: House, month: string): Promise<{ calls: number; messages: number }> {
  const store = await openStore({ dataDir: join(house.folder, 'store'), log: () => undefined });
  const connection = await mongoose.createConnection(store.uri, store.options).asPromise();
  const counted = await createModels(connection).quotaCounters.findOne({ _id: month }).lean();
  await connection.close();
  await store.close();
  return { calls: counted?.calls ?? 0, messages: counted?.messages ?? 0 };
}
