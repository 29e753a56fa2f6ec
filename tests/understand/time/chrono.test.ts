import { readFileSync } from 'node:fs';
import * as chrono from 'chrono-node';
import { describe, expect, test } from 'vitest';
import { MONDAY } from './told.ts';

/** docs/decisions/0015: a well-kept library is used where it serves. When this fails, it may serve by now. */
const TABLE = readFileSync(new URL('./expressions.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('# '))
  .map((line) => line.split('\t') as [string, string]);

const two = (value: number | null): string => String(value).padStart(2, '0');
function shown(at: chrono.ParsedComponents): string {
  const day = `${at.get('year')}-${two(at.get('month'))}-${two(at.get('day'))}`;
  return at.isCertain('hour') ? `${day}T${two(at.get('hour'))}:${two(at.get('minute'))}` : day;
}

/** Share of lines of one language that a parser reads exactly: right days and clocks, none too many. */
function shareRight(parser: Pick<chrono.Chrono, 'parse'>, isChinese: boolean): number {
  const lines = TABLE.filter(([text]) => /[\u4e00-\u9fff]/.test(text) === isChinese).map(([text, expected]) => ({
    text,
    days: (expected.match(/: [^|]+/g) ?? [])
      .map((one) => one.slice(2).trim())
      .filter((one) => /^\d{4}-\d\d-\d\d/.test(one)),
    isNone: expected === '',
  }));
  const judged = lines.filter(({ days, isNone }) => isNone || days.length > 0);
  const right = judged.filter(({ text, days }) => {
    const read = parser
      .parse(text, { instant: MONDAY, timezone: 480 }, { forwardDate: true })
      .map(({ start, end }) => (end ? `${shown(start)}..${shown(end)}` : shown(start)));
    return JSON.stringify(read) === JSON.stringify(days);
  });
  return right.length / judged.length;
}

describe('chrono-node on the table', () => {
  test('reads about half of the English lines', () => expect(shareRight(chrono.en.GB, false)).toBeLessThan(0.6));
  test('reads less than half of the Chinese lines', () => {
    expect(shareRight(chrono.zh.hant, true)).toBeLessThan(0.5);
    expect(shareRight(chrono.zh.hans, true)).toBeLessThan(0.5);
  });
});
