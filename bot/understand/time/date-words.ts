import { DIGITS } from '../../../hongkong/chinese-number.ts';
import type { LocalDate } from '../../../hongkong/zone.ts';
import { type DayAtom, type Scene, stretchOf } from './atom.ts';
import { dayInSomeYear, existingDay, lastDayOfMonth, monthText } from './calendar.ts';
import { matcher } from './fold-text.ts';
import { numberOf } from './numbers.ts';

/** What dates are made of, and atoms of them. */

const MONTHS: readonly string[] = [
  'january|jan',
  'february|feb|febuary',
  'march|mar',
  'april|apr',
  'may',
  'june|jun',
  'july|jul',
  'august|aug',
  'september|sept|sep',
  'october|oct',
  'november|nov',
  'december|dec|decemeber|decmber',
];
/** Month names in English; `may` only where a rule adds it. */
export const MONTH_EN = `(?:${MONTHS.join('|')})(?![a-z])\\.?`;

export function monthOfName(name: string | undefined): number {
  const plain = (name ?? '').replace('.', '').trim();
  return MONTHS.findIndex((names) => names.split('|').includes(plain)) + 1;
}

/** Between two days of one month. */
export const TO = '\\s*(?:-|–|—|~|～|至|到|to|till|until|thru)\\s*';
export const AND = '\\s*(?:,|、|/|&|同埋?|和|及|或者?|定|and|or)\\s*';
export const D = '(?:3[01]|[12]\\d|0?[1-9])';
export const D_ZH = `(?:${D}(?!\\d)|[${DIGITS}]{1,3})`;
export const M_ZH = `(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])`;
export const YEAR_EN = '(?:,? (20\\d\\d)(?!\\d))?';
export const ORDINAL = '(?:st|nd|rd|th)?';

export function dateAtom(
  at: { start: number; end: number },
  from: LocalDate | undefined,
  to: LocalDate | undefined,
  assumed: boolean,
): DayAtom | undefined {
  if (!from || !to || to < from) return undefined;
  return {
    is: 'day',
    from,
    to,
    grain: from === to ? 'day' : 'days',
    ...(assumed && { yearAssumed: true as const }),
    start: at.start,
    end: at.end,
  };
}

/** Day and month, with or without a year of two or four digits. */
export function dayMonth(
  scene: Scene,
  at: { start: number; end: number },
  day?: string,
  month?: number,
  year?: string,
): LocalDate | undefined {
  const number = numberOf(day);
  if (number === undefined || !month) return undefined;
  if (year) return existingDay(Number(year.length === 2 ? `20${year}` : year), month, number);
  return dayInSomeYear(scene.today, month, number, scene.isPast(at.start, at.end) || scene.isReport);
}

/** Several days of one month: 19-27 Dec, 12月19至27, 25/26 Nov, 27、28號. */
export function someDays(
  match: RegExpExecArray,
  first: string | undefined,
  second: string | undefined,
  ranged: boolean,
  dateOf: (day: string | undefined) => LocalDate | undefined,
  assumed: boolean,
): DayAtom | DayAtom[] | undefined {
  const at = stretchOf(match);
  const from = dateOf(first);
  const to = dateOf(second);
  if (!from || !to) return undefined;
  if (ranged) return to >= from ? dateAtom(at, from, to, assumed) : undefined;
  // The second day's own words begin behind what joins them.
  const split = at.start + match[0].indexOf(second ?? '', (first ?? '').length + match[0].indexOf(first ?? ''));
  const head = match[0].slice(0, split - at.start).replace(JOINED, '');
  const one = dateAtom({ start: at.start, end: at.start + head.length }, from, from, assumed);
  const two = dateAtom({ start: split, end: at.end }, to, to, assumed);
  return one && two ? [one, two] : undefined;
}

const JOINED = matcher(`${AND}$`);

/** First and last day of a month. */
export function wholeMonth(year: number, month: number): { from: LocalDate; to: LocalDate; month: string } {
  const text = monthText(year, month);
  return { from: `${text}-01`, to: lastDayOfMonth(Number(text.slice(0, 4)), Number(text.slice(5))), month: text };
}
