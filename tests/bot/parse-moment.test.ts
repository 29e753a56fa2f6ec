import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findMoment } from '../../bot/understand/parse-moment.ts';
import { dateText, timeText } from '../../hongkong/date-texts.ts';
import { addDays, hongKongDate, hongKongParts, hongKongTime, momentAt, weekdayOf } from '../../hongkong/zone.ts';

/** Monday. */
const MONDAY = new Date('2026-11-23T10:00+08:00');

const read = (text: string, now = MONDAY): string => {
  const { date, time } = findMoment(text, now);
  return [date?.value, time?.value].filter(Boolean).join(' ');
};

describe('days and times as people in Hong Kong type them', () => {
  test.each([
    ['聽日3點半', '2026-11-24 15:30'],
    ['听日下午3点半', '2026-11-24 15:30'],
    ['今日收工前6點', '2026-11-23 18:00'],
    ['後日中午12點半', '2026-11-25 12:30'],
    ['后天中午12点半', '2026-11-25 12:30'],
    ['今晚7點', '2026-11-23 19:00'],
    ['星期三 11am', '2026-11-25 11:00'],
    ['下星期三下午3:30', '2026-12-02 15:30'],
    ['下個拜三 三點九個字', '2026-12-02 15:45'],
    ['下下星期二 3點', '2026-12-08 15:00'],
    ['今個星期五 4點', '2026-11-27 16:00'],
    ['禮拜日朝早10點', '2026-11-29 10:00'],
    ['星期一 9點', '2026-11-30 09:00'],
    ['26/11 15:00', '2026-11-26 15:00'],
    ['3/12/2026 3pm', '2026-12-03 15:00'],
    ['12月3號晚上7點半', '2026-12-03 19:30'],
    ['2026年12月3日下午3時30分', '2026-12-03 15:30'],
    ['2026-12-03 09:05', '2026-12-03 09:05'],
    ['28號 十點搭六', '2026-11-28 10:30'],
    ['廿八號三點三', '2026-11-28 15:15'],
    ['1/1 12點', '2027-01-01 12:00'],
    ['next wed 3pm', '2026-12-02 15:00'],
    ['this Thu 11am', '2026-11-26 11:00'],
    ['Thursday 2:15pm', '2026-11-26 14:15'],
    ['tomorrow half four', '2026-11-24 16:30'],
    ['1530 tmr', '2026-11-24 15:30'],
    ['3 Dec 4.30pm', '2026-12-03 16:30'],
    ['Dec 3 noon', '2026-12-03 12:00'],
    ['朝早9點9', '09:45'],
    ['7點45分', '19:45'],
    ['10:30', '10:30'],
    ['月尾', '2026-11-30'],
    ['31/11', ''],
    ['A1003 C1001 R101 T2612', ''],
    ['9123 4567', ''],
    ['8號波', ''],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));
});

const day = fc.integer({ min: 0, max: 340 }).map((ahead) => addDays('2026-11-23', ahead));
const minutes = fc.integer({ min: 0, max: 24 * 12 - 1 }).map((fives) => fives * 5);
const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

describe('whatever way a moment is written, it is the same moment', () => {
  test('the way messages write it', () => {
    fc.assert(
      fc.property(day, minutes, (date, minute) => {
        const moment = momentAt(date, clock(minute));
        expect(read(`${dateText(moment)}${timeText(moment)}`)).toBe(`${date} ${clock(minute)}`);
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  test('day/month and a 24-hour clock, before or behind other words', () => {
    fc.assert(
      fc.property(
        day,
        minutes,
        fc.constantFrom('約陳家欣', 'A1003', 'Kelly Ng'),
        fc.boolean(),
        (date, minute, who, first) => {
          const { day: d, month } = hongKongParts(momentAt(date));
          const typed = `${d}/${month} ${clock(minute)}`;
          const read24 = read(first ? `${typed} ${who}` : `${who} ${typed}`);
          // A one-digit clock of 1 to 7 is the afternoon; with two digits it is what it says.
          expect(read24).toBe(`${date} ${clock(minute)}`);
        },
      ),
      { numRuns: 300, seed: 12 },
    );
  });

  test('a weekday alone is the next one, 今個 this week, 下個 next week', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 6 }), (ahead, weekday) => {
        const now = momentAt(addDays('2026-11-23', ahead), '10:00');
        const today = hongKongDate(now);
        const name = '日一二三四五六'[weekday] ?? '';
        const bare = read(`星期${name}`, now);
        expect(weekdayOf(bare)).toBe(weekday);
        expect(bare > today && bare <= addDays(today, 7)).toBe(true);
        const next = read(`下星期${name}`, now);
        const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
        expect(next >= addDays(monday, 7) && next <= addDays(monday, 13)).toBe(true);
        expect(read(`今個星期${name}`, now)).toBe(addDays(next, -7));
      }),
      { numRuns: 100, seed: 13 },
    );
  });

  test('it does not depend on the hour at which it is typed', () => {
    fc.assert(
      fc.property(minutes, (minute) => {
        const now = momentAt('2026-11-23', clock(minute));
        expect(read('聽日下午3:30', now)).toBe('2026-11-24 15:30');
        expect(hongKongTime(now)).toBe(clock(minute));
      }),
      { numRuns: 50, seed: 14 },
    );
  });
});
