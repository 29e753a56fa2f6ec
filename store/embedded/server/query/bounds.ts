import { MaxKey, MinKey } from 'bson';
import type { FilterNode } from '../../engine/filter.ts';
import { BSON_TYPE, encodeKey, MAX_KEY_BYTES, typeNumber, typeRank } from '../../engine/values.ts';
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

function matching(pattern: string, options: string): Interval[] | undefined {
  const start = fixedStart(pattern, options);
  if (start === undefined) return undefined;
  const encoded = encodeOne(start);
  // The end mark of a text is two bytes.
  const from = encoded.slice(0, -2);
  const regexes = String.fromCharCode(RANK_REGEX);
  return [
    { from, to: afterPrefix(from), isPoint: false, show: `["${start}", ...)` },
    { from: regexes, to: afterPrefix(regexes), isPoint: false, show: `[/${pattern}/, /${pattern}/]` },
  ];
}

const RANK_REGEX = 50;

/** What one condition says about the values at its path; undefined when it says nothing an index can use. */
export function boundsOf(node: FilterNode): FieldBounds | undefined {
  switch (node.type) {
    case 'eq':
      return { intervals: union(equalTo(node.value)), takesMissing: node.value === null || node.value === undefined };
    case 'in': {
      const intervals = node.values.flatMap(equalTo);
      for (const regex of node.regexes) {
        const found = matching(regex.pattern, regex.options);
        if (found === undefined) return undefined;
        intervals.push(...found);
      }
      return {
        intervals: union(intervals),
        takesMissing: node.values.some((value) => typeNumber(value) === BSON_TYPE.null),
      };
    }
    case 'regex': {
      const intervals = matching(node.regex.pattern, node.regex.options);
      return intervals === undefined ? undefined : { intervals, takesMissing: false };
    }
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return compared(node.type, node.value);
    case 'exists':
      return { intervals: [WHOLE], takesMissing: false };
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
