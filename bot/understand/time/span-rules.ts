import { addDays, addMonths, type LocalDate, localDate } from '../../../hongkong/zone.ts';
import { type DayAtom, type Rule, type Scene, stretchOf } from './atom.ts';
import { existingDay, monthOf, yearOf } from './calendar.ts';
import { MONTH_EN, monthOfName, wholeMonth } from './date-rules.ts';
import { WEEKDAY_EN, weekdayOfName } from './day-rules.ts';
import { foldText, matcher, pattern } from './fold-text.ts';
import { NUMBER_EN, NUMBER_ZH, numberOf } from './numbers.ts';
import type { TimeGrain } from './time-mention.ts';

/** Weeks, months and their parts, quarters, years, and days counted from today. */

const M_ZH = '(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])';
const MONTH_BEFORE_EN =
  '(?:in|by|from|until|till|since|before|after|during|end|end of|mid|mid-|early|late|of|start of|beginning of)';

function days(
  match: RegExpExecArray,
  from: LocalDate | undefined,
  to: LocalDate | undefined,
  grain: TimeGrain,
  more: Partial<DayAtom> = {},
): DayAtom | undefined {
  if (!from || !to) return undefined;
  return { is: 'day', from, to, grain, ...more, ...stretchOf(match) };
}

/** 上上 = -2 … 下下 = 2; this, 今, 呢, 這, 本 = 0. */
function stepOf(word: string | undefined): number {
  const plain = (word ?? '').trim();
  if (/^(?:next next)/.test(plain)) return 2;
  if (/^(?:next|nxt|following|coming)/.test(plain)) return 1;
  if (/^(?:last|previous|prev)/.test(plain)) return -1;
  if (plain.startsWith('下')) return plain.startsWith('下下') ? 2 : 1;
  if (plain.startsWith('上')) return plain.startsWith('上上') ? -2 : -1;
  return YEAR_WORDS.get(plain) ?? 0;
}

const YEAR_WORDS: ReadonlyMap<string, number> = new Map(
  [
    ['出', 1],
    ['明', 1],
    ['去', -1],
    ['舊', -1],
    ['後', 2],
    ['前', -2],
  ].map(([word, step]) => [foldText(String(word)), Number(step)]),
);

const STEP_ZH = '(下下|下|上上|上|今|這|呢|本|依|嗰)(?:一?個)?';

const weekZh: Rule = {
  pattern: pattern(
    `${STEP_ZH}(?:星期|禮拜|周|週)(?![一二三四五六日天](?!個(?:slot|人|名額|位))|[1-7](?!\\d|個)|末|年|圍|邊|身|報)`,
  ),
  read: (match, scene) => {
    const from = addDays(scene.monday, 7 * stepOf(match[1]));
    return days(match, from, addDays(from, 6), 'week');
  },
};

const weekEn: Rule = {
  pattern: pattern(
    "(?<![a-z])(?:the )?(next next|next|nxt|this|last|previous|following|coming) (?:wk|week)(?![a-z])(?:'s)?(?! (?:mon|tue|wed|thu|fri|sat|sun))",
  ),
  read: (match, scene) => {
    const from = addDays(scene.monday, 7 * stepOf(match[1]));
    return days(match, from, addDays(from, 6), 'week');
  },
};

const weekAfterNext: Rule = {
  pattern: pattern('(?<![a-z])(?:the )?(?:week|wk) (after next|before last)(?![a-z])'),
  read: (match, scene) => {
    const from = addDays(scene.monday, match[1] === 'after next' ? 14 : -14);
    return days(match, from, addDays(from, 6), 'week');
  },
};

/** w/c 7 Dec, week of 7/12: the day is read on its own, seven days from there on are meant. */
const weekOf: Rule = {
  pattern: pattern(
    `(?<![a-z])(?:w/c|week commencing|wk commencing|week of|week beginning|week starting)(?: the)? (3[01]|[12]\\d|0?[1-9])(?:st|nd|rd|th)?(?:/(1[0-2]|0?[1-9])| ?(${MONTH_EN}))`,
  ),
  read: (match, scene) => {
    const month = match[2] ? Number(match[2]) : monthOfName(match[3]);
    const year = yearOf(scene.today);
    const this_ = existingDay(year, month, Number(match[1]));
    const from =
      this_ && this_ < scene.monday && !scene.isPast(match.index, match.index)
        ? existingDay(year + 1, month, Number(match[1]))
        : this_;
    return days(match, from, from && addDays(from, 6), 'week');
  },
};

