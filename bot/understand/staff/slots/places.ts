import type { PlaceMention } from '../../mentions/places.ts';
import { foldedPattern } from '../../text/marked-text.ts';
import { around, belongs, oneOrMany, type SlotContext, type SlotReader } from './slot-reader.ts';

/** Under which key an intent keeps a place; the others keep none. */
const KEY: Readonly<Record<string, 'store' | 'place'>> = {
  assign_store: 'store',
  open_requisition: 'store',
  offer: 'store',
  status: 'store',
  list: 'store',
  report: 'store',
  shortlist: 'store',
  send_message: 'store',
  no_show: 'place',
  schedule: 'place',
  reschedule: 'place',
  cancel: 'place',
};

const LIVES = foldedPattern(
  String.raw`(?:住(?:喺|在)?|屋企喺|家住|lives? (?:in|at|near)|living in|stays? in|from)\s*$`,
  'u',
);
const NOT_THERE = foldedPattern(
  String.raw`(?:唔好|唔去|不要|唔要|唔係|不是|不去|(?<!分)別|咪|除咗|除了|而唔係|not|instead of|rather than|except|but not)[^,。!?;]{0,3}?(?:去|喺|到|to|in|at|for)?\s*$`,
  'u',
);
const FROM_THERE = foldedPattern(String.raw`(?:由|從|自|from|嗰邊|轉走)\s*$`, 'u');
const AFTERWARDS = foldedPattern(
  String.raw`(?:再(?:調|轉|派)?(?:去|到)?|之後(?:去|轉|調)?|然後(?:去|轉)?|then(?: to| move to| on to)?|later to|afterwards)\s*$`,
  'u',
);

/** Where: the branch a person goes to, the place of an appointment. Where somebody lives or shall not go is no place of it. */
export const readPlaces: SlotReader = (context) => {
  const key = KEY[context.order.intent];
  if (!key) return {};
  const own = context.found.places.filter((place) => belongs(context, place) && !partOfJob(context, place));
  const there: PlaceMention[] = [];
  const then: PlaceMention[] = [];
  for (const place of own) {
    const [before] = around(context, place);
    if (key === 'store' && place.unnamed) continue;
    if (LIVES.test(before) || NOT_THERE.test(before) || FROM_THERE.test(before)) continue;
    if (key === 'store' && there.length > 0 && AFTERWARDS.test(before)) then.push(place);
    else there.push(place);
  }
  const words = ({ start, end }: PlaceMention): string => context.text.typed.slice(start, end);
  const value = oneOrMany([...new Set(there.map(words))]);
  if (value === undefined) return {};
  const corrected = oneOrMany(there.map((place) => place.norm ?? words(place))) ?? value;
  const mistyped = there.some(({ norm }) => norm !== undefined);
  const later = oneOrMany(then.map(words));
  return {
    entities: {
      [key]: value,
      ...(mistyped ? { [`${key}_norm`]: corrected } : {}),
      ...(later === undefined ? {} : { then_store: later }),
    },
  };
};

/** In status and list a place directly before a job stays part of it: TST supervisor. */
export function partOfJob({ order, found, text }: SlotContext, place: { end: number }): boolean {
  if (order.intent === 'open_requisition' || order.intent === 'assign_store') return false;
  return found.jobs.some(
    ({ start }) => start >= place.end && /^ ?(?:嘅|的)?$/u.test(text.typed.slice(place.end, start)),
  );
}
