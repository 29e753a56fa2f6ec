import { BSONRegExp, Double, MaxKey, MinKey } from 'bson';
import type { FilterNode, PathNode, RegexSpec } from './filter/filter-node.ts';
import { type Interval, intersectIntervals, pointInterval, typeInterval, uniteIntervals } from './filter/intervals.ts';
import { BSON_TYPE, isNumberType, toNumber, typeNumber } from './values.ts';

export { type Interval, intersectIntervals } from './filter/intervals.ts';

/**
 * A condition that an index can answer: every document that passes the filter has at least one index key for `path`
 * within the intervals (more documents may have one; the whole filter decides in the end).
 *
 * Rules for planners: any single condition may be used alone. Several conditions on one path may be intersected only
 * when that path meets no array in any document (the index is not multikey). In a compound multikey index, conditions
 * on further paths may be added when they have the same `element` (they speak of one array element), else only the
 * first may be used.
 */
export interface IndexCondition {
  readonly path: string;
  /** Sorted, without overlaps; none at all: nothing can match. */
  readonly intervals: readonly Interval[];
  /** Documents without the path may pass: a sparse index would lose them. */
  readonly matchesMissing: boolean;
  /** The array whose one element several conditions speak of; undefined outside of `$elemMatch`. */
  readonly element: object | undefined;
}

/** What a filter offers to a planner. */
export interface Sargable {
  /** All must hold; each of them may be used. */
  readonly conditions: readonly IndexCondition[];
  /** One entry per `$or`: the offers of all its branches. Usable when every branch has a usable condition. */
  readonly alternatives: readonly (readonly Sargable[])[];
}

/** Collects the index conditions of a filter: its top level, `$and` within it, `$elemMatch`, and `$or` by branches. */
export function sargable(node: FilterNode): Sargable {
  const conditions: IndexCondition[] = [];
  const alternatives: Sargable[][] = [];
  collect(node, '', undefined, conditions, alternatives);
  return { conditions, alternatives };
}

function collect(
  node: FilterNode,
  prefix: string,
  element: object | undefined,
  conditions: IndexCondition[],
  alternatives: Sargable[][],
): void {
  switch (node.type) {
    case 'and':
      for (const child of node.children) collect(child, prefix, element, conditions, alternatives);
      return;
    case 'or':
      if (prefix === '') alternatives.push(node.children.map(sargable));
      return;
    case 'nor':
    case 'not':
    case 'expr':
    case 'alwaysTrue':
    case 'alwaysFalse':
      return;
    case 'elemMatchObject':
      collect(node.child, `${prefix}${node.path}.`, element ?? node, conditions, alternatives);
      return;
    default:
      addCondition(node, prefix, element, conditions);
  }
}

function addCondition(
  node: Exclude<PathNode, { type: 'elemMatchObject' }>,
  prefix: string,
  element: object | undefined,
  conditions: IndexCondition[],
): void {
  const path = prefix + node.path;
  // Numbers in paths are names for some documents and positions for others; index keys and filters differ there.
  if (path.split('.').some((part) => /^\d+$/.test(part))) return;
  if (node.type === 'elemMatchValue') {
    const sets = node.children.map((child) => ('path' in child ? intervalsOf(child) : undefined));
    const known = sets.filter((set) => set !== undefined);
    const [first, ...rest] = known;
    if (!first) return;
    conditions.push({ path, intervals: rest.reduce(intersectIntervals, first), matchesMissing: false, element });
    return;
  }
  const intervals = intervalsOf(node);
  if (intervals) conditions.push({ path, intervals, matchesMissing: takesMissing(node), element });
}

function takesMissing(node: PathNode): boolean {
  if (node.type === 'in') return node.values.includes(null);
  return 'value' in node && (node.value === null || node.value instanceof MinKey || node.value instanceof MaxKey);
}

/** The intervals that the keys of matching values lie in, or undefined where an index does not help. */
function intervalsOf(node: PathNode): Interval[] | undefined {
  switch (node.type) {
    case 'eq':
      return uniteIntervals(equalityIntervals(node.value));
    case 'in':
      return uniteIntervals([...node.values.flatMap(equalityIntervals), ...node.regexes.flatMap(regexIntervals)]);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return rangeIntervals(node.type, node.value);
    case 'regex':
      return uniteIntervals(regexIntervals(node.regex));
    case 'mod':
      return [typeInterval(new Double(0))];
    default:
      return undefined;
  }
}

/** An array equals as a whole, but its keys are its elements; missing counts as null, an empty array as undefined. */
function equalityIntervals(value: unknown): Interval[] {
  if (value === null) return [pointInterval(undefined), pointInterval(null)];
  if (Array.isArray(value)) return [pointInterval(value), pointInterval(value[0])];
  return [pointInterval(value)];
}

function rangeIntervals(type: 'lt' | 'lte' | 'gt' | 'gte', value: unknown): Interval[] | undefined {
  const number = typeNumber(value);
  const isInclusive = type === 'lte' || type === 'gte';
  if (number === BSON_TYPE.null) return isInclusive ? uniteIntervals(equalityIntervals(null)) : [];
  if (number === BSON_TYPE.array || number === BSON_TYPE.minKey || number === BSON_TYPE.maxKey) return undefined;
  if (isNumberType(number) && Number.isNaN(toNumber(value))) return isInclusive ? [pointInterval(value)] : [];
  const whole = typeInterval(value);
  const interval: Interval =
    type === 'lt' || type === 'lte'
      ? { ...whole, upper: value, upperInclusive: isInclusive }
      : { ...whole, lower: value, lowerInclusive: isInclusive };
  return uniteIntervals([interval]);
}

/** Texts with the pattern's fixed beginning (else all texts), and regular expressions that equal it. */
function regexIntervals({ pattern, options }: RegexSpec): Interval[] {
  return [fixedBeginning(pattern, options) ?? typeInterval(''), REGEXES];
}

const REGEXES: Interval = {
  lower: new BSONRegExp('', ''),
  lowerInclusive: true,
  upper: new MaxKey(),
  upperInclusive: true,
};

function fixedBeginning(pattern: string, options: string): Interval | undefined {
  if (options !== '' || pattern.includes('|')) return undefined;
  let prefix = /^\^([\p{L}\p{N} _,:;@#%&=<>~!"'-]+)/u.exec(pattern)?.[1] ?? '';
  if (/^[*?{]/.test(pattern.slice(prefix.length + 1))) prefix = prefix.slice(0, -1);
  const last = prefix.charCodeAt(prefix.length - 1);
  if (prefix === '' || last >= 0xd7ff) return undefined;
  const upper = prefix.slice(0, -1) + String.fromCharCode(last + 1);
  return { lower: prefix, lowerInclusive: true, upper, upperInclusive: false };
}
