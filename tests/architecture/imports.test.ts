import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** Which room may import from which (docs/architecture.md). A room always may import from itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  hongkong: [],
  templates: ['hongkong', 'lib'],
  models: ['lib'],
  recruiting: ['models', 'templates', 'hongkong', 'lib'],
  channels: ['models', 'hongkong', 'lib'],
  bot: ['recruiting', 'templates', 'models', 'channels', 'hongkong', 'lib'],
  jobs: ['recruiting', 'templates', 'models', 'channels', 'hongkong', 'lib'],
  portal: ['recruiting', 'templates', 'models', 'channels', 'hongkong', 'lib'],
  store: ['lib'],
  sandbox: [],
  app: ['bot', 'jobs', 'portal', 'recruiting', 'templates', 'models', 'channels', 'store', 'hongkong', 'lib'],
};
/** Of the channels, the other rooms know the seam only. */
const SEAM = 'channels/channel.ts';
const KNOW_THE_SEAM_ONLY = ['bot', 'jobs', 'portal'];
/** What the channels may know of the models. */
const CHANNEL_MODELS = ['models/inbox-item.model.ts', 'models/quota-counter.model.ts'];

interface Import {
  from: string;
  to: string;
}

function sourceFiles(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Imports of our own files: static, type-only, dynamic and re-exports. */
function importsOf(room: string): Import[] {
  return sourceFiles(room).flatMap((file) => {
    const code = readFileSync(file, 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '');
    const targets = [...code.matchAll(/(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g)].map(
      (match) => match[1] ?? '',
    );
    return targets.map((target) => ({
      from: relative(ROOT, file),
      to: relative(ROOT, resolve(dirname(file), target)),
    }));
  });
}

const roomOf = (path: string): string => path.split('/')[0] ?? '';

describe.each(Object.keys(MAY_IMPORT))('%s', (room) => {
  const imports = importsOf(room);

  test('imports only from the rooms below it', () => {
    const allowed = [room, ...(MAY_IMPORT[room] ?? [])];
    const wrong = imports.filter(({ to }) => !allowed.includes(roomOf(to)));
    expect(wrong).toEqual([]);
  });

  test('knows of the channels what it may know', () => {
    const wrong = KNOW_THE_SEAM_ONLY.includes(room)
      ? imports.filter(({ to }) => roomOf(to) === 'channels' && to !== SEAM)
      : [];
    const models =
      room === 'channels' ? imports.filter(({ to }) => roomOf(to) === 'models' && !CHANNEL_MODELS.includes(to)) : [];
    expect([...wrong, ...models]).toEqual([]);
  });
});

test('the sandbox is reached over the wire only', () => {
  const wrong = Object.keys(MAY_IMPORT)
    .filter((room) => room !== 'sandbox')
    .flatMap(importsOf)
    .filter(({ to }) => roomOf(to) === 'sandbox');
  expect(wrong).toEqual([]);
});

test('only app, tests and bench open the store', () => {
  const wrong = Object.keys(MAY_IMPORT)
    .filter((room) => room !== 'app' && room !== 'store')
    .flatMap(importsOf)
    .filter(({ to }) => roomOf(to) === 'store');
  expect(wrong).toEqual([]);
});

/** Rules that decide from plain values: no database, no unit of work. */
const PURE_RULES = [
  'recruiting/application/stage.ts',
  'recruiting/interview/interview-times.ts',
  'recruiting/message/decide-sending.ts',
  'recruiting/waiting/waiting-steps.ts',
];

test.each(PURE_RULES)('%s is a pure rule: it imports knowledge and types only', (file) => {
  const code = readFileSync(join(ROOT, file), 'utf8');
  const values = [...code.matchAll(/^import\s+(?!type\b)([\s\S]*?)from\s+['"](\.{1,2}\/[^'"]+)['"]/gm)]
    .map((match) => relative(ROOT, resolve(ROOT, dirname(file), match[2] ?? '')))
    .filter((to) => !['hongkong', 'lib'].includes(roomOf(to)));
  const allowed = values.filter((to) => !PURE_RULES.includes(to) && !to.startsWith('recruiting/'));
  expect(allowed).toEqual([]);
});
