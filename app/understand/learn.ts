import { createHash } from 'node:crypto';
import { findConcepts } from '../../bot/understand/candidate/concepts.ts';
import { replyFeatures } from '../../bot/understand/candidate/reply-likeness.ts';
import { prepareReply } from '../../bot/understand/candidate/reply-text.ts';
import { weighAnswers } from '../../bot/understand/candidate/weigh-answers.ts';
import { type Known, makeKnown } from '../../bot/understand/known.ts';
import { featuresOf } from '../../bot/understand/likeness/features.ts';
import { type Example, type Learnt, Likeness } from '../../bot/understand/likeness/likeness.ts';
import { readExampleLines, readExamples } from '../../bot/understand/likeness/read-examples.ts';
import { findMentions } from '../../bot/understand/mentions/find-mentions.ts';
import { hintsOf } from '../../bot/understand/staff/find-cues.ts';
import { readStop } from '../../recruiting/candidate/stop-words.ts';
import type { LabelledLine } from './labelled-lines.ts';
import { LINES_NOW, makeWorld, parts } from './make-world.ts';

/** Learns, and says of what: `of` changes with every example, label and word of the lexicon that could change the result. */
export function learn(examples: readonly Example[]): Learnt & { of: string } {
  return { of: digestOf(examples), ...Likeness.learn(examples).learnt() };
}

/** A digest of examples as the learning sees them. */
export function digestOf(examples: readonly Example[]): string {
  const hash = createHash('sha256');
  for (const { labels, features } of examples) hash.update(`${labels.join('+')}\t${features.join('\t')}\n`);
  return hash.digest('hex');
}

/** What candidates' replies look like: the examples and further labelled lines. */
export function examplesOfCandidates(further: readonly LabelledLine[]): Example[] {
  const known = nobody();
  const examples = readExampleLines('candidate').map(({ intents, typed }) =>
    reply(typed.replace(/[{}[\]]/g, ''), '', intents, known),
  );
  const lines = further
    .filter(({ role, intent }) => role === 'candidate' && intent !== 'emoji_only')
    .map((line) => reply(line.text, String(line.entities.reply_to ?? ''), intentsOf(line), known));
  return [...examples, ...lines];
}

function reply(text: string, replyTo: string, labels: readonly string[], known: Known): Example {
  const prepared = prepareReply(text, replyTo, known);
  const concepts = findConcepts(prepared);
  return { features: replyFeatures(prepared, concepts, weighAnswers(prepared, concepts, readStop(text))), labels };
}

const intentsOf = (line: LabelledLine): string[] => parts(line).map(({ intent }) => String(intent));

const nobody = (): Known =>
  makeKnown({ now: LINES_NOW, candidates: [], staff: [], branches: [], requisitions: [], interviews: [] });

/** What staff's messages look like: the examples and further labelled lines. */
export function examplesOfStaff(further: readonly LabelledLine[]): Example[] {
  const examples = readExamples('staff', nobody()).map(({ intents, text }): Example => example(text.marked, intents));
  const lines = further.filter(({ role }) => role !== 'candidate');
  const known = makeKnown(makeWorld(lines));
  const labelled = lines.map(
    (line): Example =>
      example(
        findMentions(line.text, known).text.marked,
        parts(line).map(({ intent }) => String(intent)),
      ),
  );
  return [...examples, ...labelled];
}

const example = (marked: string, labels: readonly string[]): Example => ({
  features: featuresOf(marked, hintsOf(marked)),
  labels,
});
