import { readStop } from '../../../recruiting/candidate/stop-words.ts';
import type { IntentFrame } from '../intents.ts';
import type { Known } from '../known.ts';
import { loadLikeness } from '../likeness/second-opinion.ts';
import type { Utterance } from '../world/world.ts';
import { findConcepts } from './concepts.ts';
import { isEmojiOnly, readEmoji } from './emoji.ts';
import { fillAnswers } from './fill-answers.ts';
import { withResemblance } from './reply-likeness.ts';
import { prepareReply } from './reply-text.ts';
import { weighAnswers } from './weigh-answers.ts';

const LIKENESS = loadLikeness('candidate');

/**
 * Reads what a candidate wrote: what they answer, ask or complain about, the strongest first (CANDIDATE_INTENTS); everything
 * further stands behind it with its own details. A stop wins over everything else in the text.
 */
export function readReply(utterance: Utterance, known: Known): [IntentFrame, ...IntentFrame[]] {
  const { text, replyTo = '' } = utterance;
  const end = text.length;
  if (isEmojiOnly(text)) {
    const reading = readEmoji(text, replyTo);
    const escalate = reading === 'angry' ? { escalate: true } : {};
    return [{ intent: 'emoji_only', entities: { reading, ...escalate }, who: [], confidence: 1, start: 0, end }];
  }
  const reply = prepareReply(text, replyTo, known);
  const concepts = findConcepts(reply);
  const told = weighAnswers(reply, concepts, readStop(text));
  const answers = withResemblance(LIKENESS, reply, concepts, told);
  const [first, ...others] = fillAnswers(reply, answers, concepts);
  if (first) return [first, ...others];
  return [{ intent: 'unknown', entities: {}, who: [], confidence: 0, start: 0, end }];
}
