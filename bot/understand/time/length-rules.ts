import { addDays, addMonths } from '../../../hongkong/zone.ts';
import type { DayAtom, LengthAtom, Rule, Scene } from './atom.ts';
import { stretchOf } from './atom.ts';
import { foldText, matcher, pattern } from './fold-text.ts';
import { NUMBER_EN, NUMBER_ZH, numberOf } from './numbers.ts';

type Length = Pick<LengthAtom, 'minutes' | 'days' | 'months'>;

const HOUR_ZH = '(?:點鐘頭|鐘頭|小時|鐘)';
/** 兩個半鐘, 半小時, 個半鐘, 30分鐘, 三個字, 三個骨; and joined: 一個鐘十五分鐘. */
const CLOCK_ZH = `(?:(\\d+\\.\\d|${NUMBER_ZH})?[個粒](半)?${HOUR_ZH}|(\\d+\\.\\d|${NUMBER_ZH})(?:個)?(半)?(?:小時|鐘頭)|(半)[個粒]?(?:小時|鐘頭|鐘)(?!個)|(個半)(?:小時|鐘頭|鐘))(?:(${NUMBER_ZH})分鐘?)?|(${NUMBER_ZH})分鐘|(?<![點搭踏\\d${'一二兩三四五六七八九十'}])(${NUMBER_ZH})個字(?!數)|(?<![點])(三|3)個骨|(?<![點一二三四五六七八九十\\d]{1,2}點)(?<![點])[一1]刻鐘|(?<=[遲早後前推]\\D{0,3})(\\d{1,3})分(?![\\d滿])|(?<=[遲早後推]\\D{0,2})(\\d{1,3})(?:mins?)?(?=到)`;
const CLOCK_EN = `(?<![a-z\\d.])(?:(\\d{1,2}(?:\\.\\d)?|${NUMBER_EN}|an?)[ -]?(?:and a half )?(?:hours?|hrs?|h)(?: and a half)?(?![a-z])(?:(?: and)? ?(\\d{1,2}) ?(?:mins?|minutes|m)(?![a-z]))?|(\\d{1,3}|${NUMBER_EN}) ?-?(?:minutes?|mins?|min|m(?= (?:late|early|later|earlier|behind))|(?<=(?:late|delay(?:ed)?|running)[^\\d]{0,10}\\d{1,3} ?)m)(?![a-z])|(half an hour|half hour|half-hour|½ hour|half an hr|half hr|half n hour|half a hour)|(quarter of an hour|a quarter hour)|(three quarters of an hour))`;

const QUARTER_ZH = foldText('刻鐘');

function clockZh(match: RegExpExecArray): Length | undefined {
  const [, n1, half1, n2, half2, half, halfOne, extra, minutes, strokes, quarters, late, lateBare] = match;
  const plain = minutes ?? late ?? lateBare;
  if (plain) return toLength(numberOf(plain));
  if (strokes) return toLength((numberOf(strokes) ?? 0) * 5);
  if (quarters) return toLength(45);
  if (half) return toLength(30);
  if (match[0].endsWith(QUARTER_ZH)) return toLength(15);
  const hours = halfOne ? 1.5 : n1 === undefined && n2 === undefined ? 1 : (numberOf(n1 ?? n2) ?? 0);
  return toLength((hours + ((half1 ?? half2) ? 0.5 : 0)) * 60 + (numberOf(extra) ?? 0));
}

function clockEn(match: RegExpExecArray): Length | undefined {
  const [, hours, extra, minutes, half, quarter, quarters] = match;
  if (minutes) return toLength(numberOf(minutes));
  if (half) return toLength(30);
  if (quarter) return toLength(15);
  if (quarters) return toLength(45);
  const and = match[0].includes('and a half') ? 30 : 0;
  return toLength((numberOf(hours) ?? 0) * 60 + and + Number(extra ?? 0));
}

function toLength(minutes: number | undefined): Length | undefined {
  return minutes ? { minutes: Math.round(minutes) } : undefined;
}

const DAYS_ZH = `(?<![\\d月年第第每\\/.號${'一二兩三四五六七八九十廿'}])(?:(${NUMBER_ZH}|半)個?(多)?(半)?(工作天|工作日|日(?!報|子|文|語|本|常|更|間|薪|式|[一二三四五六])|天|個?(?:半)?星期|個?禮拜|周(?![一二三四五六日年歲])|週(?![一二三四五六日年歲])|個月|年(?!級|[前]?資|齡|紀|經驗))|(半個月)|(成個月))`;
const DAYS_EN = `(?<![a-z\\d.-])(\\d{1,3}|${NUMBER_EN}|an?|(?:a )?few(?=zzz))[ -]?(?:working |business |full )?(days?|nights?|weeks?|wks?|months?|mths?|years?|yrs?|fortnight)(?![a-z-])|(?<![a-z])(fortnight)(?![a-z])`;

