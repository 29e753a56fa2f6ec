import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MARKS, MENTION_KINDS } from '../text/marked-text.ts';
import { inOneForm, wordsInOneForm } from '../text/spoken-forms.ts';

/** A line of the thesaurus: words that say nearly the same, whatever the language. */
export interface ThesaurusLine {
  /** File and line, for messages. */
  place: string;
  group: string;
  words: string[];
}

const FOLDER = join(import.meta.dirname, 'thesaurus');

/** Every line of `lexicon/thesaurus/*.tsv`. @throws Error naming the line when it has no group or no words */
export function readThesaurus(): ThesaurusLine[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .flatMap((name) =>
      readFileSync(join(FOLDER, name), 'utf8')
        .split(/\r?\n/)
        .map((line, at) => ({ line, place: `thesaurus/${name}:${at + 1}` }))
        .slice(1)
        .filter(({ line }) => line !== '' && !line.startsWith('#'))
        .map(({ line, place }) => readLine(line, place)),
    );
}

function readLine(line: string, place: string): ThesaurusLine {
  const [group = '', all = ''] = line.split('\t');
  const words = all.split('|').map((word) => word.trim());
  if (!group || words.length === 0 || words.includes('')) throw new Error(`${place}: a group and its words are needed`);
  return { place, group, words };
}

const MARK = new Set(MENTION_KINDS.map((kind) => MARKS[kind]));
const isLetter = (char: string | undefined): boolean => char !== undefined && /[a-z']/.test(char);

/**
 * What groups of words a text speaks of, one after the other: 「唔使嚟」 and "needn't come" are both needless, come. Longer words
 * win over shorter ones inside them; words of no group are passed over; a mark of a mention stands for itself.
 */
class Thesaurus {
  readonly #groups = new Map<string, string[]>();
  /** For each first character the lengths of the words that begin with it, the longest first. */
  readonly #lengths = new Map<string, number[]>();

  constructor(lines: readonly ThesaurusLine[]) {
    for (const { group, words } of lines) {
      for (const word of words.flatMap(inflected)) this.#add(wordsInOneForm(word).trim(), group);
    }
    for (const lengths of this.#lengths.values()) lengths.sort((a, b) => b - a);
  }

  #add(word: string, group: string): void {
    const groups = this.#groups.get(word) ?? [];
    if (!groups.includes(group)) groups.push(group);
    this.#groups.set(word, groups);
    const first = word.charAt(0);
    const lengths = this.#lengths.get(first) ?? [];
    if (!lengths.includes(word.length)) lengths.push(word.length);
    this.#lengths.set(first, lengths);
  }

  /** @param text in one form (`inOneForm`) */
  groupsIn(text: string): string[][] {
    const found: string[][] = [];
    for (let at = 0; at < text.length; ) {
      const char = text.charAt(at);
      const insideWord = isLetter(char) && isLetter(text[at - 1]);
      const length = insideWord ? undefined : this.#lengths.get(char)?.find((each) => this.#isWord(text, at, each));
      if (MARK.has(char)) found.push([char]);
      else if (length !== undefined) found.push(this.#groups.get(text.slice(at, at + length)) ?? []);
      at += length ?? 1;
    }
    return found;
  }

  #isWord(text: string, at: number, length: number): boolean {
    const end = at + length;
    return !(isLetter(text[end - 1]) && isLetter(text[end])) && this.#groups.has(text.slice(at, end));
  }
}

/** An English word as it stands, and with the endings it may take. */
function inflected(word: string): string[] {
  const plain = word.toLowerCase();
  if (!/^[a-z]{3,}$/.test(plain)) return [plain];
  const forms = [plain, `${plain}s`, `${plain}es`, `${plain}ed`, `${plain}ing`];
  if (plain.endsWith('e')) forms.push(`${plain}d`, `${plain.slice(0, -1)}ing`);
  if (/[^aeiou][aeiou][bdgklmnprt]$/.test(plain)) {
    const doubled = plain + plain.slice(-1);
    forms.push(`${doubled}ed`, `${doubled}ing`);
  }
  if (/[^aeiou]y$/.test(plain)) forms.push(`${plain.slice(0, -1)}ies`, `${plain.slice(0, -1)}ied`);
  return forms;
}

const THESAURUS = new Thesaurus(readThesaurus());

/** The groups of a marked or folded text, one after the other; a word may belong to several. */
export function groupsIn(marked: string): string[][] {
  return THESAURUS.groupsIn(inOneForm(marked, false).text);
}
