import { addDays, addMonths, hongKongDate } from '../../../../hongkong/zone.ts';
import type { Entities, TimeValue } from '../../intents.ts';
import { foldedPattern } from '../../text/marked-text.ts';
import type { TimeMention } from '../../time/time-mention.ts';
import { readMove } from './moves.ts';
import { around, belongs, oneOrMany, type SlotContext, type SlotReader, withoutTakenBack } from './slot-reader.ts';

/** Times of an order that can stand in a calendar, its own words apart. */
export function datesOf(context: SlotContext): TimeMention[] {
  const times = context.found.times.filter(
    (time) =>
      time.value !== undefined &&
      !time.repeated &&
      time.kind !== 'length' &&
      !time.recurring &&
      belongs(TELLS_ALL.has(context.order.intent) ? { ...context, ownWords: [] } : context, time) &&
      !describesOnly(context, time) &&
      !(context.order.intent === 'reschedule' ? NOT_TO : NOT_THEN).test(around(context, time)[0]),
  );
  return withoutTakenBack(context, times);
}

/** Orders whose time may stand in a reason, a content or an alternative: the day that a message is about, 唔得先至聽晚七點. */
const TELLS_ALL: ReadonlySet<string> = new Set(['no_show', 'send_message', 'schedule']);

/** Orders about a person: a time that only describes somebody is no time of theirs. */
const OF_PEOPLE: ReadonlySet<string> = new Set([
  'approve',
  'reject',
  'hold',
  'shortlist',
  'offer',
  'assign_store',
  'score',
  'note',
  'call_outcome',
  'status',
]);

/** 琴日見嗰個: the time only tells who is meant. */
function describesOnly({ order, found }: SlotContext, time: TimeMention): boolean {
  if (!OF_PEOPLE.has(order.intent)) return false;
  if (found.people.some(({ kind }) => kind === 'who')) return false;
  return found.people.some(({ kind, start, end }) => kind === 'ref' && time.start >= start && time.end <= end);
}

/** A time that shall not be moved to; of 星期四唔係星期二 the second is the old one (moves.ts). */
const NOT_TO = foldedPattern('(?:唔好|唔好改|唔好約)\\s*$', 'u');
const NOT_THEN = foldedPattern('(?:唔係|唔好|唔好改|唔好約|不是|而不是|(?<![a-z])(?:not|instead of))\\s*$', 'u');

/** What is told of is over: a weekday is the last one, a day without a year the last such day. */
function past(time: TimeMention, now: Date): TimeValue {
  const today = hongKongDate(now);
  const value = typedTime(time);
  if (!time.from || time.from <= today) return value;
  if (time.weekday !== undefined) return shiftValue(value, (date) => addDays(date, -7));
  const typedYear = JSON.stringify(value).includes(today.slice(0, 4));
  return time.yearAssumed || !typedYear ? shiftValue(value, (date) => addMonths(date, -12)) : value;
}

function shiftValue(value: TimeValue, shift: (date: string) => string): TimeValue {
  const one = (text: string): string =>
    text.length >= 10 ? shift(text.slice(0, 10)) + text.slice(10) : shift(`${text}-01`).slice(0, text.length);
  if (typeof value === 'string') return one(value);
  return { ...(value.from ? { from: one(value.from) } : {}), ...(value.to ? { to: one(value.to) } : {}) };
}

const typedTime = ({ value }: TimeMention): TimeValue => value as TimeValue;

/** Of several readings of one thing the finest: 今日收工前…6點 is 6 o'clock. */
function finest(times: readonly TimeMention[]): TimeMention[] {
  const moments = times.filter(({ kind }) => kind === 'moment' || kind === 'clock');
  const days = new Set(moments.map(({ value }) => String(value).slice(0, 10)));
  return times.filter((time) => {
    if (time.kind === 'day') return !days.has(String(time.value));
    if (moments.length > 0 && time.grain === 'part' && time.dayAssumed) return false;
    return !(moments.length > 0 && time.kind === 'until');
  });
}

const START = foldedPattern(
  String.raw`(?:返工|開工|上班|入職|到職|報到|上任|起|開始|生效|start|begin|join|from|report|effective|w\.?e\.?f)`,
  'u',
);

