import type { Entities } from '../intents.ts';
import { foldedPattern } from '../text/marked-text.ts';
import type { SlotContext } from './slots/slot-reader.ts';

/** Keys that hold a number. */
const COUNTED: readonly (keyof Entities)[] = [
  'limit',
  'headcount',
  'round',
  'slots',
  'slot',
  'score',
  'scores',
  'delay_min',
  'shift_days',
  'silent_days_over',
  'probation_months',
  'salary',
  'salary_min',
  'salary_max',
  'positions',
];
/** Orders in which a number must mean something. */
const COUNTS: ReadonlySet<string> = new Set(['shortlist', 'schedule', 'reschedule', 'assign_store', 'no_show']);
/** Orders that keep a time. */
const TAKES_TIME: ReadonlySet<string> = new Set([
  'schedule',
  'reschedule',
  'hold',
  'assign_store',
  'pause_nudges',
  // A time beside a shortlisting is an appointment that was not seen.
  'shortlist',
]);
/** Words of a place of which no place was made: the name before them is not known. */
const SOME_PLACE = foldedPattern(
  '\\p{Script=Han}{2}(?:分店|旗艦店|辦公室|寫字樓|(?<![商食飯酒小快各全回開])店(?!長|員|務|鋪面|主))|[a-z]{3,} (?:branch|outlet|store|office)(?! (?:manager|supervisor))',
  'u',
);
const SOME_SHOP = foldedPattern(
  '(?:邊|呢|嗰|同|另外?|第二|每|間|個|我|你|哋|新|舊|本|該|自己|公司|那家|這家)(?:間|家|個|哋|嘅|的)*(?:分店|店)',
  'u',
);

/** 8號波, 2/F: no number of the order. */
const NO_COUNT = foldedPattern('^ ?(?:號|樓|/f|分鐘|分|次|房|th |nd |rd |st )', 'u');

/**
 * Whether something in an order's own part of a message looks like a detail of it and was made nothing of: a number, a
 * second time, the name of a shop, how a call ended. Then what was understood is shown before it is done.
 */
export function hasUnaccounted(context: SlotContext): boolean {
  const { order, entities, text, found } = context;
  const { intent } = order;
  if (intent === 'call_outcome' && entities.outcome === undefined) return true;
  const [from, to] = [text.place(order.start), text.place(order.end)];
  const isOpen = ({ start, end }: { start: number; end: number }): boolean =>
    start >= from && end <= to && context.ownWords.every((own) => end <= own.start || start >= own.end);
  if (COUNTS.has(intent) && COUNTED.every((key) => entities[key] === undefined)) {
    if (
      text.mentions.some(
        (mention) => mention.kind === 'number' && isOpen(mention) && !NO_COUNT.test(text.folded.slice(mention.end)),
      )
    )
      return true;
  }
  if (TAKES_TIME.has(intent)) {
    const times = found.times.filter(
      (time) => time.value !== undefined && !time.repeated && isOpen(time) && time.tense !== 'past',
    );
    const kept = [entities.time ?? [], entities.from_time ?? []].flat().length;
    if (times.length > 0 && kept === 0 && entities.shift_days === undefined && entities.delay_min === undefined)
      return true;
  }
  if (intent === 'note') return false;
  const place = SOME_PLACE.exec(text.folded.slice(from, to));
  if (!place || SOME_SHOP.test(place[0])) return false;
  const at = { start: from + place.index, end: from + place.index + place[0].length };
  return (
    isOpen(at) &&
    [...found.places, ...found.jobs, ...found.people].every(({ start, end }) => at.end <= start || at.start >= end)
  );
}
