import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { featuresOf, type Hint } from './features.ts';
import { type Learnt, Likeness, type Resemblance } from './likeness.ts';

/** Where what was learnt from the examples of a folder is kept. */
export const learntFile = (folder: string): string => join(import.meta.dirname, `learnt-${folder}.json`);

/** Loads what was learnt; made by `npm run understand:learn`. @throws Error when the file is missing */
export function loadLikeness(folder: string): Likeness {
  const path = learntFile(folder);
  if (!existsSync(path)) throw new Error(`${path} is missing: npm run understand:learn makes it`);
  return Likeness.from(JSON.parse(readFileSync(path, 'utf8')) as Learnt);
}

/** What a marked text resembles, the words of the lexicon found in it counted in. */
export function resemblancesOf(likeness: Likeness, marked: string, hints: readonly Hint[]): Resemblance[] {
  return likeness.resemblances(featuresOf(marked, hints));
}
