import type { IntentFrame } from '../intents.ts';
import type { Known } from '../known.ts';
import type { Utterance } from '../world/world.ts';

/** Reads what a candidate wrote: what they answer, ask or complain about, the strongest first. */
export function readReply(utterance: Utterance, _known: Known): [IntentFrame, ...IntentFrame[]] {
  return [{ intent: 'unknown', entities: {}, who: [], confidence: 0, start: 0, end: utterance.text.length }];
}
