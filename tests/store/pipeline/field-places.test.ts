import { expect, test } from 'vitest';
import { compilePipeline } from '../../../store/embedded/engine/pipeline/compile-pipeline.ts';

const run = (pipeline: Record<string, unknown>[], document: Record<string, unknown>) =>
  [
    ...compilePipeline(pipeline, { now: new Date('2026-11-23T10:00+08:00') }).run([document], {
      readCollection: () => [],
    }),
  ].map((result) => Object.keys(result));

test('a field that $replaceWith left missing keeps its place when a later stage sets it', () => {
  const pipeline = [{ $replaceWith: { n: '$gone', b: '$b' } }, { $set: { n: 'here' } }];
  expect(run(pipeline, { b: 'x' })).toEqual([['n', 'b']]);
});

test('and is not there when nobody sets it', () => {
  expect(run([{ $replaceWith: { n: '$gone', b: '$b' } }], { b: 'x' })).toEqual([['b']]);
});
