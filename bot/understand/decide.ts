import type { Decision, Intent, IntentFrame } from './intents.ts';

/** From this confidence on an act needs no tap. */
export const SURE = 0.8;
/** Candidates are not asked back by the robot: what is done in their name must be surer still, else a person reads it. */
export const SURE_OF_CANDIDATE = 0.8;

/** Somebody angry or in need of a person is handed to one also when the reading is less sure: nothing else is done. */
const SURE_OF_NEED = 0.6;
const NEEDS_PERSON: ReadonlySet<Intent> = new Set(['angry', 'human']);

/** Shown and confirmed by the asker, whatever the words (promise 10). */
const GRAVE: ReadonlySet<Intent> = new Set(['approve', 'reject', 'offer', 'cancel', 'send_message']);
const ANSWERED: ReadonlySet<Intent> = new Set(['status', 'list', 'report', 'help']);
const QUESTIONS: ReadonlySet<Intent> = new Set(['ask_salary', 'ask_location', 'ask_preparation', 'ask_status']);
const NOTHING_TO_DO: ReadonlySet<Intent> = new Set(['smalltalk', 'thanks', 'undecided']);

/** What is done with what was understood. The weakest part decides for the whole message. */
export function decide(frames: readonly IntentFrame[], role: 'hr' | 'manager' | 'candidate'): Decision {
  const decisions = frames.map((frame) => decideFrame(frame, role));
  for (const first of ['refuse', 'ask', 'confirm', 'act', 'answer'] as const)
    if (decisions.includes(first)) return first;
  return 'none';
}

function decideFrame({ intent, entities, who, confidence }: IntentFrame, role: string): Decision {
  const flags = [entities.compliance_flag ?? []].flat();
  if (flags.some((flag) => flag !== 'SENSITIVE')) return 'refuse';
  if (entities.needs?.length) return 'ask';
  if (NOTHING_TO_DO.has(intent)) return 'none';
  if (QUESTIONS.has(intent) || ANSWERED.has(intent)) return 'answer';
  if (intent === 'unknown' || intent === 'emoji_only') return 'answer';
  if (who.some((ids) => ids.length !== 1)) return 'ask';
  if (role !== 'candidate' && GRAVE.has(intent)) return 'confirm';
  const needed = role !== 'candidate' ? SURE : NEEDS_PERSON.has(intent) ? SURE_OF_NEED : SURE_OF_CANDIDATE;
  return confidence >= needed ? 'act' : 'confirm';
}
