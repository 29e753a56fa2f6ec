import { MongoError } from '../values.ts';
import type { FilterNode } from './filter-node.ts';
import { optimizeFilter } from './optimize.ts';

/**
 * The equalities an upsert starts its new document from: top-level equalities, those within `$and`, an `$or` with one
 * arm, an `$in` or `$all` with one value. Errors: 54 (NotSingleValueField) when a field is fixed twice.
 * `onlyId` looks at `_id` alone, as a replacement does.
 */
export function equalityFields(node: FilterNode, onlyId = false): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  collect(optimizeFilter(node), found, onlyId);
  return found;
}

function collect(node: FilterNode, found: Map<string, unknown>, onlyId: boolean): void {
  if (node.type === 'eq') {
    if (!onlyId || node.path === '_id' || node.path.startsWith('_id.')) add(found, node.path, node.value);
  } else if (node.type === 'and') {
    for (const child of node.children) collect(child, found, onlyId);
  }
}

function add(found: Map<string, unknown>, path: string, value: unknown): void {
  for (const other of found.keys()) {
    if (other === path) throw new MongoError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    const [short, long] = other.length < path.length ? [other, path] : [path, other];
    if (long.startsWith(`${short}.`)) {
      throw new MongoError(54, `cannot infer query fields to set, both paths '${path}' and '${other}' are matched`);
    }
  }
  found.set(path, value);
}
