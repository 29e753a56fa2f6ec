import { foldedPattern, foldLine } from '../text/marked-text.ts';
import { findGrounds, type GroundHit, withoutLookAlikes } from './grounds.ts';

/** Words that join two halves of a clause of which one tells why: 「唔企得耐因為做過手術」. */
const JOINS = foldedPattern(
  "(?:所以|因此|故此|於是|因為|皆因|由於|事關|原因係|但係|但是|不過|而且|並且|同埋|(?<![一-鿿])因(?!此|為)|(?<![a-z])(?:because(?: of)?|due to|since|as (?=(?:he|she|they|it)(?:'s)? )|bcos|coz|cos|cuz|so(?= )|but|and|after|following|therefore|hence|thus)(?![a-z]))",
  'gu',
);
const SIGNS = /[,，、。.;；:：!！?？\n()（）/|+&~-]+|(?<=[\p{Script=Han}]) +(?=[\p{Script=Han}])/gu;
const EDGES = /^[\s,，、。.;；:：!！?？()（）/|+&~-]+|[\s,，、;；:：(（/|+&~-]+$/gu;

/** What may be stored of somebody's words. */
export interface KeptWords {
  /** Empty when nothing but private life was told. */
  kept: string;
  /** True when something was left out. */
  leftOut: boolean;
}

interface Part {
  start: number;
  end: number;
  /** Where the part begins behind the word that joins it to the one before. */
  body: number;
}

/** What may not be stored: facts of health, family and the protected grounds, and whatever asks for them. */
const isPrivate = ({ kind, neutral }: GroundHit): boolean => kind !== 'fact' || neutral !== undefined;

const privateHits = (text: string): GroundHit[] => findGrounds(withoutLookAlikes(foldLine(text))).filter(isPrivate);

/**
 * Leaves out of a note or reason what tells of health, family or another protected ground, and keeps the limit that matters
 * for the work: 「唔企得耐,盡量排收銀,佢做過膝頭手術」 becomes 「唔企得耐,盡量排收銀」. What stays is as it was typed.
 */
export function withoutSensitive(text: string): KeptWords {
  const hits = privateHits(text);
  if (hits.length === 0) return { kept: text, leftOut: false };
  const parts = partsOf(text);
  const stays = parts.map(({ start, end }) => hits.every((hit) => hit.end <= start || hit.start >= end));
  let kept = '';
  for (const [at, part] of parts.entries()) {
    if (!stays[at]) continue;
    // Between two parts that stay, everything stays; behind one that goes, the word that joined them goes as well.
    const follows = at > 0 && stays[at - 1];
    const from = follows ? (parts[at - 1]?.end ?? part.start) : part.body;
    const gap = kept !== '' && !follows ? separatorFor(kept) : '';
    const words = text.slice(from, part.end);
    kept += gap + (follows ? words : words.trimStart());
  }
  kept = kept.replace(EDGES, '');
  // Parts that stand together now might say what none of them said alone.
  return { kept: privateHits(kept).length === 0 ? kept : '', leftOut: true };
}

const separatorFor = (before: string): string => (/\p{Script=Han}$/u.test(before) ? '，' : ', ');

/** The parts of a text between signs and joining words. */
function partsOf(text: string): Part[] {
  const folded = foldLine(text);
  const cuts = [
    ...[...text.matchAll(SIGNS)].map((match) => ({ at: match.index, body: match.index + match[0].length })),
    ...[...folded.matchAll(JOINS)].map((match) => ({ at: match.index, body: match.index + match[0].length })),
  ].sort((a, b) => a.at - b.at);
  const parts: Part[] = [];
  let start = 0;
  let body = 0;
  for (const cut of cuts) {
    if (cut.at > start) parts.push({ start, end: cut.at, body: Math.min(body, cut.at) });
    start = cut.at;
    body = cut.body;
  }
  parts.push({ start, end: text.length, body });
  return parts.filter(({ body: from, end }) => text.slice(from, end).trim() !== '');
}
