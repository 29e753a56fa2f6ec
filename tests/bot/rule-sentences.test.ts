import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RULE_SENTENCES } from '../../bot/replies/rule-sentences.ts';
import { hasSimplified } from '../../hongkong/chinese-text.ts';

/** Codes thrown with a literal, and literal members of the types that are thrown (`stage.ts`). */
function thrownCodes(): Map<string, string> {
  const codes = new Map<string, string>();
  const files = ['bot', 'recruiting', 'jobs'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  // What candidates read on their page has words of its own.
  for (const file of files.filter((name) => name.endsWith('.ts') && !name.startsWith(join('recruiting', 'portal')))) {
    const text = readFileSync(file, 'utf8');
    for (const match of text.matchAll(/new RuleBroken\(\s*'([a-z0-9_]+)'/g)) codes.set(match[1] ?? '', file);
    const obstacles = /type StageObstacle =([^;]+);/.exec(text)?.[1] ?? '';
    for (const match of obstacles.matchAll(/'([a-z_]+)'/g)) codes.set(match[1] ?? '', file);
  }
  return codes;
}

test('every rule that can be broken has a sentence for the person, in Hong Kong Chinese and English', () => {
  const codes = thrownCodes();
  expect(codes.size).toBeGreaterThan(40);
  const missing = [...codes].filter(([code]) => !RULE_SENTENCES[code]).map(([code, file]) => `${code} (${file})`);
  expect(missing).toEqual([]);
});

test('every sentence can be said and is not Simplified', () => {
  for (const [code, sentence] of Object.entries(RULE_SENTENCES)) {
    const { hant, en } = sentence({});
    expect(hant.length, code).toBeGreaterThan(3);
    expect(en.length, code).toBeGreaterThan(3);
    expect(hasSimplified(hant), code).toBe(false);
  }
});
