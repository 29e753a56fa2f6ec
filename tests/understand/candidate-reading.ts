import type { Understanding } from '../../bot/understand/intents.ts';
import { makeKnown } from '../../bot/understand/known.ts';
import { understand } from '../../bot/understand/understand.ts';

/** Monday 2026-11-23, 10:00 in Hong Kong, in a company of which nothing is known. */
export const emptyWorld = makeKnown({
  now: '2026-11-23T10:00:00+08:00',
  candidates: [],
  staff: [],
  branches: [],
  requisitions: [],
  interviews: [],
});

/** Reads a candidate's words in answer to a message. */
export function readAs(text: string, replyTo = 'interview_invitation'): Understanding {
  return understand({ text, channel: 'direct', role: 'candidate', replyTo }, emptyWorld);
}
