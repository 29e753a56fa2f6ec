import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CallWindow } from '../../channels/dingtalk/call-window.ts';
import { BulkHeldBack, Governor, type GovernorOptions } from '../../channels/dingtalk/governor.ts';
import { forecastQuota, quotaDayOf } from '../../channels/dingtalk/quota-forecast.ts';
import { StillClock } from '../../lib/clock.ts';
import { realTimers, type Timers } from '../../lib/timers.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Timers that stand still until they are wound forward. */
function windingTimers(): Timers & { wind(ms: number): Promise<void> } {
  let now = 0;
  const set = new Set<{ at: number; run: () => void }>();
  return {
    elapsed: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      set.add(timer);
      return { cancel: () => set.delete(timer) };
    },
    async wind(ms) {
      const end = now + ms;
      for (;;) {
        // Promises that are settled by a timer have their say before the next one.
        await new Promise(setImmediate);
        const next = [...set].filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        set.delete(next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
    },
  };
}

describe('the rate of one API', () => {
  test('no second ever sees more arrivals than allowed, however long calls are under way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ travelMs: fc.nat(400), answerMs: fc.nat(400) }), { minLength: 1, maxLength: 40 }),
        async (calls) => {
          const timers = windingTimers();
          const window = new CallWindow(timers, 6);
          const arrivals: number[] = [];
          for (const { travelMs, answerMs } of calls) {
            void window.enter('normal').then((slot) => {
              timers.after(travelMs, () => arrivals.push(timers.elapsed()));
              timers.after(travelMs + answerMs, () => slot.leave());
            });
          }
          await timers.wind(60_000);
          expect(arrivals).toHaveLength(calls.length);
          arrivals.sort((a, b) => a - b);
          for (const [index, at] of arrivals.entries()) {
            const before = arrivals[index - 6];
            if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(1_000);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('a press goes before a mass sending that has waited longer, and finds a free place at once', async () => {
    const timers = windingTimers();
    const window = new CallWindow(timers, 8);
    const started: string[] = [];
    const enter = (name: string, callClass: 'press' | 'bulk' | 'normal') =>
      void window.enter(callClass).then((slot) => {
        started.push(name);
        slot.leave();
      });
    for (let n = 1; n <= 5; n += 1) enter(`bulk ${n}`, 'bulk');
    enter('press 1', 'press');
    await timers.wind(0);
    expect(started).toEqual(['bulk 1', 'bulk 2', 'press 1']);
    for (let n = 1; n <= 6; n += 1) enter(`normal ${n}`, 'normal');
    enter('press 2', 'press');
    await timers.wind(0);
    expect(started.slice(3)).toEqual(['normal 1', 'normal 2', 'normal 3', 'normal 4', 'normal 5']);
    await timers.wind(1_000);
    expect(started[8]).toBe('press 2');
  });

  test('pauses when the platform says that we are too fast', async () => {
    const timers = windingTimers();
    const window = new CallWindow(timers, 8);
    window.closeFor(1_000);
    let isIn = false;
    void window.enter('press').then(() => {
      isIn = true;
    });
    await timers.wind(999);
    expect(isIn).toBe(false);
    await timers.wind(1);
    expect(isIn).toBe(true);
  });
});

describe('the forecast', () => {
  const budget = { calls: 5_000, messages: 3_000 };
  const record = (byDay: Record<string, { calls?: number; bulkCalls?: number; messages?: number }>) => ({
    _id: '2026-11',
    calls: Object.values(byDay).reduce((sum, day) => sum + (day.calls ?? 0), 0),
    messages: Object.values(byDay).reduce((sum, day) => sum + (day.messages ?? 0), 0),
    byDay,
    warned: [],
  });

  test('a month is Hong Kong’s', () => {
    expect(quotaDayOf(new Date('2026-11-30T15:59:59Z'))).toEqual({ month: '2026-11', day: '30' });
    expect(quotaDayOf(new Date('2026-11-30T16:00:00Z'))).toEqual({ month: '2026-12', day: '01' });
  });

  test('is the use so far plus the daily average of the last week for the days left', () => {
    const days = Object.fromEntries(
      ['17', '18', '19', '20', '21', '22', '23'].map((day) => [day, { calls: 70, messages: 7 }]),
    );
    // Tuesday 24 November, midnight: 7 days are left.
    const forecast = forecastQuota(record(days), new Date('2026-11-24T00:00:00+08:00'), budget);
    expect(forecast).toMatchObject({ month: '2026-11', calls: { used: 490, expected: 490 + 60 * 7, runsOut: false } });
    expect(forecast.messages).toMatchObject({ used: 49, expected: 49 + 6 * 7 });
  });

  test('holds mass sendings back once what people do would not fit any more, not because of the mass itself', () => {
    const at = new Date('2026-11-24T00:00:00+08:00');
    const mass = record({ '23': { calls: 4_000, bulkCalls: 4_000 } });
    expect(forecastQuota(mass, at, budget)).toMatchObject({ calls: { runsOut: true }, bulkHeldBack: false });
    const people = record({ '22': { calls: 2_000 }, '23': { calls: 2_000, bulkCalls: 100 } });
    expect(forecastQuota(people, at, budget)).toMatchObject({ bulkHeldBack: true });
  });

  test('of an empty month is zero', () => {
    const forecast = forecastQuota(null, new Date('2026-11-01T00:00:00+08:00'), budget);
    expect(forecast).toMatchObject({ calls: { used: 0, expected: 0 }, bulkHeldBack: false });
  });
});

const counting = test.extend<{ database: TestDatabase }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the needed fixtures from the pattern
  database: async ({}, use) => {
    const database = await openTestDatabase();
    await use(database);
    await database.drop();
  },
});

describe('the month’s counters', () => {
  const call = { api: 'robot.batchSendOTO', callClass: 'normal', bills: 'calls' } as const;
  const governing = (database: TestDatabase, options: Partial<GovernorOptions> = {}) =>
    new Governor({
      models: database.models,
      clock: new StillClock('2026-11-23T10:00:00+08:00'),
      timers: realTimers,
      log: silent,
      perSecond: 1_000,
      ...options,
    });

  counting('survive a restart and add up over processes', async ({ database }) => {
    const first = governing(database);
    await Promise.all(Array.from({ length: 30 }, () => first.run(call, async () => 1)));
    await first.stop();
    const second = governing(database);
    await second.run(call, async () => 1);
    await second.run({ ...call, bills: 'messages' }, async () => 1);
    await second.run({ ...call, bills: 'none' }, async () => 1);
    expect(await second.usage()).toEqual({ month: '2026-11', calls: 31, messages: 1 });
  });

  counting('leave out what the platform did not bill', async ({ database }) => {
    const governor = governing(database);
    const refused = governor.run(call, async (turn) => {
      turn.takeBack();
      turn.takeBack();
      throw new Error('throttled');
    });
    await expect(refused).rejects.toThrow('throttled');
    await expect(governor.run(call, () => Promise.reject(new Error('bad request')))).rejects.toThrow();
    expect(await governor.usage()).toMatchObject({ calls: 1 });
  });

  counting(
    'warn once at 80 %, whichever process gets there, and say so again for the other allowance',
    async ({ database }) => {
      const warnings: string[] = [];
      const options = {
        budget: { calls: 10, messages: 10 },
        onWarning: ({ meter, level }: { meter: string; level: string }) => void warnings.push(`${meter} ${level}`),
      };
      const governors = [governing(database, options), governing(database, options)];
      for (let n = 0; n < 7; n += 1) await governors[n % 2]?.run(call, async () => 1);
      await Promise.all(governors.map((governor) => governor.stop()));
      expect(warnings).toEqual([]);
      await Promise.all(governors.map((governor) => governor.run(call, async () => 1)));
      await Promise.all(governors.map((governor) => governor.stop()));
      await governing(database, options).usage();
      expect(warnings).toEqual(['calls soon']);
      for (let n = 0; n < 9; n += 1) await governors[0]?.run({ ...call, bills: 'messages' }, async () => 1);
      await governors[0]?.stop();
      expect(warnings).toEqual(['calls soon', 'messages soon']);
    },
  );

  counting('say once that the messages are spent', async ({ database }) => {
    const warnings: string[] = [];
    const governor = governing(database, { onWarning: ({ meter, level }) => void warnings.push(`${meter} ${level}`) });
    const withheld = {
      kind: 'message' as const,
      sentAt: new Date(),
      conversation: { id: 'c', kind: 'group' as const },
      sender: { nick: '' },
      text: '',
      files: [],
      quotaSpent: true,
    };
    governor.countInbound({ ...withheld, eventId: 'm1' }, true);
    governor.countInbound({ ...withheld, eventId: 'm2' }, true);
    governor.countInbound({ ...withheld, eventId: 'm2' }, false);
    expect(await governor.usage()).toMatchObject({ messages: 2 });
    expect(warnings).toEqual(['messages spent']);
  });

  counting('hold a mass sending back when the month would run out, and nothing else', async ({ database }) => {
    const governor = governing(database, { budget: { calls: 10, messages: 10 } });
    for (let n = 0; n < 9; n += 1) await governor.run(call, async () => 1);
    await governor.stop();
    await expect(governor.run({ ...call, callClass: 'bulk' }, async () => 1)).rejects.toThrow(BulkHeldBack);
    await expect(governor.run({ ...call, callClass: 'press' }, async () => 1)).resolves.toBe(1);
  });

  counting('cost no write of their own for each call of a burst', async ({ database }) => {
    const commands: string[] = [];
    const watched = await database.again((command) => commands.push(command));
    const governor = governing(watched);
    await Promise.all(Array.from({ length: 200 }, () => governor.run(call, async () => 1)));
    await governor.stop();
    expect(await governor.usage()).toMatchObject({ calls: 200 });
    expect(commands.filter((command) => command.startsWith('findAndModify')).length).toBeLessThan(20);
    await watched.drop();
  });
});
