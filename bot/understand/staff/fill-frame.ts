import { flagsOf } from '../compliance/flags-of.ts';
import type { Entities, IntentFrame } from '../intents.ts';
import { readCounts } from './slots/counts.ts';
import { readGroups } from './slots/groups.ts';
import { readJobs } from './slots/jobs.ts';
import { readNeeds } from './slots/needs.ts';
import { readOutcome } from './slots/outcome.ts';
import { readOwnWords } from './slots/own-words.ts';
import { readPay } from './slots/pay.ts';
import { oncePerPerson, peopleOf, readCandidates, readInterviewers } from './slots/people.ts';
import { readPlaces } from './slots/places.ts';
import { type OwnWords, type SlotContext, type SlotReader, withoutTakenBack } from './slots/slot-reader.ts';
import { readTerms } from './slots/terms.ts';
import { readTimesOfOrder } from './slots/times.ts';
import { hasUnaccounted } from './unaccounted.ts';

/** Every reader of entities, in the order in which they run. */
const READERS: readonly SlotReader[] = [
  readOwnWords,
  readCandidates,
  readInterviewers,
  readPlaces,
  readJobs,
  readOutcome,
  readPay,
  readCounts,
  readGroups,
  readTerms,
  readTimesOfOrder,
  flagsOf,
  readNeeds,
];

/** Below what is done at once: something of the order was not understood. */
const DOUBTFUL = 0.7;

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
  const own = whoOf({ ...context, entities, ownWords });
  const takesOver = entities.candidate !== undefined && entities.candidate === context.inherited?.entities.candidate;
  return {
    intent: order.intent,
    entities,
    who: own.length > 0 ? own : takesOver ? (context.inherited?.who ?? []) : [],
    confidence: hasUnaccounted({ ...context, entities, ownWords })
      ? Math.min(order.confidence, DOUBTFUL)
      : order.confidence,
    start: text.place(order.start),
    end: text.place(order.end),
  };
}

/**
 * The frames of a message. What stands once serves several orders: who is not named again in a later order is the one of the
 * order before (約佢, cancel it).
 */
export function fillFrames(
  orders: readonly [SlotContext['order'], ...SlotContext['order'][]],
  context: Omit<SlotContext, 'entities' | 'ownWords' | 'order' | 'orders' | 'inherited'>,
): [IntentFrame, ...IntentFrame[]] {
  const [first, ...others] = orders;
  const frames: [IntentFrame, ...IntentFrame[]] = [fillFrame({ ...context, orders, order: first })];
  for (const order of others) {
    const before = frames.at(-1);
    frames.push(fillFrame({ ...context, orders, order, ...(before ? { inherited: before } : {}) }));
  }
  return frames;
}

/** Who an order is about: those named, else those described. A description that fits as many as it counts is certain. */
function whoOf(context: SlotContext): string[][] {
  const named = oncePerPerson(withoutTakenBack(context, peopleOf(context, 'who')));
  if (named.length > 0) return named.map(({ ids }) => ids);
  return peopleOf(context, 'ref').flatMap((described) =>
    'count' in described && described.count === described.ids.length
      ? described.ids.map((id) => [id])
      : [described.ids],
  );
}