const weekendRule: Rule = {
  pattern: pattern(
    `(?:${STEP_ZH})?(?:周末|週末|星期六日|禮拜六日)|(?<![a-z])(?:(next|nxt|this|last|coming|on the|over the|the) )?(?:weekend|wkend|wknd)s?(?![a-z])`,
  ),
  read: (match, scene) => {
    const saturday = addDays(scene.monday, 5 + 7 * stepOf(match[1] ?? match[2]));
    return days(match, saturday, addDays(saturday, 1), 'weekend');
  },
};

const monthZh: Rule = {
  pattern: pattern(`(下下|下|上上|上|今|這|呢|本|依)(?:一?個)?月(?!頭|初|中|底|尾|餅|台)(份)?`),
  read: (match, scene) => {
    const { from, to, month } = wholeMonth(yearOf(scene.today), monthOf(scene.today) + stepOf(match[1]));
    return days(match, from, to, 'month', { month });
  },
};

const monthEn: Rule = {
  pattern: pattern(
    "(?<![a-z])(?:the )?(next next|next|nxt|this|last|previous|following|coming) (?:month|mth)(?![a-z])(?:'s)?",
  ),
  read: (match, scene) => {
    const { from, to, month } = wholeMonth(yearOf(scene.today), monthOf(scene.today) + stepOf(match[1]));
    return days(match, from, to, 'month', { month });
  },
};

/** A month by its number or name: this one or the next such; told as past or reported on, the last. */
function namedMonth(
  scene: Scene,
  at: { start: number; end: number },
  month: number,
  year?: number,
): { year: number; month: number } {
  if (year) return { year, month };
  const [thisYear, thisMonth] = [yearOf(scene.today), monthOf(scene.today)];
  const past = scene.isPast(at.start, at.end);
  if (past) return { year: month > thisMonth ? thisYear - 1 : thisYear, month };
  return { year: month < thisMonth ? thisYear + 1 : thisYear, month };
}

const YEAR_ZH = '(?:(20\\d\\d|今|明|出|去|舊)年 ?)?';
function yearOfWord(scene: Scene, word: string | undefined): number | undefined {
  if (!word) return undefined;
  if (/^20\d\d$/.test(word)) return Number(word);
  return yearOf(scene.today) + (YEAR_WORDS.get(word) ?? 0);
}

type MonthPart = 'start' | 'middle' | 'end' | 1 | 2 | 3 | 4 | 'last' | 'first_half' | 'second_half';

/** 月頭 is the 1st to 10th, 月中 the 15th, 月尾 the last day, the first week the 1st to 7th, the last the last seven days. */
function partOfMonth(match: RegExpExecArray, year: number, month: number, part: MonthPart): DayAtom | undefined {
  const { from, to } = wholeMonth(year, month);
  if (part === 'start') return days(match, from, addDays(from, 9), 'month_part');
  if (part === 'middle') return days(match, addDays(from, 14), addDays(from, 14), 'day');
  if (part === 'end') return days(match, to, to, 'day');
  if (part === 'last') return days(match, addDays(to, -6), to, 'month_part');
  if (part === 'first_half') return days(match, from, addDays(from, 14), 'month_part');
  if (part === 'second_half') return days(match, addDays(from, 15), to, 'month_part');
  return days(match, addDays(from, 7 * (part - 1)), addDays(from, 7 * part - 1), 'month_part');
}

const PART_ZH =
  '(頭|初|中旬?|底|尾|上旬|下旬|(?:嘅|的)?(?:第)?([一二三四1-4])(?:個)?(?:星期|禮拜|周|週)|(?:嘅|的)?最後一?個?(?:星期|禮拜|周|週)|上半月|下半月)';

function partZh(word: string, nth: string | undefined): MonthPart {
  if (nth) return (numberOf(nth) ?? 1) as MonthPart;
  if (MONTH_START.test(word)) return 'start';
  if (/^中/.test(word)) return 'middle';
  if (LAST_WEEK.test(word)) return 'last';
  if (/^上半/.test(word)) return 'first_half';
  if (/^下/.test(word)) return 'second_half';
  return 'end';
}
const MONTH_START = matcher('^(?:頭|初|上旬)');
const LAST_WEEK = matcher('最後');

