import { type Rule, stretchOf } from './atom.ts';
import { clock, HOUR_ZH, isTwentyFour, minutesOf, rangeOf } from './clock-value.ts';
import { foldText, matcher, pattern } from './fold-text.ts';
import { numberOf } from './numbers.ts';

const MINUTES_ZH =
  '(半|踏?正|[三3][個]骨|[一1]?[個]骨|[一三13]刻|[搭踏](?:[一二兩三四五六七八九十]{1,2}|1[0-2]|[1-9])(?:個字)?|(?:[一二兩三四五六七八九十]{1,2}|1[0-2]|[1-9])個字|零[一二三四五六七八九五]分?|[一二三四五]?十[一二三四五六七八九]?分?|[一二三四五六七八九](?![個點時十人位分])|[一二三四五六七八九]分|[0-5]\\d分?(?![\\d點時/])|[1-9](?![\\d個人位點時分/月號日.:-]|分鐘)|[1-9]分(?!鐘)|幾)?';
/** 三點意見, 一點都, 早一點: a point or a bit, no clock. */
const NO_POINT = '(?!意見|要求|建議|原因|問題|理由|都|兒|也|點|可|要講|要留意|鐘頭|錢)';

/** 三點半, 3點九個字, 10點3, 十點搭六, 下午3時30分. */
export const spoken: Rule = {
  pattern: pattern(
    `(?:(?<![\\d.$第])|(?<=/(?:1[0-2]|0?[1-9]))(?=[一二兩三四五六七八九十]))(${HOUR_ZH}) ?(?:點鐘?|時(?!間|候|段|薪|數|限|期|裝|尚|長|都))${NO_POINT}${MINUTES_ZH}(?:鐘)?(正)?`,
  ),
  read: (match, scene) => {
    const [, hour, minutes] = match;
    const at = stretchOf(match);
    if (A_BIT.test(match[0]) && !minutes && isBit(scene.text.slice(0, at.start), scene.text.slice(at.end)))
      return undefined;
    return clock(
      at,
      spokenMinutes(numberOf(hour), minutes, hour),
      !isTwentyFour(hour),
      minutes === SEVERAL ? { approximate: true } : {},
    );
  },
};
const A_BIT = matcher('^一點');
const BIT_BEFORE = matcher('(?<![今聽明尋琴昨後夜朝])[早晚遲快慢多少有差大小好近遠高低長短]$');
const BIT_BEHIND = matcher('^(?:吧|啦|吖|喇)');
const DAY_BEFORE = matcher('[晝午晚朝夜早日號一二三四五六天改到至]$');
/** 快一點, 認真一點啦: more of something; 下晝一點啦 is a clock. */
const isBit = (before: string, behind: string): boolean =>
  BIT_BEFORE.test(before) || (BIT_BEHIND.test(behind) && !DAY_BEFORE.test(before.trimEnd()));
const SEVERAL = foldText('幾');
const QUARTER = matcher('[骨刻]');
const THREE = matcher('^[三3]');
const STROKE = matcher('[搭踏字]');
const MINUTE = matcher('分');
const NO_DIGITS = pattern('[搭踏個字分零]');

/** 半 = 30, 九個字 = 45, 搭六 = 30, 3點9 = 45 (the hand of the clock), 30分 = 30. */
function spokenMinutes(
  hour: number | undefined,
  text: string | undefined,
  typed: string | undefined,
): number | undefined {
  const whole = (minute: number): number | undefined => minutesOf(hour, minute, isTwentyFour(typed) ? '24' : undefined);
  if (!text || text.endsWith('正') || text === SEVERAL) return whole(0);
  if (text === '半') return whole(30);
  if (QUARTER.test(text)) return whole(THREE.test(text) ? 45 : 15);
  const value = numberOf(text.replace(NO_DIGITS, ''));
  if (value === undefined) return undefined;
  const byHand = STROKE.test(text) || (!MINUTE.test(text) && value < 12 && !/^0/.test(text) && text.length <= 2);
  const minute = byHand ? value * 5 : value;
  // 三點十二個字 is four o'clock.
  return minute === 60 && hour !== undefined ? minutesOf(hour + 1, 0) : whole(minute);
}

/** 三四點: somewhere between. */
export const threeFour: Rule = {
  pattern: pattern('(?<![一二兩三四五六七八九十\\d])([一二兩三四五六七八九])([二三四五六七八九十])點(?:鐘)?'),
  read: (match) => {
    const [first, second] = [numberOf(match[1]), numberOf(match[2])];
    if (first === undefined || second !== first + 1) return undefined;
    const start = minutesOf(first, 0);
    const end = minutesOf(second, 0);
    return end === undefined ? undefined : rangeOf(stretchOf(match), start, end, true, { approximate: true });
  },
};

/** 點半: half past one. */
export const halfPastOne: Rule = {
  pattern: pattern('(?<![\\d一二兩三四五六七八九十幾半早晚遲快慢差])點半(?!點)'),
  read: (match) => clock(stretchOf(match), 13 * 60 + 30, true),
};

/** 下晝3, 朝早9: a number behind a part of the day. */
export const behindPart: Rule = {
  pattern: pattern(
    `(?<=(?:下晝|下午|晏晝|朝早|上晝|上午|早上|夜晚|晚上|今晚|聽晚|聽朝|傍晚) ?)(1[0-2]|[1-9])(?=$|[\\s,，.。!?]|見|得|嚟|面|可|ok|半)(半)?`,
  ),
  read: (match) => clock(stretchOf(match), minutesOf(Number(match[1]), match[2] ? 30 : 0), true),
};
