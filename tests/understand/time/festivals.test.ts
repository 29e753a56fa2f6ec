import { describe, expect, test } from 'vitest';
import { easterSunday, FESTIVALS } from '../../../bot/understand/time/festivals.ts';
import { HOLIDAYS } from '../../../hongkong/holidays.ts';
import { daysBetween } from '../../../hongkong/zone.ts';

const daysOf = (name: string, year: number): { from: string; to: string } | undefined =>
  FESTIVALS.find(({ zh, en }) => new RegExp(`^(?:${zh ?? '(?!)'}|${en ?? '(?!)'})$`).test(name))?.days(year);

describe('festivals fall on the gazetted days', () => {
  test.each([
    ['復活節星期一', '復活節星期一'],
    ['清明節', '清明節'],
    ['勞動節', '勞動節'],
    ['佛誕', '佛誕'],
    ['端午節', '端午節'],
    ['七一', '香港特別行政區成立紀念日'],
    ['國慶', '國慶日'],
    ['重陽節', '重陽節'],
    ['聖誕節', '聖誕節'],
  ])('%s', (name, gazetted) => {
    const day = HOLIDAYS.find((holiday) => holiday.name === gazetted && holiday.date.startsWith('2027'))?.date;
    expect(daysOf(name, 2027)?.from).toBe(day);
  });

  test('the day after Mid-Autumn is the gazetted one', () => {
    expect(daysBetween(daysOf('中秋', 2027)?.from ?? '', '2027-09-16')).toBe(1);
  });
  test('Lunar New Year is its gazetted days, and three or four days where they are not gazetted yet', () => {
    expect(daysOf('農曆新年', 2027)).toEqual({ from: '2027-02-06', to: '2027-02-09' });
    expect(daysOf('農曆新年', 2028)).toEqual({ from: '2028-01-26', to: '2028-01-28' });
  });
});

describe('the lunar table and the computed calendar of the runtime', () => {
  const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });
  test.each([
    ['春節', 1, 1],
    ['佛誕', 4, 8],
    ['端午', 5, 5],
    ['中秋', 8, 15],
    ['重陽', 9, 9],
  ])('%s is that day, or a new moon near midnight makes it one day off', (name, month, day) => {
    for (let year = 2026; year <= 2032; year += 1) {
      const known = daysOf(name, year)?.from ?? '';
      const near = [-1, 0, 1].map((off) => {
        const parts = chinese.formatToParts(new Date(Date.parse(`${known}T12:00:00Z`) + off * 86_400_000));
        const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
        return `${part('month')}/${part('day')}`;
      });
      expect(near, `${name} ${year}`).toContain(`${month}/${day}`);
    }
  });
});

test('Easter and the winter solstice as almanacs print them', () => {
  expect([2024, 2025, 2026, 2027, 2028, 2038].map(easterSunday)).toEqual([
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2028-04-16',
    '2038-04-25',
  ]);
  expect([2024, 2025, 2026, 2027, 2028].map((year) => daysOf('冬至', year)?.from)).toEqual([
    '2024-12-21',
    '2025-12-21',
    '2026-12-22',
    '2027-12-22',
    '2028-12-21',
  ]);
});
