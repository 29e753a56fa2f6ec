import { type ClockAtom, type Rule, stretchOf } from './atom.ts';
import { bareEn, beside, between, oclock, pastEn, weakRange } from './clock-rules-en.ts';
import { behindPart, halfPastOne, spoken, threeFour } from './clock-rules-zh.ts';
import { CLOCK_ENDS, clock, HOUR_EN, HOUR_ZH, isTwentyFour, MERIDIEM, minutesOf, rangeOf, TO } from './clock-value.ts';
import { matcher, pattern } from './fold-text.ts';
import { MOVING } from './moved.ts';
import { numberOf } from './numbers.ts';

/** 3:30, 15:00, 3:30pm, 15h30. */
const colon: Rule = {
  pattern: pattern(`(?<![\\d/:.+])(\\d{1,2})(?::|h)([0-5]\\d)(?::[0-5]\\d)?(?![\\d:])(?: ?${MERIDIEM})?`),
  read: (match) => {
    const [, hour, minute, meridiem] = match;
    const whole = isTwentyFour(hour) || match[0].includes('h');
    return clock(
      stretchOf(match),
      minutesOf(Number(hour), Number(minute), meridiem ?? (whole ? '24' : undefined)),
      !meridiem && !whole,
    );
  },
};

/** 3pm, 3.30pm, 330pm, 12nn, 3p. */
const meridiem: Rule = {
  pattern: pattern(`(?<![\\d/:.$a-z]|\\d,)(\\d{1,2}|${HOUR_EN})(?:[.:]?([0-5]\\d))? ?${MERIDIEM}`),
  read: (match) => {
    const [, hour, minute, word] = match;
    const number = numberOf(hour);
    if (number === undefined || (number > 12 && !word?.startsWith('p') && !word?.startsWith('n'))) return undefined;
    if (word?.startsWith('n') && number > 2 && number < 11) return undefined;
    return clock(
      stretchOf(match),
      minutesOf(number, Number(minute ?? 0), word),
      false,
      word === 'a' ? { weak: true } : {},
    );
  },
};

/** 3-5pm, 3至5點, 10 to 12nn, 3至5點半. */
const range: Rule = {
  pattern: pattern(
    `(?<![\\d/:.$a-z-]|\\d,)(${HOUR_ZH}|${HOUR_EN})(?:[.:]([0-5]\\d))?(?: ?${MERIDIEM})?(半)?${TO}(${HOUR_ZH}|${HOUR_EN})(?:[.:]([0-5]\\d))?(?: ?${MERIDIEM}| ?[點時](?!間|數)鐘?(半)?)`,
  ),
  read: (match, scene) => {
    const [, h1, m1, mer1, half1, h2, m2, mer2, half2] = match;
    const at = stretchOf(match);
    const [first, second] = [numberOf(h1), numberOf(h2)];
    // "push from 3 to 4pm" moves something; it is no stretch.
    const end = minutesOf(second, half2 ? 30 : Number(m2 ?? 0), mer2);
    if (end === undefined || first === undefined) return undefined;
    if (isPair(scene.text.slice(0, at.start), match[0]))
      return pair(match, first, Number(m1 ?? 0), mer1, h2 ?? '', end, !mer2);
    const minute = half1 ? 30 : Number(m1 ?? 0);
    const same = minutesOf(first, minute, mer1 ?? mer2);
    const start = mer1 || same === undefined || same < end ? same : minutesOf(first, minute, 'am');
    return rangeOf(at, start, end, !mer1 && !mer2);
  },
};
/** "push from 3 to 4pm" and "move 3 to 4pm" move something; "move her to 3 to 4pm" does not. */
function isPair(before: string, said: string): boolean {
  return MOVED_FROM.test(before) || (MOVING.test(before) && /\sto\s/.test(said) && !/\bto\s*$/.test(before));
}
const MOVED_FROM = matcher(
  '(?:mov|chang|push|shift|resched|switch|bring|改|轉|搬|推|調|延)[^,;，。；]*(?:from|由|從) ?$|(?:from|由|從) ?$(?<=(?:mov|chang|push|shift|resched|switch)[^,;]*)',
);

/** The two clocks of "from 3 to 4pm" apart. */
function pair(
  match: RegExpExecArray,
  first: number,
  minute: number,
  mer1: string | undefined,
  typed: string,
  end: number,
  bare: boolean,
): ClockAtom[] | undefined {
  const split = match.index + match[0].lastIndexOf(typed);
  const start = minutesOf(first, minute, mer1);
  const head = /^[^\s\-–—~～至到]+/.exec(match[0])?.[0].length ?? 1;
  if (start === undefined) return undefined;
  return [
    { is: 'clock', at: start, bare: !mer1, start: match.index, end: match.index + head },
    { is: 'clock', at: end, bare, start: split, end: match.index + match[0].length },
  ];
}

