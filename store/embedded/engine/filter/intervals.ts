import { Binary, BSONRegExp, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { compareValues, rankOfType, typeNumber } from '../values.ts';

/** A stretch of values in BSON's order, with or without its ends. */
export interface Interval {
  readonly lower: unknown;
  readonly lowerInclusive: boolean;
  readonly upper: unknown;
  readonly upperInclusive: boolean;
}

/** Every value, missing ones included. */
export const EVERYTHING: Interval = {
  lower: new MinKey(),
  lowerInclusive: true,
  upper: new MaxKey(),
  upperInclusive: true,
};

/** The interval of one value and what equals it. */
export function pointInterval(value: unknown): Interval {
  return { lower: value, lowerInclusive: true, upper: value, upperInclusive: true };
}

/** Least values of the types that ranges are built for, in BSON's order; each type ends where the next begins. */
const TYPE_STARTS: readonly unknown[] = [
  new Double(Number.NEGATIVE_INFINITY),
  '',
  {},
  [],
  new Binary(Buffer.alloc(0), 0),
  new ObjectId('000000000000000000000000'),
  false,
  new Date(-8_640_000_000_000_000),
  new Timestamp({ t: 0, i: 0 }),
  new BSONRegExp('', ''),
];

/** All values of the same type as the given one (numbers of all types together); NaN is not among the numbers. */
export function typeInterval(value: unknown): Interval {
  const rank = rankOfType(typeNumber(value));
  const at = TYPE_STARTS.findIndex((start) => rankOfType(typeNumber(start)) === rank);
  const lower = TYPE_STARTS[at];
  const upper = TYPE_STARTS[at + 1];
  if (at < 0 || upper === undefined) return EVERYTHING;
  return { lower, lowerInclusive: true, upper, upperInclusive: false };
}

function isEmpty({ lower, lowerInclusive, upper, upperInclusive }: Interval): boolean {
  const order = compareValues(lower, upper);
  return order > 0 || (order === 0 && !(lowerInclusive && upperInclusive));
}

function intersectOne(a: Interval, b: Interval): Interval {
  const low = compareValues(a.lower, b.lower);
  const high = compareValues(a.upper, b.upper);
  return {
    lower: low >= 0 ? a.lower : b.lower,
    lowerInclusive: low > 0 ? a.lowerInclusive : low < 0 ? b.lowerInclusive : a.lowerInclusive && b.lowerInclusive,
    upper: high <= 0 ? a.upper : b.upper,
    upperInclusive: high < 0 ? a.upperInclusive : high > 0 ? b.upperInclusive : a.upperInclusive && b.upperInclusive,
  };
}

/** What two sets of intervals have in common. Only for conditions on the same single value. */
export function intersectIntervals(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  return a.flatMap((left) => b.map((right) => intersectOne(left, right))).filter((interval) => !isEmpty(interval));
}

/** Sorted intervals without overlaps. */
export function uniteIntervals(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals
    .filter((interval) => !isEmpty(interval))
    .sort((a, b) => compareValues(a.lower, b.lower) || Number(b.lowerInclusive) - Number(a.lowerInclusive));
  const united: Interval[] = [];
  for (const next of sorted) {
    const last = united[united.length - 1];
    if (last && touches(last, next)) united[united.length - 1] = spanOf(last, next);
    else united.push(next);
  }
  return united;
}

function touches(last: Interval, next: Interval): boolean {
  const order = compareValues(next.lower, last.upper);
  return order < 0 || (order === 0 && (next.lowerInclusive || last.upperInclusive));
}

function spanOf(last: Interval, next: Interval): Interval {
  const order = compareValues(last.upper, next.upper);
  const upper = order >= 0 ? last.upper : next.upper;
  const upperInclusive =
    order > 0 ? last.upperInclusive : order < 0 ? next.upperInclusive : last.upperInclusive || next.upperInclusive;
  return { lower: last.lower, lowerInclusive: last.lowerInclusive, upper, upperInclusive };
}