const monthPartZh: Rule = {
  pattern: pattern(`(?:(下下|下|上|今|這|呢|本)(?:一?個)?|${YEAR_ZH}(${M_ZH}))?月份?${PART_ZH}(?!餅|間)`),
  read: (match, scene) => {
    const part = partZh(match[4] ?? '', match[5]);
    const at = stretchOf(match);
    if (match[3]) {
      const { year, month } = namedMonth(scene, at, numberOf(match[3]) ?? 0, yearOfWord(scene, match[2]));
      return partOfMonth(match, year, month, part);
    }
    const [year, month] = [yearOf(scene.today), monthOf(scene.today)];
    if (match[1]) return partOfMonth(match, year, month + stepOf(match[1]), part);
    if (typeof part === 'number' || scene.isPast(at.start, at.end)) return partOfMonth(match, year, month, part);
    // Without a month: this one unless it is over.
    const now = partOfMonth(match, year, month, part);
    return now && now.to >= scene.today ? now : partOfMonth(match, year, month + 1, part);
  },
};

const PART_EN =
  '(start|beginning|early|mid|middle|end|late|first week|1st week|second week|2nd week|third week|3rd week|fourth week|4th week|last week|first half|second half)';
const PARTS_EN: Readonly<Record<string, MonthPart>> = {
  start: 'start',
  beginning: 'start',
  early: 'start',
  mid: 'middle',
  middle: 'middle',
  end: 'end',
  late: 'last',
  'first week': 1,
  '1st week': 1,
  'second week': 2,
  '2nd week': 2,
  'third week': 3,
  '3rd week': 3,
  'fourth week': 4,
  '4th week': 4,
  'last week': 'last',
  'first half': 'first_half',
  'second half': 'second_half',
};

const monthPartEn: Rule = {
  pattern: pattern(
    `(?<![a-z])(?:the )?${PART_EN}(?: of|-| in)?(?: the)? (?:(this|next|last|nxt) (?:month|mth)|(month)|(${MONTH_EN})(?: (20\\d\\d))?)(?![a-z])|(?<![a-z])(mid|end|early)-?(${MONTH_EN})(?![a-z])|(?<![a-z])(?:(next|this) )?(month)[ -](end)(?![a-z])|(?<![a-z])(eom)(?![a-z])`,
  ),
  read: (match, scene) => {
    const at = stretchOf(match);
    const part = PARTS_EN[match[1] ?? match[6] ?? 'end'] ?? 'end';
    const name = match[4] ?? match[7];
    if (name) {
      const { year, month } = namedMonth(scene, at, monthOfName(name), match[5] ? Number(match[5]) : undefined);
      return partOfMonth(match, year, month, part);
    }
    const [year, month] = [yearOf(scene.today), monthOf(scene.today)];
    const word = match[2] ?? match[8];
    if (word) return partOfMonth(match, year, month + stepOf(word), part);
    const now = partOfMonth(match, year, month, part);
    return now && now.to >= scene.today ? now : partOfMonth(match, year, month + 1, part);
  },
};

const namedMonthZh: Rule = {
  pattern: pattern(
    `${YEAR_ZH}(?<![\\d一二三四五六七八九十個])(${M_ZH})月(?:份|(?!頭|初|中|底|尾|餅|\\d|[一二三四五六七八九十]))`,
  ),
  read: (match, scene) => {
    const { year, month } = namedMonth(scene, stretchOf(match), numberOf(match[2]) ?? 0, yearOfWord(scene, match[1]));
    const whole = wholeMonth(year, month);
    return days(match, whole.from, whole.to, 'month', { month: whole.month });
  },
};

const namedMonthEn: Rule = {
  pattern: pattern(
    `(?<=(?:\\b${MONTH_BEFORE_EN} |\\d ?[-–] ?)(?:the )?)(${MONTH_EN})(?:,? (20\\d\\d))?(?! ?\\d)|(?<![a-z])(january|february|july|august|september|october|november|december|sept|oct|nov|dec|feb|jul|aug)(?![a-z])(?:,? (20\\d\\d))?(?! ?\\d)|(?<![a-z])(${MONTH_EN}),? (20\\d\\d)(?!\\d)`,
  ),
  read: (match, scene) => {
    const typed = match[2] ?? match[4] ?? match[6];
    const month = monthOfName(match[1] ?? match[3] ?? match[5]);
    if (!month) return undefined;
    const named = namedMonth(scene, stretchOf(match), month, typed ? Number(typed) : undefined);
    const whole = wholeMonth(named.year, named.month);
    return days(match, whole.from, whole.to, 'month', { month: whole.month });
  },
};

