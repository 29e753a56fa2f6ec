import { readLexicon } from '../lexicon/lexicon.ts';
import { compileWords } from '../lexicon/pattern.ts';
import { wordsInOneForm } from '../text/spoken-forms.ts';
import type { ReplyText } from './reply-text.ts';

/** What words of the lexicon folder `candidate` can mean: an answer, a question, or something that stands beside one. */
export const CONCEPTS = [
  'yes',
  'ack',
  'no',
  'cant',
  'late',
  'reschedule',
  'busy',
  'undecided',
  'thanks',
  'ask_salary',
  'ask_location',
  'ask_preparation',
  'ask_status',
  'ask_other',
  'call_me',
  'complaint',
  'injury',
  'data_request',
  'erasure',
  'third_party',
  'wrong_number',
  'angry',
  'sensitive',
  'not_sensitive',
  'nothing',
] as const;
export type ConceptName = (typeof CONCEPTS)[number];

/** A line of the lexicon, ready to be looked for. */
export interface ConceptLine {
  place: string;
  name: ConceptName;
  pattern: RegExp;
  strength: number;
  keys: Readonly<Record<string, unknown>>;
  example: string;
}

/** Words of a message that mean something. Places are those of `said`. */
export interface Concept {
  name: ConceptName;
  start: number;
  end: number;
  clause: number;
  strength: number;
  keys: Readonly<Record<string, unknown>>;
}

/** In answers a clause begins behind a comma too: 「好,我會到」. */
const CLAUSE_START = '(?<=^ *|[。!?;,~\\n] *|\\. +)';
const CLAUSE_END = '(?=[ \'"」)]*(?:$|[。!?;,~\\n.]))';
const [START_SIGN, END_SIGN] = ['\ue010', '\ue011'];

/** Compiles words of the candidates' lexicon: as everywhere, in one way of writing, `^` and `$` for clauses. */
function compileForReplies(words: string): RegExp {
  const anchored = wordsInOneForm(words).replaceAll('^', START_SIGN).replaceAll('$', END_SIGN);
  const { source } = compileWords(anchored);
  // At most four in a list: thousands of times in a row must not be tried in every division.
  const short = source.replace(/(\{0,4\}[\ue001-\ue009]\))\*/g, '$1{0,3}');
  return new RegExp(short.replaceAll(START_SIGN, CLAUSE_START).replaceAll(END_SIGN, CLAUSE_END), 'gu');
}

let lines: readonly ConceptLine[] | undefined;

/** The lexicon of candidates' words, read once. @throws Error naming file and line for a line that cannot be read */
export function candidateLexicon(): readonly ConceptLine[] {
  lines ??= readLexicon('candidate').map(({ place, meaning, words, strength, keys, example }) => {
    const name = CONCEPTS.find((concept) => concept === meaning);
    if (!name) throw new Error(`${place}: ${meaning} is no concept of a candidate's words`);
    return { place, name, pattern: compileForReplies(words), strength, keys, example };
  });
  return lines;
}

/** Everything in a message that means something; a weaker reading inside the words of a stronger one is none. */
export function findConcepts(reply: ReplyText): Concept[] {
  const all: Concept[] = [];
  for (const line of candidateLexicon()) {
    if (!isFor(line, reply.replyTo)) continue;
    for (const match of reply.said.matchAll(line.pattern)) {
      if (match[0].trim() === '') continue;
      const start = match.index + (match[0].length - match[0].trimStart().length);
      const end = match.index + match[0].length;
      const { name, strength, keys } = line;
      all.push({ name, strength, keys, start, end, clause: reply.clauseOf(start) });
    }
  }
  all.sort((a, b) => b.strength - a.strength || b.end - b.start - (a.end - a.start) || a.start - b.start);
  const kept: Concept[] = [];
  for (const concept of all) {
    const inside = kept.some(
      (other) => other.start <= concept.start && other.end >= concept.end && !together(other.name, concept.name),
    );
    if (!inside) kept.push(concept);
  }
  return kept.filter(({ name }) => name !== 'nothing').sort((a, b) => a.start - b.start);
}

/** Some words mean something only in answer to certain messages: `{"only":["slot_offer"]}`. */
const isFor = ({ keys }: ConceptLine, replyTo: string): boolean =>
  !Array.isArray(keys.only) || keys.only.includes(replyTo);

/** A private reason may stand within any other words: 「扭傷咗嚟唔到」. */
const together = (one: ConceptName, other: ConceptName): boolean =>
  other === 'sensitive' ? one !== 'not_sensitive' && one !== 'nothing' : one === 'sensitive';
