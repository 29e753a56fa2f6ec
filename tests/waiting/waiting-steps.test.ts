import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hongKongDate, hongKongParts } from '../../hongkong/zone.ts';
import { resolveSettings } from '../../recruiting/settings.ts';
import { nextCheck, type WaitingFacts, waitingSteps } from '../../recruiting/waiting/waiting-steps.ts';

const settings = resolveSettings({ story: { title: '我的故事', teaser: '由學徒做起。', text: '……' } });
const at = (text: string): Date => new Date(`${text}+08:00`);
/** Passed on Monday 23 November at ten, has not shown life since. */
const facts: WaitingFacts = {
  passedAt: at('2026-11-23T10:00'),
  firstDayAt: null,
  intake: null,
  noticedIntakeVersion: null,
  noticeSentAt: null,
  noticeRead: false,
  lastActivityAt: at('2026-11-23T10:00'),
  stepsDone: [],
  pausedUntil: null,
  nudgesStopped: false,
  wantsNews: false,
  humanContactAt: null,
  lastDatedMessageAt: null,
};
const plan = (changes: Partial<WaitingFacts>, now = '2026-11-23T10:00') =>
  waitingSteps({ ...facts, ...changes }, at(now), settings).map((step) => [
    step.step,
    'send' in step ? step.send : `call:${step.call}`,
    `${hongKongDate(step.at)} ${String(hongKongParts(step.at).hour).padStart(2, '0')}:${String(hongKongParts(step.at).minute).padStart(2, '0')}`,
  ]);

describe('somebody passed and no training date is known', () => {
  test('welcome after one hour, tips and check-in on day 3, SMS on day 5, a human and a progress message on day 7', () => {
    expect(plan({})).toEqual([
      ['welcome', 'passed_welcome_pack', '2026-11-23 11:00'],
      ['silent:2026-11-23:checkin', 'silence_checkin', '2026-11-26 10:00'],
      ['tips', 'prep_tips_day3', '2026-11-26 11:00'],
      ['silent:2026-11-23:sms', 'silence_checkin', '2026-11-28 10:00'],
      ['silent:2026-11-23:call', 'call:silent', '2026-11-30 10:00'],
      ['progress:2026-11-30', 'waiting_progress', '2026-11-30 11:00'],
    ]);
  });

  test('a story on Friday at three only for those who want news', () => {
    expect(plan({ wantsNews: true })).toContainEqual(['story:2026-11-27', 'employee_story_friday', '2026-11-27 15:00']);
    expect(plan({}).flat()).not.toContain('employee_story_friday');
  });

  test("no story on Christmas Day nor on New Year's Day: both Fridays are public holidays", () => {
    const done = ['story:2026-11-27', 'story:2026-12-04', 'story:2026-12-11', 'story:2026-12-18'];
    const story = plan({ wantsNews: true, stepsDone: done }, '2026-12-21T10:00').find(
      ([, what]) => what === 'employee_story_friday',
    );
    expect(story).toEqual(['story:2027-01-08', 'employee_story_friday', '2027-01-08 15:00']);
  });

  test('a sign of life starts the ladder anew', () => {
    const steps = plan({
      lastActivityAt: at('2026-11-27T20:00'),
      stepsDone: ['welcome', 'tips', 'silent:2026-11-23:checkin'],
    });
    expect(steps).toContainEqual(['silent:2026-11-27:checkin', 'silence_checkin', '2026-11-30 20:00']);
    expect(steps).toContainEqual(['silent:2026-11-27:call', 'call:silent', '2026-12-04 20:00']);
  });

  test('who has stopped nudges is not nudged, but a human still phones after seven days', () => {
    expect(plan({ nudgesStopped: true }).map(([, what]) => what)).toEqual(['passed_welcome_pack', 'call:silent']);
  });

  test('a pause by staff holds nudges back, never the call', () => {
    const steps = plan({ pausedUntil: at('2026-12-05T00:00') }).map(([, what]) => what);
    expect(steps).toEqual(['passed_welcome_pack', 'call:silent']);
  });
});

