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

/** Longest part of a message of staff that is read, in UTF-16 units; nobody orders at such length, and nothing is done at once then. */
const LONGEST_READ = 1_200;

function readStaff(utterance: Utterance, known: Known): [IntentFrame, ...IntentFrame[]] {
  if (utterance.text.length > LONGEST_READ) return readBeginning(utterance, known);
  const { text, found } = findMentions(utterance.text, known, utterance.conversation);
  const { orders, clauses, modifiers } = readOrders(text);
  return fillFrames(orders, { text, found, clauses, modifiers, known });
}

function readBeginning(utterance: Utterance, known: Known): [IntentFrame, ...IntentFrame[]] {
  const [first, ...others] = readStaff({ ...utterance, text: utterance.text.slice(0, LONGEST_READ) }, known);
  const unsure = (frame: IntentFrame): IntentFrame => ({ ...frame, confidence: Math.min(frame.confidence, 0.5) });
  return [unsure(first), ...others.map(unsure)];
}
