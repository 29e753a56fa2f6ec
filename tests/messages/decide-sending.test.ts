import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hongKongParts } from '../../hongkong/zone.ts';
import { decideSending, type SendingQuestion } from '../../recruiting/message/decide-sending.ts';
import { DELIVERY_RULES } from '../../recruiting/message/delivery-rules.ts';
import { resolveSettings } from '../../recruiting/settings.ts';

const settings = resolveSettings();
const noChoices = { newsConsentAt: null, nudgesStoppedAt: null, allStoppedAt: null };
const at = (text: string): Date => new Date(`${text}+08:00`);

/** A message to somebody with a phone and an e-mail address, on a Monday at eleven. */
function ask(template: string, changes: Partial<SendingQuestion> = {}) {
  const rule = DELIVERY_RULES[template];
  if (!rule) throw new Error(template);
  return decideSending({
    rule,
    candidate: { phone: '+85291234567', email: 'kelly@example.com', staffId: null, choices: noChoices },
    atOnce: false,
    hasSmsText: true,
    nudgesToday: 0,
    nudgesThisWeek: 0,
    now: at('2026-11-23T11:00'),
    settings,
    ...changes,
  });
}
const channels = (decision: ReturnType<typeof ask>) =>
  decision.act === 'send' ? decision.legs.map(({ channel, why }) => `${channel}:${why}`) : decision.act;
const phoneOnly = { phone: '+85291234567', email: null, staffId: null, choices: noChoices };

describe('by which channels', () => {
  test('an invitation: page and e-mail now, an SMS a day later when the page was not opened', () => {
    const decision = ask('interview_invitation');
    expect(channels(decision)).toEqual(['portal:first', 'email:first', 'sms:unopened']);
    expect(decision).toMatchObject({ legs: [{}, {}, { dueAt: at('2026-11-24T11:00') }] });
  });

  test('the evening reminder: an SMS at eight when it was not opened', () => {
    expect(ask('reminder_day_before', { now: at('2026-11-23T18:00') })).toMatchObject({
      legs: [{ channel: 'portal' }, { channel: 'sms', dueAt: at('2026-11-23T20:00') }],
    });
  });

  test('a telephone number only: a notice by SMS instead of e-mail', () => {
    expect(channels(ask('portal_notice', { candidate: phoneOnly }))).toEqual(['sms:first']);
    expect(channels(ask('portal_notice'))).toEqual(['email:first']);
  });

  test('no address at all: a person passes it on', () => {
    const nobody = { ...phoneOnly, phone: null };
    expect(channels(ask('shortlisted', { candidate: nobody }))).toEqual(['portal:first', 'hand:no_address']);
  });

  test('the SMS step of the ladder goes by e-mail to somebody without a phone', () => {
    const mailOnly = { ...phoneOnly, phone: null, email: 'kelly@example.com' };
    expect(channels(ask('silence_checkin', { candidate: mailOnly, via: 'sms' }))).toEqual(['email:first']);
  });
});

describe('when', () => {
  test('not at night: at nine the next morning', () => {
    expect(ask('shortlisted', { now: at('2026-11-23T22:30') })).toMatchObject({
      act: 'wait',
      until: at('2026-11-24T09:00'),
    });
  });

  test('bad news on Monday to Thursday between ten and five only', () => {
    expect(ask('rejection', { now: at('2026-11-27T11:00') })).toMatchObject({
      act: 'wait',
      until: at('2026-11-30T10:00'),
    });
  });

  test("nobody is asked why they did not come between New Year's Eve and day 4", () => {
    expect(ask('no_show_followup', { now: at('2027-02-05T11:00') })).toMatchObject({
      act: 'wait',
      until: at('2027-02-10T09:00'),
    });
    expect(ask('shortlisted', { now: at('2027-02-05T11:00') }).act).toBe('send');
  });

  test('the answer to a STOP at once, at any hour and after everything was stopped', () => {
    const stopped = { ...phoneOnly, choices: { ...noChoices, allStoppedAt: at('2026-11-23T02:00') } };
    expect(
      channels(ask('opt_out_confirmation', { candidate: stopped, now: at('2026-11-23T02:00'), via: 'sms' })),
    ).toEqual(['sms:first']);
  });

  test('one nudge a day, three a week', () => {
    expect(ask('prep_tips_day3', { nudgesToday: 1 })).toMatchObject({ act: 'wait', until: at('2026-11-24T09:00') });
    expect(ask('prep_tips_day3', { nudgesThisWeek: 3 })).toMatchObject({ act: 'drop' });
    expect(channels(ask('training_notice', { nudgesToday: 9, nudgesThisWeek: 9 }))).toContain('sms:first');
  });
});

describe('what people have stopped', () => {
  test('stories go to those only who asked for them', () => {
    expect(ask('employee_story_friday')).toEqual({ act: 'drop', reason: 'no_news_consent' });
  });

  test('nudges stop, appointments go on; after "everything" appointments stop as well', () => {
    const nudges = { ...phoneOnly, choices: { ...noChoices, nudgesStoppedAt: at('2026-11-20T10:00') } };
    expect(ask('silence_checkin', { candidate: nudges })).toEqual({ act: 'drop', reason: 'stopped_nudges' });
    expect(ask('interview_confirmed', { candidate: nudges }).act).toBe('send');
    const all = { ...phoneOnly, choices: { ...noChoices, allStoppedAt: at('2026-11-20T10:00') } };
    expect(ask('interview_confirmed', { candidate: all })).toEqual({ act: 'drop', reason: 'stopped_all' });
  });
});

test('nothing but answers and bad weather leaves outside the window, whoever it is for', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(DELIVERY_RULES)),
      fc.date({ min: at('2026-11-01T00:00'), max: at('2027-12-01T00:00'), noInvalidDate: true }),
      fc.boolean(),
      (template, now, hasMail) => {
        const candidate = {
          ...phoneOnly,
          email: hasMail ? 'k@example.com' : null,
          choices: { ...noChoices, newsConsentAt: now },
        };
        const decision = ask(template, { now, candidate });
        if (decision.act === 'wait') expect(decision.until.getTime()).toBeGreaterThan(now.getTime());
        if (decision.act !== 'send' || DELIVERY_RULES[template]?.window === 'any') return;
        const { hour, minute } = hongKongParts(now);
        const minutes = hour * 60 + minute;
        expect(minutes).toBeGreaterThanOrEqual(template === 'reminder_2h' ? 450 : 540);
        expect(minutes).toBeLessThan(21 * 60);
        expect(decision.legs.length).toBeGreaterThan(0);
      },
    ),
  );
});
