import { compileExpression } from '../../../store/embedded/engine/expressions/compile-expression.ts';
import { compileUpdatePipeline } from '../../../store/embedded/engine/pipeline/compile-pipeline.ts';
import type { Compilers } from './in-memory-collection.ts';

/** The moment at which the comparisons' commands run; no operation asks for it. */
export const NOW = new Date('2026-03-01T00:00:00Z');

/** Expressions and pipelines as the store has them. */
export const compilers: Compilers = {
  expr: (expression, { variables }) => compileExpression(expression, { now: NOW, variables: variables ?? {} }),
  pipeline: (pipeline, { variables, now }) => compileUpdatePipeline(pipeline, { now, variables: variables ?? {} }),
};
