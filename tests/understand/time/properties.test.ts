import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTimes } from '../../../bot/understand/time/read-times.ts';
import type { TimeMention, TimeValue } from '../../../bot/understand/time/time-mention.ts';
import { addDays, daysBetween, momentAt } from '../../../hongkong/zone.ts';
import { MONDAY } from './told.ts';

/** Pieces of which hurried people make lines, and what they are mistaken for. */
const BITS = [
  '聽日',
  '今晚',
  '後日',
  '星期三',
  '下星期五',
  '禮拜日',
  '拜四',
  '下下星期一',
  '3點',
  '三點半',
  '10點3',
  '下晝',
  '朝早',
  'tmr',
  'next Wed',
  'Fri',
  'Monday week',
  '3pm',
  'half four',
  'at 5',
  'noon',
  'EOD',
  '28號',
  '3/12',
  '19-27 Dec',
  '12月19至27',
  '月尾',
  '上個月',
  'last quarter',
  'CNY',
  '冬至',
  'boxing day',
  '由',
  '到',
  '至',
  '前',
  '後',
  '起',
  '之前',
  'from ',
  ' to ',
  'by ',
  'after ',
  ' or ',
  '同',
  '、',
  ',',
  ' ',
  '。',
  '-',
  '推遲',
  '早',
  '半個鐘',
  '2 days',
  '兩日後',
  '過幾日',
  '同一時間',
  '8號波',
  '8/10',
  'A1003',
  '9123 4567',
  '$17,000',
  '62蚊一個鐘',
  '三個人',
  '2nd intv',
  'Kelly',
  '陳家欣',
  '約',
  '改去',
  'push ',
  'cancel ',
  '冇嚟',
  '\ue000\ue000',
  '👍',
  '\u0000',
  'İ',
  '𠮷',
  '（',
  '）',
  '１５：３０',
];
const line = fc.array(fc.constantFrom(...BITS), { maxLength: 14 }).map((bits) => bits.join(''));
const wild = fc.oneof(
  line,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);
/** Any minute from now to 2030. */
const moment = fc
  .integer({ min: 0, max: 60 * 24 * 365 * 3 })
  .map((minutes) => new Date(MONDAY.getTime() + minutes * 60_000));

const ends = (value: TimeValue | undefined): string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : Object.values(value);

describe('whatever is typed', () => {
  test('nothing throws; stretches lie in the text, in order, apart; values have their form and do not run backwards', () => {
    fc.assert(
      fc.property(wild, moment, (text, now) => {
        const mentions = readTimes(text, now);
        let last = 0;
        for (const { start, end, pieces, value, from, to } of mentions) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
          expect(pieces[0]).toEqual({ start, end });
          for (const piece of pieces) {
            expect(piece.start).toBeGreaterThanOrEqual(0);
            expect(piece.end).toBeLessThanOrEqual(text.length);
          }
          for (const one of ends(value)) {
            expect(one).toMatch(/^\d{4}-\d\d(?:-\d\d(?:T\d\d:\d\d\+08:00)?)?$/);
            if (one.length > 7) expect(Number.isNaN(Date.parse(one))).toBe(false);
          }
          if (value && typeof value === 'object' && 'from' in value && 'to' in value) {
            expect(value.from <= value.to).toBe(true);
          }
          if (from && to) expect(from <= to).toBe(true);
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 4000, seed: 21 },
    );
  });

  test('a very long line is read in good time', () => {
    for (const bit of [
      '3',
      '星期',
      '3點',
      'mon ',
      'from ',
      ' ',
      '一',
      '1/',
      'at 3 or 4 ',
      '聽日3點,',
      '由',
      '至',
      'a',
      '過',
    ]) {
      const began = performance.now();
      readTimes(bit.repeat(Math.ceil(4000 / bit.length)), MONDAY);
      expect(performance.now() - began, JSON.stringify(bit)).toBeLessThan(1000);
    }
  });
});

const ZH = '日一二三四五六';
const EN = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/** How to say a weekday so many weeks from this one; undefined: the next one. */
const SAYINGS: readonly { weeks: number | undefined; say: (weekday: number) => string }[] = [
  { weeks: undefined, say: (day) => `星期${ZH[day]}` },
  { weeks: undefined, say: (day) => `约礼拜${ZH[day]}见` },
  { weeks: undefined, say: (day) => `拜${ZH[day]}` },
  { weeks: undefined, say: (day) => `on ${EN[day]}` },
  { weeks: undefined, say: (day) => `${EN[day]?.slice(0, 3)} pls` },
  { weeks: 0, say: (day) => `今個星期${ZH[day]}` },
  { weeks: 0, say: (day) => `这周${ZH[day]}` },
  { weeks: 0, say: (day) => `this ${EN[day]}` },
  { weeks: 1, say: (day) => `下星期${ZH[day]}` },
  { weeks: 1, say: (day) => `下個禮拜${ZH[day]}` },
  { weeks: 1, say: (day) => `下周${ZH[day]}` },
  { weeks: 1, say: (day) => `next ${EN[day]?.slice(0, 3)}` },
  { weeks: 1, say: (day) => `${EN[day]} week` },
  { weeks: 2, say: (day) => `下下星期${ZH[day]}` },
  { weeks: 2, say: (day) => `next next ${EN[day]}` },
  { weeks: -1, say: (day) => `上星期${ZH[day]}` },
  { weeks: -1, say: (day) => `last ${EN[day]}` },
];

/** The weekday a printed calendar shows, by the runtime's own calendar. */
const printedWeekday = (date: string): string =>
  new Date(`${date}T12:00:00+08:00`).toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'Asia/Hong_Kong' });

