import { DIGITS } from '../../../hongkong/chinese-number.ts';
import type { LocalDate } from '../../../hongkong/zone.ts';
import { type Rule, type Scene, stretchOf } from './atom.ts';
import { dayInSomeMonth, existingDay, monthOf, monthText, yearOf } from './calendar.ts';
import { AND, D, dateAtom, someDays, TO } from './date-words.ts';
import { matcher, pattern } from './fold-text.ts';
import { numberOf } from './numbers.ts';

/** 28號, 27-29號, 下個月3號, the 28th: a day of the month whose month goes without saying. */

/** 8號波, 1號舖, 2號線 … are no days. */
const NOT_DAY =
  '(?!波|風|仔|舖|線|枱|檯|台|門口|門店|貨|巴士|車|房|櫃|碼|員|客|院|館|閘|位|場館|倉庫|出口|球|機|人|\\s?signal|鋪|分店|店|候選|選手|應徵|申請|wifi)';
const NUMBERED = matcher('(?:\\bt|no\\.?|signal|flat|room|shop|舖|鋪|店|座|閘口?) ?$');
/** What makes 20日 a length. */
const LONG_BEFORE = matcher('[遲延推早前停暫請放提過做滿約共後未去試用超](?:後|遲|咗|了|期|工|更|做)?$');
const IN_MONTH = '(?:(今|本|呢|這|下|下下|上)(?:一?個)?月)';

const dayOnlyRange: Rule = {
  pattern: pattern(
    `(?:${IN_MONTH}|(?<![\\d月年$${DIGITS}]))(${D}|[${DIGITS}]{1,3})(?:[號日]?(${TO})|號?${AND})(${D}|[${DIGITS}]{1,3})號${NOT_DAY}`,
  ),
  read: (match, scene) =>
    someDays(
      match,
      match[2],
      match[4],
      match[3] !== undefined,
      (day) => dayInMonth(scene, stretchOf(match), day, match[1]),
      true,
    ),
};

function dayInMonth(
  scene: Scene,
  at: { start: number; end: number },
  day: string | undefined,
  word: string | undefined,
): LocalDate | undefined {
  const number = numberOf(day);
  if (number === undefined || number < 1 || number > 31) return undefined;
  if (!word) return dayInSomeMonth(scene.today, number, scene.isPast(at.start, at.end));
  const step = word === '下' ? 1 : word === '下下' ? 2 : word === '上' ? -1 : 0;
  const first = `${monthText(yearOf(scene.today), monthOf(scene.today) + step)}-01`;
  return existingDay(yearOf(first), monthOf(first), number);
}

const dayOnly: Rule = {
  pattern: pattern(
    `(?:${IN_MONTH}|(?<![\\d月年$]|第)(?<![${DIGITS}](?=[${DIGITS}])))([${DIGITS}]{1,3}|${D})號${NOT_DAY}`,
  ),
  read: (match, scene) => {
    const at = stretchOf(match);
    if (NUMBERED.test(scene.text.slice(0, at.start))) return undefined;
    const date = dayInMonth(scene, at, match[2], match[1]);
    return dateAtom(at, date, date, !match[1]);
  },
};

/** 28日: a day of the month where it cannot be a length. */
const dayWritten: Rule = {
  pattern: pattern(
    `(?:${IN_MONTH}(${D}|[${DIGITS}]{1,3})|(?<![\\d年月.${DIGITS}第過每])(1[5-9]|2\\d|3[01]|[廿卅][一二三四五六七八九]?|二十[一二三四五六七八九]?|[12]?\\d(?=日 ?[(（]?(?:星期|周|禮拜|上午|下午|朝|晏|中午))))日(?![後內間前假通程薪租子之以])`,
  ),
  read: (match, scene) => {
    const at = stretchOf(match);
    if (!match[1] && LONG_BEFORE.test(scene.text.slice(0, at.start))) return undefined;
    const date = dayInMonth(scene, at, match[2] ?? match[3], match[1]);
    return dateAtom(at, date, date, !match[1]);
  },
};

const NTH_BEHIND = matcher(
  '^\\s*(?:$|[,.;:!?)，。、—-]|\\d|[\\u4e00-\\u9fff]|(?:at|@|if|or|and|from|to|till|until|is|was|works?|ok|okay|pls|please|plz|instead|morning|afternoon|evening|am|pm|onwards?|for|then|in|with|w|n|of (?:this|next|the) month|this month|next month|same|can|she|he|they|i|we|as|but|mon|tue|wed|thu|fri|sat|sun)\\b)',
);

/** the 28th, on 28th. */
const nth: Rule = {
  pattern: pattern(
    "(?<![\\d/.a-z])(the |next month(?:'s)? (?:the )?|on (?:the )?|by (?:the )?|from (?:the )?|before (?:the )?|after (?:the )?|until (?:the )?|till (?:the )?|to (?:the )?)?(3[01]|[12]?\\d)(?:st|nd|rd|th)( of (?:next|this) month| next month)?(?![a-z0-9])",
  ),
  read: (match, scene) => {
    const at = stretchOf(match);
    const day = Number(match[2]);
    if (!match[1] && !match[3] && day < 4) return undefined;
    if (!match[3] && !NTH_BEHIND.test(scene.text.slice(at.end))) return undefined;
    // The preposition stays outside: it is the marker of the day.
    const lead = match[1] && !/^(?:the|next) /.test(match[1]) ? match[1].search(/the |$/) : 0;
    const date = dayInMonth(
      scene,
      at,
      match[2],
      match[3]?.includes('next') || match[1]?.startsWith('next') ? '下' : match[3] ? '今' : undefined,
    );
    return dateAtom({ start: at.start + lead, end: at.end }, date, date, true);
  },
};

export const DAY_OF_MONTH_RULES: readonly Rule[] = [dayOnlyRange, dayOnly, dayWritten, nth];