const WORKING = matcher('^(?:工作)');
const WEEK = matcher('星期|禮拜|周|週|^w');
const MONTH = matcher('個月|^m');
const YEAR = matcher('年|^y');
const HALF = matcher('半');

function daysOf(count: number, unit: string): Length {
  if (unit.startsWith('fortnight')) return { days: 14 * count };
  if (MONTH.test(unit)) return { months: count };
  if (YEAR.test(unit)) return { months: 12 * count };
  if (WEEK.test(unit)) return { days: 7 * count };
  if (WORKING.test(unit)) return { days: count };
  return { days: count };
}

function daysZh(match: RegExpExecArray, from: number): Length | undefined {
  const number = match[from];
  if (match[from + 4]) return { days: 15 };
  if (match[from + 5]) return { months: 1 };
  if (number !== undefined && HALF.test(number)) return YEAR.test(match[from + 3] ?? '') ? { months: 6 } : undefined;
  if (number === undefined) return undefined;
  const count = numberOf(number);
  if (count === undefined || count === 0) return undefined;
  return daysOf(count, match[from + 3] ?? '');
}

function daysEn(match: RegExpExecArray, from: number): Length | undefined {
  if (match[from + 2]) return { days: 14 };
  const count = numberOf(match[from]);
  return count ? daysOf(count, match[from + 1] ?? '') : undefined;
}

/** What stands behind a length that makes it a point in time. */
const BEHIND_ZH = '(?:(?:之|以)?[後后](?!備|退|移|推|台|生)|(之前|以前|前(?![面後台檯往途線]))|(?:之|以)?[內内])';
const BEHIND_EN = ' (?:(?:from (?:now|today)|later|after|time|hence)(?![a-z])|(ago|back|earlier|before)(?![a-z]))';
const PUSHED = matcher('(?:push|mov|shift|delay|postpon|bring|brought|put|resched|pull|推|延|押|改|順延)[^,;，。；]*$');

/** The day a length of days leads to. */
function dayFrom(scene: Scene, length: Length, sign: 1 | -1): string {
  const { today } = scene;
  return length.months ? addMonths(today, sign * length.months) : addDays(today, sign * (length.days ?? 0));
}

function dayAtom(match: RegExpExecArray, scene: Scene, length: Length, sign: 1 | -1): DayAtom {
  const date = dayFrom(scene, length, sign);
  return {
    is: 'day',
    from: date,
    to: date,
    grain: 'day',
    ...(length.days && { lengthDays: length.days }),
    ...stretchOf(match),
  };
}

const lengthAtom = (
  match: RegExpExecArray,
  length: Length | undefined,
  shift?: 'ahead' | 'back',
): LengthAtom | undefined => length && { is: 'length', ...length, ...(shift && { shift }), ...stretchOf(match) };

/** 兩日後, 過三日, 三日前 (told as past). */
const daysLaterZh: Rule = {
  pattern: pattern(`(?:${DAYS_ZH})(?:後|后|之後|之后|以後|以后)(?!備|退|移|推|生)`),
  read: (match, scene) => {
    const length = daysZh(match, 1);
    return length && dayAtom(match, scene, length, 1);
  },
};
const daysAgoZh: Rule = {
  pattern: pattern(`(?:${DAYS_ZH})(?:之前|以前|前)(?![面後台檯往途線])`),
  read: (match, scene) => {
    const length = daysZh(match, 1);
    const at = stretchOf(match);
    return length && scene.isPast(at.start, at.end) ? dayAtom(match, scene, length, -1) : undefined;
  },
};
const afterDaysZh: Rule = {
  pattern: pattern(`(?<![經不未通超])過(?:多)?(?:${DAYS_ZH})(?:後|先|再)?`),
  read: (match, scene) => {
    const length = daysZh(match, 1);
    // 過兩日 is said of any day soon.
    return length && (length.days !== 2 ? dayAtom(match, scene, length, 1) : { is: 'vague', ...stretchOf(match) });
  },
};
const minutesAroundZh: Rule = {
  pattern: pattern(`(?:${CLOCK_ZH})${BEHIND_ZH}`),
  read: (match) => lengthAtom(match, clockZh(match), match[13] ? 'back' : 'ahead'),
};
const minutesAroundEn: Rule = {
  pattern: pattern(`(?:(in ))?(?:${CLOCK_EN})(?:${BEHIND_EN})?`),
  read: (match, scene) => {
    const length = clockEn([match[0], ...match.slice(2)] as unknown as RegExpExecArray);
    const ago = match[8] !== undefined;
    const pushed = PUSHED.test(scene.text.slice(0, match.index));
    if (match[1]) return lengthAtom(match, length, 'ahead');
    if (ago && /ago$/.test(match[0])) return lengthAtom(match, length, 'back');
    if (/(?:from now|from today|time)$/.test(match[0]) || (/later$/.test(match[0]) && !pushed))
      return lengthAtom(match, length, 'ahead');
    return lengthAtom(match, length);
  },
};
const daysAroundEn: Rule = {
  pattern: pattern(`(?<![a-z])(in )?(?:about )?(?:${DAYS_EN})(?:'s?)?(?:${BEHIND_EN}|(?<=in .*) from now)?`),
  read: (match, scene) => {
    const length = daysEn(match, 2);
    if (!length) return undefined;
    const ago = match[5] === 'ago';
    const pushed = PUSHED.test(scene.text.slice(0, match.index));
    if (match[1] || /(?:from now|from today|time|hence)$/.test(match[0]) || (/later$/.test(match[0]) && !pushed))
      return dayAtom(match, scene, length, 1);
    if (ago) return dayAtom(match, scene, length, -1);
    return lengthAtom(match, length);
  },
};
const plainMinutesZh: Rule = { pattern: pattern(CLOCK_ZH), read: (match) => lengthAtom(match, clockZh(match)) };
const plainDaysZh: Rule = { pattern: pattern(DAYS_ZH), read: (match) => lengthAtom(match, daysZh(match, 1)) };

