import { MongoError } from '../values.ts';
import type { FilterNode } from './filter-node.ts';

/**
 * The equalities an upsert starts its new document from: top-level equalities, those within `$and`, an `$or` with one
 * arm, an `$in` or `$all` with one value. Errors: 54 (NotSingleValueField) when a field is fixed twice.
 */
export function equalityFields(node: FilterNode): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  collect(node, found);
  return found;
}

function collect(node: FilterNode, found: Map<string, unknown>): void {
  if (node.type === 'eq') add(found, node.path, node.value);
  else if (node.type === 'and') for (const child of node.children) collect(child, found);
  else if (node.type === 'or' && node.children.length === 1 && node.children[0]) collect(node.children[0], found);
  else if (node.type === 'in' && node.values.length === 1 && node.regexes.length === 0) {
    add(found, node.path, node.values[0]);
  }
}

function add(found: Map<string, unknown>, path: string, value: unknown): void {
  for (const other of found.keys()) {
    if (other === path) throw new MongoError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    const [short, long] = other.length < path.length ? [other, path] : [path, other];
    if (long.startsWith(`${short}.`)) {
      throw new MongoError(54, `cannot infer query fields to set, both paths '${other}' and '${path}' are matched`);
    }
  }
  found.set(path, value);
}
