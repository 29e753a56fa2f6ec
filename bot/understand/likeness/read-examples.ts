import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Known } from '../known.ts';
import { findMentions } from '../mentions/find-mentions.ts';
import { MarkedText } from '../text/marked-text.ts';

/** One line of an examples file: what somebody typed, with people already marked. */
export interface MarkedExample {
  /** Intents, the first first. */
  intents: string[];
  text: MarkedText;
}

const PERSON = /\{([^{}]+)\}|\[([^[\]]+)\]/gu;

/**
 * Reads `examples/FOLDER/*.tsv`: a header, then an intent (several joined by +) and a text a line; candidates stand in braces,
 * colleagues in square brackets.
 */
export function readExamples(folder: string, known: Known): MarkedExample[] {
  return readExampleLines(folder).map(({ intents, typed }) => ({ intents, text: markExample(typed, known) }));
}

/** The lines as they stand in the files. */
export function readExampleLines(folder: string): { intents: string[]; typed: string }[] {
  const path = join(import.meta.dirname, '..', 'examples', folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.tsv'))
    .sort()
    .flatMap((name) => readFileSync(join(path, name), 'utf8').split('\n').slice(1))
    .flatMap((line) => {
      const [intents = '', typed = ''] = line.replace(/\r$/, '').split('\t');
      return typed ? [{ intents: intents.split('+'), typed }] : [];
    });
}

/** Marks the people an example names and everything else that is found in it. */
export function markExample(typed: string, known: Known): MarkedText {
  const people: { kind: 'who' | 'staff'; start: number; end: number }[] = [];
  let text = '';
  let at = 0;
  for (const match of typed.matchAll(PERSON)) {
    text += typed.slice(at, match.index);
    const name = match[1] ?? match[2] ?? '';
    people.push({ kind: match[1] === undefined ? 'staff' : 'who', start: text.length, end: text.length + name.length });
    text += name;
    at = match.index + match[0].length;
  }
  text += typed.slice(at);
  // Names are hidden while the rest is read: they are nobody in this world.
  let hidden = text;
  for (const { start, end } of people)
    hidden = hidden.slice(0, start) + '\ue001'.repeat(end - start) + hidden.slice(end);
  const others = findMentions(hidden, known).text.mentions;
  return new MarkedText(text, [...people, ...others]);
}