describe('weekdays', () => {
  test('the day has the weekday that was typed and lies in the week that was meant', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SAYINGS),
        fc.integer({ min: 0, max: 6 }),
        moment,
        ({ weeks, say }, weekday, now) => {
          const [mention] = readTimes(say(weekday), now);
          const date = mention?.value as string;
          expect(printedWeekday(date)).toBe(EN[weekday]);
          const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
          const ahead = daysBetween(today, date);
          if (weeks === undefined) {
            expect(ahead >= 1 && ahead <= 7).toBe(true);
          } else {
            const sinceMonday = EN.indexOf(printedWeekday(today)) === 0 ? 6 : EN.indexOf(printedWeekday(today)) - 1;
            expect(Math.floor((ahead + sinceMonday) / 7)).toBe(weeks);
          }
        },
      ),
      { numRuns: 1500, seed: 22 },
    );
  });

  test('told as past it is the last one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 }),
        moment,
        fc.constantFrom(
          (day: number) => `Kelly 星期${ZH[day]}冇嚟`,
          (day: number) => `佢禮拜${ZH[day]}嚟咗面試`,
          (day: number) => `Jason didn't show on ${EN[day]}`,
        ),
        (weekday, now, say) => {
          const date = readTimes(say(weekday), now)[0]?.value as string;
          const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
          expect(printedWeekday(date)).toBe(EN[weekday]);
          expect(daysBetween(date, today) >= 1 && daysBetween(date, today) <= 7).toBe(true);
        },
      ),
      { numRuns: 300, seed: 23 },
    );
  });
});

describe('so many weeks later, the same words mean so many weeks later', () => {
  const RELATIVE = [
    '聽日下晝3點半',
    '今晚8點',
    '後日',
    '大後日朝早',
    '尋日',
    '前日',
    '星期三',
    '下星期五6點',
    '上星期二',
    'next Wed 3pm',
    'Friday week',
    'tomorrow half four',
    'by tmr noon',
    '星期四五都得,朝早啦',
    '下星期',
    'last wk',
    '兩日後',
    'in 2 weeks',
    '3 days ago',
    'past 7 days',
    '三日內',
    'Mon to Fri',
    '星期一至五',
    '停到下星期日',
    'can we do next Tue instead? after 4',
    'in 20 mins',
    '今日收工前',
    'EOD',
    '3點嗰個',
    'Kelly 星期五冇嚟',
    '周末',
    'this weekend',
  ];
  const shifted = (value: TimeValue | undefined, days: number): TimeValue | undefined => {
    const move = (one: string): string => addDays(one.slice(0, 10), days) + one.slice(10);
    if (value === undefined || typeof value === 'string') return value && move(value);
    return Object.fromEntries(Object.entries(value).map(([edge, one]) => [edge, move(one)])) as TimeValue;
  };
  test.each(RELATIVE)('%s', (text) => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -60, max: 60 }), (now, weeks) => {
        const then = new Date(now.getTime() + weeks * 7 * 86_400_000);
        const values = (mentions: TimeMention[], days: number) => mentions.map(({ value }) => shifted(value, days));
        expect(values(readTimes(text, then), 0)).toEqual(values(readTimes(text, now), weeks * 7));
      }),
      { numRuns: 40, seed: 24 },
    );
  });
});

describe('a date means the same in every spelling', () => {
  const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const day = fc.integer({ min: 0, max: 360 }).map((ahead) => addDays('2026-11-23', ahead));
  test('Chinese, English, slashed and ISO', () => {
    fc.assert(
      fc.property(day, (date) => {
        const [year, month = 1, dom = 1] = date.split('-').map(Number);
        const name = MONTHS[month - 1];
        for (const typed of [
          `${month}月${dom}號`,
          `${month}月${dom}日`,
          `${year}年${month}月${dom}日`,
          `on ${dom} ${name}`,
          `on ${name} ${dom}, ${year}`,
          `${dom} ${name} ${year}`,
          `${dom}/${month}/${year}`,
          `約 ${dom}/${month} 見工`,
          date,
        ]) {
          expect(readTimes(typed, momentAt('2026-11-23', '10:00'))[0]?.value, typed).toBe(date);
        }
      }),
      { numRuns: 200, seed: 25 },
    );
  });
});
