import { flagsOf } from '../compliance/flags-of.ts';
import type { Entities, IntentFrame } from '../intents.ts';
import { isRightOne } from './added-orders.ts';
import { readCounts } from './slots/counts.ts';
import { readFilters } from './slots/filters.ts';
import { readGroups } from './slots/groups.ts';
import { readJobs } from './slots/jobs.ts';
import { readNeeds } from './slots/needs.ts';
import { readOutcome } from './slots/outcome.ts';
import { readOwnWords } from './slots/own-words.ts';
import { readPay } from './slots/pay.ts';
import { oncePerPerson, peopleOf, readCandidates, readInterviewers } from './slots/people.ts';
import { readPlaces } from './slots/places.ts';
import { readReasons } from './slots/reasons.ts';
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
  readFilters,
  readReasons,
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
  return first.intent === 'undo' ? rightPeople(frames, context) : frames;
}

/** send錯俾志剛, 應該係志明: the undo is about whom it hit, the act beside it about whom it should have been. */
function rightPeople(
  frames: [IntentFrame, ...IntentFrame[]],
  { text, found }: Pick<SlotContext, 'text' | 'found'>,
): [IntentFrame, ...IntentFrame[]] {
  const people = found.people.filter(({ kind }) => kind === 'who');
  const [undo, again] = frames;
  const right = people.find(({ start, end }) =>
    isRightOne(text.marked, text.markedPlace(start), text.markedPlace(end)),
  );
  const wrong = people.find((person) => person !== right);
  if (frames.length !== 2 || !again || people.length !== 2 || !right || !wrong) return frames;
  const about = (
    frame: IntentFrame,
    { start, end, near, ids }: (typeof people)[number] & { near?: string },
  ): IntentFrame => {
    const { candidate: _, candidate_norm: __, ...entities } = frame.entities;
    const candidate = text.typed.slice(start, end);
    return { ...frame, entities: { ...entities, candidate, ...(near ? { candidate_norm: near } : {}) }, who: [ids] };
  };
  return [about(undo, wrong), about(again, right)];
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
