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
    const { said } = prepareReply(line.example, replyToOf(line), emptyWorld);
    expect(said).toMatch(new RegExp(line.pattern.source, 'u'));
    if (line.name === 'sensitive') expect(JSON.stringify(framesOf(line))).toContain('SENSITIVE');
    if (line.name === 'not_sensitive') expect(JSON.stringify(framesOf(line))).not.toContain('SENSITIVE');
    if (line.name === 'nothing') {
      const inside = findConcepts(prepareReply(line.example, replyToOf(line), emptyWorld));
      expect(inside.filter(({ name }) => name === 'no' || name === 'late')).toEqual([]);
    }
  });

  test('and what was learnt beside it agrees, but for a few that people say in two senses', () => {
    const answers = lines.filter(({ name }) => INTENT_OF[name] !== undefined);
    const others = answers.filter((line) => framesOf(line).every(({ intent }) => intent !== INTENT_OF[line.name]));
    expect(others.length / answers.length, others.map(({ place }) => place).join(' ')).toBeLessThan(0.04);
  });
});

type Line = ReturnType<typeof candidateLexicon>[number];
const replyToOf = ({ keys }: Line): string =>
  Array.isArray(keys.only) ? String(keys.only[0]) : 'interview_invitation';
const framesOf = (line: Line): ReturnType<typeof readAs>['frames'] => readAs(line.example, replyToOf(line)).frames;