function quarter(match: RegExpExecArray, year: number, number: number): DayAtom | undefined {
  const from = localDate(year, 3 * (number - 1) + 1, 1);
  return days(match, from, addDays(addMonths(from, 3), -1), 'quarter');
}

const quarterRule: Rule = {
  pattern: pattern(
    '(上上|上|今|這|呢|本|下)(?:一?個)?季(?:度)?|(?<![a-z])(?:the )?(next|this|last|previous|current) (?:quarter|qtr)(?![a-z])|(?:(20\\d\\d) ?)?(?<![a-z])q([1-4])(?!\\d|[a-z])(?: ?(20\\d\\d))?|(?:(20\\d\\d)年?)?第([一二三四1-4])季度?',
  ),
  read: (match, scene) => {
    const number = match[4] ?? match[7];
    const year = match[3] ?? match[5] ?? match[6];
    if (number) return quarter(match, year ? Number(year) : yearOf(scene.today), numberOf(number) ?? 1);
    const now = Math.floor((monthOf(scene.today) - 1) / 3) + 1;
    return quarter(match, yearOf(scene.today), now + stepOf(match[1] ?? match[2]));
  },
};

const yearRule: Rule = {
  pattern: pattern(
    '(今|出|明|去|舊|上|下|後|前)年(?!青|紀|輕|齡|度假|三十|廿)(度)?(?:(頭|初)|(底|尾)|(上半年)|(下半年))?|(?<![a-z])(?:the )?(next|this|last) (?:year|yr)(?![a-z])|(20[1-4]\\d) ?年(?:(底|尾))?(?!\\d)|(?<![出明今去一-九\\d])年(?:底|尾)(?!三十)|(?<![a-z])(?:by )?(?:the )?(?:year[ -]end|end of (?:the |this )?(?:year|yr)|eoy)(?![a-z])|(上半年|下半年)|(?<![a-z])(h[12])(?![a-z\\d])',
  ),
  read: (match, scene) => {
    const by = /^by /.exec(match[0])?.[0].length ?? 0;
    const year = match[8] ? Number(match[8]) : yearOf(scene.today) + stepOf(match[1] ?? match[7]);
    const [first, last] = [localDate(year, 1, 1), localDate(year, 12, 31)];
    const whole = match[1] ?? match[7] ?? match[8];
    const half =
      match[5] || match[10]?.startsWith('上') || match[11] === 'h1' ? 1 : match[6] || match[10] || match[11] ? 2 : 0;
    if (half === 1) return days(match, first, localDate(year, 6, 30), 'days');
    if (half === 2) return days(match, localDate(year, 7, 1), last, 'days');
    if (match[3]) return days(match, first, localDate(year, 1, 31), 'days');
    if (whole && !match[4] && !match[9]) return days(match, first, last, 'year');
    const end = days(match, last, last, 'day');
    return end && { ...end, start: end.start + by };
  },
};

const COUNT = `(${NUMBER_ZH}|${NUMBER_EN}|a|幾)`;
const UNIT = '(日|天|個?星期|個?禮拜|周|週|個月|days?|weeks?|wks?|months?|mths?|fortnights?)';

/** How many days a count of a unit is; months by the calendar. */
function lengthOf(count: number, unit: string): { days: number; months: number } {
  if (/^(?:日|天|day)/.test(unit)) return { days: count, months: 0 };
  if (/^fortnight/.test(unit)) return { days: count * 14, months: 0 };
  if (MONTH_UNIT.test(unit)) return { days: 0, months: count };
  return { days: count * 7, months: 0 };
}
const MONTH_UNIT = matcher('月|^m');

/** 過去七日, last 7 days, 未來兩星期, next 2 weeks: so many days with today as last or first. */
const counted: Rule = {
  pattern: pattern(
    `(過去|對上|最近|近|之前|上|未來|接下來|嚟緊|來緊|今後|下)(?:嘅|的|這|呢)?(?<!上|下)${COUNT} ?個?${UNIT}(?!前|後)|(?<![a-z])(?:over |in |for )?(?:the )?(past|last|previous|next|coming) (?:(\\d{1,3}|${NUMBER_EN}) )?(days?|weeks?|wks?|months?|mths?|fortnight)(?![a-z])`,
  ),
  read: (match, scene) => {
    const count = match[3] ?? match[6] ?? '';
    const number = match[5]
      ? match[5] && !match[6]?.startsWith('fortnight')
        ? numberOf(match[5])
        : numberOf(match[5])
      : undefined;
    const word = match[1] ?? match[4] ?? '';
    const amount = match[1]
      ? numberOf(match[2])
      : (number ?? (match[4] === 'past' || match[4] === 'coming' || count.startsWith('fortnight') ? 1 : undefined));
    if (amount === undefined) return undefined;
    const { days: long, months } = lengthOf(amount, count);
    const ahead = AHEAD.test(word);
    const today = scene.today;
    const far =
      months > 0
        ? addDays(addMonths(today, ahead ? months : -months), ahead ? -1 : 1)
        : addDays(today, ahead ? long - 1 : 1 - long);
    return days(match, ahead ? today : far, ahead ? far : today, 'days');
  },
};
const AHEAD = matcher('^(?:未來|接下來|嚟緊|來緊|今後|下|next|coming)');

