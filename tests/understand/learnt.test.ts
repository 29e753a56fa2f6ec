import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLabelledLines } from '../../app/understand/labelled-lines.ts';
import { learnCandidates, learnStaff } from '../../app/understand/learn.ts';
import { makeWorld } from '../../app/understand/make-world.ts';
import { predict } from '../../app/understand/predict.ts';
import { score } from '../../app/understand/score.ts';
import { learntFile } from '../../bot/understand/likeness/second-opinion.ts';

const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.tsv') && !name.startsWith('kept-aside'))
  .sort()
  .map((name) => join(import.meta.dirname, name));

/** Weights by feature and label, for comparing: another machine may round the last hundredth otherwise. */
function close(kept: string, fresh: { labels: string[]; weights: Record<string, string> }): void {
  const learnt = JSON.parse(kept) as typeof fresh;
  expect(learnt.labels).toEqual(fresh.labels);
  const features = new Set([...Object.keys(learnt.weights), ...Object.keys(fresh.weights)]);
  const differing = [...features].filter((feature) => learnt.weights[feature] !== fresh.weights[feature]);
  expect(differing.length / features.size, 'npm run understand:learn has been forgotten').toBeLessThan(0.01);
}

describe('what was learnt', () => {
  const lines = files.flatMap(readLabelledLines);
  test('of staff is what the lexicon and the examples teach now', () => {
    close(readFileSync(learntFile('staff'), 'utf8'), learnStaff(lines));
  });
  test('of candidates as well', () => {
    close(readFileSync(learntFile('candidate'), 'utf8'), learnCandidates(lines));
  });
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
