import { addDays } from '../../../hongkong/zone.ts';
import { type DayAtom, type Rule, type Scene, stretchOf } from './atom.ts';
import { inWeek, lastWeekday, nextWeekday } from './calendar.ts';
import { pattern } from './fold-text.ts';
import type { PartName } from './parts.ts';

/** Days called by a word, in days from today. What follows `part` belongs to that part of the day. */
const DAY_WORDS: readonly { days: number; zh?: string; en?: string; part?: PartName }[] = [
  { days: 0, part: 'evening', zh: '今晚|今夜|是晚', en: 'tonight|tonite|2nite|this evening' },
  { days: 0, part: 'morning', zh: '今朝|今早' },
  { days: 1, part: 'morning', zh: '聽朝|聽早|明早|明朝', en: '(?:tmrw?|tomorrow|tml) (?:morning|morn)' },
  { days: 1, part: 'evening', zh: '聽晚|明晚', en: '(?:tmrw?|tomorrow|tml) (?:night|evening|nite)' },
  { days: 1, part: 'afternoon', zh: '聽晏' },
  { days: -1, part: 'evening', zh: '尋晚|琴晚|昨晚|噚晚', en: 'last (?:night|evening)|yesterday (?:night|evening)' },
  { days: -1, part: 'morning', zh: '尋朝|琴朝|昨早|噚朝', en: 'yesterday morning' },
  { days: 2, part: 'morning', zh: '後朝|后朝' },
  { days: 2, part: 'evening', zh: '[後后]晚(?!上?輩)' },
  { days: -2, part: 'evening', zh: '前晚' },
  { days: 4, zh: '大大[後后][日天]' },
  { days: 3, zh: '大[後后][日天]' },
  { days: -3, zh: '大前[日天]' },
  {
    days: 2,
    zh: '(?<![之以此然隨今最先落背過])[後后][日天](?![子程期常記])',
    en: '(?:the )?day after (?:tomorrow|tmrw?|tml)|overmorrow',
  },
  { days: -2, zh: '(?<![之以此日目天月生幾])前[日天](?![子期])', en: '(?:the )?day before (?:yesterday|ytd|yest)' },
  {
    days: 1,
    zh: '[聽厅廳]日|(?<![聲說光表])明[日天](?!期)|翌日',
    en: 'tomorrow|tommorow|tommorrow|tomorow|tomorro|tmrw|tmmr|tmr|tmw|tml|tomoz|2moro|2mrw|2morrow',
  },
  { days: -1, zh: '[尋琴噚擒昨][日天]|昨(?=[,， ]|$)', en: 'yesterday|yesterdays|yest|yday|ytd' },
  { days: 0, zh: '今日|今天|今次日|本日|即日|當日即(?!時)', en: 'today|tdy|2day|todays' },
];

const dayWordRules = DAY_WORDS.map(
  ({ days, zh, en, part }): Rule => ({
    pattern: pattern([zh ? `(?:${zh})` : '', en ? `(?<![a-z])(?:${en})(?![a-z])` : ''].filter(Boolean).join('|')),
    read: (match, scene) => {
      const date = addDays(scene.today, days);
      return { is: 'day', from: date, to: date, grain: 'day', ...(part && { part }), ...stretchOf(match) };
    },
  }),
);

/** Weekday characters, as written behind 星期 and its short forms. */
const WEEKDAY_CHARS: Readonly<Record<string, number>> = {
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
  '7': 0,
};

/** 星期, 禮拜, 周, 拜 and w: what stands before the weekday's character. */
export const WEEK_ZH = '(?:星期|禮拜|周|週|拜|(?<![a-z])w(?=[一二三四五六日1-6](?!\\d)))';
const WEEK_BEFORE = '(?:(下下下|下下|下|上上|上|今|這|呢|本|依|嚟緊|来緊|逢|每|隔)(?:一?個)?)?';
/** A weekday's character is none when it begins a clock, a number or a count: 下星期三個slot, 星期三四點. */
const DAY_CHAR =
  '(?:[一二三四五六日天](?![點時號]|十(?![一二]?[點時])|個(?:slot|人|名額|位|字|鐘))|[1-7](?![\\d:.點時號月/-]|個(?!人)))';
const LIST_ZH = `${WEEK_BEFORE}${WEEK_ZH}(${DAY_CHAR})((?:[、,/及和同或與定]?(?:[一二三四五六日天](?![一二三四五六七八九十]*(?:[點時號]|個字|個鐘|個半))|(?<=[/、])[1-7](?![\\d:.點時號月]))){0,6})(?:([至到~～-]|to)(?:星期|禮拜|周|週|拜)?([一二三四五六日天]|[1-7](?![\\d:.點時號月]))(?![點時號十]))?`;

