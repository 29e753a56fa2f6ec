import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

function documents(): string[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);
  return ['README.md', ...docs];
}

/** Names of our own files in backticks or links: a room, a slash, an ending. */
const PATH =
  /(?:`|\]\()((?:app|bot|recruiting|templates|jobs|models|hongkong|lib|store|channels|portal|sandbox|bench|docs|tests)\/[\w./-]+\.\w+)/g;

describe.each(documents())('%s', (name) => {
  const text = readFileSync(join(ROOT, name), 'utf8');

  test('names files that exist', () => {
    const missing = [...text.matchAll(PATH)]
      .map((match) => match[1] ?? '')
      .filter((path) => !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });

  test('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [
      ...text.matchAll(
        /npm (?:run )?(?:--silent )?((?:store|audit|test|understand):\w+|start|test|check|bench|sandbox|app|store)\b/g,
      ),
    ];
    expect(named.map((match) => match[1] ?? '').filter((script) => !(script in scripts))).toEqual([]);
  });
});
