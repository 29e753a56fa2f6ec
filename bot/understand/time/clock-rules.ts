import { type ClockAtom, type Rule, type Scene, stretchOf } from './atom.ts';
import { foldText, matcher, pattern } from './fold-text.ts';
import { numberOf } from './numbers.ts';

const HOUR_EN = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const HOUR_ZH = '(?:\\d{1,2}|[一二兩三四五六七八九十]{1,3})';
const MERIDIEM = '(am|pm|a\\.m\\.?|p\\.m\\.?|nn|noon|mn|p(?=[\\s,.;!?)]|$)|a(?=[\\s,.;!?)]|$))(?![a-z])';
const TO = '\\s*(?:-|–|—|~|～|至|到|to|til|till|until)\\s*';

/** What may follow a bare English number that is a clock: the end, a day, a preposition; never a thing counted. */
const CLOCK_ENDS = `(?=\\s*(?:$|[,.;!?)、，。\\ue000]|(?:o'?clock|today|tmrw?|tomorrow|tonight|tdy|on|this|next|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|sharp|instead|pls|plz|please|then|if|or|and (?:then|cancel|tell|ask|if|\\d+ ?(?:pm|am|on))|to \\d|till|until|with|w|for|thx|thanks|ok|okay|is|in the|as|but|latest|same|at|n|also|onwards?|works?|can|should|at the latest|sg)(?![a-z])|[\\u4e00-\\u9fff]))(?!\\s*(?:[個人位蚊元分歲份間隻件次年月日號天條]|字|\\d))`;

/**
 * Minutes since midnight. Without a.m. or p.m. 1 to 7 is the afternoon, 8 to 12 as it stands.
 * @returns undefined for what no clock shows
 */
function minutesOf(hour: number | undefined, minute: number | undefined, meridiem?: string): number | undefined {
  if (hour === undefined || minute === undefined || Number.isNaN(hour + minute)) return undefined;
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined;
  let at = hour;
  if (meridiem === undefined) at = hour >= 1 && hour <= 7 ? hour + 12 : hour;
  else if (meridiem.startsWith('p')) at = hour < 12 ? hour + 12 : hour;
  else if (meridiem.startsWith('a')) at = hour === 12 ? 0 : hour;
  else if (meridiem.startsWith('m')) at = hour === 12 ? 24 : hour;
  else if (meridiem.startsWith('n')) at = hour <= 2 ? hour + 12 : hour;
  return at * 60 + minute;
}

function clock(
  at: { start: number; end: number },
  minutes: number | undefined,
  bare: boolean,
  more: Partial<ClockAtom> = {},
): ClockAtom | undefined {
  return minutes === undefined ? undefined : { is: 'clock', at: minutes, bare, ...more, start: at.start, end: at.end };
}

/** Two digits that begin with 0 or go beyond 12 are the 24-hour clock. */
function isTwentyFour(hour: string | undefined): boolean {
  return hour !== undefined && hour.length === 2 && (hour.startsWith('0') || Number(hour) > 12);
}

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
    if (MOVED_FROM.test(scene.text.slice(0, at.start)))
      return pair(match, first, Number(m1 ?? 0), mer1, h2 ?? '', end, !mer2);
    const minute = half1 ? 30 : Number(m1 ?? 0);
    const same = minutesOf(first, minute, mer1 ?? mer2);
    const start = mer1 || same === undefined || same < end ? same : minutesOf(first, minute, 'am');
    return rangeOf(at, start, end, !mer1 && !mer2);
  },
};
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

function rangeOf(
  at: { start: number; end: number },
  start: number | undefined,
  end: number,
  bare: boolean,
  more: Partial<ClockAtom> = {},
): ClockAtom | undefined {
  if (start === undefined) return undefined;
  let to = end;
  if (to <= start && to + 720 <= 1440) to += 720;
  return to > start
    ? { is: 'clock', at: start, to, bare, bareTo: bare, ...more, start: at.start, end: at.end }
    : undefined;
}