/** Weeks from this one by the character before 星期. */
function weeksOf(word: string | undefined): number | undefined {
  if (!word) return undefined;
  if (word.startsWith('下')) return word.length;
  if (word.startsWith('上')) return -word.length;
  return '今這呢本依'.includes(word) ? 0 : undefined;
}

/** A weekday with the week it is in; bare: the next one, told as past the last one. */
export function weekdayAtom(
  scene: Scene,
  at: { start: number; end: number },
  weekday: number,
  weeks: number | undefined,
  recurring = false,
): DayAtom {
  const past = weeks === undefined && !recurring && scene.isPast(at.start, at.end);
  const date =
    weeks === undefined
      ? past
        ? lastWeekday(scene.today, weekday)
        : nextWeekday(scene.today, weekday)
      : inWeek(scene.monday, weekday, weeks);
  return {
    is: 'day',
    from: date,
    to: date,
    grain: 'day',
    weekday,
    ...(weeks === undefined && { bare: true as const }),
    ...(recurring && { recurring: true as const }),
    start: at.start,
    end: at.end,
  };
}

const weekdayZh: Rule = {
  pattern: pattern(LIST_ZH),
  read: (match, scene) => {
    const before = match[1];
    const weeks = weeksOf(before === undefined ? undefined : WEEKS_BACK.get(before));
    const recurring = RECURRING.has(WEEKS_BACK.get(before ?? '') ?? '');
    const listed = match[3] ?? '';
    const ranged = match[5] === undefined ? '' : match[0].slice(match[0].lastIndexOf(match[4] ?? ''));
    const head = match[0].length - listed.length - ranged.length;
    const first = weekdayAtom(
      scene,
      { start: match.index, end: match.index + head },
      WEEKDAY_CHARS[match[2] ?? ''] ?? 0,
      weeks,
      recurring,
    );
    const atoms = [first];
    for (const one of listed.matchAll(LISTED)) {
      const start = match.index + head + one.index;
      atoms.push(weekdayAtom(scene, { start, end: start + 1 }, WEEKDAY_CHARS[one[0]] ?? 0, weeks, recurring));
    }
    if (ranged) {
      const end = match.index + match[0].length;
      atoms.push(
        weekdayAtom(
          scene,
          { start: match.index + match[0].length - ranged.length + (match[4] ?? '').length, end },
          WEEKDAY_CHARS[match[5] ?? ''] ?? 0,
          weeks,
          recurring,
        ),
      );
    }
    return atoms;
  },
};

const RECURRING = new Set(['逢', '每', '隔']);
const LISTED = pattern('[一二三四五六日天1-7]');

/** Folded spellings of the words before 星期, back to the ones above. */
const WEEKS_BACK: ReadonlyMap<string, string> = new Map(
  ['下下下', '下下', '下', '上上', '上', '今', '這', '呢', '本', '依', '嚟緊', '来緊', '逢', '每', '隔'].map((word) => [
    pattern(word).source,
    word,
  ]),
);

/** Weekdays in English with what hurried people make of them. */
const WEEKDAYS_EN: readonly (readonly [string, number])[] = [
  ['mondays?|mon|mondy|moday', 1],
  ['tuesdays?|tues|tue|tuseday|teusday', 2],
  ['wednesdays?|weds|wed|wednsday|wendesday|wensday|wednesdy', 3],
  ['thursdays?|thurs|thur|thu|thrusday|thursdy|thusday', 4],
  ['fridays?|fri|firday|frieday', 5],
  ['saturdays?|sat|saterday|satuday', 6],
  ['sundays?|sun', 0],
];
export const WEEKDAY_EN = `(?:${WEEKDAYS_EN.map(([names]) => names).join('|')})`;

/** 0 Sunday to 6 Saturday of an English name. */
export function weekdayOfName(name: string): number {
  return WEEKDAYS_EN.find(([names]) => new RegExp(`^(?:${names})$`).test(name))?.[1] ?? 0;
}

/** "he sat", "Mr Sun", "the sun" are no weekdays. */
const NOT_WEEKDAY =
  '(?<!\\b(?:he|she|they|we|i|who|mr|mrs|ms|miss|the|dr) (?=(?:sat|sun)\\b(?! (?:training|interview|slot|session|shift|class|one|morning|afternoon)))|\\b(?:he|she|they|we|who)(?:ve|s)? just )(?!sat (?:down|in|there|through|with|at)\\b|sun (?:hung|life|yat|wah|kong|ray|set))';
