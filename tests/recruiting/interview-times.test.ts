import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hongKongDate, hongKongTime } from '../../hongkong/zone.ts';
import { rejectionLetterAt } from '../../recruiting/application/reject-application.ts';
import { dayBeforeReminderAt, invitationReplyBy, shortReminderAt } from '../../recruiting/interview/interview-times.ts';
import { resolveSettings } from '../../recruiting/settings.ts';

const settings = resolveSettings();
const at = (text: string): Date => new Date(`${text}+08:00`);
const monday = at('2026-11-23T10:00');

describe('when an interview is announced and remembered', () => {
  test('the day before at six, weekends too', () => {
    expect(dayBeforeReminderAt(at('2026-11-30T09:30'), monday, settings)).toEqual(at('2026-11-29T18:00')); // Sunday
  });

  test('not at all when that moment has passed', () => {
    expect(dayBeforeReminderAt(at('2026-11-24T11:00'), at('2026-11-23T18:00'), settings)).toBeNull();
    expect(dayBeforeReminderAt(at('2026-11-23T15:00'), monday, settings)).toBeNull();
  });

  test('two hours before, but never before half past seven', () => {
    expect(shortReminderAt(at('2026-11-26T15:30'), monday, settings)).toEqual(at('2026-11-26T13:30'));
    expect(shortReminderAt(at('2026-11-26T08:30'), monday, settings)).toEqual(at('2026-11-26T07:30'));
    expect(shortReminderAt(at('2026-11-26T07:15'), monday, settings)).toBeNull();
    expect(shortReminderAt(at('2026-11-23T11:00'), monday, settings)).toBeNull();
  });

  test('an answer is asked for in two days, four hours before the interview at the latest', () => {
    expect(invitationReplyBy(at('2026-11-30T15:00'), monday, settings)).toEqual(at('2026-11-25T18:00'));
    expect(invitationReplyBy(at('2026-11-24T15:00'), monday, settings)).toEqual(at('2026-11-24T11:00'));
    expect(invitationReplyBy(at('2026-11-23T14:00'), monday, settings)).toEqual(at('2026-11-23T12:00'));
  });

  test('whatever the times, every moment lies between now and the interview', () => {
    const moment = fc
      .integer({ min: monday.getTime(), max: monday.getTime() + 40 * 86_400_000 })
      .map((ms) => new Date(ms));
    fc.assert(
      fc.property(moment, fc.integer({ min: 600_000, max: 30 * 86_400_000 }), (now, ahead) => {
        const startAt = new Date(now.getTime() + ahead);
        for (const reminder of [dayBeforeReminderAt(startAt, now, settings), shortReminderAt(startAt, now, settings)]) {
          if (!reminder) continue;
          expect(reminder.getTime()).toBeGreaterThan(now.getTime());
          expect(reminder.getTime()).toBeLessThan(startAt.getTime());
        }
        const replyBy = invitationReplyBy(startAt, now, settings);
        expect(replyBy.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(replyBy.getTime()).toBeLessThan(startAt.getTime());
        const short = shortReminderAt(startAt, now, settings);
        if (short) expect(hongKongTime(short) >= '07:30' && hongKongDate(short) === hongKongDate(startAt)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('when a letter of refusal leaves', () => {
  test.each([
    ['2026-11-23T10:00', '2026-11-23T10:02'], // Monday, after the time to undo
    ['2026-11-23T16:59', '2026-11-24T10:00'],
    ['2026-11-26T17:30', '2026-11-30T10:00'], // Thursday evening: next Monday
    ['2026-11-27T11:00', '2026-11-30T10:00'], // Friday
    ['2027-02-04T17:00', '2027-02-10T10:00'], // Thursday before Lunar New Year's Eve: Wednesday, day 5
  ])('confirmed at %s it leaves at %s', (confirmed, leaves) => {
    expect(rejectionLetterAt(at(confirmed), settings)).toEqual(at(leaves));
  });
});
