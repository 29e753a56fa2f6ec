import { chineseNumber, DIGITS } from '../../hongkong/chinese-number.ts';
import {
  addDays,
  type HongKongParts,
  hongKongParts,
  type LocalDate,
  type LocalTime,
  localDate,
  weekdayOf,
} from '../../hongkong/zone.ts';

/** A day, a time of day, or both, found in a text. */
export interface FoundMoment {
  start: number;
  end: number;
  date?: LocalDate;
  time?: LocalTime;
}

type Read<T> = { start: number; end: number; value: T } | undefined;

/**
 * Finds the first day and the first time of day in a text, as people in Hong Kong type them: 聽日3點半, 下星期三下午3:30,
 * 26/11 15:00, 12月3號晚上7點半, next Wed 3pm, half four. Weeks start on Monday; D/M order; without a year the next such
 * day; a bare clock of 1 to 7 is p.m., 8 to 11 a.m. Day and time may stand apart.
 * @param text folded or not, half width
 * @param now the moment it was typed
 */
export function findMoment(text: string, now: Date): { date: Read<LocalDate>; time: Read<LocalTime> } {
  const date = findDate(text, now);
  const rest = date ? text.slice(0, date.start) + ' '.repeat(date.end - date.start) + text.slice(date.end) : text;
  return { date, time: findTime(rest) };
}

const WEEKDAY_ZH = '(?:星期|礼拜|禮拜|周|週|拜)';
const WEEKDAYS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  日: 0,
  天: 0,
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
  '5': 5,
  '6': 6,
};
const WEEKDAYS_EN = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const WEEKDAY_EN = '(sun|mon|tue|wed|thu|fri|sat)(?:s|nes|rs|ur)?(?:day)?\\b\\.?';
const MONTHS_EN = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_EN = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';

/** Days from today by word; folded forms (聽 and 听 are one character there) included. */
const DAY_WORDS: readonly (readonly [RegExp, number])[] = [
  [/大[後后]日|大[後后]天/, 3],
  [/[後后][日天]|day after tomorrow/, 2],
  [/[聽听]日|明[日天]|\b(?:tomorrow|tmr|tmrw|tml)\b/, 1],
  [/今[日天]|今晚|今朝|\b(?:today|tdy|tonight)\b/, 0],
];

