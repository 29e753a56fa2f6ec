import { readFileSync } from 'node:fs';

/** The short sentences and labels of the pages: `words/zh-HK.tsv`, key and text; `{name}` is filled. */
const WORDS: ReadonlyMap<string, string> = readWords();

function readWords(): Map<string, string> {
  const source = readFileSync(new URL('./words/zh-HK.tsv', import.meta.url), 'utf8');
  const words = new Map<string, string>();
  for (const line of source.trimEnd().split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [key, text] = line.split('\t');
    if (!key || !text || words.has(key)) throw new SyntaxError(`words/zh-HK.tsv: not a new key and its text: ${line}`);
    words.set(key, text);
  }
  return words;
}

/** A sentence of the pages. @throws RangeError when the key or a value is unknown: a page is never half written */
export function say(key: string, values: Readonly<Record<string, string>> = {}): string {
  const text = WORDS.get(key);
  if (text === undefined) throw new RangeError(`words/zh-HK.tsv has no ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new RangeError(`${key} needs ${name}`);
    return value;
  });
}

/** True when there is such a sentence. */
export function hasWords(key: string): boolean {
  return WORDS.has(key);
}

/** All keys and texts, for tests. */
export function allWords(): ReadonlyMap<string, string> {
  return WORDS;
}
