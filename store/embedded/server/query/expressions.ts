import { compileExpression, evaluateLet } from '../../engine/expressions/compile-expression.ts';
import type { FilterOptions } from '../../engine/filter.ts';
import { compileUpdatePipeline } from '../../engine/pipeline/compile-pipeline.ts';
import type { PipelineCompiler } from '../../engine/update.ts';
import type { Document } from '../../engine/values.ts';

/** What expressions may use: the values of a command's `let`, and the moment of the command. */
export function expressionOptions(letValue: Document | undefined, now: Date): FilterOptions {
  return {
    ...(letValue === undefined ? {} : { let: evaluateLet(letValue, now) }),
    expr: (expression, { variables }) => compileExpression(expression, { variables: variables ?? {}, now }),
  };
}

/** How updates compile their pipelines. */
export function pipelineOptions(): { readonly pipeline: PipelineCompiler } {
  return {
    pipeline: (stages, { variables, now }) => compileUpdatePipeline(stages, { now, variables: variables ?? {} }),
  };
}

/** The variables of a `$merge`: expressions over the new document. */
export function evaluateLetFor(variables: Document, document: Document, now: Date): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, expression] of Object.entries(variables)) {
    values[name] = compileExpression(expression, { now })(document) ?? null;
  }
  return values;
}
