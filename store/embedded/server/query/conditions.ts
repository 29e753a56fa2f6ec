import { isPathNode } from '../../engine/filter/filter-node.ts';
import type { FilterNode } from '../../engine/filter.ts';
import type { Index } from '../../storage/catalog.ts';
import { boundsOf, type FieldBounds, intersection } from './bounds.ts';

/** A condition every matching document must satisfy, on one path. */
export interface Condition {
  readonly path: string;
  readonly node: FilterNode;
  /** What it says about the values in an index without arrays, and in one that has met arrays. */
  readonly bounds: FieldBounds | undefined;
  readonly multikeyBounds: FieldBounds | undefined;
  /** The `$elemMatch` it stands in: such conditions hold for one and the same element. */
  readonly within: FilterNode | undefined;
}

/** The conditions a filter puts on single paths and an index may use. What stands under `$or`, `$nor` or `$not` is none. */
export function conditionsOf(filter: FilterNode): Condition[] {
  const found: Condition[] = [];
  collect(filter, '', undefined, found);
  return found;
}

function collect(node: FilterNode, prefix: string, within: FilterNode | undefined, found: Condition[]): void {
  switch (node.type) {
    case 'and':
      for (const child of node.children) collect(child, prefix, within, found);
      return;
    case 'elemMatchObject':
      collect(node.child, `${prefix}${node.path}.`, within ?? node, found);
      return;
    case 'elemMatchValue':
      for (const child of node.children) add(found, prefix + node.path, child, within ?? node);
      return;
    case 'not':
      // `$ne` and `$nin`; within an array another element may satisfy it.
      if (within === undefined && isPathNode(node.child)) add(found, node.child.path, node, undefined);
      return;
    case 'or':
    case 'nor':
    case 'expr':
    case 'alwaysTrue':
    case 'alwaysFalse':
      return;
    default:
      add(found, prefix + node.path, node, within);
  }
}

function add(found: Condition[], path: string, node: FilterNode, within: FilterNode | undefined): void {
  const bounds = boundsOf(node, false);
  const multikeyBounds = boundsOf(node, true);
  if (bounds !== undefined) found.push({ path, node, bounds, multikeyBounds, within });
}

/**
 * The bounds for each field of an index. In an index that has met arrays two conditions on a path may be satisfied by
 * two elements, and so may conditions on two paths below one array: there only one of them counts, unless they stand in
 * the same `$elemMatch`.
 */
export function fieldBounds(index: Index, conditions: readonly Condition[]): (FieldBounds | undefined)[] {
  const bounds: (FieldBounds | undefined)[] = [];
  const used: Condition[] = [];
  for (const [field, path] of index.paths.entries()) {
    const own = conditions.filter(
      (condition) => condition.path === path && (!index.isMultikey || condition.multikeyBounds !== undefined),
    );
    if (!index.isMultikey) {
      bounds.push(common(own, false));
      continue;
    }
    const root = index.roots[field];
    const beside = used.filter((condition) => condition.path.split('.', 1)[0] === root);
    const anchor = beside[0] ?? best(own);
    const allowed = own.filter((one) => isSameElement(one, anchor, beside.length > 0));
    bounds.push(common(allowed, true));
    used.push(...allowed);
  }
  return bounds;
}

/** What conditions on one value leave of an index; undefined when there are none. */
function common(conditions: readonly Condition[], isMultikey: boolean): FieldBounds | undefined {
  let left: FieldBounds | undefined;
  for (const { bounds, multikeyBounds } of conditions) {
    const own = isMultikey ? multikeyBounds : bounds;
    if (own !== undefined) left = left === undefined ? own : intersection(left, own);
  }
  return left;
}

/** Whether a condition speaks of the same array element as the one that was chosen first. */
function isSameElement(condition: Condition, anchor: Condition | undefined, isOtherField: boolean): boolean {
  if (anchor === undefined) return false;
  if (condition === anchor) return true;
  if (condition.within === undefined || condition.within !== anchor.within) return false;
  // Two conditions on one path below an `$elemMatch` may still meet an array inside the element.
  return isOtherField || condition.path === anchor.path;
}

/** The condition that leaves the fewest values. */
function best(conditions: readonly Condition[]): Condition | undefined {
  const rank = ({ multikeyBounds }: Condition): number => {
    const intervals = multikeyBounds?.intervals ?? [];
    if (intervals.every(({ isPoint }) => isPoint)) return intervals.length;
    return 1000;
  };
  return [...conditions].sort((a, b) => rank(a) - rank(b))[0];
}
