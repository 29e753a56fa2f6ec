import { STAFF_INTENTS, type StaffIntent } from '../intents.ts';
import { type LexiconLine, readLexicon } from '../lexicon/lexicon.ts';
import type { Hint } from '../likeness/features.ts';
import { type Clause, clauseAt, clausesOf } from '../text/clauses.ts';

/** Words of the lexicon found in a message. */
export interface Cue {
  line: LexiconLine;
  /** Places in the marked text. */
  start: number;
  end: number;
  clause: number;
}

/** Words that say what is wanted. */
export interface IntentCue extends Cue {
  intent: StaffIntent;
}

const isIntent = (meaning: string): meaning is StaffIntent => (STAFF_INTENTS as readonly string[]).includes(meaning);

/** Every line of the intent lexicon, ready for finding all its occurrences. */
export const INTENT_LINES: readonly LexiconLine[] = readLexicon('staff');
/** Lines that change what other words mean: negation, question, hypothesis, quotation … */
export const MODIFIER_LINES: readonly LexiconLine[] = readLexicon('staff-modifiers');

function* occurrences(line: LexiconLine, marked: string): Generator<{ start: number; end: number }> {
  line.pattern.lastIndex = 0;
  for (let match = line.pattern.exec(marked); match; match = line.pattern.exec(marked)) {
    yield { start: match.index, end: match.index + match[0].length };
    if (match[0].length === 0) line.pattern.lastIndex += 1;
  }
}

/** All cues of a message, in no order. @throws Error for a lexicon line whose meaning is no intent */
export function findIntentCues(marked: string, clauses: readonly Clause[]): IntentCue[] {
  return INTENT_LINES.flatMap((line) => {
    if (!isIntent(line.meaning)) throw new Error(`${line.place}: ${line.meaning} is no intent`);
    const { meaning: intent } = line;
    return [...occurrences(line, marked)].map((at) => ({ line, intent, ...at, clause: clauseAt(clauses, at.start) }));
  });
}

/** All modifiers of a message, in no order. */
export function findModifiers(marked: string, clauses: readonly Clause[]): Cue[] {
  return MODIFIER_LINES.flatMap((line) =>
    [...occurrences(line, marked)].map((at) => ({ line, ...at, clause: clauseAt(clauses, at.start) })),
  );
}

/** The intent cues of a marked text as hints for the second opinion, in the order of the text. */
export function hintsOf(marked: string): Hint[] {
  return hintsIn(findIntentCues(marked, clausesOf(marked)));
}

/** Cues already found, as hints. */
export function hintsIn(cues: readonly IntentCue[]): Hint[] {
  return [...cues]
    .sort((a, b) => a.start - b.start)
    .map(({ intent, line }) => ({ meaning: intent, strength: line.strength }));
}
