import { MAX_KEY_BYTES } from '../../engine/values.ts';
import type { Index } from '../../storage/catalog.ts';
import { afterPrefix } from '../../storage/keys.ts';
import type { FieldBounds, Interval } from './bounds.ts';
import type { KeyRange } from './scan.ts';

/** At most so many combinations of single values are looked up one by one. */
const MAX_COMBINATIONS = 1000;

/** Stretches of an index that hold every candidate. */
export interface IndexRanges {
  readonly ranges: readonly KeyRange[];
  /** How many leading fields are held to a single value each. */
  readonly equalFields: number;
  /** How many leading fields the ranges make use of. */
  readonly boundFields: number;
}

/**
 * Puts the bounds of the leading fields together: every combination of single values, and behind them the stretches of
 * the first field that has more than single values. What comes after that field is left to the filter.
 */
export function keyRanges(index: Index, bounds: readonly (FieldBounds | undefined)[]): IndexRanges {
  let prefixes = [''];
  let equalFields = 0;
  for (const [field, direction] of index.directions.entries()) {
    const own = bounds[field];
    if (own === undefined) return { ranges: prefixes.map(within), equalFields, boundFields: field };
    const intervals = inDirection(own.intervals, direction);
    const arePoints = own.intervals.every(({ isPoint }) => isPoint);
    if (!arePoints || prefixes.length * intervals.length > MAX_COMBINATIONS) {
      const ranges = prefixes.flatMap((prefix) => intervals.map(({ from, to }) => stretch(prefix + from, prefix + to)));
      return { ranges, equalFields, boundFields: field + 1 };
    }
    prefixes = prefixes.flatMap((prefix) => intervals.map(({ from }) => prefix + from));
    if (intervals.length <= 1 && equalFields === field) equalFields = field + 1;
  }
  const ranges = prefixes.map((prefix) => (index.isUnique ? { ...within(prefix), point: prefix } : within(prefix)));
  return { ranges, equalFields, boundFields: index.directions.length };
}

/** All keys that start with a prefix. */
function within(prefix: string): KeyRange {
  if (prefix === '') return { from: '', to: '\xff\xff' };
  return stretch(prefix, afterPrefix(prefix));
}

/** Stored keys are cut at a length; the bounds must be cut there too. */
function stretch(from: string, to: string): KeyRange {
  return {
    from: from.length > MAX_KEY_BYTES ? from.slice(0, MAX_KEY_BYTES) : from,
    to: to.length > MAX_KEY_BYTES ? afterPrefix(to.slice(0, MAX_KEY_BYTES)) : to,
  };
}

/** Fields kept in descending order have all their bytes inverted: what was last comes first. */
function inDirection(intervals: readonly Interval[], direction: 1 | -1): { from: string; to: string }[] {
  if (direction === 1) return intervals.map(({ from, to }) => ({ from, to }));
  return [...intervals].reverse().map(({ from, to, isPoint }) => {
    if (isPoint) return { from: inverted(from), to: afterPrefix(inverted(from)) };
    return { from: afterPrefix(inverted(to)), to: from === '' ? '\xff\xff' : afterPrefix(inverted(from)) };
  });
}

function inverted(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; at += 1) result += String.fromCharCode(255 - text.charCodeAt(at));
  return result;
}
