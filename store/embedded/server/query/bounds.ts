import { BSONRegExp, Int32, MaxKey, MinKey } from 'bson';
import type { FilterNode } from '../../engine/filter.ts';
import { BSON_TYPE, encodeKey, MAX_KEY_BYTES, rankOfType, typeNumber, typeRank } from '../../engine/values.ts';
import { showValue } from '../../storage/duplicate-key.ts';
import { afterPrefix } from '../../storage/keys.ts';

/**
 * A stretch of values of one field, as bytes of an ascending index: `from` <= value < `to`. What lies in it is only a
 * candidate (the whole filter decides), so a stretch may be too wide but never too narrow.
 */
export interface Interval {
  readonly from: string;
  readonly to: string;
  /** Exactly one value. */
  readonly isPoint: boolean;
  /** MongoDB's way of showing it: `[1, 5)`. */
  readonly show: string;
}

/** What a filter says about one field: the values that can match lie in these stretches, in ascending order. */
export interface FieldBounds {
  readonly intervals: readonly Interval[];
  /** Whether a document without the field may match; a sparse index would miss it. */
  readonly takesMissing: boolean;
}

/** Every value. */
export const WHOLE: Interval = { from: '', to: '\xff\xff', isPoint: false, show: '[MinKey, MaxKey]' };

function encodeOne(value: unknown): string {
  return encodeKey([value]).toString('latin1');
}

function point(value: unknown): Interval {
  const from = encodeOne(value);
  const shown = showValue(value);
  return { from, to: afterPrefix(from), isPoint: from.length < MAX_KEY_BYTES, show: `[${shown}, ${shown}]` };
}

/** The stretches an equality needs: an array matches as a whole or as an element, and the index holds elements. */
function equalTo(value: unknown): Interval[] {
  // An index keeps what is not there as null.
  if (value === null || value === undefined) return [point(null)];
  if (!Array.isArray(value)) return [point(value)];
  return [point(value[0]), point(value)];
}

/** All values of the type of `value`, as comparisons stay within a type. */
function bracket(value: unknown): { from: string; to: string } {
  const rank = typeRank(value);
  return { from: String.fromCharCode(rank), to: String.fromCharCode(rank + 1) };
}

function compared(type: 'lt' | 'lte' | 'gt' | 'gte', value: unknown): FieldBounds | undefined {
  if (Array.isArray(value) || value instanceof MinKey || value instanceof MaxKey) return undefined;
  if (value === null || value === undefined) {
    return type === 'lte' || type === 'gte' ? { intervals: [point(null)], takesMissing: true } : undefined;
  }
  const { from, to } = bracket(value);
  const at = encodeOne(value);
  const shown = showValue(value);
  const interval: Record<typeof type, Interval> = {
    lt: { from, to: at, isPoint: false, show: `[-inf, ${shown})` },
    lte: { from, to: afterPrefix(at), isPoint: false, show: `[-inf, ${shown}]` },
    gt: { from: at.length < MAX_KEY_BYTES ? afterPrefix(at) : at, to, isPoint: false, show: `(${shown}, inf]` },
    gte: { from: at, to, isPoint: false, show: `[${shown}, inf]` },
  };
  const one = interval[type];
  // A cut key stands for several values: it must stay within the stretch on either side.
  if (type === 'lt' && at.length >= MAX_KEY_BYTES)
    return { intervals: [{ ...one, to: afterPrefix(at) }], takesMissing: false };
  return { intervals: [one], takesMissing: false };
}

/** The beginning every match of a regular expression has; undefined when it does not fix one. */
function fixedStart(pattern: string, options: string): string | undefined {
  if (options !== '' || !pattern.startsWith('^') || pattern.includes('|')) return undefined;
  const letters = /^\^([\p{L}\p{N} _:@-]+)/u.exec(pattern)?.[1];
  if (letters === undefined) return undefined;
  const next = pattern[1 + letters.length];
  // A letter that a quantifier makes optional is not fixed.
  const fixed = next === '*' || next === '?' || next === '{' ? letters.slice(0, -1) : letters;
  return fixed === '' ? undefined : fixed;
}

function matching(pattern: string, options: string): Interval[] {
  // A regular expression that is stored matches the same one.
  const stored = { ...point(new BSONRegExp(pattern, options)), isPoint: false };
  const start = fixedStart(pattern, options);
  if (start === undefined) return [{ ...bracketOf(''), show: '["", {})' }, stored];
  // The end mark of a text is two bytes.
  const from = encodeOne(start).slice(0, -2);
  return [{ from, to: afterPrefix(from), isPoint: false, show: `["${start}", ...)` }, stored];
}

/** All values of the type of a sample. */
function bracketOf(sample: unknown): Interval {
  return { ...bracket(sample), isPoint: false, show: `[${typeof sample}]` };
}

