import type { FilterNode } from '../../engine/filter.ts';
import { MongoError } from '../../engine/mongo-error.ts';
import type { CompiledSort } from '../../engine/sort.ts';
import { type Document, equalValues, isDocument } from '../../engine/values.ts';
import type { Collection, Index } from '../../storage/catalog.ts';
import { indexPrefix } from '../../storage/keys.ts';
import type { View } from '../../storage/view.ts';
import { boundsOf, type FieldBounds } from './bounds.ts';
import { type Condition, conditionsOf, fieldBounds } from './conditions.ts';
import { holdsAllMatches } from './implies.ts';
import { type IndexRanges, keyRanges } from './key-ranges.ts';
import type { KeyRange } from './scan.ts';

/** How the candidates of a query are found. */
export type Plan = CollectionScan | IndexScan | UnionScan | NothingScan;

/** Every document is looked at. */
export interface CollectionScan {
  readonly kind: 'COLLSCAN';
  readonly isReverse: boolean;
  readonly givesSort: boolean;
}

/** Stretches of one index are walked. */
export interface IndexScan {
  readonly kind: 'IXSCAN';
  readonly index: Index;
  readonly ranges: readonly KeyRange[];
  readonly bounds: readonly (FieldBounds | undefined)[];
  readonly isReverse: boolean;
  /** The documents come in the wanted order. */
  readonly givesSort: boolean;
}

/** Several index scans one after the other, for `$or`. */
export interface UnionScan {
  readonly kind: 'OR';
  readonly plans: readonly IndexScan[];
  readonly givesSort: false;
}

/** The collection is not there, or nothing can match. */
export interface NothingScan {
  readonly kind: 'EOF';
  readonly givesSort: boolean;
}

/** What is asked of a plan besides the filter. */
export interface PlanWish {
  readonly sort?: CompiledSort | undefined;
  readonly hint?: unknown;
  readonly limit?: number | undefined;
}

/** With so few candidates no other index is worth a thought. */
const FEW = 32;
/** Keys are counted up to here when two indexes are weighed against each other. */
const COUNTED = 2000;

/** Chooses how to find the documents that may match. @throws MongoError 2 for a hint that names no index. */
export function choosePlan(view: View, collection: Collection, filter: FilterNode, wish: PlanWish): Plan {
  const natural = wish.sort?.natural;
  if (wish.hint !== undefined) return hintedPlan(collection, filter, wish);
  if (natural !== undefined) return { kind: 'COLLSCAN', isReverse: natural === -1, givesSort: true };
  const byId = idPlan(collection, filter);
  if (byId !== undefined) return byId;
  const conditions = conditionsOf(filter);
  const usable = collection.indexes.flatMap((index) => {
    const scan = indexScan(index, conditions, wish.sort);
    return scan === undefined ? [] : [scan];
  });
  const bounded = usable.filter((scan) => scan.boundFields > 0);
  if (bounded.length > 0) return cheapest(view, bounded, wish);
  const union = unionPlan(view, collection, filter);
  if (union !== undefined) return union;
  const ordered = wish.sort === undefined ? undefined : usable.find((scan) => scan.givesSort);
  if (ordered !== undefined) return ordered;
  return { kind: 'COLLSCAN', isReverse: false, givesSort: wish.sort === undefined };
}

/** The most frequent query of all, `{_id: value}`, is not weighed. */
function idPlan(collection: Collection, filter: FilterNode): IndexScan | undefined {
  if (filter.type !== 'eq' || filter.path !== '_id') return undefined;
  const index = collection.indexes[0];
  const bounds = boundsOf(filter, false);
  const [interval] = bounds?.intervals ?? [];
  if (index?.name !== '_id_' || bounds?.intervals.length !== 1 || interval?.isPoint !== true) return undefined;
  const { from, to } = interval;
  return {
    kind: 'IXSCAN',
    index,
    ranges: [{ from, to, point: from }],
    bounds: [bounds],
    isReverse: false,
    givesSort: true,
  };
}

interface Weighed extends IndexScan {
  readonly boundFields: number;
  readonly equalFields: number;
}

function indexScan(
  index: Index,
  conditions: readonly Condition[],
  sort: CompiledSort | undefined,
): Weighed | undefined {
  if (!holdsAllMatches(index, conditions)) return undefined;
  const bounds = fieldBounds(index, conditions);
  const found = keyRanges(index, bounds);
  const order = orderOf(index, found, sort);
  return {
    kind: 'IXSCAN',
    index,
    ranges: found.ranges,
    bounds,
    isReverse: order === 'reverse',
    // A single _id gives one document at most: nothing to sort, as MongoDB has it.
    givesSort: order !== undefined || (index.name === '_id_' && found.ranges.length === 1 && found.equalFields === 1),
    boundFields: found.boundFields,
    equalFields: found.equalFields,
  };
}

/**
 * Whether walking the index gives the wanted order: fields held to one value may stand anywhere in the sort; the others
 * must follow each other as in the index, all in its direction or all against it.
 */
