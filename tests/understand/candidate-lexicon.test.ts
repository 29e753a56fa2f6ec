import { describe, expect, test } from 'vitest';
import { type ConceptName, candidateLexicon, findConcepts } from '../../bot/understand/candidate/concepts.ts';
import { prepareReply } from '../../bot/understand/candidate/reply-text.ts';
import type { Intent } from '../../bot/understand/intents.ts';
import { emptyWorld, readAs } from './candidate-reading.ts';

/** What the whole reader must say of an example of each concept; the others stand beside an answer. */
const INTENT_OF: Partial<Record<ConceptName, Intent>> = {
  yes: 'yes',
  ack: 'yes',
  no: 'no',
  cant: 'no',
  late: 'late',
  reschedule: 'reschedule',
  busy: 'no',
  undecided: 'undecided',
  thanks: 'thanks',
  ask_salary: 'ask_salary',
  ask_location: 'ask_location',
  ask_preparation: 'ask_preparation',
  ask_status: 'ask_status',
  call_me: 'human',
  complaint: 'human',
  injury: 'human',
  data_request: 'human',
  erasure: 'human',
  third_party: 'human',
  wrong_number: 'wrong_number',
  angry: 'angry',
};

describe('every line of the lexicon finds its own example', () => {
  const lines = candidateLexicon();

  test('the lexicon is broad', () => {
    expect(lines.length).toBeGreaterThan(190);
    expect(new Set(lines.map(({ example }) => example)).size).toBe(lines.length);
  });

  test.for(lines.map((line) => [line.place, line] as const))('%s', ([, line]) => {
    const replyTo = Array.isArray(line.keys.only) ? String(line.keys.only[0]) : 'interview_invitation';
    const { said } = prepareReply(line.example, replyTo, emptyWorld);
    expect(said).toMatch(new RegExp(line.pattern.source, 'u'));
    const reading = readAs(line.example, replyTo);
    const intent = INTENT_OF[line.name];
    if (intent !== undefined) expect(reading.frames.map((frame) => frame.intent)).toContain(intent);
    if (line.name === 'sensitive') expect(JSON.stringify(reading.frames)).toContain('SENSITIVE');
    if (line.name === 'not_sensitive') expect(JSON.stringify(reading.frames)).not.toContain('SENSITIVE');
    if (line.name === 'nothing') {
      const inside = findConcepts(prepareReply(line.example, replyTo, emptyWorld));
      expect(inside.filter(({ name }) => name === 'no' || name === 'late')).toEqual([]);
    }
  });
});
