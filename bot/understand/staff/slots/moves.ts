import { hongKongDate, hongKongTime, type LocalDate, momentAt } from '../../../../hongkong/zone.ts';
import type { Entities, TimeValue } from '../../intents.ts';
import { foldedPattern } from '../../text/marked-text.ts';
import type { TimeMention } from '../../time/time-mention.ts';
import { around, belongs, oneOrMany, type SlotContext } from './slot-reader.ts';

/** Words before the new time of a move, and around the old one. */
const TO = foldedPattern(
  String.raw`(?:去|到|至|為|成|做|返|再約|約|改|轉|搬|調|變|換|(?<![a-z])(?:to|until|till|for|on|at|2|->)|→|->|=>)\s*$`,
  'u',
);
const FROM = foldedPattern(
  String.raw`(?:由|從|原本|本來|原定|本身|原先|唔係|不是|(?<![a-z])(?:(?:can't|cant|cannot|can not|couldn't) (?:make|do|come|make it)(?: on)?|rather than|not|from|originally|was|instead of))\s*$`,
  'u',
);
const OLD_BEHIND = foldedPattern(
  String.raw`^\s*(?:嘅|的)?\s*(?:嗰(?:個|場|節|次|part)?|那(?:個|場|次)?|個(?:面試|interview|intv|slot)|場|面試|interview|intv|slot|one|appointment|session|見工|復試|試工|trial)`,
  'u',
);
const OLD_BEFORE = foldedPattern(String.raw`(?:'s|嘅|的|嗰場|那場|嗰個)\s*$`, 'u');

const EXCHANGE = foldedPattern('(?<![a-z])swap|對調|互換|對換|調轉', 'u');

/** An appointment moved: the old time, the new one, or by how much. Only a length with the old clock gives the new time. */
export function readMove(context: SlotContext, times: readonly TimeMention[]): Entities {
  const { text, found } = context;
  const sameClock =
    times.some((time) => time.sameClock) ||
    found.times.some(({ kind, start }) => kind === 'same_clock' && start >= text.place(context.order.start));
  const shift = found.times.find(
    (time) => time.kind === 'length' && (time.lengthMinutes || time.lengthDays) && belongs(context, time),
  );
  const exchange = EXCHANGE.test(text.folded.slice(text.place(context.order.start), text.place(context.order.end)));
  const { olds, news } = exchange ? { olds: [], news: times } : oldAndNew(context, times, shift !== undefined);
  const old = olds.at(-1);
  const clock = sameClock ? { same_clock: true } : {};
  if (news.length === 0 && shift) return { ...shifted(old, shift), ...clock };
  const from = oneOrMany(olds.map(typedTime));
  const to = oneOrMany(news.map((time) => inheritDay(time, old)));
  return { ...(from === undefined ? {} : { from_time: from }), ...(to === undefined ? {} : { time: to }), ...clock };
}

const typedTime = ({ value }: TimeMention): TimeValue => value as TimeValue;

function oldAndNew(
  context: SlotContext,
  times: readonly TimeMention[],
  hasShift: boolean,
): { olds: TimeMention[]; news: TimeMention[] } {
  const olds: TimeMention[] = [];
  const news: TimeMention[] = [];
  const undecided: TimeMention[] = [];
  for (const time of times) {
    const [before, behind] = around(context, time, 10);
    if (time.marker === 'originally' || FROM.test(before)) olds.push(time);
    else if (TO.test(before) || time.marker === 'to') news.push(time);
    else if (OLD_BEHIND.test(behind) || OLD_BEFORE.test(before)) olds.push(time);
    else undecided.push(time);
  }
  for (const time of undecided) {
    if (hasShift && news.length === 0) olds.push(time);
    else if (news.length === 0 && undecided.indexOf(time) === undecided.length - 1) news.push(time);
    else if (news.length === 0 || (news[0] && time.start < news[0].start)) olds.push(time);
    else news.push(time);
  }
  return { olds: olds.sort((a, b) => a.start - b.start), news: news.sort((a, b) => a.start - b.start) };
}

/** A clock alone as the new time is on the old day: 聽日3點改做5點. */
function inheritDay(time: TimeMention, old: TimeMention | undefined): TimeValue {
  const value = typedTime(time);
  const day = old && !old.dayAssumed ? old.from : undefined;
  if (time.kind !== 'clock' || !time.dayAssumed || !day || !time.clock) return value;
  return `${day}T${time.clock}+08:00`;
}

function shifted(old: TimeMention | undefined, shift: TimeMention): Entities {
  const sign = shift.direction === 'earlier' ? -1 : 1;
  const minutes = (shift.lengthMinutes ?? 0) * sign;
  const days = (shift.lengthDays ?? 0) * sign;
  const oldValue = old ? { from_time: typedTime(old) } : {};
  if (old?.clock && typeof old.value === 'string') {
    const day = old.from ?? (old.value.slice(0, 10) as LocalDate);
    const moment = new Date(momentAt(day, old.clock).getTime() + minutes * 60_000 + days * 86_400_000);
    return { ...oldValue, time: `${hongKongDate(moment)}T${hongKongTime(moment)}+08:00` };
  }
  if (days !== 0) return { ...oldValue, shift_days: days };
  return { ...oldValue, delay_min: minutes };
}
