import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { hongKongParts } from '../../hongkong/zone.ts';
import { nextSlot, slotsBetween } from '../../jobs/cron-slots.ts';
import type { Job } from '../../jobs/job.ts';
import { Timetable } from '../../jobs/timetable.ts';
import { leaseOf } from '../../lib/lease.ts';
import { type TestOffice, test } from '../fixtures/office.ts';

const at = (text: string): Date => new Date(`${text}+08:00`);

/** A process: its own lease on the shared store; the wall clock can be moved. */
function processOn(office: TestOffice, name: string, jobs: readonly Job[], wall: { now: Date }): Timetable {
  return new Timetable(
    jobs,
    office,
    leaseOf(name, () => wall.now, false),
  );
}

function daily(
  runs: string[],
  missed: 'once' | 'each' | 'skip',
  run: () => Promise<void> = async () => undefined,
): Job {
  return {
    name: 'daily-six',
    at: '0 18 * * *',
    missed,
    async run({ scheduledFor }) {
      runs.push(scheduledFor.toISOString());
      await run();
      return 1;
    },
  };
}

describe('slots of a cron expression', () => {
  test('are Hong Kong times whatever the machine thinks', () => {
    expect(slotsBetween('0 18 * * *', at('2026-11-23T10:00'), at('2026-11-25T18:00'))).toEqual([
      at('2026-11-23T18:00'),
      at('2026-11-24T18:00'),
      at('2026-11-25T18:00'),
    ]);
    expect(nextSlot('30 9 * * 1-5', at('2026-11-27T10:00'))).toEqual(at('2026-11-30T09:30'));
  });

  test('cut anywhere, the pieces give the same slots', () => {
    fc.assert(
      fc.property(
        fc.date({ min: at('2026-11-01T00:00'), max: at('2026-12-31T00:00'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 20 * 86_400 }),
        fc.integer({ min: 0, max: 100 }),
        (from, seconds, share) => {
          const to = new Date(from.getTime() + seconds * 1000);
          const cut = new Date(from.getTime() + (seconds * 1000 * share) / 100);
          const whole = slotsBetween('15 9,18 * * 1-5', from, to);
          expect([...slotsBetween('15 9,18 * * 1-5', from, cut), ...slotsBetween('15 9,18 * * 1-5', cut, to)]).toEqual(
            whole,
          );
          for (const slot of whole) expect([1, 2, 3, 4, 5]).toContain(hongKongParts(slot).weekday);
        },
      ),
    );
  });
});

describe('missed slots', () => {
  const cases = [
    ['once', [at('2026-11-25T18:00')]],
    ['each', [at('2026-11-23T18:00'), at('2026-11-24T18:00'), at('2026-11-25T18:00')]],
    ['skip', []],
  ] as const;
  for (const [missed, expected] of cases) {
    test(`${missed}: three days asleep`, async ({ office }) => {
      const runs: string[] = [];
      const timetable = processOn(office, 'one', [daily(runs, missed)], { now: new Date(0) });
      await timetable.start();
      office.clock.moveTo(at('2026-11-26T10:00'));
      await timetable.runDue();
      await timetable.runDue();
      expect(runs).toEqual(expected.map((slot) => slot.toISOString()));
      expect((await timetable.runDue()).nextDue).toEqual(at('2026-11-26T18:00'));
    });
  }
});

describe('two processes on one store', () => {
  test('a slot is run by one of them', async ({ office }) => {
    const runs: string[] = [];
    const wall = { now: at('2026-11-23T18:00') };
    const one = processOn(office, 'one', [daily(runs, 'once')], wall);
    const two = processOn(office, 'two', [daily(runs, 'once')], wall);
    await one.start();
    await two.start();
    office.clock.moveTo(at('2026-11-23T18:00'));
    await Promise.all([one.runDue(), two.runDue()]);
    expect(runs).toHaveLength(1);
  });

  test('the one holding a slot dies; the other takes over after its lease and completes it', async ({ office }) => {
    const runs: string[] = [];
    const wall = { now: at('2026-11-23T18:00') };
    let begun: () => void = () => undefined;
    const holding = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const dying = daily(runs, 'once', () => {
      begun();
      return new Promise(() => undefined);
    });
    const one = processOn(office, 'one', [dying], wall);
    const two = processOn(office, 'two', [daily(runs, 'once')], wall);
    await one.start();
    office.clock.moveTo(at('2026-11-23T18:00'));
    one.runDue();
    await holding;
    await two.runDue();
    expect(runs).toHaveLength(1);
    wall.now = new Date(wall.now.getTime() + 31_000);
    await two.runDue();
    expect(runs).toEqual([at('2026-11-23T18:00').toISOString(), at('2026-11-23T18:00').toISOString()]);
    await two.runDue();
    expect(runs).toHaveLength(2);
  });

  test('a job that fails is tried again a minute later and stops nobody else', async ({ office }) => {
    const runs: string[] = [];
    let fails = true;
    const failing: Job = {
      name: 'failing',
      at: '0 18 * * *',
      missed: 'once',
      async run() {
        if (fails) throw new Error('no');
        runs.push('failing');
        return 1;
      },
    };
    const timetable = processOn(office, 'one', [failing, daily(runs, 'once')], { now: new Date(0) });
    await timetable.start();
    office.clock.moveTo(at('2026-11-23T18:00'));
    await timetable.runDue();
    expect(runs).toEqual([at('2026-11-23T18:00').toISOString()]);
    expect((await timetable.runDue()).nextDue).toEqual(at('2026-11-23T18:01'));
    fails = false;
    office.clock.moveTo(at('2026-11-23T18:01'));
    await timetable.runDue();
    expect(runs).toContain('failing');
  });
});
