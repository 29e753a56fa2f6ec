import { addDays, type LocalDate, weekdayOf } from '../../../hongkong/zone.ts';
import { type Rule, stretchOf } from './atom.ts';
import { existingDay, monthOf, yearOf } from './calendar.ts';
import { MONTH_EN, monthOfName, wholeMonth } from './date-words.ts';
import { WEEKDAY_EN, weekdayOfName } from './day-rules.ts';
import { pattern } from './fold-text.ts';
import { namedMonth, STEP_ZH, span, stepOf } from './span.ts';

/** Weeks, weekends, and weekdays counted within a month. */

const weekZh: Rule = {
  pattern: pattern(
    `${STEP_ZH}(?:星期|禮拜|周|週)(?![一二三四五六日天](?!個(?:slot|人|名額|位))|[1-7](?!\\d|個)|末|年|圍|邊|身|報)(?:頭|初|中段?|尾|底)?`,
  ),
  read: (match, scene) => {
    const from = addDays(scene.monday, 7 * stepOf(match[1]));
    return span(match, from, addDays(from, 6), 'week');
  },
};

const weekEn: Rule = {
  pattern: pattern(
    "(?<![a-z])(?:(?:the )?(?:end|start|beginning|middle|early|mid|late|earlier|later)(?: of|-)? )?(?:the )?(next next|next|nxt|this|last|previous|following|coming) (?:wk|week)(?![a-z])(?:'s)?(?! (?:mon|tue|wed|thu|fri|sat|sun))",
  ),
  read: (match, scene) => {
    const from = addDays(scene.monday, 7 * stepOf(match[1]));
    return span(match, from, addDays(from, 6), 'week');
  },
};

const weekAfterNext: Rule = {
  pattern: pattern('(?<![a-z])(?:the )?(?:week|wk) (after next|before last)(?![a-z])'),
  read: (match, scene) => {
    const from = addDays(scene.monday, match[1] === 'after next' ? 14 : -14);
    return span(match, from, addDays(from, 6), 'week');
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
    return span(match, from, from && addDays(from, 6), 'week');
  },
};

const weekendRule: Rule = {
  pattern: pattern(
    `(?:${STEP_ZH})?(?:周末|週末|星期六日|禮拜六日)|(?<![a-z])(?:(next|nxt|this|last|coming|on the|over the|the) )?(?:weekend|wkend|wknd)s?(?![a-z])`,
  ),
  read: (match, scene) => {
    const saturday = addDays(scene.monday, 5 + 7 * stepOf(match[1] ?? match[2]));
    return span(match, saturday, addDays(saturday, 1), 'weekend');
  },
};

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
    return span(match, date, date, 'day', { weekday });
  },
};
function firstOn(day: LocalDate, weekday: number): LocalDate {
  return addDays(day, (weekday - weekdayOf(day) + 7) % 7);
}
function lastOn(day: LocalDate, weekday: number): LocalDate {
  return firstOn(addDays(day, -6), weekday);
}

/** Read before dates, whose words they hold. */
export const WEEK_OF_DATE_RULES: readonly Rule[] = [weekOf, nthWeekday];

/** Read after weekdays, which begin with the same words. */
export const WEEK_RULES: readonly Rule[] = [weekAfterNext, weekendRule, weekZh, weekEn];
