import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLabelledLines } from '../../app/understand/labelled-lines.ts';
import { digestOf, examplesOfCandidates, examplesOfStaff, learn } from '../../app/understand/learn.ts';
import { makeWorld } from '../../app/understand/make-world.ts';
import { predict } from '../../app/understand/predict.ts';
import { score } from '../../app/understand/score.ts';
import { learntFile } from '../../bot/understand/likeness/second-opinion.ts';

const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.tsv') && !name.startsWith('kept-aside'))
  .sort()
  .map((name) => join(import.meta.dirname, name));

const FORGOTTEN = 'npm run understand:learn has been forgotten';
const LONG = 120_000;

/** Weights by feature and label, for comparing: another machine may round the last hundredth otherwise. */
function close(kept: string, fresh: { labels: string[]; weights: Record<string, string> }): void {
  const learnt = JSON.parse(kept) as typeof fresh;
  expect(learnt.labels).toEqual(fresh.labels);
  const features = new Set([...Object.keys(learnt.weights), ...Object.keys(fresh.weights)]);
  const differing = [...features].filter((feature) => learnt.weights[feature] !== fresh.weights[feature]);
  expect(differing.length / features.size, FORGOTTEN).toBeLessThan(0.01);
}

describe.each([
  ['staff', examplesOfStaff],
  ['candidate', examplesOfCandidates],
] as const)('what was learnt of %s', (folder, examplesOf) => {
  const examples = examplesOf(files.flatMap(readLabelledLines));
  const kept = readFileSync(learntFile(folder), 'utf8');

  test('was learnt from the lexicon and the examples as they are now', () => {
    expect((JSON.parse(kept) as { of: string }).of, FORGOTTEN).toBe(digestOf(examples));
  });

  test.runIf(process.env.TEST_LONG)('is learnt again the same', () => close(kept, learn(examples)), LONG);
});

describe('the development lines', () => {
  test.each(files)('%s are read as they were when this was written', (file) => {
    const lines = readLabelledLines(file);
    const { staff, candidates } = score(lines, predict(lines, makeWorld(lines)));
    if (staff) {
      expect(staff.intent).toBeGreaterThanOrEqual(93);
      expect(staff.frame).toBeGreaterThanOrEqual(88);
      expect(staff.wrongActs).toBeLessThanOrEqual(3);
      expect(staff.askedWithoutNeed).toBeLessThanOrEqual(6);
    }
    if (candidates) {
      expect(candidates.intent).toBeGreaterThanOrEqual(93);
      expect(candidates.frame).toBeGreaterThanOrEqual(88);
      expect(candidates.stopRecall).toBe(100);
      expect(candidates.stopFalseAlarms).toBe(0);
    }
  });
});
