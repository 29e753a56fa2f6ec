import type { Entities, IntentFrame } from '../intents.ts';
import type { PersonMention } from '../world/known-people.ts';
import { peopleOf, readCandidates } from './slots/people.ts';
import type { SlotContext, SlotReader } from './slots/slot-reader.ts';

/** Every reader of entities, in the order in which they run. */
const READERS: readonly SlotReader[] = [readCandidates];

/** Says of whom, when, where and how much an order speaks, what is missing and what may not count. */
export function fillFrame(context: Omit<SlotContext, 'entities'>): IntentFrame {
  const { order, text } = context;
  let entities: Entities = { ...order.keys };
  for (const read of READERS) entities = { ...entities, ...read({ ...context, entities }) };
  return {
    intent: order.intent,
    entities,
    who: whoOf({ ...context, entities }).map(({ ids }) => ids),
    confidence: order.confidence,
    start: text.place(order.start),
    end: text.place(order.end),
  };
}

/** The people an order is about: those named, else those described. */
function whoOf(context: SlotContext): PersonMention[] {
  const named = peopleOf(context, 'who');
  return named.length > 0 ? named : peopleOf(context, 'ref');
}