/** `$type` with one type is a stretch of the index; with several it is left to the filter. */
function typeInterval(types: ReadonlySet<number>): Interval {
  const [type] = types;
  if (types.size !== 1 || type === undefined || !BRACKETED_TYPES.has(type)) return WHOLE;
  const rank = rankOfType(type);
  return { from: String.fromCharCode(rank), to: String.fromCharCode(rank + 1), isPoint: false, show: `[type ${type}]` };
}

/** Types that have a stretch of their own in an index. */
const BRACKETED_TYPES: ReadonlySet<number> = new Set([
  BSON_TYPE.double,
  BSON_TYPE.int,
  BSON_TYPE.long,
  BSON_TYPE.decimal,
  BSON_TYPE.string,
  BSON_TYPE.object,
  BSON_TYPE.objectId,
  BSON_TYPE.bool,
  BSON_TYPE.date,
  BSON_TYPE.timestamp,
]);

/**
 * Everything but some values (`$ne`, `$nin`). Only where an entry of the index with such a value means that its document
 * does not match: not for arrays, not for values too long to be kept, and null only where there are no arrays.
 */
function unequalTo(child: FilterNode, isMultikey: boolean): FieldBounds | undefined {
  const values =
    child.type === 'eq' ? [child.value] : child.type === 'in' && child.regexes.length === 0 ? child.values : undefined;
  if (values === undefined) return undefined;
  const points: Interval[] = [];
  for (const value of values) {
    if (Array.isArray(value) || ((value === null || value === undefined) && isMultikey)) return undefined;
    points.push(...equalTo(value));
  }
  if (!points.every(({ isPoint }) => isPoint)) return undefined;
  const rest: Interval[] = [];
  let from = '';
  for (const { from: start, to: end } of union(points)) {
    if (from < start) rest.push({ from, to: start, isPoint: false, show: '[MinKey, ...)' });
    from = end;
  }
  rest.push({ from, to: WHOLE.to, isPoint: false, show: '(..., MaxKey]' });
  return { intervals: rest, takesMissing: values.every((value) => value !== null && value !== undefined) };
}

/** What one condition says about the values at its path; undefined when it says nothing an index can use. */
export function boundsOf(node: FilterNode, isMultikey: boolean): FieldBounds | undefined {
  switch (node.type) {
    case 'eq':
      return { intervals: union(equalTo(node.value)), takesMissing: node.value === null || node.value === undefined };
    case 'in': {
      const intervals = node.values.flatMap(equalTo);
      for (const { pattern, options } of node.regexes) intervals.push(...matching(pattern, options));
      return {
        intervals: union(intervals),
        takesMissing: node.values.some((value) => typeNumber(value) === BSON_TYPE.null),
      };
    }
    case 'regex':
      return { intervals: matching(node.regex.pattern, node.regex.options), takesMissing: false };
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return compared(node.type, node.value);
    case 'exists':
      return { intervals: [WHOLE], takesMissing: false };
    case 'mod':
      return { intervals: [bracketOf(new Int32(0))], takesMissing: false };
    case 'type':
      return { intervals: [typeInterval(node.types)], takesMissing: false };
    case 'not':
      // What is not there is kept as null.
      if (node.child.type === 'exists') return { intervals: [point(null)], takesMissing: true };
      return unequalTo(node.child, isMultikey);
    default:
      return undefined;
  }
}

/** Stretches in ascending order, those that meet made one. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const joined: Interval[] = [];
  for (const next of sorted) {
    const last = joined.at(-1);
    if (last === undefined || next.from >= last.to) {
      joined.push(next);
    } else if (next.to > last.to) {
      joined[joined.length - 1] = { from: last.from, to: next.to, isPoint: false, show: `${last.show}+${next.show}` };
    }
  }
  return joined;
}

/** The stretches two conditions on the same single value have in common. */
export function intersection(a: FieldBounds, b: FieldBounds): FieldBounds {
  const common: Interval[] = [];
  for (const one of a.intervals) {
    for (const other of b.intervals) {
      const from = one.from > other.from ? one.from : other.from;
      const to = one.to < other.to ? one.to : other.to;
      if (from >= to) continue;
      const isPoint = one.isPoint || other.isPoint;
      common.push({ from, to, isPoint, show: showCommon(one, other, from, to) });
    }
  }
  return { intervals: common, takesMissing: a.takesMissing && b.takesMissing };
}

function showCommon(one: Interval, other: Interval, from: string, to: string): string {
  if (one.isPoint) return one.show;
  if (other.isPoint) return other.show;
  const low = one.from === from ? one.show : other.show;
  const high = one.to === to ? one.show : other.show;
  return `${low.split(', ')[0]}, ${high.split(', ').at(-1)}`;
}
