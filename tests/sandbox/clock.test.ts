import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationMs } from '../../sandbox/clock/duration.ts';
import { ROBOT } from './raw-robot.ts';
import { type Desk, test } from './sandbox-fixture.ts';

type Moved = { now: string; steps: number; ran: { job: string; at: string }[] };
const move = (desk: Desk, body: Record<string, unknown>): Promise<Moved> => desk.control<Moved>('POST', '/clock', body);
const later = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString();
const HOUR = 3_600_000;

describe('the clock of the sandbox', () => {
  test('without a follower it just moves, forward only', async ({ desk }) => {
    const { now } = await desk.control<{ now: string }>('GET', '/clock');
    const moved = await move(desk, { by: 'P1DT30M' });
    expect(moved).toEqual({ now: later(new Date(now), 24.5 * HOUR), steps: 1, ran: [] });
    expect((await desk.control('GET', '/clock')).now).toBe(moved.now);
    expect(await desk.tryControl('POST', '/clock', { to: now })).toMatchObject({
      status: 409,
      json: { error: { code: 'time_never_goes_back' } },
    });
    expect(await move(desk, { to: later(new Date(moved.now), -1000) })).toEqual({ now: moved.now, steps: 0, ran: [] });
    expect((await move(desk, { to: '2027-01-04T10:00+08:00' })).now).toBe('2027-01-04T02:00:00.000Z');
    for (const wrong of [
      {},
      { by: 'tomorrow' },
      { to: '2027-13-01' },
      { to: '2027-02-01T10:00' },
      { to: later(new Date(now), 9e9), by: 'P1D' },
    ]) {
      expect((await desk.tryControl('POST', '/clock', wrong)).status).toBe(400);
    }
    expect((await move(desk, { next: true })).steps).toBe(0);
  });

  test('a follower is told the time and is stopped at each of its due moments', async ({ desk }) => {
    const app = await desk.follower();
    expect(app.heard[0]).toEqual({ type: 'now', now: app.now.toISOString(), running: false });
    const start = app.now;
    app.add('welcome', later(start, HOUR));
    app.add('reminder', later(start, 5 * HOUR));
    app.onRun = async ({ name }) => {
      if (name === 'welcome') app.jobs.push({ name: 'tips', at: new Date(later(start, 3 * HOUR)) });
    };
    const moved = await move(desk, { by: 'PT4H' });
    expect(moved).toEqual({
      now: later(start, 4 * HOUR),
      steps: 3,
      ran: [
        { job: 'welcome', at: later(start, HOUR) },
        { job: 'tips', at: later(start, 3 * HOUR) },
      ],
    });
    expect(await move(desk, { next: true })).toEqual({
      now: later(start, 5 * HOUR),
      steps: 1,
      ran: [{ job: 'reminder', at: later(start, 5 * HOUR) }],
    });
    expect(app.heard.at(-1)).toMatchObject({ type: 'now', now: later(start, 5 * HOUR) });
  });

  test('what comes due at a moment because of what was run there is run at that moment', async ({ desk }) => {
    const app = await desk.follower();
    const at = later(app.now, HOUR);
    app.add('first', at);
    app.onRun = async ({ name }) => {
      if (name === 'first') app.jobs.push({ name: 'second', at: new Date(at) });
    };
    expect((await move(desk, { to: at })).ran.map(({ job }) => job)).toEqual(['first', 'second']);
  });

  test('of two followers the earlier due moment counts, and both run', async ({ desk }) => {
    const [one, two] = [await desk.follower(), await desk.follower()];
    one.add('late', later(one.now, 3 * HOUR));
    two.add('early', later(two.now, 2 * HOUR));
    const moved = await move(desk, { by: 'PT3H' });
    expect([moved.steps, moved.ran.map(({ job }) => job)]).toEqual([2, ['early', 'late']]);
  });

  test('the move waits until a message that a job caused has been acknowledged', async ({ desk }) => {
    const [app, robot] = [await desk.follower(), await desk.robot()];
    app.add('someone speaks', later(app.now, HOUR));
    app.onRun = async () => {
      await desk.control('POST', '/say', { as: 'hr', in: 'bot', text: '到了' });
    };
    let isOver = false;
    const moving = move(desk, { by: 'PT1H' }).then((moved) => {
      isOver = true;
      return moved;
    });
    const frame = await robot.next(ROBOT);
    expect(isOver).toBe(false);
    robot.ack(frame);
    expect((await moving).ran).toHaveLength(1);
  });

  test('settling waits for what the application has in hand, and says what it is when it takes too long', async ({
    desk,
  }) => {
    const app = await desk.follower();
    expect(await desk.control('POST', '/settle', {})).toEqual({ settled: true });
    app.open = ['outbox 42'];
    const stuck = await desk.tryControl<{ settled: boolean; open: string[]; error: { code: string } }>(
      'POST',
      '/settle',
      { timeoutMs: 80 },
    );
    expect(stuck).toMatchObject({
      status: 504,
      json: { settled: false, open: [expect.stringContaining('outbox 42')], error: { code: 'not_settled' } },
    });
    app.isDeaf = true;
    const deaf = await desk.tryControl<{ open: string[] }>('POST', '/settle', { timeoutMs: 80 });
    expect(deaf).toMatchObject({ status: 504, json: { open: [expect.stringContaining('has not answered')] } });
  });

  test('a follower that dies in the middle does not hang the call; another one takes over', async ({ desk }) => {
    const doomed = await desk.follower();
    doomed.add('never done', later(doomed.now, HOUR));
    doomed.onRun = () => {
      doomed.socket.terminate();
      return new Promise(() => {});
    };
    const died = await desk.tryControl<{ open: string[]; now: string }>('POST', '/clock', { by: 'PT2H' });
    expect(died).toMatchObject({ status: 504, json: { open: [expect.stringContaining('disconnected')] } });
    const heir = await desk.follower();
    expect(heir.now.toISOString()).toBe(died.json.now);

    const second = await desk.follower();
    second.add('handed on', later(second.now, HOUR));
    second.onRun = () => {
      heir.jobs.push({ name: 'taken over', at: new Date(later(second.now, 60_000)) });
      second.socket.terminate();
      return new Promise(() => {});
    };
    expect((await move(desk, { by: 'PT2H' })).ran.map(({ job }) => job)).toEqual(['taken over']);
  });

  test('moves asked for at once are made one after the other', async ({ desk }) => {
    const { now } = await desk.control<{ now: string }>('GET', '/clock');
    const moves = await Promise.all([
      move(desk, { by: 'PT1H' }),
      move(desk, { by: 'PT1H' }),
      move(desk, { by: 'PT1H' }),
    ]);
    expect(moves.map((moved) => moved.now)).toEqual([1, 2, 3].map((hours) => later(new Date(now), hours * HOUR)));
  });
});

describe('ISO 8601 durations', () => {
  it('are added up from their parts', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(99), fc.nat(99), fc.nat(99), (days, hours, minutes, seconds) => {
        expect(durationMs(`P${days}DT${hours}H${minutes}M${seconds}S`)).toBe(
          (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000,
        );
      }),
    );
  });

  it('that are none are refused', () => {
    for (const text of ['', 'P', 'PT', 'P1DT', '1D', 'P1H', 'P-1D', 'P1M'])
      expect(durationMs(text), text).toBeUndefined();
    expect(durationMs('P2W')).toBe(14 * 24 * HOUR);
    expect(durationMs('PT0.5S')).toBe(500);
  });
});
