import { readFileSync } from 'node:fs';
import { Converter } from 'opencc-js/t2cn';
import { describe, expect, test } from 'vitest';
import { foldText } from '../../../bot/understand/time/fold-text.ts';
import { readTimes } from '../../../bot/understand/time/read-times.ts';
import { MONDAY, told } from './told.ts';

/** One line of the table: what is typed, then every time in it. */
const TABLE = readFileSync(new URL('./expressions.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('# '))
  .map((line) => line.split('\t') as [string, string]);

describe('every expression of the table', () => {
  test('there are enough of them', () => expect(TABLE.length).toBeGreaterThan(600));

  test.each(TABLE)('%s', (text, expected) => {
    expect(told(text).join(' | ')).toBe(expected);
  });
});

/** November and December 2026 and January 2027 as a printed calendar shows them: the 1st is a Sunday, Tuesday, Friday. */
const PRINTED: Readonly<Record<string, number>> = { '2026-11': 0, '2026-12': 2, '2027-01': 5 };
const NAMES: readonly (readonly [RegExp, number])[] = [
  [/(?:星期|禮拜|礼拜|周|週|拜)一|\bmon(?:day)?s?\b/gi, 1],
  [/(?:星期|禮拜|礼拜|周|週|拜)二|\btue(?:s|sday)?\b/gi, 2],
  [/(?:星期|禮拜|礼拜|周|週|拜)三|\bweds?\b|\bwednesday\b/gi, 3],
  [/(?:星期|禮拜|礼拜|周|週|拜)四|\bthu(?:r|rs|rsday)?\b/gi, 4],
  [/(?:星期|禮拜|礼拜|周|週|拜)五|\bfri(?:day)?\b/gi, 5],
  [/(?:星期|禮拜|礼拜|周|週|拜)六|\bsat(?:urday)?\b/gi, 6],
];

describe('the table agrees with a printed calendar', () => {
  const named = TABLE.flatMap(([text]) => {
    const found = NAMES.flatMap(([pattern, weekday]) => [...text.matchAll(pattern)].map(() => weekday));
    // One weekday in the line, no stretch of days, no date that may disagree with it.
    const days = readTimes(text, MONDAY).filter(({ weekday }) => weekday !== undefined);
    const plain = found.length === 1 && days.length === 1 && days[0]?.from === days[0]?.to;
    return plain && !text.includes('28/11') ? [[text, found[0]] as const] : [];
  });
  test('on enough lines', () => expect(named.length).toBeGreaterThan(60));

  test.each(named)('%s', (text, weekday) => {
    const days = readTimes(text, MONDAY).flatMap(({ weekday: typed, from }) =>
      typed !== undefined && from ? [from] : [],
    );
    for (const day of days) {
      const first = PRINTED[day.slice(0, 7)];
      if (first !== undefined) expect((first + Number(day.slice(8)) - 1) % 7).toBe(weekday);
    }
  });
});

describe('it does not matter how the characters are written', () => {
  const toSimplified = Converter({ from: 'hk', to: 'cn' });
  const values = (text: string): unknown[] =>
    readTimes(text, MONDAY).map(({ start, end, kind, value, lengthMinutes, direction }) => [
      start,
      end,
      kind,
      value,
      lengthMinutes,
      direction,
    ]);

  test('Simplified, folded, in capitals or in full width', () => {
    for (const [text] of TABLE) {
      expect(values(foldText(text)), text).toEqual(values(text));
      expect(values(text.toUpperCase()), text).toEqual(values(text));
      const wide = text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
      expect(values(wide), text).toEqual(values(text));
      const simplified = toSimplified(text);
      if (simplified.length === text.length) expect(values(simplified), simplified).toEqual(values(text));
    }
  });
});

describe('day and clock that stand apart', () => {
  const pieces = (text: string): string[][] =>
    readTimes(text, MONDAY).map((mention) => mention.pieces.map(({ start, end }) => text.slice(start, end)));

  test('a mention owns its first words and lists the others', () => {
    expect(pieces('拜四嗰場早半個鐘得唔得 原本4點')).toEqual([['拜四', '4點'], ['半個鐘']]);
    expect(pieces('星期四五都得,朝早啦')).toEqual([
      ['星期四', '朝早'],
      ['五', '朝早'],
    ]);
    expect(pieces('星期五3點或4點')).toEqual([['星期五3點'], ['4點', '星期五']]);
    expect(pieces('cancel 馬浩然 3pm interview today')).toEqual([['today', '3pm']]);
  });

  test('an old clock and a new day do not mix', () => {
    expect(told('Kelly 9:30嗰場改去星期五')).toEqual(['9:30: 2026-11-23T09:30', '星期五: 2026-11-27']);
  });
});

describe('what the reader says beside the value', () => {
  const first = (text: string): ReturnType<typeof readTimes>[number] | undefined => readTimes(text, MONDAY)[0];

  test('a clock without a day is today, over or not', () => {
    expect(first('9:30嗰場')).toMatchObject({ kind: 'clock', dayAssumed: true, passed: true, clock: '09:30' });
    expect(first('3點嗰場')).toMatchObject({ kind: 'clock', dayAssumed: true, clock: '15:00' });
    expect(first('3點嗰場')).not.toHaveProperty('passed');
  });
  test('a weekday that is not the date’s is marked', () => {
    expect(first('星期五 28/11 3點')).toMatchObject({ value: '2026-11-28T15:00+08:00', weekdayConflict: true });
    expect(first('星期六 28/11 3點')).not.toHaveProperty('weekdayConflict');
  });
  test('the same hour of another day', () => {
    expect(readTimes('由聽日改去後日同一時間', MONDAY)[1]).toMatchObject({ value: '2026-11-25', sameClock: true });
    expect(readTimes('星期四3點得就3點,唔得就星期五同一時間', MONDAY)[2]).toMatchObject({
      value: '2026-11-27T15:00+08:00',
      sameClock: true,
    });
  });
  test('what was said twice', () => {
    expect(readTimes('今日收工前見到就好喇,6點得嗎', MONDAY)[1]).toMatchObject({ repeated: true });
  });
  test('old and new time', () => {
    const [old, next] = readTimes('move Kelly from Thu 3pm to Fri 4pm', MONDAY);
    expect([old?.marker, next?.marker]).toEqual(['from', 'to']);
  });
  test('about, every, and without a year', () => {
    expect(first('3點左右')).toMatchObject({ approximate: true });
    expect(first('逢星期二')).toMatchObject({ recurring: true });
    expect(first('3/12')).toMatchObject({ yearAssumed: true });
    expect(first('3/12/2026')).not.toHaveProperty('yearAssumed');
  });
  test('a length of days as it would be from today', () => {
    expect(first('mute for a fortnight')).toMatchObject({ lengthDays: 14, from: '2026-11-23', to: '2026-12-06' });
  });
});

describe('a line takes well under a millisecond', () => {
  test('on the table', () => {
    for (const [text] of TABLE) readTimes(text, MONDAY);
    const began = performance.now();
    for (const [text] of TABLE) readTimes(text, MONDAY);
    expect((performance.now() - began) / TABLE.length).toBeLessThan(1);
  });
});