/** 3 or 4pm, 三點或四點, at 3 or 4: two clocks. */
const either: Rule = {
  pattern: pattern(
    `(?<![\\d/:.$a-z]|\\d,)(${HOUR_ZH}|${HOUR_EN})(?: ?(?:or|/) ?|或者?|、|定係?)(${HOUR_ZH}|${HOUR_EN})(?: ?${MERIDIEM}| ?點(?!意見)(半)?|(?<=\\b(?:at|@|around|after|before) .*)${CLOCK_ENDS})`,
  ),
  read: (match) => {
    const [, h1 = '', h2 = '', word, half] = match;
    const [first, second] = [minutesOf(numberOf(h1), 0, word), minutesOf(numberOf(h2), half ? 30 : 0, word)];
    if (first === undefined || second === undefined || (numberOf(h1) ?? 13) > 12) return undefined;
    const { start, end } = stretchOf(match);
    return [
      { is: 'clock', at: first, bare: !word, start, end: start + h1.length },
      { is: 'clock', at: second, bare: !word, start: start + match[0].indexOf(h2, h1.length), end },
    ];
  },
};

/** 1400-1530. */
const fourToFour: Rule = {
  pattern: pattern(
    '(?<![\\da-z/:.$+#-]|\\d[ ,])([01]\\d|2[0-3])([0-5]\\d)(?: ?h(?:ou)?rs?)?\\s?(?:-|–|~|至|到|to)\\s?([01]\\d|2[0-4])([0-5]\\d)(?![\\d/:.%a-gi-z]|,\\d|[蚊元文塊])(?: ?(?:hours|hrs?|h)(?![a-z]))?',
  ),
  read: (match) => {
    const start = minutesOf(Number(match[1]), Number(match[2]), '24');
    const end = minutesOf(Number(match[3]), Number(match[4]), '24');
    if (start === undefined || end === undefined || end <= start) return undefined;
    const certain =
      /h/.test(match[0]) ||
      match[1]?.startsWith('0') ||
      (match[2] !== '00' && Number(match[2]) % 15 === 0 && match[1] !== '20');
    return rangeOf(stretchOf(match), start, end, false, certain ? {} : { weak: true });
  },
};

/** 1530, 0900hrs. Sums and years look the same: the round ones and 20xx count only beside a day or with at, hrs. */
const four: Rule = {
  pattern: pattern(
    `(?<![\\da-z/:.$+#-]|\\d[ ,])([01]\\d|2[0-3])([0-5]\\d)(?![\\d/:.%a-gi-z]|,\\d| \\d{4}|[蚊元文円塊人個位]| ?(?:hkd|dollars|per|a month|/m))(?: ?(?:hours|hrs?|h)(?![a-z]))?`,
  ),
  read: (match, scene) => {
    const [, hour, minute] = match;
    const before = scene.text.slice(0, match.index);
    if (
      /(?:ext\.?|room|flat|no\.?|tel|phone|code|pin|id|ref|#|hk\$?|salary|pay|budget)\s*:?$/.test(before) ||
      NUMBERED.test(before)
    )
      return undefined;
    const odd = Number(minute) % 5 !== 0;
    const certain =
      /(?:\bat|@|h(?:ou)?rs?|h)\s*$/.test(before) ||
      /h(?:ou)?rs?$|h$/.test(match[0]) ||
      hour?.startsWith('0') ||
      (scene.text.trim() === match[0] && !odd);
    const yearlike = hour === '20' || (hour === '19' && Number(minute) >= 50);
    const weak = !certain && (odd || minute === '00' || yearlike || /[至到~-]\s*$/.test(before));
    if (hour === '20' && odd && !certain) return undefined;
    return clock(stretchOf(match), minutesOf(Number(hour), Number(minute), '24'), false, weak ? { weak: true } : {});
  },
};
const NUMBERED = matcher('(?:尾數?|電話|人工|月薪|底薪|薪金|津貼|加|起薪|預算|房|室)\\s*:?$');

/** noon, midnight, end of the working day at 18:00. */
const named: readonly Rule[] = [
  [pattern('(?<![a-z])(?:12 )?(?:noon|midday)(?![a-z])|正午'), 12 * 60],
  [pattern('(?<![a-z])(?:12 )?midnight(?![a-z])|午夜|半夜12點'), 24 * 60],
  [
    pattern(
      '(?<![a-z])(?:eod|cob|end of play|close of play|close of business|end of (?:the )?(?:business )?day|end of (?:the )?business|knock[- ]off)(?![a-z])|(?:收|放|下|落)(?:工|班)(?:之|以)?(?:前|時間|嗰陣)',
    ),
    18 * 60,
  ],
].map(([source, minutes]) => ({
  pattern: source as RegExp,
  read: (match) => clock(stretchOf(match), minutes as number, false),
}));

/** Clocks that are certain by their form, what is longer first. */
export const CLEAR_CLOCK_RULES: readonly Rule[] = [
  between,
  range,
  fourToFour,
  either,
  threeFour,
  ...named,
  colon,
  meridiem,
  pastEn,
  oclock,
];

/** Clocks that might be part of something else; read after lengths. */
export const LOOSE_CLOCK_RULES: readonly Rule[] = [spoken, halfPastOne, behindPart, four, bareEn, weakRange, beside];
