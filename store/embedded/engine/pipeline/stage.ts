import type { Document } from '../bson-types.ts';
import { parseExpression } from '../expressions/compile-expression.ts';
import { CURRENT, type Expression, type Frame, ROOT, type Scope, type Value } from '../expressions/scope.ts';
import { type CompiledFilter, compileFilter } from '../filter.ts';

/** What a pipeline asks of the store while it runs. */
export interface PipelineEnvironment {
  /** All documents of a collection of the same database; of one that is not there: none. */
  readCollection(name: string): Iterable<Document>;
  /**
   * Documents of a collection in which a filter `{field: value}` (value not null, no array, no regular expression) could
   * match, found by an index; undefined where no index helps. What is answered is checked again.
   */
  findByField?(name: string, field: string, value: Value): Iterable<Document> | undefined;
  /** A number from 0 up to 1, for `$sample`. */
  random?(): number;
}

/** One run of a compiled pipeline. */
export interface PipelineRun {
  readonly frame: Frame;
  readonly environment: PipelineEnvironment;
}

/** Turns the documents that come in into those that go out, one at a time wherever that is possible. */
export type StageRunner = (source: Iterable<Document>, run: PipelineRun) => Iterable<Document>;

/** Where a pipeline stands: stages are refused by it. */
export type PipelinePlace = 'top' | 'facet' | 'lookup' | 'union' | 'update';

/** What stages are compiled with. */
export interface StageContext {
  readonly scope: Scope;
  readonly now: Date;
  readonly place: PipelinePlace;
  /** Names of all collections that are read besides the pipeline's own. */
  readonly collections: Set<string>;
  /** True where the pipeline belongs to no collection (`aggregate: 1`). */
  readonly isCollectionless: boolean;
  /**
   * True where MongoDB hands the stage to its newer engine: at the head of a pipeline after nothing but `$match`, `$sort`,
   * `$skip`, `$limit`, plain `$lookup` and `$group`. That engine differs in small things.
   */
  readonly isAtHead: boolean;
  /** Compiles a pipeline inside this one. */
  compileInner(stages: readonly unknown[], context: StageContext): StageRunner;
}

/** Compiles a stage from what stands behind its name. */
export type StageCompiler = (specification: unknown, context: StageContext, name: string) => StageRunner;

/** The value of an expression for a document. */
export function evaluateFor(expression: Expression, document: Document, frame: Frame): Value {
  frame[ROOT] = document;
  frame[CURRENT] = document;
  return expression.evaluate(frame);
}

/** A filter of a stage; `$expr` inside sees the variables of the stage. */
export function compileStageFilter(
  filter: unknown,
  { scope }: StageContext,
): { filter: CompiledFilter; bind(run: PipelineRun): void } {
  let frame: Frame = [];
  const compiled = compileFilter(filter, {
    expr: (expression) => {
      const inner = parseExpression(expression, scope);
      return (document) => evaluateFor(inner, document, frame);
    },
  });
  return {
    filter: compiled,
    bind: (run) => {
      frame = run.frame;
    },
  };
}
