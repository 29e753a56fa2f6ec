import type { Understanding } from '../understand/intents.ts';
import { makeKnown } from '../understand/known.ts';
import { understand } from '../understand/understand.ts';

/** Reads what a candidate wrote. Candidates name nobody whom the reading would have to know; the moment is the office's. */
export function readWords(now: Date, text: string, replyTo: string | undefined): Understanding {
  const known = makeKnown({
    now: now.toISOString(),
    candidates: [],
    staff: [],
    branches: [],
    requisitions: [],
    interviews: [],
  });
  return understand({ text, channel: 'direct', role: 'candidate', ...(replyTo ? { replyTo } : {}) }, known);
}

/** Whether somebody else answers in the candidate's place, or says that the number is not theirs. */
export function isByOthers(frames: Understanding['frames']): boolean {
  return frames.some(
    ({ intent, entities }) =>
      intent === 'wrong_number' || (intent === 'human' && [entities.topic ?? []].flat().includes('third_party')),
  );
}
