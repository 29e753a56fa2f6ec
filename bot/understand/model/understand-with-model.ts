import type { ReadingModel } from '../../../channels/channel.ts';
import { decide, SURE } from '../decide.ts';
import type { IntentFrame, Understanding } from '../intents.ts';
import type { Known } from '../known.ts';
import { understand } from '../understand.ts';
import type { Utterance } from '../world/world.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { hidePersonal } from './placeholders.ts';
import { framesOfProposal, PROPOSED } from './proposal.ts';

/** Longest message that is given to a model, in UTF-16 units. */
const LONGEST = 400;

/** Reads a message as `understand` does and, where the rules are unsure, takes a model's proposal instead. */
export async function understandWithModel(
  utterance: Utterance,
  known: Known,
  model: ReadingModel | undefined,
): Promise<Understanding> {
  const read = understand(utterance, known);
  const frames = model && (await proposeFrames(read.frames, utterance, known, model));
  return frames ? { frames, decision: decide(frames, utterance.role) } : read;
}

/**
 * Asks a model how a message of staff could be meant of which the rules are unsure. What it proposes is never sure: it is
 * shown to the asker and waits for a tap.
 * @param read what the rules make of it
 * @returns undefined where the rules' own reading stands: they are sure, the message tells of something that may not count or
 * leave, the model has no usable answer, or the answer passes over an order of which the rules are sure
 */
export async function proposeFrames(
  read: readonly IntentFrame[],
  utterance: Utterance,
  known: Known,
  model: ReadingModel,
): Promise<[IntentFrame, ...IntentFrame[]] | undefined> {
  if (utterance.role === 'candidate' || !isUnsure(read, utterance.text)) return undefined;
  const { hidden, restore } = hidePersonal(utterance.text, known);
  const answer = await model.propose({ instructions: INSTRUCTIONS, message: hidden });
  const proposed = answer === null ? undefined : framesOfProposal(answer, restore, utterance, known);
  if (!proposed || proposed.every(({ intent }) => intent === 'unknown')) return undefined;
  // Another pair of eyes sees the same: the rules' own details stand, and it is worth showing.
  const [first, ...others] = read;
  if (first && read.length === proposed.length && read.every(({ intent }, at) => intent === proposed[at]?.intent)) {
    return [shown(first), ...others.map(shown)];
  }
  const passedOver = read.some(
    ({ intent, confidence }) => confidence >= SURE && !proposed.some((frame) => frame.intent === intent),
  );
  return passedOver ? undefined : proposed;
}

const shown = (frame: IntentFrame): IntentFrame => ({ ...frame, confidence: Math.max(frame.confidence, PROPOSED) });

/** A message with anything in it that may not count, an illness or an identity card, is nobody else's business. */
function isUnsure(frames: readonly IntentFrame[], text: string): boolean {
  if (text.length > LONGEST || text.trim().length < 2) return false;
  if (frames.some(({ entities }) => entities.compliance_flag !== undefined)) return false;
  return frames.some(({ confidence }) => confidence < SURE);
}