/** there in 20, running 15 late: minutes without the word. */
const inTwenty: Rule = {
  pattern: pattern('(?<![a-z])(?:(in|another) (\\d{1,2})(?=\\s*(?:$|[,.!?]|or so))|(\\d{1,2})(?= late(?![a-z])))'),
  read: (match) =>
    match[2]
      ? lengthAtom(match, { minutes: Number(match[2]) }, match[1] === 'in' ? 'ahead' : undefined)
      : lengthAtom(match, { minutes: Number(match[3]) }),
};

/** six weeks from today: read before the day word in it. */
const fromToday: Rule = {
  pattern: pattern(`(?:${DAYS_EN}) from (?:today|now)(?![a-z])`),
  read: (match, scene) => {
    const length = daysEn(match, 1);
    return length && dayAtom(match, scene, length, 1);
  },
};
export const FROM_TODAY_RULES: readonly Rule[] = [fromToday];

/** 兩日後, 三日前, 過三日: read before clocks. */
export const DAYS_AWAY_RULES: readonly Rule[] = [daysLaterZh, daysAgoZh, afterDaysZh];

export const LENGTH_RULES: readonly Rule[] = [
  minutesAroundZh,
  minutesAroundEn,
  daysAroundEn,
  plainMinutesZh,
  plainDaysZh,
  inTwenty,
];

const LATER = matcher(
  '(?:推遲|延遲|延後|押後|推後|順延|後移|後推|遲到?咗?多?|遲|晚(?!上|黑|飯)|延|退後|拖|\\bback\\b|\\bdelay(?:ed|ing)?\\b|postpon\\w*|push(?:ed|ing)?\\b|\\blate\\b|\\bbehind\\b)',
);
const EARLIER = matcher(
  '(?:提早|提前|早到?|拉前|推前|趕前|調前|移前|前移|\\bforward\\b|\\bearlier\\b|\\bearly\\b|bring|brought|\\bmove up\\b|\\bpull)',
);
const LATER_BEHIND = matcher("^ ?(?:(?:[a-z']+ ){0,2}?(?:later|late|back|behind|delay)\\b|遲|後到|後先到|之後|後)");
const EARLIER_BEHIND = matcher('^ ?(?:(?:earlier|early|forward|sooner|ahead|before)\\b|早|提前|前)');

/** Which way a length moves something, by the words around it in its own sentence. */
export function directionOf(text: string, at: { start: number; end: number }): 'earlier' | 'later' | undefined {
  const behind = text.slice(at.end, at.end + 24);
  if (EARLIER_BEHIND.test(behind)) return 'earlier';
  if (LATER_BEHIND.test(behind)) return 'later';
  const inside = text.slice(at.start, at.end);
  if (/\b(?:earlier|before)$/.test(inside)) return 'earlier';
  if (/\b(?:later|back)$/.test(inside)) return 'later';
  const before =
    text
      .slice(Math.max(0, at.start - 40), at.start)
      .split(/[,;，。；!?！？]/)
      .at(-1) ?? '';
  return nearest(before);
}

/** The direction word that stands last before the length; an earlier word of two (早 in 提早) counts as one. */
function nearest(before: string): 'earlier' | 'later' | undefined {
  const last = (words: RegExp): number => {
    let found = -1;
    for (const match of before.matchAll(new RegExp(words.source, 'g'))) found = match.index + match[0].length;
    return found;
  };
  const [later, earlier] = [last(LATER), last(EARLIER)];
  if (later < 0 && earlier < 0) return undefined;
  // "bring Kelly's 11:30 forward", "push … back": the particle stands nearer.
  return later > earlier ? 'later' : 'earlier';
}
