import { Int32 } from 'bson';
import type { CompiledSort } from '../../engine/sort.ts';
import type { Document } from '../../engine/values.ts';
import type { IndexScan, Plan } from './plan.ts';

/** What stands around the plan of a query. */
export interface PlanFrame {
  readonly namespace: string;
  readonly filter: Document;
  readonly sort: CompiledSort | undefined;
  readonly sortPattern: Document | undefined;
  readonly skip: number;
  readonly limit: number;
  readonly hasProjection: boolean;
  readonly projection: Document | undefined;
}

/** The plan as MongoDB's `explain` shows it: the outermost stage first. */
export function showPlan(plan: Plan, frame: PlanFrame): Document {
  let stage = accessStage(plan, frame.filter);
  const needsSort = frame.sort !== undefined && frame.sort.parts.length > 0 && !plan.givesSort;
  if (needsSort) {
    const limited = frame.limit > 0 ? { limitAmount: new Int32(frame.limit + frame.skip) } : {};
    stage = {
      stage: 'SORT',
      sortPattern: frame.sortPattern ?? {},
      memLimit: new Int32(104_857_600),
      ...limited,
      type: 'simple',
      inputStage: stage,
    };
  }
  if (frame.skip > 0) stage = { stage: 'SKIP', skipAmount: new Int32(frame.skip), inputStage: stage };
  if (frame.limit > 0 && !needsSort) stage = { stage: 'LIMIT', limitAmount: new Int32(frame.limit), inputStage: stage };
  if (frame.hasProjection) {
    stage = { stage: 'PROJECTION_DEFAULT', transformBy: frame.projection ?? {}, inputStage: stage };
  }
  return stage;
}

function accessStage(plan: Plan, filter: Document): Document {
  const filtered = Object.keys(filter).length > 0 ? { filter } : {};
  switch (plan.kind) {
    case 'EOF':
      return { stage: 'EOF' };
    case 'COLLSCAN':
      return { stage: 'COLLSCAN', ...filtered, direction: plan.isReverse ? 'backward' : 'forward' };
    case 'IXSCAN':
      if (isIdLookup(plan, filter)) return { stage: 'IDHACK' };
      return { stage: 'FETCH', ...filtered, inputStage: indexStage(plan) };
    case 'OR':
      return { stage: 'FETCH', ...filtered, inputStage: { stage: 'OR', inputStages: plan.plans.map(indexStage) } };
  }
}

/** MongoDB has a stage of its own for a plain `_id`. */
function isIdLookup(plan: IndexScan, filter: Document): boolean {
  return (
    plan.index.name === '_id_' &&
    plan.ranges.length === 1 &&
    Object.keys(filter).length === 1 &&
    plan.ranges[0]?.point !== undefined
  );
}

function indexStage({ index, bounds, isReverse }: IndexScan): Document {
  const shown: Document = {};
  for (const [field, path] of index.paths.entries()) {
    shown[path] = bounds[field]?.intervals.map(({ show }) => show) ?? ['[MinKey, MaxKey]'];
  }
  return {
    stage: 'IXSCAN',
    keyPattern: index.spec.key,
    indexName: index.name,
    isMultiKey: index.isMultikey,
    isUnique: index.isUnique,
    isSparse: index.isSparse,
    isPartial: index.partial !== undefined,
    indexVersion: new Int32(2),
    direction: isReverse ? 'backward' : 'forward',
    indexBounds: shown,
  };
}
