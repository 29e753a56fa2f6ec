import type { ComplianceFlag } from '../intents.ts';
import { type LexiconLine, readLexicon } from '../lexicon/lexicon.ts';

/** Grounds on which nobody may be chosen or kept out. */
export const GROUNDS = ['SDO', 'DDO', 'FSDO', 'RDO', 'AGE'] as const satisfies readonly ComplianceFlag[];
export type Ground = (typeof GROUNDS)[number];

const isGround = (meaning: string): meaning is Ground => (GROUNDS as readonly string[]).includes(meaning);

/**
 * Words about a ground. `requirement`: they ask for it or keep it out whatever stands around them (只收本地人). `fact`: a
 * property that counts only where the order weighs it (佢大肚). `event`: illness, accident, death: counts against nobody
 * unless somebody is turned down for it.
 */
export interface GroundHit {
  ground: Ground;
  kind: 'requirement' | 'fact' | 'event';
  /** What the same fact is in an order that does not weigh it: `private` = left out of what is stored, `note` = in notes. */
  neutral?: 'private' | 'note';
  /** Choosing somebody for it is choosing on this ground (後生, 本地人). */
  favours: boolean;
  /** A word for somebody (阿伯, 大嬸), often no more than that: it counts where somebody is chosen or turned down. */
  names: boolean;
  start: number;
  end: number;
  /** The lexicon line, for finding out why: `compliance-facts/sex.tsv:3`. */
  place: string;
}

/** What stands around an order and changes how a property is meant (lexicon/compliance-context). */
export type ContextMeaning = 'adverse' | 'own_wish' | 'withdrawn' | 'accepted' | 'original' | 'copied' | 'brings';

/** Words that only look like a ground (識印度話, 男裝部) are overwritten with this, so that nothing is found in them. */
const HARMLESS = '\ue00f';

const REQUIREMENTS = readLexicon('compliance-requirements');
const FACTS = readLexicon('compliance-facts');
const ALLOWED = readLexicon('compliance-allowed');
const CONTEXT = readLexicon('compliance-context');
const IDENTITY = readLexicon('compliance-identity');

/** Every lexicon line about grounds, by folder: for documents and for the test that tries each line. */
export const COMPLIANCE_LINES: Readonly<Record<string, readonly LexiconLine[]>> = {
  'compliance-requirements': REQUIREMENTS,
  'compliance-facts': FACTS,
  'compliance-allowed': ALLOWED,
  'compliance-context': CONTEXT,
  'compliance-identity': IDENTITY,
};

function* matches(line: LexiconLine, text: string): Generator<{ start: number; end: number }> {
  line.pattern.lastIndex = 0;
  for (let match = line.pattern.exec(text); match; match = line.pattern.exec(text)) {
    if (match[0].length === 0) line.pattern.lastIndex += 1;
    else yield { start: match.index, end: match.index + match[0].length };
  }
}

/** The folded text with look-alikes overwritten; the same length. */
export function withoutLookAlikes(folded: string): string {
  // No word spans a run of spaces; left as they are, thousands of them would be tried one by one.
  const evened = folded.replace(/ {3,}/g, (run) => `  ${HARMLESS.repeat(run.length - 2)}`);
  let text = evened;
  for (const line of ALLOWED) {
    for (const { start, end } of matches(line, evened)) {
      text = text.slice(0, start) + HARMLESS.repeat(end - start) + text.slice(end);
    }
  }
  return text;
}

/**
 * Words about protected grounds, in the order of the text.
 * @param plain folded, look-alikes overwritten, names of people and places blanked
 */
export function findGrounds(plain: string): GroundHit[] {
  const hits: GroundHit[] = [];
  for (const [lines, isRequirement] of [
    [REQUIREMENTS, true],
    [FACTS, false],
  ] as const) {
    for (const line of lines) {
      if (!isGround(line.meaning)) throw new Error(`${line.place}: ${line.meaning} is no ground`);
      const { neutral, event, favours, person } = line.keys;
      for (const at of matches(line, plain)) {
        hits.push({
          ground: line.meaning,
          kind: isRequirement ? 'requirement' : event === true ? 'event' : 'fact',
          ...(neutral === 'private' || neutral === 'note' ? { neutral } : {}),
          favours: favours === true,
          names: person === true,
          ...at,
          place: line.place,
        });
      }
    }
  }
  return hits.sort((a, b) => a.start - b.start);
}

/** Whether words of this meaning stand in a stretch of the text. */
export function says(plain: string, meaning: ContextMeaning): boolean {
  return CONTEXT.some((line) => line.meaning === meaning && !matches(line, plain).next().done);
}

/** Whether an identity card or its number is spoken of. */
export function findIdentityCards(plain: string): { start: number; end: number }[] {
  return IDENTITY.flatMap((line) => [...matches(line, plain)]);
}
