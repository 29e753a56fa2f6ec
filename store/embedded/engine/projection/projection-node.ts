import type { Document } from '../values.ts';

/** A projection as a tree over field names. */
export type ProjectionNode = BranchNode | LeafNode;

/** Fields below one name. */
export interface BranchNode {
  readonly kind: 'branch';
  readonly children: Map<string, ProjectionNode>;
}

/** What happens to one field. */
export type LeafNode =
  | { readonly kind: 'include' | 'exclude' }
  | { readonly kind: 'computed'; readonly evaluate: (document: Document) => unknown }
  | { readonly kind: 'elemMatch'; readonly find: (array: readonly unknown[]) => number };

/** `$slice` of the find command, applied after everything else. */
export interface SliceSpec {
  readonly path: readonly string[];
  readonly skip: number | undefined;
  readonly limit: number;
}

/** A projection after parsing. */
export interface ParsedProjection {
  readonly type: 'inclusion' | 'exclusion';
  readonly root: BranchNode;
  readonly slices: readonly SliceSpec[];
  /** The path of `'a.$': 1` without the `$`. */
  readonly positional: readonly string[] | undefined;
}