function findDate(text: string, now: Date): Read<LocalDate> {
  const lower = text.toLowerCase();
  const today = hongKongParts(now);
  const todayDate = localDate(today.year, today.month, today.day);
  const found: NonNullable<Read<LocalDate>>[] = [];
  const note = (match: RegExpExecArray | null, value: LocalDate | undefined): void => {
    if (match && value) found.push({ start: match.index, end: match.index + match[0].length, value });
  };

  for (const [pattern, days] of DAY_WORDS) {
    const match = pattern.exec(lower);
    // 今晚 and tonight say the part of the day as well: only the day is taken, the rest stays for the clock.
    if (match && /今[晚朝]/.test(match[0])) found.push({ start: match.index, end: match.index + 1, value: todayDate });
    else note(match, addDays(todayDate, days));
  }
  const iso = /(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号號]?(?!\d)/.exec(lower);
  note(iso, iso ? existing(Number(iso[1]), Number(iso[2]), Number(iso[3])) : undefined);
  const month = new RegExp(`(?:(\\d{4})年)?([${DIGITS}\\d]{1,2})月([${DIGITS}\\d]{1,3})(?:[日号號]|(?=\\D|$))`).exec(
    lower,
  );
  note(month, month ? dayOfMonth(chineseNumber(month[3]), chineseNumber(month[2]), month[1], today) : undefined);
  const slash = /(?<![\d/:.-])(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?(?![\d/])/.exec(lower);
  note(slash, slash ? dayOfMonth(Number(slash[1]), Number(slash[2]), slash[3], today) : undefined);
  const dayMonth = new RegExp(
    `(?<![\\d:.])(\\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]?${MONTH_EN}(?:[ ,]+(\\d{4}))?\\b`,
  ).exec(lower);
  note(dayMonth, dayMonth ? dayOfMonth(Number(dayMonth[1]), monthOf(dayMonth[2]), dayMonth[3], today) : undefined);
  const monthDay = new RegExp(`\\b${MONTH_EN} ?(\\d{1,2})(?:st|nd|rd|th)?(?:[ ,]+(\\d{4}))?(?![\\d:])`).exec(lower);
  note(monthDay, monthDay ? dayOfMonth(Number(monthDay[2]), monthOf(monthDay[1]), monthDay[3], today) : undefined);
  const dayOnly = new RegExp(`(?<![\\d月])([${DIGITS}]{1,3}|\\d{1,2})[号號](?![波線仔])`).exec(lower);
  note(dayOnly, dayOnly ? nextDayOfMonth(chineseNumber(dayOnly[1]), today) : undefined);
  const end = /月[尾底]|\bend of (?:the |this )?month\b/.exec(lower);
  note(end, end ? addDays(localDate(today.year, today.month + 1, 1), -1) : undefined);
  note(...findWeekday(lower, todayDate));

  // The stretch that begins first wins; of two that begin together the longer one.
  return found.sort((a, b) => a.start - b.start || b.end - a.end)[0];
}

function findWeekday(lower: string, today: LocalDate): [RegExpExecArray | null, LocalDate | undefined] {
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
  const inWeek = (weekday: number, weeks: number): LocalDate => addDays(monday, weeks * 7 + ((weekday + 6) % 7));
  const chinese = new RegExp(`((?:下)+[個个]?|[今这這呢]個?个?)?${WEEKDAY_ZH}([一二三四五六日天1-6])(?!\\d)`).exec(
    lower,
  );
  if (chinese) {
    const weekday = WEEKDAYS[chinese[2] ?? ''] ?? 0;
    const prefix = chinese[1] ?? '';
    const weeks = [...prefix].filter((char) => char === '下').length;
    if (weeks > 0) return [chinese, inWeek(weekday, weeks)];
    return [chinese, prefix ? inWeek(weekday, 0) : nextWeekday(today, weekday)];
  }
  const english = new RegExp(`\\b(?:(next|this|coming) )?${WEEKDAY_EN}( week\\b)?`).exec(lower);
  if (!english) return [null, undefined];
  const weekday = WEEKDAYS_EN.indexOf(english[2] ?? '');
  if (english[1] === 'next' || english[3]) return [english, inWeek(weekday, 1)];
  if (english[1] === 'this') return [english, inWeek(weekday, 0)];
  return [english, nextWeekday(today, weekday)];
}

/** The next such weekday after today. */
function nextWeekday(today: LocalDate, weekday: number): LocalDate {
  return addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
}

function monthOf(name: string | undefined): number {
  return MONTHS_EN.indexOf((name ?? '').slice(0, 3)) + 1;
}

/** A day that exists; undefined otherwise (31/11). */
function existing(year: number, month: number, day: number): LocalDate | undefined {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return undefined;
  const date = localDate(year, month, day);
  return Number(date.slice(8)) === day ? date : undefined;
}

/** Day and month with or without a year; without: this year when still ahead (or today), else the next. */
function dayOfMonth(
  day: number | undefined,
  month: number | undefined,
  year: string | undefined,
  today: HongKongParts,
): LocalDate | undefined {
  if (day === undefined || month === undefined) return undefined;
  if (year) return existing(Number(year.length === 2 ? `20${year}` : year), month, day);
  const passed = month < today.month || (month === today.month && day < today.day);
  return existing(today.year + (passed ? 1 : 0), month, day);
}

/** 28號: this month when still ahead, else the next month that has such a day. */
function nextDayOfMonth(day: number | undefined, today: HongKongParts): LocalDate | undefined {
  if (day === undefined || day < 1 || day > 31) return undefined;
  for (let ahead = day >= today.day ? 0 : 1; ahead <= 2; ahead += 1) {
    const first = localDate(today.year, today.month + ahead, 1);
    const date = existing(Number(first.slice(0, 4)), Number(first.slice(5, 7)), day);
    if (date) return date;
  }
  return undefined;
}

const PART =
  '(凌晨|清晨|朝早|朝头早|朝|上午|早上|早|中午|晏[昼晝]|下[昼晝]|下午|傍晚|夜晚|晚上|夜|晚|am|a\\.m\\.|pm|p\\.m\\.)';
const HOUR_WORDS = `[${DIGITS}]{1,3}|\\d{1,2}`;

function findTime(text: string): Read<LocalTime> {
  const lower = text.toLowerCase();
  const found: NonNullable<Read<LocalTime>>[] = [];
  const note = (
    match: RegExpExecArray | null,
    hour: number | undefined,
    minute: number | undefined,
    part?: string,
  ): void => {
    const value = clockTime(hour, minute, part);
    if (match && value) found.push({ start: match.index, end: match.index + match[0].length, value });
  };
  const digital = new RegExp(
    `${PART}? ?(?<![\\d/.:-])(\\d{1,2})[:：](\\d{2})(?![\\d:]) ?(am|pm|a\\.m\\.|p\\.m\\.)?`,
  ).exec(lower);
  note(
    digital,
    Number(digital?.[2]),
    Number(digital?.[3]),
    digital?.[4] ?? digital?.[1] ?? (isTwentyFourHour(digital?.[2]) ? '24' : undefined),
  );
  const english = /(?<![\d/.:-])(\d{1,2})(?:[.:](\d{2}))? ?(am|pm|a\.m\.|p\.m\.|nn|noon)(?![a-z])/.exec(lower);
  note(english, Number(english?.[1]), Number(english?.[2] ?? 0), english?.[3]);
  const half = /\bhalf(?: past)? (\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b/.exec(
    lower,
  );
  note(half, half ? englishHour(half[1]) : undefined, 30);
  const spoken = new RegExp(`${PART}? ?(${HOUR_WORDS}) ?[點点时時](${minutesPattern()})?`).exec(lower);
  note(spoken, chineseNumber(spoken?.[2]), spokenMinutes(spoken?.[3]), spoken?.[1]);
  const noon = /(?<!\d)(?:中午|\bnoon\b|正午)(?! ?\d)/.exec(lower);
  note(noon, 12, 0, '24');
  const four = /(?<![\da-z/:.-])([01]\d|2[0-3])([0-5]\d)(?![\d/:.-])(?: ?hrs?)?/.exec(lower);
  note(four, Number(four?.[1]), Number(four?.[2]), '24');
  return found.sort((a, b) => a.start - b.start || b.end - a.end)[0];
}

function minutesPattern(): string {
  const clock = `[${DIGITS}\\d]{1,3}`;
  return `半|正|[三3][個个]骨|[一1]?[個个]骨|搭?(?:${clock})[個个]字|搭(?:${clock})|(?:${clock})(?:分)?`;
}

/** 半 = 30, 九個字 = 45, 搭六 = 30, 3點9 = 45 (the hand of the clock), 30分 = 30. */
function spokenMinutes(text: string | undefined): number | undefined {
  if (!text || text === '正') return 0;
  if (text === '半') return 30;
  if (/骨/.test(text)) return /^[三3]/.test(text) ? 45 : 15;
  const value = chineseNumber(text.replace(/[搭個个字分]/g, ''));
  if (value === undefined) return undefined;
  const byHand = /[搭字]/.test(text) || (!text.includes('分') && value < 12 && !/^0/.test(text));
  return byHand ? value * 5 : value;
}

function isTwentyFourHour(hour: string | undefined): boolean {
  return hour !== undefined && hour.length === 2 && (hour.startsWith('0') || Number(hour) > 12 || hour === '00');
}

function englishHour(word: string | undefined): number | undefined {
  const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
  const at = words.indexOf(word ?? '');
  return at >= 0 ? at + 1 : Number(word);
}

/** The time of day with its part of the day applied; a bare 1 to 7 is p.m. */
function clockTime(hour: number | undefined, minute: number | undefined, part?: string): LocalTime | undefined {
  if (hour === undefined || minute === undefined || Number.isNaN(hour) || Number.isNaN(minute)) return undefined;
  if (hour > 24 || minute > 59) return undefined;
  let at = hour;
  if (part === undefined) at = hour >= 1 && hour <= 7 ? hour + 12 : hour;
  else if (/^(?:p|下|晏|傍)/.test(part)) at = hour < 12 ? hour + 12 : hour;
  else if (/^(?:晚|夜)/.test(part)) at = hour === 12 ? 24 : hour < 12 ? hour + 12 : hour;
  else if (/^(?:a|凌|清|朝|上|早)/.test(part)) at = hour === 12 ? 0 : hour;
  else if (/^(?:中|n)/.test(part)) at = hour <= 2 ? hour + 12 : hour;
  if (at === 24) return minute === 0 && part !== undefined && /^(?:晚|夜)/.test(part) ? '00:00' : undefined;
  return `${String(at).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
