import { readReply } from './candidate/read-reply.ts';
import { decide } from './decide.ts';
import type { IntentFrame, Understanding } from './intents.ts';
import type { Known } from './known.ts';
import { findMentions } from './mentions/find-mentions.ts';
import { fillFrames } from './staff/fill-frame.ts';
import { readOrders } from './staff/read-orders.ts';
import type { Utterance } from './world/world.ts';

/**
 * Reads a message: what is wanted or said, of whom, when, where, what is missing, what may not count; and whether it can be
 * acted on. Pure: the same message, world and moment always give the same answer; it never throws for any text.
 */
export function understand(utterance: Utterance, known: Known): Understanding {
  const frames = utterance.role === 'candidate' ? readReply(utterance, known) : readStaff(utterance, known);
  return { frames, decision: decide(frames, utterance.role) };
}

function readStaff(utterance: Utterance, known: Known): [IntentFrame, ...IntentFrame[]] {
  const { text, found } = findMentions(utterance.text, known, utterance.conversation);
  const { orders, clauses, modifiers } = readOrders(text);
  return fillFrames(orders, { text, found, clauses, modifiers, known });
}
