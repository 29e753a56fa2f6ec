import { MongoError } from '../values.ts';
import type { UpdateLeaf } from './leaf.ts';
import { arrayFilterIdentifier, compareParts } from './update-path.ts';

/** Operators below one name. */
export interface ObjectNode {
  readonly kind: 'object';
  readonly children: Map<string, UpdateNode>;
  /** What is below `$`. */
  positional: UpdateNode | undefined;
}

/** Operators below `$[]` (key '') and `$[id]` (key `id`). */
export interface ArrayNode {
  readonly kind: 'array';
  readonly children: Map<string, UpdateNode>;
}

/** All operators of an update, arranged by path. */
export type UpdateNode = ObjectNode | ArrayNode | UpdateLeaf;

export function objectNode(): ObjectNode {
  return { kind: 'object', children: new Map(), positional: undefined };
}

function conflict(path: readonly string[], at: number): never {
  throw new MongoError(
    40,
    `Updating the path '${path.join('.')}' would create a conflict at '${path.slice(0, at).join('.')}'`,
  );
}

/** Puts a leaf into the tree. Error 40 when another operator works on the same path, above it or below it. */
export function insertLeaf(root: ObjectNode, path: readonly string[], leaf: UpdateLeaf): void {
  let node: ObjectNode | ArrayNode = root;
  for (let i = 0; i < path.length; i++) {
    const part = path[i] as string;
    const isLast = i === path.length - 1;
    const existing = childOf(node, part);
    if (isLast) {
      if (existing) conflict(path, i + 1);
      setChild(node, part, leaf);
      return;
    }
    const wanted = arrayFilterIdentifier(path[i + 1] as string) === undefined ? 'object' : 'array';
    if (existing) {
      if (existing.kind === 'leaf' || existing.kind !== wanted) conflict(path, i + 1);
      node = existing as ObjectNode | ArrayNode;
    } else {
      const created: ObjectNode | ArrayNode =
        wanted === 'object' ? objectNode() : { kind: 'array', children: new Map() };
      setChild(node, part, created);
      node = created;
    }
  }
}

function childOf(node: ObjectNode | ArrayNode, part: string): UpdateNode | undefined {
  if (node.kind === 'array') return node.children.get(arrayFilterIdentifier(part) ?? part);
  return part === '$' ? node.positional : node.children.get(part);
}

function setChild(node: ObjectNode | ArrayNode, part: string, child: UpdateNode): void {
  if (node.kind === 'array') node.children.set(arrayFilterIdentifier(part) ?? part, child);
  else if (part === '$') node.positional = child;
  else node.children.set(part, child);
}

const sortedLists = new WeakMap<ReadonlyMap<string, UpdateNode>, readonly (readonly [string, UpdateNode])[]>();

/** Names of a node in the order in which an update visits them; sorted once, trees do not change after parsing. */
export function sortedChildren(children: ReadonlyMap<string, UpdateNode>): readonly (readonly [string, UpdateNode])[] {
  let list = sortedLists.get(children);
  if (!list) {
    list = [...children].sort(([a], [b]) => compareParts(a, b));
    sortedLists.set(children, list);
  }
  return list;
}

/** Two nodes that turn out to mean the same element, as one. Error 40 when they touch the same field. */
export function mergeNodes(a: UpdateNode, b: UpdateNode, path: readonly string[]): UpdateNode {
  if (a.kind === 'leaf' || b.kind === 'leaf' || a.kind !== b.kind) {
    throw new MongoError(40, `Update created a conflict at '${path.join('.')}'`);
  }
  const children = new Map(a.children);
  for (const [name, child] of b.children) {
    const existing = children.get(name);
    const part = a.kind === 'array' ? `$[${name}]` : name;
    children.set(name, existing ? mergeNodes(existing, child, [...path, part]) : child);
  }
  if (a.kind === 'array') return { kind: 'array', children };
  const positionalB = (b as ObjectNode).positional;
  const positional =
    a.positional && positionalB ? mergeNodes(a.positional, positionalB, [...path, '$']) : (a.positional ?? positionalB);
  return { kind: 'object', children, positional };
}
