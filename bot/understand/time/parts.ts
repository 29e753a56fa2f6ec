import type { Rule } from './atom.ts';
import { stretchOf } from './atom.ts';
import { pattern } from './fold-text.ts';

/** Parts of the day as an employer means them, in hours. */
export const PARTS = {
  night_hours: { from: 0, to: 6 },
  morning: { from: 9, to: 12 },
  noon: { from: 12, to: 14 },
  afternoon: { from: 14, to: 18 },
  dusk: { from: 17, to: 19 },
  evening: { from: 18, to: 22 },
} as const;

export type PartName = keyof typeof PARTS;

/** Words for each part. Single characters count only before a clock (早9點). */
const PART_WORDS: Readonly<Record<PartName, { zh: string; short?: string; en?: string }>> = {
  night_hours: { zh: '凌晨|半夜' },
  morning: {
    zh: '朝頭早|晨早|清晨|清早|一早|朝早|上晝|上午|早上|(?<=[日天])早晨|(?<=[一二三四五六日天今])朝(?=[,，\\s見得]|$)',
    short: '早|朝',
    en: 'first thing(?: in the morning)?|(?:early |late |in the |the |this )?mornings?|in the a\\.?m\\.?',
  },
  noon: { zh: '午飯時間|食晏時間|中午|晏晝飯', en: 'lunch ?times?|lunch hour|(?<=\\b(?:after|before|over|at) )lunch' },
  afternoon: {
    zh: '下晝|下午|晏晝|晏(?=\\d)|午後',
    short: '晏',
    en: '(?:early |late |in the |the |this )?(?:afternoons?|arvo|aftn)|in the p\\.?m\\.?',
  },
  dusk: { zh: '傍晚|黃昏' },
  evening: {
    zh: '夜晚黑|夜晚|晚黑|晚上|夜間|晚間',
    short: '晚|夜',
    en: '(?:early |late |in the |the |this )?evenings?|at night|(?<=\\b(?:tmr|tmrw|tomorrow|mon|tue|wed|thu|fri|sat|sun|day) )(?:night|eve)',
  },
};

/** The first letter of 朝 behind 今, 聽 and a weekday is read with the day. */
const CLOCK_AHEAD = '(?=(?:\\d{1,2}|[一二兩三四五六七八九十]{1,3}) ?(?:[點時]|:\\d\\d)|半?\\d{1,2}:\\d\\d)';
/** A greeting is no time. */
const NO_GREETING =
  '(?!好|安|晨|[ ,!~]*(?:everyone|everybody|all|team|guys|boss|sir)\\b|shift|[ -]?(?:shift|availability|peak|team|tea))';

function partRule(part: PartName): Rule[] {
  const { zh, short, en } = PART_WORDS[part];
  const of = (source: string): Rule => ({
    pattern: pattern(source),
    read: (match) => ({ is: 'part', part, ...stretchOf(match) }),
  });
  const rules = [of(`(?:${zh})(?!好|安|更|茶)`)];
  if (short) rules.push(of(`(?<![提最遲])(?:${short})${CLOCK_AHEAD}`));
  if (en)
    rules.push(
      of(`(?<!\\bgood |\\bgd |[a-z]|^(?=morning|afternoon|evening))(?:${en})\\b${NO_GREETING}`),
      of(`^(?:${en})\\b(?= ?(?:works|ok|is|at|pls|please|only|or|$))`),
    );
  return rules;
}

/** am and pm behind a day: Thu pm. */
const BARE_MERIDIEM: Rule = {
  pattern: pattern('(?<=[a-z\\d\\u4e00-\\u9fff][ ,]{0,2})\\b(am|pm)\\b(?! i\\b)'),
  read: (match) => ({ is: 'part', part: match[1] === 'am' ? 'morning' : 'afternoon', weak: true, ...stretchOf(match) }),
};

export const PART_RULES: readonly Rule[] = [
  ...(Object.keys(PART_WORDS) as PartName[]).flatMap(partRule),
  BARE_MERIDIEM,
];

/**
 * A clock nobody gave a.m. or p.m. for, put into a part of the day: 9 in the evening is 21:00, 12 at night is the midnight
 * that ends the day, 1 at noon is 13:00.
 * @param minutes since midnight as it was first taken
 */
export function clockInPart(minutes: number, part: PartName): number {
  const half = 12 * 60;
  const am = minutes % half;
  switch (part) {
    case 'night_hours':
    case 'morning':
      return part === 'morning' && minutes >= half && am < 60 ? minutes : am;
    case 'noon':
      return am < 3 * 60 ? am + half : am;
    case 'afternoon':
    case 'dusk':
      return am + half;
    case 'evening':
      return am < 60 ? am + 2 * half : am + half;
  }
}
