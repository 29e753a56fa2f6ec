import { makeKnown } from '../../bot/understand/known.ts';
import { featuresOf } from '../../bot/understand/likeness/features.ts';
import { type Example, type Learnt, Likeness } from '../../bot/understand/likeness/likeness.ts';
import { readExamples } from '../../bot/understand/likeness/read-examples.ts';
import { findMentions } from '../../bot/understand/mentions/find-mentions.ts';
import { hintsOf } from '../../bot/understand/staff/find-cues.ts';
import type { LabelledLine } from './labelled-lines.ts';
import { LINES_NOW, makeWorld, parts } from './make-world.ts';

/** Learns what staff's messages look like, from the examples and from further labelled lines. */
export function learnStaff(further: readonly LabelledLine[]): Learnt {
  const nobody = makeKnown({
    now: LINES_NOW,
    candidates: [],
    staff: [],
    branches: [],
    requisitions: [],
    interviews: [],
  });
  const examples = readExamples('staff', nobody).map(({ intents, text }): Example => example(text.marked, intents));
  const lines = further.filter(({ role }) => role !== 'candidate');
  const known = makeKnown(makeWorld(lines));
  const labelled = lines.map(
    (line): Example =>
      example(
        findMentions(line.text, known).text.marked,
        parts(line).map(({ intent }) => String(intent)),
      ),
  );
  return Likeness.learn([...examples, ...labelled]).learnt();
}

const example = (marked: string, labels: readonly string[]): Example => ({
  features: featuresOf(marked, hintsOf(marked)),
  labels,
});
