import type { Clause } from '../text/clauses.ts';
import type { Cue, IntentCue } from './find-cues.ts';

/**
 * What words around an order do to it. `drop`: the words before them in the clause are no order (a hypothesis, a quotation,
 * what the sender will do later); lexicon/staff-modifiers says which words do what:
 * - `negated`: what follows in the clause is not to be done;
 * - `hypothesis`: the rest of the sentence is only imagined;
 * - `quoted`: the rest of the clause is what somebody else said;
 * - `later`: the clause is what the sender will do, or did, without the robot;
 * - `asked`: the clause asks, it does not order.
 */
export function applyModifiers(
  cues: readonly IntentCue[],
  modifiers: readonly Cue[],
  clauses: readonly Clause[],
): IntentCue[] {
  return cues.filter((cue) => !modifiers.some((modifier) => silences(modifier, cue, clauses)));
}

/** Intents that ask or talk, which no modifier turns off. */
const TALK: ReadonlySet<string> = new Set(['status', 'list', 'report', 'help', 'smalltalk', 'unknown', 'undo']);

function silences(modifier: Cue, cue: IntentCue, clauses: readonly Clause[]): boolean {
  if (TALK.has(cue.intent)) return false;
  // Words of the lexicon that hold the modifier themselves already mean what they say: 唔好再約 is a cancel.
  if (modifier.start >= cue.start && modifier.end <= cue.end) return false;
  const sameClause = modifier.clause === cue.clause;
  const sameSentence = clauses[modifier.clause]?.sentence === clauses[cue.clause]?.sentence;
  switch (modifier.line.meaning) {
    case 'negated':
      return sameClause && modifier.end <= cue.start && cue.start - modifier.end <= 8;
    case 'hypothesis':
      return sameSentence && modifier.start <= cue.start;
    case 'quoted':
      return sameClause && modifier.end <= cue.start;
    case 'later':
    case 'asked':
      return sameClause;
    default:
      throw new Error(`${modifier.line.place}: ${modifier.line.meaning} is no modifier`);
  }
}
