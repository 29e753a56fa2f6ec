import { compileExpression, evaluateLet } from '../../engine/expressions/compile-expression.ts';
import type { FilterOptions } from '../../engine/filter.ts';
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
export function pipelineOptions(): { readonly pipeline?: PipelineCompiler } {
  return {};
}
