import { compileDocumentTest, compilePositional } from './filter/filter-compile.ts';
import type { FilterNode } from './filter/filter-node.ts';
import { type FilterOptions, parseFilter } from './filter/filter-parse.ts';
import { optimizeFilter } from './filter/optimize.ts';
import type { Document } from './values.ts';

export { equalityFields } from './filter/equality-fields.ts';
export type { FilterNode } from './filter/filter-node.ts';
export type { ExpressionCompiler, FilterOptions } from './filter/filter-parse.ts';
export { FILTER_OPERATORS, parseFilter, TOP_OPERATORS } from './filter/filter-parse.ts';

/** A filter ready for use. */
export interface CompiledFilter {
  /** The parsed form, for planners and upserts. */
  readonly node: FilterNode;
  /** Whether the document passes. */
  matches(document: Document): boolean;
  /** The array index that `.$` stands for with this document, when a condition matched within an array. */
  positional(document: Document): number | undefined;
}

/**
 * Parses and compiles a filter of MongoDB. Unknown operators and malformed operands are refused at once (MongoError with
 * MongoDB's code), never while documents are read.
 */
export function compileFilter(filter: unknown, options: FilterOptions = {}): CompiledFilter {
  const node = parseFilter(filter, options);
  let find: ((document: Document) => number) | undefined;
  return {
    node,
    matches: compileDocumentTest(node),
    positional(document) {
      find ??= compilePositional(optimizeFilter(node));
      const index = find(document);
      return index >= 0 ? index : undefined;
    },
  };
}
