import { BSON, EJSON } from 'bson';
import { compilePipeline } from '../../../store/embedded/engine/pipeline/compile-pipeline.ts';
import type { PipelineCase } from './random-pipelines.ts';

const NOW = new Date('2026-11-25T02:00:00Z');

/** Documents as the store decodes them. */
export function decoded<T>(value: T): T {
  return BSON.deserialize(BSON.serialize({ value }, { ignoreUndefined: true }), {
    promoteValues: false,
    bsonRegExp: true,
  })['value'];
}

/** Results as text in which types are told apart; unordered ones sorted. */
export function asText(results: readonly unknown[], isOrdered: boolean): string[] {
  const texts = results.map((result) => EJSON.stringify(result, { relaxed: false }));
  return isOrdered ? texts : texts.sort();
}

/** What the embedded engine answers: results, or `error <code>`. */
export function answerOf({ documents, others, pipeline, isOrdered }: PipelineCase): string[] {
  try {
    const foreign = decoded(others);
    const compiled = compilePipeline(decoded(pipeline), { now: NOW });
    const results = compiled.run(decoded(documents), { readCollection: (name) => (name === 'other' ? foreign : []) });
    return asText(decoded([...results]), isOrdered);
  } catch (error) {
    const { code } = error as { code?: number };
    if (code === undefined) throw error;
    return [`error ${code}`];
  }
}

const isError = (answer: readonly string[]) => answer[0]?.startsWith('error ') ?? false;

/** Whether two answers are the same, as far as MongoDB itself promises to answer the same. */
export function isSameAnswer(left: readonly string[], right: readonly string[], of: PipelineCase): boolean {
  if (of.mayReorder && (isError(left) || isError(right))) return true;
  if (!of.hasStableErrors && isError(left) && isError(right)) return true;
  return left.length === right.length && left.every((text, i) => text === right[i]);
}
