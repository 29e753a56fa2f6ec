import { DIGITS } from '../../../hongkong/chinese-number.ts';
import { type Rule, stretchOf } from './atom.ts';
import { existingDay, yearOf } from './calendar.ts';
import { ENGLISH_DATE_RULES } from './date-rules-en.ts';
import { AND, D, D_ZH, dateAtom, dayMonth, M_ZH, someDays, TO } from './date-words.ts';
import { DAY_OF_MONTH_RULES } from './day-of-month-rules.ts';
import { foldText, matcher, pattern } from './fold-text.ts';
import { isMoved } from './moved.ts';
import { numberOf } from './numbers.ts';

const iso: Rule = {
  pattern: pattern(
    '(?<![\\d/-])(20\\d\\d|19\\d\\d)(?:[-/.]|年 ?)(1[0-2]|0?[1-9])(?:[-/.]|月 ?)(3[01]|[12]\\d|0?[1-9])[日號]?(?:t(?=\\d\\d:))?(?![\\d/-]\\d|\\d)',
  ),
  read: (match) => {
    const date = existingDay(Number(match[1]), Number(match[2]), Number(match[3]));
    return dateAtom(stretchOf(match), date, date, false);
  },
};

const YEAR_STEPS: ReadonlyMap<string, number> = new Map(
  [
    ['今', 0],
    ['明', 1],
    ['出', 1],
    ['去', -1],
    ['舊', -1],
  ].map(([word, step]) => [foldText(String(word)), Number(step)]),
);

const chineseRange: Rule = {
  pattern: pattern(
    `(?:(20\\d\\d)年)?(?<![\\d${DIGITS}])(${M_ZH})月份?(${D_ZH})[日號]?(?:(${TO})|${AND})(?!${M_ZH}月)(${D_ZH})(?!\\d|[點時:/月個])[日號]?`,
  ),
  read: (match, scene) =>
    someDays(
      match,
      match[3],
      match[5],
      match[4] !== undefined,
      (day) => dayMonth(scene, stretchOf(match), day, numberOf(match[2]), match[1]),
      !match[1],
    ),
};

const chinese: Rule = {
  pattern: pattern(
    `(?:(20\\d\\d|今|明|出|去|舊)年 ?)?(?<![\\d${DIGITS}])(${M_ZH})月份? ?(${D_ZH})(?:[日號]|(?![\\d點時${DIGITS}]|[個位]))`,
  ),
  read: (match, scene) => {
    const at = stretchOf(match);
    const word = match[1];
    const step = word === undefined ? undefined : YEAR_STEPS.get(word);
    const year = step === undefined ? word : /^\d/.test(word ?? '') ? word : String(yearOf(scene.today) + step);
    const date = dayMonth(scene, at, match[3], numberOf(match[2]), year);
    return dateAtom(at, date, date, !word);
  },
};

const slashRange: Rule = {
  pattern: pattern(`(?<![\\d/:.])(${D})(?:-|–|~|至|到)(${D})/(1[0-2]|0?[1-9])(?!\\d|/\\d)`),
  read: (match, scene) =>
    someDays(match, match[1], match[2], true, (day) => dayMonth(scene, stretchOf(match), day, Number(match[3])), true),
};

/** 19/12-27/12, 19/12 to 3/1. */
const slashToSlash: Rule = {
  pattern: pattern(`(?<![\\d/:.])(${D})/(1[0-2]|0?[1-9])${TO}(${D})/(1[0-2]|0?[1-9])(?![\\d/])`),
  read: (match, scene) => {
    const at = stretchOf(match);
    const from = dayMonth(scene, at, match[1], Number(match[2]));
    const to = dayMonth(scene, at, match[3], Number(match[4]));
    if (!from || !to || isMoved(scene, at.start)) return undefined;
    return dateAtom(at, from, to, true);
  },
};

const SCORE_BEFORE = matcher(
  '(?:give|gave|scored?|rate[ds]?|rating|mark(?:ed)?|俾|畀|打|評分?|分數|得分|attitude|got)[^,，;；。]{0,24}$',
);
const SCORE_BEHIND = matcher(
  '^\\s*(?:分|marks?|points?|pts|overall|for |attitude|,? ?(?:good|great|solid|ok|not bad|attitude|very)\\b)',
);
const DATE_BEFORE = matcher(
  '(?:\\b(?:on|from|by|before|after|until|till|to|due|date|start(?:s|ing)?)|[約改由從至到日於在喺自延定搬轉去起]) ?$',
);
const DATE_BEHIND = matcher(
  '^\\s*(?:\\(|（|起|前|後|之|見|返|入職|面試|上班|報到|開工|試工|\\d{1,2}(?::|點|[ap]m)|[朝上下中晏夜晚]|at\\b|@|am\\b|pm\\b|noon|morning|afternoon|interview|onwards)',
);

const slash: Rule = {
  pattern: pattern(
    '(?<![\\d/:.$-]|\\d[.-])(3[01]|[12]\\d|0?[1-9])(/|-|\\.)(1[0-2]|0?[1-9])(?:\\2(20\\d\\d|\\d\\d))?(?![\\d/%]|[.:]\\d|-\\d(?!\\d?/)|f\\b|樓)',
  ),
  read: (match, scene) => {
    const [, day, sign, month, year] = match;
    const at = stretchOf(match);
    // 19-27 and 3.5 are a range and a number; with a year they are dates.
    if (sign !== '/' && !year) return undefined;
    if (year && sign === '.' && year.length === 2) return undefined;
    const before = scene.text.slice(Math.max(0, at.start - 30), at.start);
    const behind = scene.text.slice(at.end, at.end + 20);
    const date = dayMonth(scene, at, day, Number(month), year);
    if (!year && /^(?:5|10)$/.test(month ?? '') && Number(day) <= Number(month)) {
      const dated = DATE_BEFORE.test(before) || DATE_BEHIND.test(behind);
      const scored = SCORE_BEFORE.test(before) || SCORE_BEHIND.test(behind);
      const near = date !== undefined && date.slice(0, 4) === scene.today.slice(0, 4);
      if (!dated && (scored || !near)) return { is: 'nothing', ...at };
    }
    return dateAtom(at, date, date, !year);
  },
};

/** Dates by their numbers, what is longer first. */
export const DATE_RULES: readonly Rule[] = [
  iso,
  chineseRange,
  chinese,
  slashToSlash,
  slashRange,
  slash,
  ...ENGLISH_DATE_RULES,
  ...DAY_OF_MONTH_RULES,
];
