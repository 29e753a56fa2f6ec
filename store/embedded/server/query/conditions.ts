import type { FilterNode } from '../../engine/filter.ts';
import type { Index } from '../../storage/catalog.ts';
import { boundsOf, type FieldBounds, intersection } from './bounds.ts';

/** A condition every matching document must satisfy, on one path. */
export interface Condition {
  readonly path: string;
  readonly node: FilterNode;
  readonly bounds: FieldBounds;
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
      for (const child of node.children) {
        const bounds = boundsOf(child);
        if (bounds !== undefined) found.push({ path: prefix + node.path, node: child, bounds, within: within ?? node });
      }
      return;
    case 'or':
    case 'nor':
    case 'not':
    case 'expr':
    case 'alwaysTrue':
    case 'alwaysFalse':
      return;
    default: {
      const bounds = boundsOf(node);
      if (bounds !== undefined) found.push({ path: prefix + node.path, node, bounds, within });
    }
  }
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
    const own = conditions.filter((condition) => condition.path === path);
    if (!index.isMultikey) {
      bounds.push(own.length === 0 ? undefined : own.map((one) => one.bounds).reduce(intersection));
      continue;
    }
    const root = index.roots[field];
    const beside = used.filter((condition) => condition.path.split('.', 1)[0] === root);
    const anchor = beside[0] ?? best(own);
    const allowed = own.filter((one) => isSameElement(one, anchor, beside.length > 0));
    bounds.push(allowed.length === 0 ? undefined : allowed.map((one) => one.bounds).reduce(intersection));
    used.push(...allowed);
  }
  return bounds;
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
  const rank = ({ bounds }: Condition): number => {
    if (bounds.intervals.every(({ isPoint }) => isPoint)) return bounds.intervals.length;
    return 1000;
  };
  return [...conditions].sort((a, b) => rank(a) - rank(b))[0];
}
