import type { Entities, IntentFrame } from '../intents.ts';
import { readCounts } from './slots/counts.ts';
import { readJobs } from './slots/jobs.ts';
import { readNeeds } from './slots/needs.ts';
import { readOwnWords } from './slots/own-words.ts';
import { readPay } from './slots/pay.ts';
import { oncePerPerson, peopleOf, readCandidates, readInterviewers } from './slots/people.ts';
import { readPlaces } from './slots/places.ts';
import type { OwnWords, SlotContext, SlotReader } from './slots/slot-reader.ts';
import { readTimesOfOrder } from './slots/times.ts';

/** Every reader of entities, in the order in which they run. */
const READERS: readonly SlotReader[] = [
  readOwnWords,
  readCandidates,
  readInterviewers,
  readPlaces,
  readJobs,
  readPay,
  readCounts,
  readTimesOfOrder,
  readNeeds,
];

/** Says of whom, when, where and how much an order speaks, what is missing and what may not count. */
export function fillFrame(context: Omit<SlotContext, 'entities' | 'ownWords'>): IntentFrame {
  const { order, text } = context;
  let entities: Entities = { ...order.keys };
  let ownWords: readonly OwnWords[] = [];
  for (const read of READERS) {
    const findings = read({ ...context, entities, ownWords });
    entities = { ...entities, ...findings.entities };
    ownWords = [...ownWords, ...(findings.ownWords ?? [])];
  }
  return {
    intent: order.intent,
    entities,
    who: whoOf({ ...context, entities, ownWords }),
    confidence: order.confidence,
    start: text.place(order.start),
    end: text.place(order.end),
  };
}

/** Who an order is about: those named, else those described. A description that fits as many as it counts is certain. */
function whoOf(context: SlotContext): string[][] {
  const named = oncePerPerson(peopleOf(context, 'who'));
  if (named.length > 0) return named.map(({ ids }) => ids);
  return peopleOf(context, 'ref').flatMap((described) =>
    'count' in described && described.count === described.ids.length
      ? described.ids.map((id) => [id])
      : [described.ids],
  );
}
