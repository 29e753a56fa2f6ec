import { type Rule, stretchOf } from './atom.ts';
import { CLOCK_ENDS, clock, HOUR_EN, MERIDIEM, minutesOf, rangeOf, TO } from './clock-value.ts';
import { pattern } from './fold-text.ts';
import { MOVING } from './moved.ts';
import { numberOf } from './numbers.ts';

/** between 2 and 4, from 9 to 5; behind a day also 2-4. */
export const between: Rule = {
  pattern: pattern(
    `(?<![a-z])(?:(?<lead>between|btw|from) )(\\d{1,2}|${HOUR_EN})(?:[.:]([0-5]\\d))?(?: ?${MERIDIEM})?(?: ?(?:and|n|&)|${TO})\\s*(\\d{1,2}|${HOUR_EN})(?:[.:]([0-5]\\d))?(?: ?${MERIDIEM})?${CLOCK_ENDS}`,
  ),
  read: (match, scene) => {
    const [, lead, h1, m1, mer1, h2, m2, mer2] = match;
    const at = stretchOf(match);
    const first = numberOf(h1);
    const end = minutesOf(numberOf(h2), Number(m2 ?? 0), mer2);
    if (first === undefined || end === undefined || first > 24) return undefined;
    const start = minutesOf(first, Number(m1 ?? 0), mer1 ?? mer2);
    if (lead === 'from' && MOVING.test(scene.text.slice(0, at.start))) {
      const split = at.start + match[0].lastIndexOf(h2 ?? '');
      const begin = at.start + 5;
      const own = minutesOf(first, Number(m1 ?? 0), mer1);
      const head = /^\S+/.exec(match[0].slice(5))?.[0].length ?? 1;
      return own === undefined
        ? undefined
        : [
            { is: 'clock', at: own, bare: !mer1, start: begin, end: begin + head },
            { is: 'clock', at: end, bare: !mer2, start: split, end: at.end },
          ];
    }
    const fits =
      start !== undefined && start < end ? start : minutesOf(first, Number(m1 ?? 0), mer1 ?? (mer2 ? 'am' : undefined));
    return rangeOf(at, fits, end, !mer1 && !mer2);
  },
};

export const weakRange: Rule = {
  pattern: pattern(
    `(?<![\\d/:.$a-z-]|\\d,)(1[0-2]|[1-9])(?:[.:]([0-5]\\d))?(?:-|–|~|to| to )(1[0-2]|[1-9])(?:[.:]([0-5]\\d))?${CLOCK_ENDS}`,
  ),
  read: (match) => {
    const start = minutesOf(Number(match[1]), Number(match[2] ?? 0));
    const end = minutesOf(Number(match[3]), Number(match[4] ?? 0));
    return end === undefined ? undefined : rangeOf(stretchOf(match), start, end, true, { weak: true });
  },
};

/** half four, half past four, quarter to 5, ten past three. */
export const pastEn: Rule = {
  pattern: pattern(
    `(?<![a-z])(?:(half)(?: past|-past)? |(?:a )?(quarter|five|ten|twenty[ -]five|twenty) (past|to|after|before) )(\\d{1,2}|${HOUR_EN})(?!\\d|[:.]\\d)(?: ?${MERIDIEM}| o'?clock)?(?![a-z])`,
  ),
  read: (match) => {
    const [, half, minutes, side, hour, word] = match;
    const number = numberOf(hour);
    if (number === undefined || number > 12) return undefined;
    const whole = minutesOf(number, 0, word);
    if (whole === undefined) return undefined;
    const off = half ? 30 : minutes === 'quarter' ? 15 : (numberOf(minutes) ?? 0);
    return clock(stretchOf(match), side === 'to' || side === 'before' ? whole - off : whole + off, !word);
  },
};

/** at 5, @3, after four, 3 o'clock. "to 5" counts where something is moved. */
export const bareEn: Rule = {
  pattern: pattern(
    `(?<![a-z])(at|@|make it|prefer|around|abt|about|approx|by|after|before|till?|until|from|since|to|for|past|@ ) ?(1[0-2]|[1-9]|${HOUR_EN})(?:\\.([0-5]\\d))?(ish)?(?![\\d/%a-z-]|[.:]\\d)${CLOCK_ENDS}`,
  ),
  read: (match, scene) => {
    const [, lead = '', hour = '', minute, ish] = match;
    const at = stretchOf(match);
    const start = at.start + match[0].indexOf(hour, lead.length);
    const before = scene.text.slice(0, at.start);
    if (
      /(?:look|point|aim|top|score|rate|limit|headcount|slots?|pax|age|level|grade) *$|(?:limit|headcount|slots?|score|pax|quota|budget)\b[^,;]*$/.test(
        before,
      )
    )
      return undefined;
    const weak = /^(?:to|for|from|since|past)$/.test(lead) && !(/^(?:to|from)$/.test(lead) && MOVING.test(before));
    return clock({ start, end: at.end }, minutesOf(numberOf(hour), Number(minute ?? 0)), true, {
      ...(weak && { weak: true as const }),
      ...((ish || /^(?:around|abt|about|approx)$/.test(lead)) && { approximate: true as const }),
    });
  },
};

export const oclock: Rule = {
  pattern: pattern(
    `(?<![a-z\\d])(1[0-2]|[1-9]|${HOUR_EN}) ?(?:o'?clock|oclock)(?![a-z])(?: ?${MERIDIEM})?|(?<![a-z\\d.:/])(1[0-2]|[1-9])(?::?([0-5]\\d))?-?ish(?![a-z])`,
  ),
  read: (match) =>
    match[3]
      ? clock(stretchOf(match), minutesOf(Number(match[3]), Number(match[4] ?? 0)), true, { approximate: true })
      : clock(stretchOf(match), minutesOf(numberOf(match[1]), 0, match[2]), !match[2]),
};

/** A single number, or 3.30, beside a day: Thu 3, 5 today, tmr 3.30. */
export const beside: Rule = {
  pattern: pattern(
    `(?<![\\d/:.$a-z#-]|\\d,|top |round )(1[0-2]|[1-9])(?:\\.([0-5]\\d))?(?![\\d/%a-z-]|[.:]\\d)${CLOCK_ENDS}`,
  ),
  read: (match) => clock(stretchOf(match), minutesOf(Number(match[1]), Number(match[2] ?? 0)), true, { weak: true }),
};
