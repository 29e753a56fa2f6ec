import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldLine } from '../text/marked-text.ts';

/** A known word of a gazetteer file and the entry it belongs to (the entry's first word). */
export interface KnownWord {
  folded: string;
  entry: string;
}

const READ = new Map<string, readonly KnownWord[]>();

/** `gazetteer/NAME.txt`, read once: an entry a line, its ways to be written separated by `|`, remarks behind `#`; folded. */
export function readGazetteer(name: string): readonly KnownWord[] {
  const words = READ.get(name) ?? wordsOf(name);
  READ.set(name, words);
  return words;
}

function wordsOf(name: string): KnownWord[] {
  const text = readFileSync(join(import.meta.dirname, 'gazetteer', `${name}.txt`), 'utf8');
  return text.split('\n').flatMap((line) => {
    const words = line.replace(/#.*$/, '').trim();
    if (words === '') return [];
    const [entry = '', ...others] = words.split('|').map((word) => word.trim());
    return [entry, ...others].map((word) => ({ folded: foldLine(word), entry }));
  });
}

const LATIN = /[a-z0-9]/;

/** Finds known words in folded texts, the longest at every place; English ones only as whole words. */
export class WordFinder {
  readonly #byFirst = new Map<string, KnownWord[]>();

  constructor(words: readonly KnownWord[]) {
    for (const word of words) {
      const first = word.folded[0] ?? '';
      this.#byFirst.set(first, [...(this.#byFirst.get(first) ?? []), word]);
    }
    for (const list of this.#byFirst.values()) list.sort((a, b) => b.folded.length - a.folded.length);
  }

  /** Never overlapping, from left to right. */
  find(folded: string): { start: number; end: number; entry: string }[] {
    const found: { start: number; end: number; entry: string }[] = [];
    for (let at = 0; at < folded.length; ) {
      const word = this.#byFirst.get(folded[at] ?? '')?.find((each) => standsHere(folded, at, each.folded));
      if (word) found.push({ start: at, end: at + word.folded.length, entry: word.entry });
      at += word ? word.folded.length : 1;
    }
    return found;
  }
}

function standsHere(text: string, at: number, word: string): boolean {
  if (!text.startsWith(word, at)) return false;
  const end = at + word.length;
  const plural = text[end] === 's' && !LATIN.test(text[end + 1] ?? ' ');
  if (LATIN.test(word[0] ?? '') && LATIN.test(text[at - 1] ?? ' ')) return false;
  return !(LATIN.test(word.at(-1) ?? '') && LATIN.test(text[end] ?? ' ') && !plural);
}
