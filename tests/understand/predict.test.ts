import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLabelledLines } from '../../app/understand/labelled-lines.ts';
import { makeWorld, parts } from '../../app/understand/make-world.ts';
import { makeKnown } from '../../bot/understand/known.ts';
import { foldName } from '../../hongkong/names.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const LINES = join(import.meta.dirname, 'managers.tsv');
const CANDIDATES = join(import.meta.dirname, 'candidates.tsv');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ziuping-understand-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (script: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync('npm', ['run', '--silent', script, '--', ...args], { cwd: ROOT, encoding: 'utf8' });

/** The predictions without the time they took. */
const withoutTimes = (path: string): string => readFileSync(path, 'utf8').replace(/,"ms":[\d.]+/g, '');

/** The file with nobody's labels: intent empty, of the entities only the message that is answered. */
function withoutLabels(path: string): string {
  const [head = '', ...rows] = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  const emptied = rows.map((row) => {
    const [id, channel, role, text, , entities] = row.split('\t');
    const { reply_to } = JSON.parse(entities || '{}') as { reply_to?: string };
    return [id, channel, role, text, '', reply_to === undefined ? '' : JSON.stringify({ reply_to })].join('\t');
  });
  const copy = join(folder, 'emptied.tsv');
  writeFileSync(copy, `${[head, ...emptied].join('\n')}\n`);
  return copy;
}

describe('npm run understand', () => {
  test.each([LINES, CANDIDATES])('never looks at the labels of %s', (file) => {
    const world = join(folder, 'world.json');
    const [labelled, emptied] = [join(folder, 'labelled.jsonl'), join(folder, 'emptied.jsonl')];
    writeFileSync(world, execFileSync('npm', ['run', '--silent', 'understand:world', '--', file], { cwd: ROOT }));
    expect(run('understand', file, '--predict', labelled, '--world', world).status).toBe(0);
    expect(run('understand', withoutLabels(file), '--predict', emptied, '--world', world).status).toBe(0);
    expect(withoutTimes(emptied)).toBe(withoutTimes(labelled));
    const first = JSON.parse(readFileSync(labelled, 'utf8').split('\n')[0] ?? '');
    expect(Object.keys(first)).toEqual(['id', 'intent', 'entities', 'decision', 'resolved', 'ms']);
  });

  test('prints one document with the scores, and none where the file has no labels', () => {
    const scored = JSON.parse(run('understand', CANDIDATES, '--json').stdout);
    expect(scored).toMatchObject({ file: CANDIDATES, lines: 240, candidates: { lines: 240, missing: 0 } });
    expect(scored).not.toHaveProperty('staff');
    expect(scored.p95Ms).toBeGreaterThan(0);
    const unscored = JSON.parse(run('understand', withoutLabels(CANDIDATES), '--json').stdout);
    expect(Object.keys(unscored)).toEqual(['file', 'lines', 'p95Ms']);
  });

  test('says what is wrong with a file that cannot be read', () => {
    expect(run('understand', join(folder, 'missing.tsv'), '--json')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('missing.tsv'),
    });
    const broken = join(folder, 'broken.tsv');
    writeFileSync(broken, 'id\tchannel\trole\ttext\tintent\tentities\nX1\tgroup\thr\t早晨\tsmalltalk\t{oops\n');
    expect(run('understand', broken, '--json')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('broken.tsv:2: entities are no JSON'),
    });
    expect(run('understand').status).toBe(2);
  });
});

describe('the world of a labelled file', () => {
  const lines = readLabelledLines(LINES);
  const world = makeWorld(lines);

  test('holds everybody whom the file names, once', () => {
    const known = makeKnown(world);
    for (const part of lines.flatMap(parts)) {
      const corrected = [part.candidate_norm ?? []].flat();
      for (const [at, typed] of [part.candidate ?? []].flat().entries()) {
        const name = String(corrected[at] ?? typed);
        const [hit, ...others] = known.people.find(name);
        expect(hit?.ids, name).toHaveLength(1);
        expect(others, name).toEqual([]);
      }
    }
  });

  test('holds 300 others who nearly have these names, none equal to another after folding', () => {
    const names = world.candidates.map(({ names: [first = ''] }) => foldName(first));
    expect(new Set(names).size).toBe(names.length);
    const others = makeWorld([]).candidates.length;
    expect(others).toBe(300);
    const named = world.candidates.filter(({ stage }) => stage !== undefined).length;
    expect(world.candidates.length - named).toBe(300);
  });

  test('holds somebody for each description', () => {
    const described = new Set(lines.flatMap(parts).flatMap((part) => [part.candidate_ref ?? []].flat()));
    const facts = world.candidates.flatMap(({ facts: own }) => own);
    expect(new Set(facts)).toEqual(described);
  });

  test('is the same each time it is made', () => {
    expect(makeWorld(lines)).toEqual(world);
  });
});
