import { z } from 'zod';
import { entitiesSchema, type IntentFrame, STAFF_INTENTS, type StaffIntent } from '../intents.ts';
import type { Known } from '../known.ts';
import { findMentions } from '../mentions/find-mentions.ts';
import { fillFrames } from '../staff/fill-frame.ts';
import { findModifiers } from '../staff/find-cues.ts';
import type { Order } from '../staff/order.ts';
import { clausesOf } from '../text/clauses.ts';
import type { MarkedText } from '../text/marked-text.ts';
import type { Utterance } from '../world/world.ts';

/** Enough to be shown to the asker; never the confidence from which something is done without a tap. */
export const PROPOSED = 0.6;
/** Orders of one message; an answer with more is none. */
const MOST_ORDERS = 4;

const proposalSchema = z.object({
  orders: z
    .array(z.object({ intent: z.enum(STAFF_INTENTS), text: z.string().optional(), entities: z.unknown().optional() }))
    .min(1)
    .max(MOST_ORDERS),
});

/** Free text that only the message itself can say. */
const OWN_WORDS = ['reason', 'note', 'content', 'condition', 'filter', 'comment', 'exclude'] as const;

/**
 * What a model answered, as frames: of its answer the intents count, and free text that stands word for word in the
 * message. People, times, places and pay are read by the rules, flags and what must be asked as well.
 * @param answer JSON text with placeholders
 * @param restore puts back what they stand for
 * @returns undefined when the answer is none
 */
export function framesOfProposal(
  answer: string,
  restore: (text: string) => string,
  utterance: Utterance,
  known: Known,
): [IntentFrame, ...IntentFrame[]] | undefined {
  const proposed = proposalSchema.safeParse(jsonOf(answer));
  if (!proposed.success) return undefined;
  const { text, found } = findMentions(utterance.text, known, utterance.conversation);
  const orders = ordersOf(proposed.data.orders, restore, text);
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
    addOwnWords(frame, proposed.data.orders[at]?.entities, restore, utterance.text);
  }
  return frames;
}

/** One order owns the whole message; of several each must own a stretch that stands in it, one after the other. */
function ordersOf(
  proposed: readonly { intent: StaffIntent; text?: string | undefined }[],
  restore: (text: string) => string,
  text: MarkedText,
): Order[] {
  const [only, ...others] = proposed;
  if (only && others.length === 0) return [orderOf(only.intent, 0, text.marked.length)];
  const orders: Order[] = [];
  let from = 0;
  for (const { intent, text: own } of proposed) {
    const words = own === undefined ? '' : restore(own).trim();
    const start = text.typed.indexOf(words, from);
    if (words === '' || start < 0) return [];
    from = start + words.length;
    orders.push(orderOf(intent, text.markedPlace(start), text.markedPlace(from)));
  }
  return orders;
}

function orderOf(intent: StaffIntent, start: number, end: number): Order {
  return { intent, cueStart: start, cueEnd: start, start, end, keys: {}, confidence: PROPOSED, needs: [] };
}

function addOwnWords(frame: IntentFrame, entities: unknown, restore: (text: string) => string, text: string): void {
  const checked = entitiesSchema.safeParse(entities);
  if (!checked.success) return;
  for (const key of OWN_WORDS) {
    const value = checked.data[key];
    if (frame.entities[key] !== undefined || typeof value !== 'string' || value.trim() === '') continue;
    const words = restore(value);
    if (text.includes(words)) frame.entities[key] = words;
  }
}

function jsonOf(answer: string): unknown {
  try {
    return JSON.parse(/\{[\s\S]*\}/u.exec(answer)?.[0] ?? '');
  } catch {
    return undefined;
  }
}