/** A start day as the plain date. */
const FROM_THEN = foldedPattern('^\\s*(?:開始|起|(?<![a-z])onwards?)', 'u');

function startDate(times: readonly TimeMention[], context: SlotContext): Entities {
  const value = oneOrMany(times.map((time) => dayOf(time, context)));
  return value === undefined ? {} : { time: value };
}

function dayOf(time: TimeMention, context: SlotContext): TimeValue {
  const value = typedTime(time);
  // 十二月頭開始: from the first of these days.
  if (time.kind === 'range' && time.from && FROM_THEN.test(around(context, time)[1])) return time.from;
  if (time.kind === 'from' && typeof value === 'object' && 'from' in value && value.from) return value.from;
  return value;
}

type TimeRule = (times: readonly TimeMention[], context: SlotContext) => Entities;

/** What is still to come: a day that is over only tells a story, a bare weekday is the next one. */
function ahead(times: readonly TimeMention[], { known, text }: SlotContext): TimeMention[] {
  const today = hongKongDate(known.now);
  return times.flatMap((time) => {
    const last = time.to ?? time.from;
    if (last === undefined || last >= today) return [time];
    if (time.yearAssumed) {
      const next = shiftValue(typedTime(time), (date) => addMonths(date, 12));
      return [{ ...time, value: next as NonNullable<TimeMention['value']> }];
    }
    const typed = text.folded.slice(Math.max(0, time.start - 2), time.end);
    if (time.weekday === undefined || /上|last/u.test(typed)) return [];
    const value = shiftValue(typedTime(time), (date) => addDays(date, 7));
    return [{ ...time, value: value as NonNullable<TimeMention['value']> }];
  });
}

const toCome: TimeRule = (times, context) => all(ahead(times, context), context);

const all: TimeRule = (times) => {
  const value = oneOrMany(finest(times).map(typedTime));
  return value === undefined ? {} : { time: value };
};

const allPast: TimeRule = (times, { known }) => {
  const value = oneOrMany(finest(times).map((time) => past(time, known.now)));
  return value === undefined ? {} : { time: value };
};

const none: TimeRule = () => ({});

/** The last one named: a deadline or promise stands behind what it is about. */
const last: TimeRule = (times) => {
  const time = times.at(-1);
  return time ? { time: typedTime(time) } : {};
};

/** The day of the next decision; 到12月4號 names that day. */
const nextDecision: TimeRule = (times, { known }) => {
  // Today is when it is put off, not when it is decided.
  const today = hongKongDate(known.now);
  const value = times.filter(({ kind, from }) => kind !== 'day' || from !== today).at(-1)?.value;
  if (value === undefined) return {};
  if (typeof value === 'string' || 'from' in value) return { time: value };
  return { time: value.to.slice(0, 10) };
};

/** What is promised or asked for; when the call was made says nothing. */
const promised: TimeRule = (times, { known }) => {
  const today = hongKongDate(known.now);
  const ahead = times.filter((time) => (time.from ?? today) >= today && time.tense !== 'past');
  return last(ahead, {} as SlotContext);
};

/** Only a day on which work begins; other days tell a story. */
const whenItBegins: TimeRule = (times, context) =>
  startDate(
    times.filter((time) => around(context, time).some((words) => START.test(words))),
    context,
  );

const pauseSpan: TimeRule = (times, { known }) => {
  const today = hongKongDate(known.now);
  const time = times.at(-1);
  if (!time) return {};
  const from = time.from && time.from > today && time.kind === 'range' && time.to !== time.from ? time.from : today;
  const until = typeof time.value === 'object' && 'to' in time.value ? time.value.to.slice(0, 10) : undefined;
  const to = time.to ?? until ?? time.from;
  return to && to >= from ? { time: { from, to } } : {};
};

/** 做Sat Sun, weekends only: the days on which somebody works. */
const withoutShifts = (times: readonly TimeMention[], context: SlotContext): TimeMention[] =>
  times.filter((time) => {
    if (time.weekday === undefined || time.clock !== undefined) return true;
    const [before, behind] = around(context, time);
    return !(WORKS_BEFORE.test(before) || WORKS_BEHIND.test(behind));
  });
