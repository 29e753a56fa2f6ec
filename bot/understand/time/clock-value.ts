import type { ClockAtom } from './atom.ts';

/** What clocks are made of, whatever the language. */

export const HOUR_EN = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
export const HOUR_ZH = '(?:\\d{1,2}|[一二兩三四五六七八九十]{1,3})';
export const MERIDIEM = '(am|pm|a\\.m\\.?|p\\.m\\.?|nn|noon|mn|p(?=[\\s,.;!?)]|$)|a(?=[\\s,.;!?)]|$))(?![a-z])';
export const TO = '\\s*(?:-|–|—|~|～|至|到|to|til|till|until)\\s*';

/** What may follow a bare English number that is a clock: the end, a day, a preposition; never a thing counted. */
export const CLOCK_ENDS = `(?=\\s*(?:$|[,.;!?)、，。\\ue000]|(?:o'?clock|today|tmrw?|tomorrow|tonight|tdy|on|this|next|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|sharp|instead|pls|plz|please|then|if|or|and (?:then|cancel|tell|ask|if|\\d+ ?(?:pm|am|on))|to \\d|till|until|with|w|for|thx|thanks|ok|okay|is|in the|as|but|latest|same|at|n|also|onwards?|works?|can|should|at the latest|sg)(?![a-z])|[\\u4e00-\\u9fff]))(?!\\s*(?:[個人位蚊元分歲份間隻件次年月日號天條]|字|\\d))`;

/**
 * Minutes since midnight. Without a.m. or p.m. 1 to 7 is the afternoon, 8 to 12 as it stands.
 * @returns undefined for what no clock shows
 */
export function minutesOf(hour: number | undefined, minute: number | undefined, meridiem?: string): number | undefined {
  if (hour === undefined || minute === undefined || Number.isNaN(hour + minute)) return undefined;
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined;
  let at = hour;
  if (meridiem === undefined) at = hour >= 1 && hour <= 7 ? hour + 12 : hour;
  else if (meridiem.startsWith('p')) at = hour < 12 ? hour + 12 : hour;
  else if (meridiem.startsWith('a')) at = hour === 12 ? 0 : hour;
  else if (meridiem.startsWith('m')) at = hour === 12 ? 24 : hour;
  else if (meridiem.startsWith('n')) at = hour <= 2 ? hour + 12 : hour;
  return at * 60 + minute;
}

export function clock(
  at: { start: number; end: number },
  minutes: number | undefined,
  bare: boolean,
  more: Partial<ClockAtom> = {},
): ClockAtom | undefined {
  return minutes === undefined ? undefined : { is: 'clock', at: minutes, bare, ...more, start: at.start, end: at.end };
}

/** Two digits that begin with 0 or go beyond 12 are the 24-hour clock. */
export function isTwentyFour(hour: string | undefined): boolean {
  return hour !== undefined && hour.length === 2 && (hour.startsWith('0') || Number(hour) > 12);
}

/** A stretch between two clocks; the second is moved into the afternoon when it would not come after the first. */
export function rangeOf(
  at: { start: number; end: number },
  start: number | undefined,
  end: number,
  bare: boolean,
  more: Partial<ClockAtom> = {},
): ClockAtom | undefined {
  if (start === undefined) return undefined;
  let to = end;
  if (to <= start && to + 720 <= 1440) to += 720;
  return to > start
    ? { is: 'clock', at: start, to, bare, bareTo: bare, ...more, start: at.start, end: at.end }
    : undefined;
}