/** 三日內, within 2 weeks: a deadline counted from today. */
const within: Rule = {
  pattern: pattern(
    `(?:喺|在|於)?${COUNT} ?${UNIT}(?:之|以)?內|(?<![a-z])(?:with)?in(?:side)? (?:the next )?(?<=within .*|inside .*)(\\d{1,3}|${NUMBER_EN}|a) (days?|weeks?|wks?|months?|mths?|fortnight)(?![a-z])`,
  ),
  read: (match, scene) => {
    const amount = numberOf(match[1] ?? match[3]);
    if (amount === undefined) return undefined;
    const { days: long, months } = lengthOf(amount, match[2] ?? match[4] ?? '');
    const to = months > 0 ? addMonths(scene.today, months) : addDays(scene.today, long);
    return days(match, scene.today, to, 'days', { edge: 'until' });
  },
};

/** Month, quarter and year to date. */
const toDate: Rule = {
  pattern: pattern(
    '(?<![a-z])(mtd|month to date|qtd|quarter to date|year to date|ytd(?=.*\\b(?:report|funnel|figures?|numbers?|stats|hires|rate)\\b)|(?<=\\b(?:report|funnel|figures?|numbers?|stats|hires|rate)\\b.*)ytd|wtd|week to date)(?![a-z])|(本月|今個月|年|今年|本週|今個星期)至今|年初至今',
  ),
  read: (match, scene) => {
    const { today } = scene;
    const word = match[1] ?? match[2] ?? '';
    const from = MONTH_TO_DATE.test(word)
      ? `${today.slice(0, 7)}-01`
      : WEEK_TO_DATE.test(word)
        ? scene.monday
        : /^q/.test(word)
          ? localDate(yearOf(today), Math.floor((monthOf(today) - 1) / 3) * 3 + 1, 1)
          : localDate(yearOf(today), 1, 1);
    return days(match, from, today, 'days');
  },
};
const MONTH_TO_DATE = matcher('^m|月');
const WEEK_TO_DATE = matcher('^w|週|星期');

/** First Monday of December, the last Friday of the month. */
const nthWeekday: Rule = {
  pattern: pattern(
    `(?<![a-z])(?:the )?(first|1st|second|2nd|third|3rd|fourth|4th|last) (${WEEKDAY_EN}) (?:of|in) (?:(?:the |(this|next) )?(month)|(${MONTH_EN}))(?![a-z])`,
  ),
  read: (match, scene) => {
    const { year, month } = match[5]
      ? namedMonth(scene, stretchOf(match), monthOfName(match[5]))
      : { year: yearOf(scene.today), month: monthOf(scene.today) + stepOf(match[3]) };
    const { from, to } = wholeMonth(year, month);
    const weekday = weekdayOfName(match[2] ?? '');
    const which = ['first', 'second', 'third', 'fourth'].findIndex(
      (word, at) => match[1] === word || match[1]?.startsWith(String(at + 1)),
    );
    const date = which < 0 ? lastOn(to, weekday) : addDays(firstOn(from, weekday), 7 * which);
    return days(match, date, date, 'day', { weekday });
  },
};
function firstOn(day: LocalDate, weekday: number): LocalDate {
  return addDays(day, (weekday - new Date(`${day}T00:00:00Z`).getUTCDay() + 7) % 7);
}
function lastOn(day: LocalDate, weekday: number): LocalDate {
  return firstOn(addDays(day, -6), weekday);
}

export const SPAN_RULES: readonly Rule[] = [
  toDate,
  nthWeekday,
  monthPartZh,
  monthPartEn,
  weekOf,
  counted,
  within,
  quarterRule,
  weekAfterNext,
  weekendRule,
  weekZh,
  weekEn,
  monthZh,
  monthEn,
  yearRule,
  namedMonthZh,
  namedMonthEn,
];
