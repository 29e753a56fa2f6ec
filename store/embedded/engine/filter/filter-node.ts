/** A filter after parsing. Every node with a `path` tests the values found along it; see `path-match.ts`. */
export type FilterNode =
  | { readonly type: 'and' | 'or' | 'nor'; readonly children: readonly FilterNode[] }
  | { readonly type: 'not'; readonly child: FilterNode }
  | PathNode
  | ExprNode
  | { readonly type: 'alwaysTrue' | 'alwaysFalse' };

/** `$expr`: the compiled expression gives a value per document. */
export interface ExprNode {
  readonly type: 'expr';
  readonly evaluate: (document: Record<string, unknown>) => unknown;
}

export type ComparisonType = 'eq' | 'lt' | 'lte' | 'gt' | 'gte';
export type BitsType = 'bitsAllSet' | 'bitsAllClear' | 'bitsAnySet' | 'bitsAnyClear';

/** A test of the values along one path. */
export type PathNode =
  | { readonly type: ComparisonType; readonly path: string; readonly value: unknown }
  | {
      readonly type: 'in';
      readonly path: string;
      readonly values: readonly unknown[];
      readonly regexes: readonly RegexSpec[];
    }
  | { readonly type: 'regex'; readonly path: string; readonly regex: RegexSpec }
  | { readonly type: 'exists'; readonly path: string }
  | { readonly type: 'type'; readonly path: string; readonly types: ReadonlySet<number> }
  | { readonly type: 'mod'; readonly path: string; readonly divisor: bigint; readonly remainder: bigint }
  | { readonly type: 'size'; readonly path: string; readonly size: number }
  | { readonly type: BitsType; readonly path: string; readonly bits: readonly number[] }
  | ElemMatchNode;

/** `$elemMatch`: with conditions on fields of the elements, or on the elements themselves. */
export type ElemMatchNode =
  | { readonly type: 'elemMatchObject'; readonly path: string; readonly child: FilterNode }
  | { readonly type: 'elemMatchValue'; readonly path: string; readonly children: readonly FilterNode[] };

/** A regular expression ready to use, with the source it was made from. */
export interface RegexSpec {
  readonly pattern: string;
  /** Sorted letters of `imsx`. */
  readonly options: string;
  readonly compiled: RegExp;
}

/** True for nodes that look along a path. */
export function isPathNode(node: FilterNode): node is PathNode {
  return 'path' in node;
}