/** between 2 and 4, from 9 to 5; behind a day also 2-4. */
const between: Rule = {
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
const MOVING = matcher('(?:mov|chang|push|shift|resched|switch|bring)[^,;]*$');

const weakRange: Rule = {
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
const pastEn: Rule = {
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
const bareEn: Rule = {
  pattern: pattern(
    `(?<![a-z])(at|@|around|abt|about|approx|by|after|before|till?|until|from|since|to|for|past|@ ) ?(1[0-2]|[1-9]|${HOUR_EN})(?:\\.([0-5]\\d))?(ish)?(?![\\d/%a-z-]|[.:]\\d)${CLOCK_ENDS}`,
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

const oclock: Rule = {
  pattern: pattern(
    `(?<![a-z\\d])(1[0-2]|[1-9]|${HOUR_EN}) ?(?:o'?clock|oclock)(?![a-z])(?: ?${MERIDIEM})?|(?<![a-z\\d.:/])(1[0-2]|[1-9])(?::?([0-5]\\d))?-?ish(?![a-z])`,
  ),
  read: (match) =>
    match[3]
      ? clock(stretchOf(match), minutesOf(Number(match[3]), Number(match[4] ?? 0)), true, { approximate: true })
      : clock(stretchOf(match), minutesOf(numberOf(match[1]), 0, match[2]), !match[2]),
};

/** A single number, or 3.30, beside a day: Thu 3, 5 today, tmr 3.30. */
const beside: Rule = {
  pattern: pattern(
    `(?<![\\d/:.$a-z#-]|\\d,|top |round )(1[0-2]|[1-9])(?:\\.([0-5]\\d))?(?![\\d/%a-z-]|[.:]\\d)${CLOCK_ENDS}`,
  ),
  read: (match) => clock(stretchOf(match), minutesOf(Number(match[1]), Number(match[2] ?? 0)), true, { weak: true }),
};

/** 1530, 0900hrs. Sums and years look the same: the round ones and 20xx count only beside a day or with at, hrs. */
const four: Rule = {
  pattern: pattern(
    `(?<![\\da-z/:.$+#-]|\\d[ ,]|[acrt] )([01]\\d|2[0-3])([0-5]\\d)(?![\\d/:.%a-gi-z]|,\\d| \\d{4}|[蚊元文円塊人個位]| ?(?:hkd|dollars|per|a month|/m))(?: ?(?:hours|hrs?|h)(?![a-z]))?`,
  ),
  read: (match, scene) => {
    const [, hour, minute] = match;
    const before = scene.text.slice(0, match.index);
    if (
      /(?:ext\.?|room|flat|no\.?|tel|phone|code|pin|id|ref|#|hk\$?|salary|pay|budget)\s*:?$/.test(before) ||
      NUMBERED.test(before)
    )
      return undefined;
    const certain =
      /(?:\bat|@|h(?:ou)?rs?|h)\s*$/.test(before) || /h(?:ou)?rs?$|h$/.test(match[0]) || hour?.startsWith('0');
    const odd = Number(minute) % 5 !== 0;
    const yearlike = hour === '20' || (hour === '19' && Number(minute) >= 50);
    const weak = !certain && (odd || minute === '00' || yearlike || /[至到~-]\s*$/.test(before));
    if (hour === '20' && odd && !certain) return undefined;
    return clock(stretchOf(match), minutesOf(Number(hour), Number(minute), '24'), false, weak ? { weak: true } : {});
  },
};
const NUMBERED = matcher('(?:尾數?|電話|人工|月薪|底薪|薪金|津貼|加|起薪|預算|房|室)\\s*:?$');

const MINUTES_ZH =
  '(半|正|[三3][個]骨|[一1]?[個]骨|[搭踏](?:[一二兩三四五六七八九十]{1,2}|1[0-2]|[1-9])(?:個字)?|(?:[一二兩三四五六七八九十]{1,2}|1[0-2]|[1-9])個字|零[一二三四五六七八九五]分?|[一二三四五]?十[一二三四五六七八九]?分?|[一二三四五六七八九](?![個點時十人位分])|[一二三四五六七八九]分|[0-5]\\d分?(?![\\d點時/])|[1-9](?![\\d個人位點時分/月號日.:-]|分鐘)|[1-9]分(?!鐘)|幾)?';
/** 三點意見, 一點都, 早一點: a point or a bit, no clock. */
const NO_POINT = '(?!意見|要求|建議|原因|問題|理由|都|兒|也|點|可|吧|啦|吖|要講|要留意|鐘頭|錢)';

/** 三點半, 3點九個字, 10點3, 十點搭六, 下午3時30分. */
const spoken: Rule = {
  pattern: pattern(
    `(?<![\\d.$第]|[一二兩三四五六七八九十](?=[一二兩三四五六七八九十]點$))(${HOUR_ZH}) ?(?:點鐘?|時(?!間|候|段|薪|數|限|期|裝|尚|長|都))${NO_POINT}${MINUTES_ZH}(?:鐘)?(正)?`,
  ),
  read: (match, scene) => {
    const [, hour, minutes] = match;
    const at = stretchOf(match);
    if (A_BIT.test(match[0]) && !minutes && BIT_BEFORE.test(scene.text.slice(0, at.start))) return undefined;
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
const SEVERAL = foldText('幾');
const QUARTER = matcher('骨');
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
  if (!text || text === '正' || text === SEVERAL) return whole(0);
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
const threeFour: Rule = {
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
const halfPastOne: Rule = {
  pattern: pattern('(?<![\\d一二兩三四五六七八九十幾半早晚遲快慢差])點半(?!點)'),
  read: (match) => clock(stretchOf(match), 13 * 60 + 30, true),
};

/** 下晝3, 朝早9: a number behind a part of the day. */
const behindPart: Rule = {
  pattern: pattern(
    `(?<=(?:下晝|下午|晏晝|朝早|上晝|上午|早上|夜晚|晚上|今晚|聽晚|聽朝|傍晚) ?)(1[0-2]|[1-9])(?=$|[\\s,，.。!?]|見|得|嚟|面|可|ok|半)(半)?`,
  ),
  read: (match) => clock(stretchOf(match), minutesOf(Number(match[1]), match[2] ? 30 : 0), true),
};

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

/** In this order: what is longer and more certain first. */
export const CLOCK_RULES: readonly Rule[] = [
  between,
  range,
  threeFour,
  ...named,
  colon,
  meridiem,
  pastEn,
  oclock,
  spoken,
  halfPastOne,
  behindPart,
  four,
  bareEn,
  weakRange,
  beside,
];

/** True when a line says that something is moved, so that from … to … are an old and a new time. */
export function isMoved(scene: Scene, before: number): boolean {
  return MOVING_ANY.test(scene.text.slice(0, before));
}
const MOVING_ANY = matcher('(?:mov|chang|push|shift|resched|switch|bring|改|轉|搬|推|調|延|換)[^;；。]*$');
