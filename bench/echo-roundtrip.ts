import { House } from '../tests/story/house.ts';
import { startEchoBot } from './echo-bot.ts';
import { type BenchResult, compared } from './result.ts';

const WARM_UP = 10;
const RUNS = 60;

/** From a person's message to the robot's answer in the conversation: a command of ours, and a bare echo robot. */
export async function echoRoundtrip(): Promise<BenchResult> {
  const house = await House.open();
  try {
    const origin = new URL(house.at.page ?? '').origin;
    const app = await house.post<{ clientId: string; clientSecret: string; robotCode: string }>('/apps', {
      name: 'echo',
    });
    const echo = await startEchoBot(origin, app);
    const ours: number[] = [];
    const reference: number[] = [];
    for (let number = 0; number < WARM_UP + RUNS; number += 1) {
      ours.push(await roundTrip(house, 'bot', '我是誰'));
      reference.push(await roundTrip(house, `bot:${app.robotCode}`, 'echo'));
    }
    echo.stop();
    return compared(
      { name: 'echo-roundtrip', unit: 'ms', referenceName: 'a bare echo robot on the same SDK' },
      ours.slice(WARM_UP),
      reference.slice(WARM_UP),
      null,
    );
  } finally {
    await house.close();
  }
}

/** Waits for the answer on the live feed, as the page does. */
async function roundTrip(house: House, where: string, text: string): Promise<number> {
  const feed = new AbortController();
  const response = await fetch(new URL('/live', house.at.page), { signal: feed.signal });
  const reader = response.body?.getReader();
  if (!reader) throw new Error('no live feed');
  const start = performance.now();
  await house.post('/say', { as: 'hr-carmen', in: where, text });
  // The person's own message is the first one on the feed, the answer the second.
  const decoder = new TextDecoder();
  let heard = '';
  while ((heard.match(/^event: message$/gm) ?? []).length < 2) {
    const { value, done } = await reader.read();
    if (done) throw new Error('the live feed ended');
    heard += decoder.decode(value, { stream: true });
  }
  const ms = performance.now() - start;
  feed.abort();
  return ms;
}
