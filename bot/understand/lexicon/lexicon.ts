import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileWords } from './pattern.ts';

/** One line of a lexicon file: words that mean something, how strongly, and an example that must be read so. */
export interface LexiconLine {
  /** File and line, for messages: `staff/orders.tsv:12`. */
  place: string;
  /** What the words mean: an intent, or the name of a modifier, topic, flag … depending on the file. */
  meaning: string;
  words: string;
  pattern: RegExp;
  /** 1 (a hint) to 9 (says it all). */
  strength: number;
  /** Further keys the words decide, such as `{"outcome":"voicemail"}`. */
  keys: Record<string, unknown>;
  example: string;
}

/**
 * Reads the files of one lexicon folder, e.g. `staff`: tab-separated, a header, `#` begins a remark. Columns: meaning,
 * words (bot/understand/lexicon/pattern.ts), strength, keys (JSON or empty), example.
 * @throws Error naming file and line for a line that cannot be read
 */
export function readLexicon(folder: string): LexiconLine[] {
  const path = join(import.meta.dirname, folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .flatMap((name) => readLexiconFile(join(path, name), `${folder}/${name}`));
}

function readLexiconFile(path: string, name: string): LexiconLine[] {
  const lines: LexiconLine[] = [];
  for (const [index, raw] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (index === 0 || raw.trim() === '' || raw.startsWith('#')) continue;
    const place = `${name}:${index + 1}`;
    const [meaning = '', words = '', strength = '', keys = '', example = ''] = raw.replace(/\r$/, '').split('\t');
    try {
      if (!meaning || !words || !example) throw new Error('meaning, words and example are needed');
      const weight = Number(strength);
      if (!Number.isInteger(weight) || weight < 1 || weight > 9) throw new Error('strength is 1 to 9');
      lines.push({
        place,
        meaning,
        words,
        pattern: compileWords(words),
        strength: weight,
        keys: keys ? JSON.parse(keys) : {},
        example,
      });
    } catch (error) {
      throw new Error(`${place}: ${(error as Error).message}`);
    }
  }
  return lines;
}
