import { compareStrings, compareValues } from '../values.ts';
import { type FilterNode, isPathNode } from './filter-node.ts';

/** MongoDB's own order of conditions; it decides which of several array conditions `.$` follows. */
const ORDER: readonly FilterNode['type'][] = [
  'and',
  'or',
  'elemMatchObject',
  'elemMatchValue',
  'size',
  'eq',
  'lte',
  'lt',
  'gt',
  'gte',
  'regex',
  'mod',
  'exists',
  'in',
  'bitsAllSet',
  'bitsAllClear',
  'bitsAnySet',
  'bitsAnyClear',
  'not',
  'nor',
  'type',
  'expr',
  'alwaysFalse',
  'alwaysTrue',
];

function compareNodes(a: FilterNode, b: FilterNode): number {
  const byType = ORDER.indexOf(a.type) - ORDER.indexOf(b.type);
  if (byType !== 0) return byType;
  if (isPathNode(a) && isPathNode(b)) {
    const byPath = compareStrings(a.path, b.path);
    if (byPath !== 0) return byPath;
    if ('value' in a && 'value' in b) return compareValues(a.value, b.value);
  }
  return 0;
}

/** Flattens nested `$and`, drops single-armed trees and sorts conditions the way MongoDB's planner does. */
export function optimizeFilter(node: FilterNode): FilterNode {
  if (node.type === 'in' && node.regexes.length === 0 && node.values.length > 0) {
    const [value] = node.values;
    const isSingle = node.values.every((other) => compareValues(other, value) === 0);
    return isSingle ? { type: 'eq', path: node.path, value } : node;
  }
  if (node.type !== 'and' && node.type !== 'or') return node;
  const children = node.children
    .map(optimizeFilter)
    .flatMap((child) => (child.type === node.type ? child.children : [child]))
    .sort(compareNodes);
  return children.length === 1 && children[0] ? children[0] : { type: node.type, children };
}
