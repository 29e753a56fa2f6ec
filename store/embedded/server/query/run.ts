import type { CompiledFilter } from '../../engine/filter.ts';
import { MongoError } from '../../engine/mongo-error.ts';
import type { CompiledSort } from '../../engine/sort.ts';
import type { Collection } from '../../storage/catalog.ts';
import type { View } from '../../storage/view.ts';
import { choosePlan, type Plan } from './plan.ts';
import { type Candidate, type Examined, fetchRecord, scanCollection, scanIndex } from './scan.ts';

/** A query, compiled. */
export interface Query {
  readonly filter: CompiledFilter;
  readonly sort?: CompiledSort | undefined;
  readonly skip?: number | undefined;
  /** 0 or undefined: no limit. */
  readonly limit?: number | undefined;
  readonly hint?: unknown;
  /** Asked now and then; throws when the command's time is over. */
  readonly checkTime?: (() => void) | undefined;
}

/** A query on its way, with what it has looked at so far. */
export interface Running {
  readonly plan: Plan;
  readonly examined: Examined;
  readonly results: Generator<Candidate>;
}

/** Starts a query; nothing is read before the first result is asked for. */
export function startQuery(view: View, collection: Collection | undefined, query: Query): Running {
  const examined: Examined = { documents: 0, keys: 0 };
  const plan: Plan =
    collection === undefined
      ? { kind: 'EOF', givesSort: true }
      : choosePlan(view, collection, query.filter.node, { sort: query.sort, hint: query.hint, limit: query.limit });
  const results = run(view, collection, query, plan, examined);
  return { plan, examined, results };
}

function* run(
  view: View,
  collection: Collection | undefined,
  query: Query,
  plan: Plan,
  examined: Examined,
): Generator<Candidate> {
  if (collection === undefined) return;
  const matching = matches(view, collection, query, plan, examined);
  const isSorted = plan.givesSort || query.sort === undefined || query.sort.parts.length === 0;
  const ordered = isSorted ? matching : inOrder(matching, query.sort as CompiledSort, query);
  let toSkip = query.skip ?? 0;
  let left = query.limit ?? 0;
  for (const candidate of ordered) {
    if (toSkip > 0) {
      toSkip -= 1;
      continue;
    }
    yield candidate;
    if (left === 1) return;
    left -= 1;
  }
}

function* inOrder(matching: Iterable<Candidate>, sort: CompiledSort, query: Query): Generator<Candidate> {
  const wanted = query.limit === undefined || query.limit === 0 ? undefined : query.limit + (query.skip ?? 0);
  let keyed: { candidate: Candidate; key: readonly unknown[] }[] = [];
  const byKey = (a: { key: readonly unknown[] }, b: { key: readonly unknown[] }): number => sort.compare(a.key, b.key);
  for (const candidate of matching) {
    keyed.push({ candidate, key: sort.keyOf(candidate.document) });
    // With a limit only the front is kept: sorting now and then keeps memory small.
    if (wanted !== undefined && keyed.length >= 2 * wanted + 1000) keyed = keyed.sort(byKey).slice(0, wanted);
  }
  keyed.sort(byKey);
  for (const { candidate } of wanted === undefined ? keyed : keyed.slice(0, wanted)) yield candidate;
}

/** How many candidates are looked at between two looks at the clock. */
const CLOCK_EVERY = 256;

function* matches(
  view: View,
  collection: Collection,
  query: Query,
  plan: Plan,
  examined: Examined,
): Generator<Candidate> {
  let count = 0;
  for (const candidate of candidates(view, collection, plan, examined)) {
    count += 1;
    if (count % CLOCK_EVERY === 0) query.checkTime?.();
    if (query.filter.matches(candidate.document)) yield candidate;
  }
}

function* candidates(view: View, collection: Collection, plan: Plan, examined: Examined): Generator<Candidate> {
  switch (plan.kind) {
    case 'EOF':
      return;
    case 'COLLSCAN':
      yield* scanCollection(view, collection, plan.isReverse, examined);
      return;
    case 'IXSCAN':
      for (const id of scanIndex(view, plan.index, plan.ranges, plan.isReverse, examined)) {
        const candidate = fetchRecord(view, collection, id, examined);
        if (candidate !== undefined) yield candidate;
      }
      return;
    case 'OR': {
      const seen = new Set<string>();
      for (const part of plan.plans) {
        for (const id of scanIndex(view, part.index, part.ranges, false, examined)) {
          if (seen.has(id)) continue;
          seen.add(id);
          const candidate = fetchRecord(view, collection, id, examined);
          if (candidate !== undefined) yield candidate;
        }
      }
    }
  }
}

/** What a command does when its `maxTimeMS` is over. */
export function outOfTime(): MongoError {
  return new MongoError(50, 'operation exceeded time limit');
}
