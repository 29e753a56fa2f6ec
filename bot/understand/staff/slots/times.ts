import { addDays, hongKongDate } from '../../../../hongkong/zone.ts';
import type { Entities, TimeValue } from '../../intents.ts';
import { foldedPattern } from '../../text/marked-text.ts';
import type { TimeMention } from '../../time/time-mention.ts';
import { readMove } from './moves.ts';
import { around, belongs, oneOrMany, type SlotContext, type SlotReader } from './slot-reader.ts';

/** Times of an order that can stand in a calendar, its own words apart. */
export function datesOf(context: SlotContext): TimeMention[] {
  return context.found.times.filter(
    (time) =>
      time.value !== undefined && !time.repeated && time.kind !== 'length' && !time.recurring && belongs(context, time),
  );
}

const typedTime = ({ value }: TimeMention): TimeValue => value as TimeValue;

/** Of several readings of one thing the finest: 今日收工前…6點 is 6 o'clock. */
function finest(times: readonly TimeMention[]): TimeMention[] {
  const moments = times.filter(({ kind }) => kind === 'moment' || kind === 'clock');
  const days = new Set(moments.map(({ value }) => String(value).slice(0, 10)));
  return times.filter((time) => {
    if (time.kind === 'day') return !days.has(String(time.value));
    return !(moments.length > 0 && time.kind === 'until');
  });
}

const START = foldedPattern(
  String.raw`(?:返工|開工|上班|入職|到職|報到|上任|起|開始|生效|start|begin|join|from|report|effective|w\.?e\.?f)`,
  'u',
);

/** A start day as the plain date. */
function startDate(times: readonly TimeMention[]): Entities {
  const value = oneOrMany(times.map(dayOf));
  return value === undefined ? {} : { time: value };
}

function dayOf(time: TimeMention): TimeValue {
  const value = typedTime(time);
  if (time.kind === 'from' && typeof value === 'object' && 'from' in value && value.from) return value.from;
  return value;
}

type TimeRule = (times: readonly TimeMention[], context: SlotContext) => Entities;

const all: TimeRule = (times) => {
  const value = oneOrMany(finest(times).map(typedTime));
  return value === undefined ? {} : { time: value };
};

const none: TimeRule = () => ({});

/** The last one named: a deadline or promise stands behind what it is about. */
const last: TimeRule = (times) => {
  const time = times.at(-1);
  return time ? { time: typedTime(time) } : {};
};

/** What is promised or asked for; when the call was made says nothing. */
const promised: TimeRule = (times, { known }) => {
  const today = hongKongDate(known.now);
  const ahead = times.filter((time) => (time.from ?? today) >= today && time.tense !== 'past');
  return last(ahead, {} as SlotContext);
};

/** Only a day on which work begins; other days tell a story. */
const whenItBegins: TimeRule = (times, context) =>
  startDate(times.filter((time) => around(context, time).some((words) => START.test(words))));

const pauseSpan: TimeRule = (times, { known }) => {
  const today = hongKongDate(known.now);
  const time = times.at(-1);
  if (!time) return {};
  const from = time.from && time.from > today && time.kind === 'range' && time.to !== time.from ? time.from : today;
  const to = time.to ?? time.from;
  return to && to >= from ? { time: { from, to } } : {};
};

const RULES: Readonly<Record<string, TimeRule>> = {
  schedule: all,
  cancel: all,
  no_show: all,
  status: all,
  list: all,
  report: all,
  hold: last,
  call_outcome: promised,
  offer: startDate,
  assign_store: startDate,
  open_requisition: last,
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

/** When: the date of what is ordered, asked, promised. */
export const readTimesOfOrder: SlotReader = (context) => {
  const { intent } = context.order;
  if (intent === 'reschedule') return { entities: readMove(context, datesOf(context)) };
  const rule = RULES[intent] ?? none;
  const entities = rule(datesOf(context), context);
  const vague = context.found.times.find((time) => time.kind === 'vague' && belongs(context, time));
  if (Object.keys(entities).length === 0 && intent === 'pause_nudges') {
    const length = pauseLength(context);
    if (length.time) return { entities: length };
  }
  if (Object.keys(entities).length === 0 && vague) {
    return { entities: { vague_time: context.text.typed.slice(vague.start, vague.end) } };
  }
  return { entities };
};