const WORKS_BEFORE = foldedPattern(
  '(?:做|返|逢|(?<![a-z])(?:works?|working|every|shifts?))\\s*(?:[a-z]{3,9}[,/ &]*|星期.)?$',
  'u',
);
const WORKS_BEHIND = foldedPattern(
  '^\\s*(?:[,/&+]|and|同)?\\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\s*)?(?:only|shifts?|更)',
  'u',
);

const RULES: Readonly<Record<string, TimeRule>> = {
  schedule: toCome,
  cancel: toCome,
  no_show: allPast,
  status: all,
  list: (times, context) =>
    (context.modifiers.some(({ line }) => line.meaning === 'hypothesis') ? toCome : all)(times, context),
  report: allPast,
  hold: nextDecision,
  call_outcome: promised,
  offer: (times, context) => startDate(ahead(withoutShifts(times, context), context), context),
  assign_store: (times, context) => startDate(ahead(times, context), context),
  open_requisition: (times, context) => last(ahead(withoutShifts(times, context), context), context),
  approve: whenItBegins,
  pause_nudges: pauseSpan,
  resume_nudges: all,
  send_message: all,
  unknown: none,
};

/** Lengths of a pause: 停兩個禮拜 ends so many days from today. */
function pauseLength(context: SlotContext): Entities {
  if (context.order.intent !== 'pause_nudges') return {};
  const length = context.found.times.find((time) => time.lengthDays !== undefined && belongs(context, time));
  const today = hongKongDate(context.known.now);
  return length?.lengthDays ? { time: { from: today, to: length.to ?? addDays(today, length.lengthDays) } } : {};
}

/** 這周別打給她: a note that forbids something until a day keeps that day. */
function noContact(context: SlotContext): Entities {
  const { order, text, found } = context;
  const part = text.folded.slice(text.place(order.start), text.place(order.end));
  if (!FORBIDS.test(part)) return {};
  const times = found.times.filter(
    (time) =>
      time.value !== undefined && time.start >= text.place(order.start) && time.grain !== 'minute' && !time.recurring,
  );
  return all(times, context);
}

/** 等下星期一出咗新菜單再決定: the day of the next decision may stand in the reason. */
function decisionDay(context: SlotContext): Entities {
  const { order, text, found, known } = context;
  const today = hongKongDate(known.now);
  const times = found.times.filter(
    (time) =>
      time.value !== undefined &&
      time.start >= text.place(order.start) &&
      time.start < text.place(order.end) &&
      time.tense !== 'past' &&
      !time.recurring &&
      (time.to ?? time.from ?? '') >= today &&
      (time.kind === 'until' || around(context, time).some((words) => DECIDES.test(words))),
  );
  return nextDecision(times, context);
}

const DECIDES = foldedPattern(
  '(?:等(?:到|埋)?|睇完|until|till|by|after|once|come|decide (?:on|again|by)?|revisit|review)\\s*$|^[^。!?;\\n]{0,14}?(?:再|先(?:至)?|答|決定|覆|諗|傾|拍板|定|講|睇|review|decide|then|revisit)',
  'u',
);

const FORBIDS = foldedPattern(
  "(?:別|唔好|不要|咪)(?:再)?(?:打|搵|找|call|聯絡|約|煩)|(?<![a-z])(?:don't|dont|do not|no) (?:call|ring|contact|phone|disturb)",
  'u',
);

/** When: the date of what is ordered, asked, promised. */
export const readTimesOfOrder: SlotReader = (context) => {
  const { intent } = context.order;
  if (intent === 'reschedule') return { entities: readMove(context, ahead(datesOf(context), context)) };
  if (intent === 'note') return { entities: noContact(context) };
  const rule = RULES[intent] ?? none;
  const entities = rule(datesOf(context), context);
  const vague = context.found.times.find((time) => time.kind === 'vague' && belongs(context, time));
  if (Object.keys(entities).length === 0 && intent === 'pause_nudges') {
    const length = pauseLength(context);
    if (length.time) return { entities: length };
  }
  if (Object.keys(entities).length === 0 && intent === 'hold') return { entities: decisionDay(context) };
  if (Object.keys(entities).length === 0 && vague) {
    return { entities: { vague_time: context.text.typed.slice(vague.start, vague.end) } };
  }
  return { entities };
};
