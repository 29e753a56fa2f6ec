import type { CompiledFilter } from './filter.ts';
import type { BranchNode, ParsedProjection, ProjectionNode, SliceSpec } from './projection/projection-node.ts';
import { type ProjectionOptions, parseProjection } from './projection/projection-parse.ts';
import { type Document, fieldOf, isDocument, MongoError, setField } from './values.ts';

export type { ProjectionOptions } from './projection/projection-parse.ts';

/** A projection ready for use. */
export interface CompiledProjection {
  /** The projected copy; parts that are kept whole are shared with the document. */
  project(document: Document): Document;
  /** Whether a plain projection (flags only) keeps all that is at a path, judged by names alone. */
  keepsPath(this: void, path: string): boolean;
}

/**
 * Parses and compiles a projection of find or findAndModify. `filter` is the command's filter, which `'a.$': 1` needs.
 * The order of fields is MongoDB's: kept fields as stored, computed ones behind them.
 */
export function compileProjection(
  specification: unknown,
  options: ProjectionOptions & { readonly filter?: CompiledFilter | undefined } = {},
): CompiledProjection {
  if (!isDocument(specification)) throw new MongoError(14, 'projection must be an object');
  if (Object.keys(specification).length === 0) return { project: (document) => document, keepsPath: () => true };
  const parsed = parseProjection(specification, options);
  const { positional, slices } = parsed;
  const transform = compileTree(parsed);
  const isPlain = !positional && slices.length === 0 && !hasComputed(parsed.root);
  return {
    keepsPath: (path) => isPlain && keepsPath(parsed, path.split('.')),
    project(document) {
      let result = transform(document);
      if (positional) result = applyPositional(result, positional, document, options.filter);
      for (const slice of slices) result = applySlice(result, slice, 0) as Document;
      return result;
    },
  };
}

function keepsPath({ root, type }: ParsedProjection, path: readonly string[]): boolean {
  let node: ProjectionNode | undefined = root;
  for (const part of path) {
    if (node.kind !== 'branch') break;
    node = node.children.get(part);
    if (!node) return type === 'exclusion';
  }
  return node.kind === 'include';
}

function compileTree(parsed: ParsedProjection): (document: Document) => Document {
  const { root, type } = parsed;
  const computes = hasComputed(root);
  const keep = type === 'inclusion' ? includeFields : excludeFields;
  if (!computes) return (document) => keep(document, root);
  return (document) => withoutHoles(computeFields(keep(document, root), root, document)) as Document;
}

function hasComputed(node: ProjectionNode): boolean {
  if (node.kind === 'branch') return [...node.children.values()].some(hasComputed);
  return node.kind === 'computed' || node.kind === 'elemMatch';
}

function includeFields(document: Document, branch: BranchNode): Document {
  const result: Document = {};
  for (const name of Object.keys(document)) {
    const node = branch.children.get(name);
    if (!node || node.kind === 'computed' || node.kind === 'elemMatch' || node.kind === 'exclude') continue;
    const value = document[name];
    const kept = node.kind === 'branch' ? includeBelow(value, node) : value;
    // A place is kept for what computed fields will put there.
    if (kept !== undefined || (node.kind === 'branch' && hasComputed(node))) setField(result, name, kept);
  }
  return result;
}

/** Elements without fields are dropped, except where computed fields will take their place. */
function includeBelow(value: unknown, branch: BranchNode): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => includeBelow(item, branch));
    return hasComputed(branch) ? items : items.filter((item) => item !== undefined);
  }
  return isDocument(value) ? includeFields(value, branch) : undefined;
}

function excludeFields(document: Document, branch: BranchNode): Document {
  const result: Document = {};
  for (const name of Object.keys(document)) {
    const node = branch.children.get(name);
    if (node?.kind === 'exclude') continue;
    setField(result, name, node?.kind === 'branch' ? excludeBelow(document[name], node) : document[name]);
  }
  return result;
}

function excludeBelow(value: unknown, branch: BranchNode): unknown {
  if (Array.isArray(value)) return value.map((item) => excludeBelow(item, branch));
  return isDocument(value) ? excludeFields(value, branch) : value;
}

function computeFields(result: Document, branch: BranchNode, root: Document): Document {
  for (const [name, node] of branch.children) {
    if (node.kind === 'computed') assign(result, name, node.evaluate(root));
    else if (node.kind === 'elemMatch') {
      const value = fieldOf(root, name);
      const index = Array.isArray(value) ? node.find(value) : -1;
      assign(result, name, index < 0 ? undefined : [(value as unknown[])[index]]);
    } else if (node.kind === 'branch' && hasComputed(node)) {
      assign(result, name, computeBelow(fieldOf(result, name), node, root));
    }
  }
  return result;
}

function computeBelow(value: unknown, branch: BranchNode, root: Document): unknown {
  if (Array.isArray(value)) return value.map((item) => computeBelow(item, branch, root));
  return computeFields(isDocument(value) ? { ...value } : {}, branch, root);
}

function assign(result: Document, name: string, value: unknown): void {
  if (value === undefined) delete result[name];
  else setField(result, name, value);
}

function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.some((item) => item === undefined) ? value.filter((item) => item !== undefined) : value;
  }
  return value;
}

function applySlice(value: unknown, slice: SliceSpec, at: number): unknown {
  const name = slice.path[at];
  if (name === undefined) return Array.isArray(value) ? slicedArray(value, slice) : value;
  if (Array.isArray(value)) return value.map((item) => (isDocument(item) ? applySlice(item, slice, at) : item));
  if (!isDocument(value)) return value;
  const inner = fieldOf(value, name);
  if (inner === undefined) return value;
  const changed = applySlice(inner, slice, at + 1);
  if (changed === inner) return value;
  const copy = { ...value };
  setField(copy, name, changed);
  return copy;
}

function slicedArray(array: readonly unknown[], { skip, limit }: SliceSpec): unknown[] {
  if (skip === undefined) return limit < 0 ? array.slice(limit) : array.slice(0, limit);
  const from = skip < 0 ? Math.max(0, array.length + skip) : skip;
  return array.slice(from, from + limit);
}

/** Keeps of the first array along the path only the element that the filter matched. */
function applyPositional(
  result: Document,
  path: readonly string[],
  original: Document,
  filter: CompiledFilter | undefined,
): Document {
  const index = filter?.positional(original);
  return replaceFirstArray(result, original, path, 0, index) as Document;
}

function replaceFirstArray(
  value: unknown,
  original: unknown,
  path: readonly string[],
  at: number,
  index: number | undefined,
): unknown {
  if (Array.isArray(value) && at > 0) {
    if (index === undefined) {
      throw new MongoError(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    }
    if (index >= value.length) {
      throw new MongoError(
        51247,
        "Executor error during find command :: caused by :: positional operator '.$' element mismatch",
      );
    }
    return [value[index]];
  }
  const name = path[at];
  if (name === undefined || !isDocument(value) || !isDocument(original)) return value;
  const inner = fieldOf(value, name);
  if (inner === undefined) return value;
  const copy = { ...value };
  setField(copy, name, replaceFirstArray(inner, fieldOf(original, name), path, at + 1, index));
  return copy;
}
