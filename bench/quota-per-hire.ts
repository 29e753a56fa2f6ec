import { House } from '../tests/story/house.ts';
import { STORY } from '../tests/story/play.ts';
import { type BenchResult, limited } from './result.ts';

/** Hires in a busy month, and what the standard edition allows in it. */
const HIRES = 200;
const CALLS = 5_000;
const MESSAGES = 3_000;

/**
 * What one hire uses of DingTalk's monthly allowance: the whole story of one candidate, less what the sample company
 * uses in the same time without it.
 */
export async function quotaPerHire(): Promise<BenchResult[]> {
  const withHire = await usage(true);
  const without = await usage(false);
  const calls = (withHire.calls - without.calls) * HIRES;
  const messages = (withHire.messages - without.messages) * HIRES;
  return [
    limited({ name: 'quota-per-hire', unit: `API calls of ${HIRES} hires` }, [calls], CALLS),
    limited({ name: 'quota-per-hire', unit: `stream and webhook messages of ${HIRES} hires` }, [messages], MESSAGES),
  ];
}

interface Usage {
  calls: number;
  messages: number;
}

/**
 * Plays the story, or only lets the same time pass. The counters start anew with the month: both are read at the same
 * moments, the last one before the turn and the end.
 */
async function usage(withHire: boolean): Promise<Usage> {
  const house = await House.open();
  try {
    const total: Usage = { calls: 0, messages: 0 };
    if (!withHire) {
      for (const to of ['2026-11-29T12:00:00+08:00', '2026-12-07T09:55:00+08:00']) {
        await house.clock({ to });
        await add(house, total);
      }
      return total;
    }
    const seen = new Map<string, Usage>();
    for (const scene of STORY) {
      await scene.play(house);
      const { month, calls, messages } = await house.get<Usage & { month: string }>('/quota');
      seen.set(month, { calls, messages });
    }
    for (const { calls, messages } of seen.values()) {
      total.calls += calls;
      total.messages += messages;
    }
    return total;
  } finally {
    await house.close();
  }
}

async function add(house: House, total: Usage): Promise<void> {
  const { calls, messages } = await house.get<Usage>('/quota');
  total.calls += calls;
  total.messages += messages;
}
