import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;
const ROOMS = [
  'app',
  'bot',
  'recruiting',
  'templates',
  'jobs',
  'models',
  'hongkong',
  'lib',
  'store',
  'channels',
  'portal',
];

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  return [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, name]) => name ?? '',
  );
}

describe('the sandbox knows only the wire', () => {
  it('imports nothing of the product and none of DingTalk’s packages', () => {
    const outside = sources('sandbox').flatMap((file) => {
      const depth = '../'.repeat(file.split('/').length - 1);
      return importsOf(file)
        .filter((name) =>
          name.startsWith('.')
            ? ROOMS.some((room) => name.startsWith(`${depth}${room}/`))
            : /dingtalk|alicloud|mongoose/.test(name),
        )
        .map((name) => `${file}: ${name}`);
    });
    expect(outside).toEqual([]);
  });

  it('is imported by nothing of the product', () => {
    const inside = ROOMS.flatMap(sources).flatMap((file) =>
      importsOf(file)
        .filter((name) => /(^|\/)sandbox\/[\w/-]+\.ts$/.test(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(inside).toEqual([]);
  });

  it('has only files that can be read in one sitting', () => {
    const long = sources('sandbox').filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 300);
    expect(long).toEqual([]);
  });
});