const weekdayEn: Rule = {
  pattern: pattern(
    `(?<![a-z'])((?:(?:the )?week after )?(?:next next|next|nxt|last|this past|past|this coming|coming|this|every|each|on) )?(?:the )?${NOT_WEEKDAY}(${WEEKDAY_EN})(?![a-z])\\.?(?:'s\\b)?( (?:of )?(?:next|nxt) (?:week|wk)|,? (?:of )?(?:this) (?:week|wk)|,? (?:of )?last (?:week|wk)| week(?!ly)| fortnight| after next|,? (?:of )?the week after(?: next)?)?(?![a-z])`,
  ),
  read: (match, scene) => {
    const before = (match[1] ?? '').trim();
    const behind = match[3] ?? '';
    const name = match[2] ?? '';
    const recurring = /^(?:every|each)/.test(before) || (/s$/.test(name) && !/^(?:tues|weds|thurs)$/.test(name));
    return weekdayAtom(scene, stretchOf(match), weekdayOfName(name), weeksEn(before, behind), recurring && !behind);
  },
};

function weeksEn(before: string, behind: string): number | undefined {
  if (/last (?:week|wk)/.test(behind)) return -1;
  if (/this (?:week|wk)/.test(behind)) return 0;
  if (/after next/.test(behind) || /fortnight/.test(behind)) return 2;
  if (/week|wk/.test(behind)) return 1;
  if (before === 'next next') return 2;
  if (/^(?:next|nxt)$/.test(before)) return 1;
  if (before === 'last') return -1;
  if (before === 'this') return 0;
  return undefined;
}

/** 下個Wed, 今個Fri: a Chinese week before an English day. */
const chineseWeek: Rule = {
  pattern: pattern(`(下下|下|上|今|呢|這)(?:一?個|星期|禮拜) ?(${WEEKDAY_EN})(?![a-z])`),
  read: (match, scene) =>
    weekdayAtom(
      scene,
      stretchOf(match),
      weekdayOfName(match[2] ?? ''),
      weeksOf(WEEKS_BACK.get(match[1] ?? '') ?? match[1]),
    ),
};

/** Tues and Weds next week: the week behind the last day is that of all. */
const daysThenWeek: Rule = {
  pattern: pattern(
    `(?<![a-z])(${WEEKDAY_EN})(?:s)?(?= ?(?:and|or|&|/|,|n) ?(?:${WEEKDAY_EN}) (?:of )?(?:next|nxt) (?:week|wk)(?![a-z]))`,
  ),
  read: (match, scene) => weekdayAtom(scene, stretchOf(match), weekdayOfName(match[1] ?? ''), 1),
};

/** next week Fri, next week's Wed, 下星期嘅三: the week stands before the day. */
const weekThenDay: Rule = {
  pattern: pattern(`(?<![a-z])(next next|next|nxt|this|last) (?:week|wk)(?:'s|s)?,? (?:on )?(${WEEKDAY_EN})(?![a-z])`),
  read: (match, scene) =>
    weekdayAtom(scene, stretchOf(match), weekdayOfName(match[2] ?? ''), weeksEn(match[1] ?? '', '')),
};

/** fortnight Monday, a week on Monday, Monday in two weeks. */
const weeksOnDay: Rule = {
  pattern: pattern(`(?<![a-z])(?:a )?(week|fortnight|two weeks|2 weeks) (?:on|from|this) (${WEEKDAY_EN})(?![a-z])`),
  read: (match, scene) =>
    weekdayAtom(scene, stretchOf(match), weekdayOfName(match[2] ?? ''), match[1] === 'week' ? 1 : 2),
};

/** this past Friday: always the last one. */
const pastWeekday: Rule = {
  pattern: pattern(`(?<![a-z])(?:this )?past (${WEEKDAY_EN})(?![a-z])`),
  read: (match, scene) => {
    const weekday = weekdayOfName(match[1] ?? '');
    const date = lastWeekday(scene.today, weekday);
    return { is: 'day', from: date, to: date, grain: 'day', weekday, ...stretchOf(match) };
  },
};

/** 27/11(五): the weekday in brackets behind a date. */
const bracketed: Rule = {
  pattern: pattern('(?<=[日號\\d] ?)[(（]([一二三四五六日])[)）]'),
  read: (match, scene) => weekdayAtom(scene, stretchOf(match), WEEKDAY_CHARS[match[1] ?? ''] ?? 0, undefined),
};

export const DAY_RULES: readonly Rule[] = [
  ...dayWordRules,
  chineseWeek,
  daysThenWeek,
  weekThenDay,
  weeksOnDay,
  pastWeekday,
  weekdayEn,
  weekdayZh,
  bracketed,
];
