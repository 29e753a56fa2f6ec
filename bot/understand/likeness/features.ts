import { groupsIn } from '../lexicon/thesaurus.ts';

/** Words of the lexicon that were found, for the second opinion: which intent they speak for, and how strongly. */
export interface Hint {
  meaning: string;
  strength: number;
}

const TOKEN = /[a-z]+(?:'[a-z]+)?|\p{Script=Han}|[\ue001-\ue009]|[?!]|\p{Extended_Pictographic}/gu;

/**
 * What a marked text looks like, as the names of its features: Chinese characters alone, in pairs (with one between as well) and in threes; English words
 * alone, in pairs and in threes, and the pieces of longer ones (slips of typing share most of them); marks ({who} …) with what
 * stands beside them; how it begins and ends; the groups of the thesaurus in their order, which say the same in every language;
 * and which words of the lexicon stand in it.
 */
export function featuresOf(marked: string, hints: readonly Hint[] = []): string[] {
  const features = new Set<string>();
  const all = ['^', ...(marked.match(TOKEN) ?? []), '$'];
  for (let at = 0; at < all.length; at += 1) {
    const [a = '', b, c] = [all[at], all[at + 1], all[at + 2]];
    if (at > 0 && at < all.length - 1) features.add(a);
    if (b !== undefined) features.add(`${a} ${b}`);
    if (c !== undefined) features.add(`${a} _ ${c}`);
    if (b !== undefined && c !== undefined) features.add(`${a} ${b} ${c}`);
  }
  for (const word of marked.match(/[a-z]{4,}/g) ?? []) addPieces(features, `<${word}>`);
  addGroups(features, [['^'], ...groupsIn(marked), ['$']]);
  for (const { meaning, strength } of hints) {
    features.add(`= ${meaning}`);
    features.add(`= ${meaning} ${strength}`);
  }
  const [first] = hints;
  const last = hints.at(-1);
  if (first && last) {
    features.add(`=1 ${first.meaning}`);
    features.add(`=9 ${last.meaning}`);
    const strongest = [...hints].sort((x, y) => y.strength - x.strength)[0];
    if (strongest) features.add(`=! ${strongest.meaning}`);
  }
  return [...features];
}

const SHORTEST_PIECE = 3;
const LONGEST_PIECE = 4;

function addPieces(features: Set<string>, word: string): void {
  for (let length = SHORTEST_PIECE; length <= LONGEST_PIECE; length += 1)
    for (let at = 0; at + length <= word.length; at += 1) features.add(`#${word.slice(at, at + length)}`);
}

/** Groups alone, in pairs, in threes, and with one between. */
function addGroups(features: Set<string>, groups: readonly (readonly string[])[]): void {
  for (const [at, here] of groups.entries()) {
    const [next = [], afterNext = []] = [groups[at + 1], groups[at + 2]];
    for (const a of here) {
      if (at > 0 && at < groups.length - 1) features.add(`~${a}`);
      for (const b of next) {
        features.add(`~${a} ${b}`);
        for (const c of afterNext) features.add(`~${a} ${b} ${c}`);
      }
      for (const c of afterNext) features.add(`~${a} _ ${c}`);
    }
  }
}
