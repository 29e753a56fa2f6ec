import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOLIDAYS, holidayOn, isGeneralHoliday, isLunarNewYearQuiet } from '../../hongkong/holidays.ts';
import { clampToSendWindow, isInSendWindow, REJECTION_WINDOW, REMINDER_WINDOW } from '../../hongkong/send-window.ts';
import {
  addWorkingDays,
  addWorkingHours,
  isWorkingDay,
  isWorkingTime,
  nextWorkingMoment,
  workingDaysBefore,
  workingDaysBetween,
  workingHoursBetween,
} from '../../hongkong/working-time.ts';
import {
  addDays,
  addMonths,
  daysBetween,
  hongKongDate,
  hongKongTime,
  momentAt,
  weekdayOf,
} from '../../hongkong/zone.ts';

const at = (text: string): Date => new Date(`${text}+08:00`);
const moments = fc
  .integer({ min: at('2026-11-01T00:00').getTime(), max: at('2027-12-20T00:00').getTime() })
  .map((ms) => new Date(ms));

describe('public holidays', () => {
  test('the year 2027 has 17 gazetted days, 15 of them statutory', () => {
    const days = HOLIDAYS.filter((day) => day.date.startsWith('2027'));
    expect(days).toHaveLength(17);
    expect(days.filter((day) => day.statutory)).toHaveLength(15);
    expect(days.some((day) => weekdayOf(day.date) === 0)).toBe(false);
  });

  test('Lunar New Year 2027: day 1 is a Saturday, day 4 makes up for the Sunday', () => {
    expect(weekdayOf('2027-02-06')).toBe(6);
    expect(holidayOn('2027-02-06')?.name).toBe('農曆年初一');
    expect(holidayOn('2027-02-09')?.name).toBe('農曆年初四');
    expect(isGeneralHoliday('2027-02-07')).toBe(true);
    expect(['2027-02-04', '2027-02-05', '2027-02-09', '2027-02-10'].map(isLunarNewYearQuiet)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('office hours', () => {
  test('four working hours from Monday 10:00 are Monday 14:00', () => {
    expect(addWorkingHours(at('2026-11-23T10:00'), 4)).toEqual(at('2026-11-23T14:00'));
  });

  test('from Thursday 24 December 16:00 the count goes on after Christmas, on Monday', () => {
    expect(addWorkingHours(at('2026-12-24T16:00'), 4)).toEqual(at('2026-12-28T11:00'));
  });

  test('hours of the night count from the opening', () => {
    expect(addWorkingHours(at('2026-11-21T03:00'), 1)).toEqual(at('2026-11-23T10:00'));
    expect(nextWorkingMoment(at('2026-11-23T18:00'))).toEqual(at('2026-11-24T09:00'));
  });

  test('the hours of an office are a setting', () => {
    const late = { dayStart: '10:00', dayEnd: '19:30' };
    expect(addWorkingHours(at('2026-11-23T19:00'), 1, late)).toEqual(at('2026-11-24T10:30'));
    expect(() => addWorkingHours(at('2026-11-23T19:00'), 1, { dayStart: '18:00', dayEnd: '09:00' })).toThrow(
      RangeError,
    );
  });

  test('a deadline grows with the hours, never comes before its start, and never on a day off', () => {
    fc.assert(
      fc.property(
        moments,
        fc.double({ min: 0, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 30, noNaN: true }),
        (start, a, b) => {
          const first = addWorkingHours(start, a);
          const second = addWorkingHours(start, a + b);
          expect(first >= start).toBe(true);
          expect(second >= first).toBe(true);
          expect(isWorkingDay(first)).toBe(true);
          expect(holidayOn(hongKongDate(first))).toBeUndefined();
          expect(hongKongTime(first) >= '09:00' && hongKongTime(first) <= '18:00').toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the hours between start and deadline are the hours that were asked for', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 200 }), (start, quarters) => {
        expect(workingHoursBetween(start, addWorkingHours(start, quarters / 4))).toBeCloseTo(quarters / 4, 6);
      }),
      { numRuns: 200 },
    );
  });

  test('adding working days and going back lands on the same working day', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 40 }), (start, days) => {
        const from = addWorkingDays(hongKongDate(start), 0);
        const to = addWorkingDays(from, days);
        expect(isWorkingDay(to)).toBe(true);
        expect(workingDaysBefore(to, days)).toBe(from);
        expect(workingDaysBetween(from, to)).toBe(days);
      }),
      { numRuns: 200 },
    );
  });

  test('three working days before Tuesday 29 December skips Christmas and the weekend', () => {
    expect(workingDaysBefore('2026-12-29', 3)).toBe('2026-12-23');
  });

  test('open at nine, closed at six, closed on Saturday', () => {
    expect(isWorkingTime(at('2026-11-23T09:00'))).toBe(true);
    expect(isWorkingTime(at('2026-11-23T18:00'))).toBe(false);
    expect(isWorkingTime(at('2026-11-28T11:00'))).toBe(false);
  });
});

describe('send window', () => {
  test('what is due at night waits for nine, a reminder for half past seven', () => {
    expect(clampToSendWindow(at('2026-11-23T21:00'))).toEqual(at('2026-11-24T09:00'));
    expect(clampToSendWindow(at('2026-11-24T03:00'), REMINDER_WINDOW)).toEqual(at('2026-11-24T07:30'));
    expect(clampToSendWindow(at('2026-11-28T20:59'))).toEqual(at('2026-11-28T20:59'));
  });

  test('a rejection of Thursday evening leaves on Monday at ten, and none leaves at Lunar New Year', () => {
    expect(clampToSendWindow(at('2026-11-26T17:00'), REJECTION_WINDOW)).toEqual(at('2026-11-30T10:00'));
    expect(clampToSendWindow(at('2027-02-05T11:00'), REJECTION_WINDOW)).toEqual(at('2027-02-10T10:00'));
  });

  test('a window that never opens is refused', () => {
    expect(() => clampToSendWindow(at('2026-11-26T17:00'), { start: '21:00', end: '09:00' })).toThrow(RangeError);
    expect(() => clampToSendWindow(at('2026-11-26T17:00'), { start: '09:00', end: '10:00', weekdays: [] })).toThrow(
      RangeError,
    );
  });

  test('a clamped moment is inside the window, never earlier, and clamping it again changes nothing', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom(undefined, REMINDER_WINDOW, REJECTION_WINDOW), (moment, window) => {
        const sent = clampToSendWindow(moment, window);
        expect(sent >= moment).toBe(true);
        expect(isInSendWindow(sent, window)).toBe(true);
        expect(clampToSendWindow(sent, window)).toEqual(sent);
      }),
      { numRuns: 300 },
    );
  });
});

describe('calendar', () => {
  test('days and moments go there and back', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -400, max: 400 }), (moment, days) => {
        const date = hongKongDate(moment);
        expect(momentAt(date, hongKongTime(moment)).getTime()).toBe(Math.floor(moment.getTime() / 60_000) * 60_000);
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });

  test('24 months after a leap day is the last of February', () => {
    expect(addMonths('2028-02-29', 24)).toBe('2030-02-28');
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
    expect(addMonths('2027-01-31', -2)).toBe('2026-11-30');
  });

  test('a day that does not exist is refused', () => {
    expect(() => momentAt('2027-02-30')).toThrow(RangeError);
    expect(() => momentAt('2027-02-28', '25:00')).toThrow(RangeError);
  });
});
