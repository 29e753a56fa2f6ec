import { compileDocumentTest } from '../../engine/filter/filter-compile.ts';
import type { FilterNode } from '../../engine/filter.ts';
import { compareValues, type Document, typeRank } from '../../engine/values.ts';
import type { Index } from '../../storage/catalog.ts';
import type { Condition } from './conditions.ts';

/**
 * Whether every document that satisfies the conditions is in the index: true for ordinary ones, for a sparse one when
 * some field of it must be there, for a partial one when its own filter follows from the conditions.
 */
export function holdsAllMatches(index: Index, conditions: readonly Condition[]): boolean {
  if (index.isSparse && !index.paths.some((path) => isPresent(path, conditions))) return false;
  return index.partial === undefined || follows(index.partial.node, conditions);
}

function isPresent(path: string, conditions: readonly Condition[]): boolean {
  return conditions.some((condition) => condition.path === path && condition.bounds?.takesMissing === false);
}

/** Whether a filter is true wherever the conditions are. False when that cannot be seen easily. */
function follows(node: FilterNode, conditions: readonly Condition[]): boolean {
  switch (node.type) {
    case 'and':
      return node.children.every((child) => follows(child, conditions));
    case 'or':
      return node.children.some((child) => follows(child, conditions));
    case 'alwaysTrue':
      return true;
    case 'not':
    case 'nor':
    case 'expr':
    case 'alwaysFalse':
    case 'elemMatchObject':
    case 'elemMatchValue':
      return false;
    default:
      return conditions.some((one) => one.within === undefined && one.path === node.path && impliesOne(one.node, node));
  }
}

function impliesOne(given: FilterNode, wanted: Exclude<FilterNode, { type: 'and' | 'or' | 'nor' | 'not' }>): boolean {
  if (wanted.type === 'exists') {
    return given.type !== 'exists' ? !takesNull(given) : true;
  }
  if (given.type === 'eq' && !Array.isArray(given.value) && given.value !== null) {
    return 'path' in wanted && holdsFor(wanted.path, given.value, wanted);
  }
  if (given.type === 'in' && given.regexes.length === 0) {
    return given.values.every(
      (value) => !Array.isArray(value) && value !== null && 'path' in wanted && holdsFor(wanted.path, value, wanted),
    );
  }
  const isLow = (type: string): boolean => type === 'gt' || type === 'gte';
  const isHigh = (type: string): boolean => type === 'lt' || type === 'lte';
  if (!('value' in given) || !('value' in wanted) || typeRank(given.value) !== typeRank(wanted.value)) return false;
  const order = compareValues(given.value, wanted.value);
  if (isLow(given.type) && isLow(wanted.type)) {
    return order > 0 || (order === 0 && (wanted.type === 'gte' || given.type === 'gt'));
  }
  if (isHigh(given.type) && isHigh(wanted.type)) {
    return order < 0 || (order === 0 && (wanted.type === 'lte' || given.type === 'lt'));
  }
  return false;
}

function takesNull(node: FilterNode): boolean {
  if (node.type === 'in') return node.values.includes(null);
  return 'value' in node && node.value === null;
}

/** Tests a parsed condition on a document that has this value at the path and nothing else. */
function holdsFor(path: string, value: unknown, wanted: FilterNode): boolean {
  let document: unknown = value;
  for (const part of path.split('.').reverse()) document = { [part]: document };
  return compileDocumentTest(wanted)(document as Document);
}
