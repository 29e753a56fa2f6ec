import { addDays, addMonths, localDate } from '../../../hongkong/zone.ts';
import type { DayAtom, Rule } from './atom.ts';
import { monthOf, yearOf } from './calendar.ts';
import { matcher, pattern } from './fold-text.ts';
import { NUMBER_EN, NUMBER_ZH, numberOf } from './numbers.ts';
import { span, stepOf } from './span.ts';

/** Quarters, years, and days counted from today. */

function quarter(match: RegExpExecArray, year: number, number: number): DayAtom | undefined {
  const from = localDate(year, 3 * (number - 1) + 1, 1);
  return span(match, from, addDays(addMonths(from, 3), -1), 'quarter');
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
    // 2018年畢業 tells a story.
    if (match[8] && year < yearOf(scene.today) - 1) return undefined;
    const [first, last] = [localDate(year, 1, 1), localDate(year, 12, 31)];
    const whole = match[1] ?? match[7] ?? match[8];
    const half =
      match[5] || match[10]?.startsWith('上') || match[11] === 'h1' ? 1 : match[6] || match[10] || match[11] ? 2 : 0;
    if (half === 1) return span(match, first, localDate(year, 6, 30), 'days');
    if (half === 2) return span(match, localDate(year, 7, 1), last, 'days');
    if (match[3]) return span(match, first, localDate(year, 1, 31), 'days');
    if (whole && !match[4] && !match[9]) return span(match, first, last, 'year');
    const end = span(match, last, last, 'day');
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
    return span(match, ahead ? today : far, ahead ? far : today, 'days');
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
    return span(match, scene.today, to, 'days', { edge: 'until' });
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
    return span(match, from, today, 'days');
  },
};
const MONTH_TO_DATE = matcher('^m|月');
const WEEK_TO_DATE = matcher('^w|週|星期');

/** Read before days and lengths, whose words they hold. */
export const COUNTED_RULES: readonly Rule[] = [toDate, counted, within];

export const QUARTER_RULES: readonly Rule[] = [quarterRule];

export const YEAR_RULES: readonly Rule[] = [yearRule];
