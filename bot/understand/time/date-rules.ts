import { DIGITS } from '../../../hongkong/chinese-number.ts';
import type { LocalDate } from '../../../hongkong/zone.ts';
import { type DayAtom, type Rule, type Scene, stretchOf } from './atom.ts';
import { dayInSomeMonth, dayInSomeYear, existingDay, lastDayOfMonth, monthOf, monthText, yearOf } from './calendar.ts';
import { foldText, matcher, pattern } from './fold-text.ts';
import { numberOf } from './numbers.ts';

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
const AND = '\\s*(?:,|、|/|&|同埋?|和|及|或者?|定|and|or)\\s*';
const D = '(?:3[01]|[12]\\d|0?[1-9])';
const D_ZH = `(?:${D}(?!\\d)|[${DIGITS}]{1,3})`;
const M_ZH = `(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])`;
const YEAR_EN = '(?:,? (20\\d\\d)(?!\\d))?';
const ORDINAL = '(?:st|nd|rd|th)?';

function atom(
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
function dayMonth(
  scene: Scene,
  at: { start: number; end: number },
  day?: string,
  month?: number,
  year?: string,
): LocalDate | undefined {
  const number = numberOf(day);
  if (number === undefined || !month) return undefined;
  if (year) return existingDay(Number(year.length === 2 ? `20${year}` : year), month, number);
  return dayInSomeYear(scene.today, month, number, scene.isPast(at.start, at.end));
}

/** Several days of one month: 19-27 Dec, 12月19至27, 25/26 Nov, 27、28號. */
function days(
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
  if (ranged) return to >= from ? atom(at, from, to, assumed) : undefined;
  // The second day's own words begin behind what joins them.
  const split = at.start + match[0].indexOf(second ?? '', (first ?? '').length + match[0].indexOf(first ?? ''));
  const one = atom({ start: at.start, end: split }, from, from, assumed);
  const two = atom({ start: split, end: at.end }, to, to, assumed);
  return one && two ? [one, two] : undefined;
}

const iso: Rule = {
  pattern: pattern(
    '(?<![\\d/-])(20\\d\\d|19\\d\\d)(?:[-/.]|年 ?)(1[0-2]|0?[1-9])(?:[-/.]|月 ?)(3[01]|[12]\\d|0?[1-9])[日號]?(?:t(?=\\d\\d:))?(?![\\d/-]\\d|\\d)',
  ),
  read: (match) => {
    const date = existingDay(Number(match[1]), Number(match[2]), Number(match[3]));
    return atom(stretchOf(match), date, date, false);
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
    days(
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
    return atom(at, date, date, !word);
  },
};

const slashRange: Rule = {
  pattern: pattern(`(?<![\\d/:.])(${D})(?:-|–|~|至|到)(${D})/(1[0-2]|0?[1-9])(?!\\d|/\\d)`),
  read: (match, scene) =>
    days(match, match[1], match[2], true, (day) => dayMonth(scene, stretchOf(match), day, Number(match[3])), true),
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
    '(?<![\\d/:.$-]|\\d[.-])(3[01]|[12]\\d|0?[1-9])(/|-|\\.)(1[0-2]|0?[1-9])(?:\\2(20\\d\\d|\\d\\d))?(?![\\d/%]|[.:-]\\d|f\\b|樓)',
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
    return atom(at, date, date, !year);
  },
};

const dayMonthRange: Rule = {
  pattern: pattern(
    `(?<![\\d:.$/-])(${D})${ORDINAL}(?:(${TO})|${AND})(${D})${ORDINAL}(?: of)?[ -]?(${MONTH_EN})${YEAR_EN}`,
  ),
  read: (match, scene) =>
    days(
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
      : days(
          match,
          match[2],
          match[4],
          match[3] !== undefined,
          (day) => dayMonth(scene, stretchOf(match), day, monthOfName(match[1]), match[5]),
          !match[5],
        ),
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
    return atom(at, date, date, !(match[4] ?? match[5]));
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
    return atom(at, date, date, !match[4]);
  },
};

/** 8號波, 1號舖, 2號線 … are no days. */
const NOT_DAY =
  '(?!波|風|仔|舖|線|枱|檯|台|門口|門店|貨|巴士|車|房|櫃|碼|員|客|院|館|閘|位|場館|倉庫|出口|球|機|人|\\s?signal|鋪|分店|店|候選|選手|應徵|申請|wifi)';
const NUMBERED = matcher('(?:\\bt|no\\.?|signal|flat|room|shop|舖|鋪|店|座|閘口?) ?$');
/** What makes 20日 a length. */
const LONG_BEFORE = matcher('[遲延推早前停暫請放提過做滿約共後未去試用超](?:後|遲|咗|了|期)?$');
const IN_MONTH = '(?:(今|本|呢|這|下|下下|上)(?:一?個)?月)';

const dayOnlyRange: Rule = {
  pattern: pattern(
    `${IN_MONTH}?(?<![\\d月年$${DIGITS}])(${D}|[${DIGITS}]{1,3})[號日]?(?:(${TO})|${AND})(${D}|[${DIGITS}]{1,3})號${NOT_DAY}`,
  ),
  read: (match, scene) =>
    days(
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
  pattern: pattern(`${IN_MONTH}?(?<![\\d月年$]|第)(?<![${DIGITS}](?=[${DIGITS}]))([${DIGITS}]{1,3}|${D})號${NOT_DAY}`),
  read: (match, scene) => {
    const at = stretchOf(match);
    if (NUMBERED.test(scene.text.slice(0, at.start))) return undefined;
    const date = dayInMonth(scene, at, match[2], match[1]);
    return atom(at, date, date, !match[1]);
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
    return atom(at, date, date, !match[1]);
  },
};

const NTH_BEHIND = matcher(
  '^\\s*(?:$|[,.;:!?)，。、—-]|\\d|[\\u4e00-\\u9fff]|(?:at|@|if|or|and|from|to|till|until|is|was|works?|ok|okay|pls|please|plz|instead|morning|afternoon|evening|am|pm|onwards?|for|then|in|with|w|n|of (?:this|next|the) month|this month|next month|same|can|she|he|they|i|we|as|but|mon|tue|wed|thu|fri|sat|sun)\\b)',
);

/** the 28th, on 28th. */
const nth: Rule = {
  pattern: pattern(
    '(?<![\\d/.a-z])(the |on (?:the )?|by (?:the )?|from (?:the )?|before (?:the )?|after (?:the )?|until (?:the )?|till (?:the )?|to (?:the )?)?(3[01]|[12]?\\d)(?:st|nd|rd|th)( of (?:next|this) month| next month)?(?![a-z0-9])',
  ),
  read: (match, scene) => {
    const at = stretchOf(match);
    const day = Number(match[2]);
    if (!match[1] && !match[3] && day < 4) return undefined;
    if (!match[3] && !NTH_BEHIND.test(scene.text.slice(at.end))) return undefined;
    // The preposition stays outside: it is the marker of the day.
    const lead = match[1] && !/^the /.test(match[1]) ? match[1].search(/the |$/) : 0;
    const date = dayInMonth(scene, at, match[2], match[3]?.includes('next') ? '下' : match[3] ? '今' : undefined);
    return atom({ start: at.start + lead, end: at.end }, date, date, true);
  },
};

export const DATE_RULES: readonly Rule[] = [
  iso,
  chineseRange,
  chinese,
  slashRange,
  slash,
  dayMonthRange,
  monthDayRange,
  dayThenMonth,
  monthThenDay,
  dayOnlyRange,
  dayOnly,
  dayWritten,
  nth,
];

/** First and last day of a month. */
export function wholeMonth(year: number, month: number): { from: LocalDate; to: LocalDate; month: string } {
  const text = monthText(year, month);
  return { from: `${text}-01`, to: lastDayOfMonth(Number(text.slice(0, 4)), Number(text.slice(5))), month: text };
}
