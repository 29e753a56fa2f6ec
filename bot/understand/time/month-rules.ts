import { addDays } from '../../../hongkong/zone.ts';
import { type DayAtom, type Rule, stretchOf } from './atom.ts';
import { monthOf, yearOf } from './calendar.ts';
import { MONTH_EN, monthOfName, wholeMonth } from './date-words.ts';
import { matcher, pattern } from './fold-text.ts';
import { numberOf } from './numbers.ts';
import { namedMonth, span, stepOf, YEAR_ZH, yearOfWord } from './span.ts';

/** Months and their parts. */

const M_ZH = '(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])';
const MONTH_BEFORE_EN =
  '(?:in|by|from|until|till|since|before|after|during|end|end of|mid|mid-|early|late|of|start of|beginning of)';

const monthZh: Rule = {
  pattern: pattern(`(下下|下|上上|上|今|這|呢|本|依)(?:一?個)?月(?!頭|初|中|底|尾|餅|台)(份)?`),
  read: (match, scene) => {
    const { from, to, month } = wholeMonth(yearOf(scene.today), monthOf(scene.today) + stepOf(match[1]));
    return span(match, from, to, 'month', { month });
  },
};

const monthEn: Rule = {
  pattern: pattern(
    "(?<![a-z])(?:the )?(next next|next|nxt|this|last|previous|following|coming) (?:month|mth)(?![a-z])(?:'s)?",
  ),
  read: (match, scene) => {
    const { from, to, month } = wholeMonth(yearOf(scene.today), monthOf(scene.today) + stepOf(match[1]));
    return span(match, from, to, 'month', { month });
  },
};

type MonthPart = 'start' | 'middle' | 'end' | 1 | 2 | 3 | 4 | 'last' | 'first_half' | 'second_half';

/** 月頭 is the 1st to 10th, 月中 the 15th, 月尾 the last day, the first week the 1st to 7th, the last the last seven days. */
function partOfMonth(match: RegExpExecArray, year: number, month: number, part: MonthPart): DayAtom | undefined {
  const { from, to } = wholeMonth(year, month);
  if (part === 'start') return span(match, from, addDays(from, 9), 'month_part');
  if (part === 'middle') return span(match, addDays(from, 14), addDays(from, 14), 'day');
  if (part === 'end') return span(match, to, to, 'day');
  if (part === 'last') return span(match, addDays(to, -6), to, 'month_part');
  if (part === 'first_half') return span(match, from, addDays(from, 14), 'month_part');
  if (part === 'second_half') return span(match, addDays(from, 15), to, 'month_part');
  return span(match, addDays(from, 7 * (part - 1)), addDays(from, 7 * part - 1), 'month_part');
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
    return span(match, whole.from, whole.to, 'month', { month: whole.month });
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
    return span(match, whole.from, whole.to, 'month', { month: whole.month });
  },
};

export const MONTH_PART_RULES: readonly Rule[] = [monthPartZh, monthPartEn];

export const MONTH_RULES: readonly Rule[] = [monthZh, monthEn, namedMonthZh, namedMonthEn];
