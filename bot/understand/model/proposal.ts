import { z } from 'zod';
import { entitiesSchema, type IntentFrame, STAFF_INTENTS, type StaffIntent } from '../intents.ts';
import type { Known } from '../known.ts';
import { findMentions } from '../mentions/find-mentions.ts';
import { fillFrames } from '../staff/fill-frame.ts';
import { findModifiers } from '../staff/find-cues.ts';
import type { Order } from '../staff/order.ts';
import { clausesOf } from '../text/clauses.ts';
import type { Utterance } from '../world/world.ts';

/** A proposal never reaches the confidence from which something is done without a tap. */
export const PROPOSED = 0.45;
/** Orders of one message that are looked at. */
const MOST_ORDERS = 4;

const proposalSchema = z.object({
  orders: z.array(z.object({ intent: z.enum(STAFF_INTENTS), entities: z.unknown().optional() })).min(1),
});

/** Free text that only the message itself can say. */
const OWN_WORDS = ['reason', 'note', 'content', 'condition', 'filter', 'comment', 'exclude'] as const;

/**
 * What a model answered, as frames: of its answer the intents count, and free text that stands word for word in the
 * message. People, times, places and pay are read by the rules, flags and what must be asked as well.
 * @param answer JSON text with the placeholders already put back
 * @returns undefined when the answer is none
 */
export function framesOfProposal(
  answer: string,
  utterance: Utterance,
  known: Known,
): [IntentFrame, ...IntentFrame[]] | undefined {
  const proposed = proposalSchema.safeParse(jsonOf(answer));
  if (!proposed.success) return undefined;
  const { text, found } = findMentions(utterance.text, known, utterance.conversation);
  const orders = proposed.data.orders.slice(0, MOST_ORDERS).map(({ intent }) => orderOf(intent, text.marked.length));
  const [first, ...others] = orders;
  if (!first) return undefined;
  const clauses = clausesOf(text.marked);
  const frames = fillFrames([first, ...others], {
    text,
    found,
    clauses,
    modifiers: findModifiers(text.marked, clauses),
    known,
  });
  for (const [at, frame] of frames.entries()) {
    addOwnWords(frame, proposed.data.orders[at]?.entities, utterance.text);
  }
  return frames;
}

function orderOf(intent: StaffIntent, length: number): Order {
  return { intent, cueStart: 0, cueEnd: 0, start: 0, end: length, keys: {}, confidence: PROPOSED, needs: [] };
}

function addOwnWords(frame: IntentFrame, entities: unknown, text: string): void {
  const checked = entitiesSchema.safeParse(entities);
  if (!checked.success) return;
  for (const key of OWN_WORDS) {
    const value = checked.data[key];
    if (frame.entities[key] === undefined && typeof value === 'string' && value !== '' && text.includes(value)) {
      frame.entities[key] = value;
    }
  }
}

function jsonOf(answer: string): unknown {
  try {
    return JSON.parse(/\{[\s\S]*\}/u.exec(answer)?.[0] ?? '');
  } catch {
    return undefined;
  }
}
