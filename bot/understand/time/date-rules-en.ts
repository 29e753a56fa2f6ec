import { type Rule, stretchOf } from './atom.ts';
import { AND, D, dateAtom, dayMonth, MONTH_EN, monthOfName, ORDINAL, someDays, TO, YEAR_EN } from './date-words.ts';
import { matcher, pattern } from './fold-text.ts';

/** 19-27 Dec, Dec 19-27, 3 Dec, December 3rd. */

const dayMonthRange: Rule = {
  pattern: pattern(
    `(?<![\\d:.$/-])(${D})${ORDINAL}(?:(${TO})|${AND})(${D})${ORDINAL}(?: of)?[ -]?(${MONTH_EN})${YEAR_EN}`,
  ),
  read: (match, scene) =>
    someDays(
      match,
      match[1],
      match[3],
      match[2] !== undefined,
      (day) => dayMonth(scene, stretchOf(match), day, monthOfName(match[4]), match[5]),
      !match[5],
    ),
};

const monthDayRange: Rule = {
  pattern: pattern(
    `(?<![a-z])(${MONTH_EN}) ?(${D})${ORDINAL}(?:(${TO})|${AND})(${D})${ORDINAL}(?![\\d:]| ?(?:${MONTH_EN}|am|pm))${YEAR_EN}`,
  ),
  read: (match, scene) =>
    monthOfName(match[1]) === 5
      ? undefined
      : someDays(
          match,
          match[2],
          match[4],
          match[3] !== undefined,
          (day) => dayMonth(scene, stretchOf(match), day, monthOfName(match[1]), match[5]),
          !match[5],
        ),
};

const ORDINAL_WORDS =
  'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[ -]first|twenty[ -]second|twenty[ -]third|twenty[ -]fourth|twenty[ -]fifth|twenty[ -]sixth|twenty[ -]seventh|twenty[ -]eighth|twenty[ -]ninth|thirtieth|thirty[ -]first';
const ORDINALS = ORDINAL_WORDS.replaceAll('[ -]', ' ').split('|');
const dayOfName = (word = ''): number => ORDINALS.indexOf(word.toLowerCase().replace('-', ' ')) + 1;

/** the eleventh of December, December the third */
const dayInWords: Rule = {
  pattern: pattern(
    `(?<![a-z])(?:the )?(${ORDINAL_WORDS}) (?:of )?(${MONTH_EN})${YEAR_EN}|(?<![a-z])(${MONTH_EN}) (?:the )?(${ORDINAL_WORDS})(?![a-z])${YEAR_EN}`,
  ),
  read: (match, scene) => {
    const at = stretchOf(match);
    const [, day, month, year, monthFirst, dayBehind, yearBehind] = match;
    const typedYear = year ?? yearBehind;
    const date = dayMonth(scene, at, String(dayOfName(day ?? dayBehind)), monthOfName(month ?? monthFirst), typedYear);
    return dateAtom(at, date, date, !typedYear);
  },
};

const MAY_BEHIND = matcher(
  '^\\s*(?:$|[,.;!?)，。]|\\d|at\\b|@|from\\b|to\\b|till\\b|until\\b|-|onwards|20\\d\\d|instead|morning|afternoon)',
);

const dayThenMonth: Rule = {
  pattern: pattern(
    `(?<![\\d:.$/])(${D})(${ORDINAL})(?: of)?[ -]?(${MONTH_EN})(?:[ ,-]+(20\\d\\d)(?!\\d)|(?<=[ -]\\S+)-(\\d\\d)(?!\\d))?`,
  ),
  read: (match, scene) => {
    const at = stretchOf(match);
    const month = monthOfName(match[3]);
    if (month === 5 && !match[2] && !match[4] && !MAY_BEHIND.test(scene.text.slice(at.end))) return undefined;
    const date = dayMonth(scene, at, match[1], month, match[4] ?? match[5]);
    return dateAtom(at, date, date, !(match[4] ?? match[5]));
  },
};

const monthThenDay: Rule = {
  pattern: pattern(
    `(?<![a-z]|阿)(${MONTH_EN}) ?(${D})(?!\\d)(${ORDINAL})(?![\\d:]|\\.\\d|[ap]m?\\b| ?[點時]| ?[ap]m\\b| ?(?:people|pax|slots?|人|個|位))${YEAR_EN}`,
  ),
  read: (match, scene) => {
    const at = stretchOf(match);
    const month = monthOfName(match[1]);
    // May, Jan, June and April are people too.
    const before = scene.text.slice(Math.max(0, at.start - 10), at.start);
    if (month === 5 && !match[3] && !match[4] && !/\b(?:on|from|by|before|after|until|since) $/.test(before))
      return undefined;
    const date = dayMonth(scene, at, match[2], month, match[4]);
    return dateAtom(at, date, date, !match[4]);
  },
};

export const ENGLISH_DATE_RULES: readonly Rule[] = [
  dayInWords,
  dayMonthRange,
  monthDayRange,
  dayThenMonth,
  monthThenDay,
];