function orderOf(index: Index, found: IndexRanges, sort: CompiledSort | undefined): 'forward' | 'reverse' | undefined {
  if (sort === undefined || sort.parts.length === 0) return 'forward';
  if (index.isMultikey || index.hasLongKeys || index.isHashed) return undefined;
  const held = new Set(index.paths.slice(0, found.equalFields));
  let field = found.equalFields;
  let direction: 1 | -1 | undefined;
  for (const part of sort.parts) {
    if (held.has(part.path)) continue;
    while (index.paths[field] !== part.path) {
      // A field of the index that the sort leaves out ends the common way.
      return undefined;
    }
    const own = part.direction === index.directions[field] ? 1 : -1;
    if (direction !== undefined && direction !== own) return undefined;
    direction = own;
    field += 1;
    if (field >= index.paths.length && part !== sort.parts.at(-1)) {
      // Behind a unique key nothing is left to sort.
      return index.isUnique && !index.isSparse && index.paths[0] === '_id' ? toOrder(direction) : undefined;
    }
  }
  return toOrder(direction);
}

function toOrder(direction: 1 | -1 | undefined): 'forward' | 'reverse' {
  return direction === -1 ? 'reverse' : 'forward';
}

function cheapest(view: View, scans: readonly Weighed[], wish: PlanWish): Plan {
  const [only] = scans;
  if (only !== undefined && scans.length === 1) return only;
  const single = scans.find(({ ranges }) => ranges.length === 1 && ranges[0]?.point !== undefined);
  if (single !== undefined) return single;
  let best: { scan: Weighed; cost: number } | undefined;
  for (const scan of scans) {
    const keys = countKeys(view, scan);
    // Sorting needs every match in memory; an order that is there lets a limit stop early.
    const needsSort = wish.sort !== undefined && !scan.givesSort;
    const isEarly = wish.sort !== undefined && scan.givesSort && wish.limit !== undefined && wish.limit > 0;
    const cost =
      (needsSort ? keys * 1.5 + 2 : isEarly ? Math.min(keys, keys / 4 + wish.limit) : keys) - scan.boundFields / 100;
    if (best === undefined || cost < best.cost) best = { scan, cost };
    if (keys <= FEW && !needsSort) break;
  }
  return best?.scan as Weighed;
}

/** How many keys a scan would walk, counted up to a limit. */
function countKeys(view: View, scan: Weighed): number {
  const prefix = indexPrefix(scan.index.id);
  let count = 0;
  for (const range of scan.ranges) {
    if (range.point !== undefined) count += 1;
    else count += view.countKeys(prefix + range.from, prefix + range.to, COUNTED - count);
    if (count >= COUNTED) break;
  }
  return count;
}

function unionPlan(view: View, collection: Collection, filter: FilterNode): UnionScan | undefined {
  const or =
    filter.type === 'or'
      ? filter
      : filter.type === 'and'
        ? filter.children.find((one) => one.type === 'or')
        : undefined;
  if (or === undefined || or.type !== 'or') return undefined;
  const plans: IndexScan[] = [];
  for (const child of or.children) {
    const plan = choosePlan(view, collection, child, {});
    if (plan.kind === 'OR') plans.push(...plan.plans);
    else if (plan.kind === 'IXSCAN' && plan.ranges.some(({ to }) => to !== '\xff\xff')) plans.push(plan);
    else return undefined;
  }
  return { kind: 'OR', plans, givesSort: false };
}

function hintedPlan(collection: Collection, filter: FilterNode, wish: PlanWish): Plan {
  const { hint } = wish;
  if (isDocument(hint) && hint.$natural !== undefined) {
    return { kind: 'COLLSCAN', isReverse: Number(hint.$natural) < 0, givesSort: wish.sort === undefined };
  }
  if (isDocument(hint) && Object.keys(hint).length === 0) return choosePlanWithoutHint(collection, filter, wish);
  const index = collection.indexes.find((one) =>
    typeof hint === 'string' ? one.name === hint : isDocument(hint) && isSamePattern(one.spec.key as Document, hint),
  );
  if (index === undefined) {
    throw new MongoError(
      2,
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  }
  // A hinted index is used even where it leaves documents out, as MongoDB does.
  const conditions = conditionsOf(filter);
  const bounds = fieldBounds(index, conditions);
  const found = keyRanges(index, bounds);
  const order = orderOf(index, found, wish.sort);
  return {
    kind: 'IXSCAN',
    index,
    ranges: found.ranges,
    bounds,
    isReverse: order === 'reverse',
    givesSort: order !== undefined,
  };
}

function choosePlanWithoutHint(collection: Collection, filter: FilterNode, wish: PlanWish): Plan {
  const conditions = conditionsOf(filter);
  for (const index of collection.indexes) {
    const scan = indexScan(index, conditions, wish.sort);
    if (scan !== undefined && scan.boundFields > 0) return scan;
  }
  return { kind: 'COLLSCAN', isReverse: false, givesSort: wish.sort === undefined };
}

/** Whether two key patterns are the same, the order of the fields included. */
export function isSamePattern(a: Document, b: Document): boolean {
  const names = Object.keys(a);
  const others = Object.keys(b);
  return (
    names.length === others.length && names.every((name, at) => others[at] === name && equalValues(a[name], b[name]))
  );
}