describe('the training date is fixed', () => {
  const intake = { id: 'intake_1', version: 1, firstDayAt: at('2026-12-07T09:30') };
  const fixed = { intake, firstDayAt: intake.firstDayAt };

  test('the notice goes at once, the reminder on the eve at five, no more progress messages', () => {
    const steps = plan(fixed);
    expect(steps[0]).toEqual(['notice:intake_1:v1', 'training_notice', '2026-11-23 10:00']);
    expect(steps).toContainEqual(['eve:2026-12-07', 'first_day_reminder', '2026-12-06 17:00']);
    expect(steps.flat()).not.toContain('waiting_progress');
  });

  test('unread after 24 and 48 hours: a reminder each; after 72: a human', () => {
    const sent = { ...fixed, noticedIntakeVersion: 1, noticeSentAt: at('2026-11-23T10:05') };
    expect(plan(sent)).toEqual(
      expect.arrayContaining([
        ['unread:intake_1:v1:1', 'training_unread_reminder', '2026-11-24 10:05'],
        ['unread:intake_1:v1:2', 'training_unread_reminder', '2026-11-25 10:05'],
        ['unread:intake_1:v1:call', 'call:training_unread', '2026-11-26 10:05'],
      ]),
    );
    expect(plan({ ...sent, noticeRead: true }).flat()).not.toContain('training_unread_reminder');
  });

  test('a moved date is told once, as a change', () => {
    const moved = { ...intake, version: 2, firstDayAt: at('2026-12-14T09:30') };
    const steps = plan({
      intake: moved,
      firstDayAt: moved.firstDayAt,
      noticedIntakeVersion: 1,
      stepsDone: ['notice:intake_1:v1'],
    });
    expect(steps[0]?.slice(0, 2)).toEqual(['notice:intake_1:v2', 'training_changed']);
  });

  test('three working days before day 1 somebody must have talked to the person', () => {
    expect(plan(fixed)).toContainEqual(['human:2026-12-07', 'call:day_one_near', '2026-12-02 09:00']);
    expect(plan({ ...fixed, humanContactAt: at('2026-11-24T10:00') }).flat()).not.toContain('call:day_one_near');
  });

  test("day 1 nearer than the ladder's next step: the human comes at once instead", () => {
    const near = { ...fixed, lastActivityAt: at('2026-12-02T12:00') };
    expect(plan(near)).toContainEqual(['silent:2026-12-02:call', 'call:silent', '2026-12-05 12:00']);
  });

  test('no tips on the last two days', () => {
    const soon = { id: 'i', version: 1, firstDayAt: at('2026-11-27T09:30') };
    expect(plan({ intake: soon, firstDayAt: soon.firstDayAt }).flat()).not.toContain('prep_tips_day3');
  });
});

/** Anybody's waiting period. */
const anyFacts = fc.record<WaitingFacts>({
  passedAt: fc.date({ min: at('2026-11-02T00:00'), max: at('2026-12-20T00:00'), noInvalidDate: true }),
  firstDayAt: fc.constant(null),
  intake: fc.option(
    fc.record({
      id: fc.constant('i'),
      version: fc.integer({ min: 1, max: 3 }),
      firstDayAt: fc.date({ min: at('2026-12-21T09:30'), max: at('2027-02-20T09:30'), noInvalidDate: true }),
    }),
    { nil: null },
  ),
  noticedIntakeVersion: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
  noticeSentAt: fc.option(fc.date({ min: at('2026-12-20T00:00'), max: at('2026-12-21T00:00'), noInvalidDate: true }), {
    nil: null,
  }),
  noticeRead: fc.boolean(),
  lastActivityAt: fc.date({ min: at('2026-12-01T00:00'), max: at('2026-12-20T00:00'), noInvalidDate: true }),
  stepsDone: fc.constant([]),
  pausedUntil: fc.option(fc.date({ min: at('2026-12-01T00:00'), max: at('2027-01-10T00:00'), noInvalidDate: true }), {
    nil: null,
  }),
  nudgesStopped: fc.boolean(),
  wantsNews: fc.boolean(),
  humanContactAt: fc.option(fc.constant(at('2026-12-10T10:00')), { nil: null }),
  lastDatedMessageAt: fc.constant(null),
});

test('nothing happens twice: doing every step in turn comes to an end, and no step is ever named again', () => {
  fc.assert(
    fc.property(anyFacts, (someone) => {
      const whole = { ...someone, firstDayAt: someone.intake?.firstDayAt ?? null };
      const done: string[] = [];
      let now = at('2026-12-20T12:00');
      for (let look = 0; look < 60; look += 1) {
        const steps = waitingSteps({ ...whole, stepsDone: done }, now, settings);
        expect(new Set(steps.map(({ step }) => step)).size).toBe(steps.length);
        expect(steps.filter(({ step }) => done.includes(step))).toEqual([]);
        done.push(...steps.filter((step) => step.at <= now).map(({ step }) => step));
        const next = nextCheck(
          steps.filter((step) => step.at > now),
          now,
          settings,
        );
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        now = next;
      }
    }),
    { numRuns: 200 },
  );
});

test('nobody reaches day 1 without a recorded contact or a call that was asked for in time', () => {
  fc.assert(
    fc.property(anyFacts, (someone) => {
      fc.pre(someone.intake !== null && someone.humanContactAt === null);
      const firstDayAt = someone.intake?.firstDayAt ?? null;
      const calls = waitingSteps({ ...someone, firstDayAt }, at('2026-12-20T12:00'), settings).filter(
        (step) => 'call' in step,
      );
      expect(calls.some((step) => firstDayAt !== null && step.at < firstDayAt)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
