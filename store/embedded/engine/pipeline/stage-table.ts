import type { StageCompiler } from './stage.ts';
import { compileBucket, compileBucketAuto } from './stages/buckets.ts';
import { compileDocuments, compileFacet, compileRedact, compileUnionWith } from './stages/combining.ts';
import { compileGraphLookup } from './stages/graph-lookup.ts';
import { compileGroup, compileSortByCount } from './stages/group.ts';
import { compileLookup } from './stages/lookup.ts';
import { compileAddFields, compileProject, compileUnset } from './stages/project.ts';
import {
  compileCount,
  compileLimit,
  compileMatch,
  compileReplaceRoot,
  compileReplaceWith,
  compileSample,
  compileSkip,
  compileSortStage,
} from './stages/simple-stages.ts';
import { compileUnwind } from './stages/unwind.ts';

/** Every stage that pipelines may have, besides `$out` and `$merge` at the end. Others are refused with code 40324. */
export const STAGES: ReadonlyMap<string, StageCompiler> = new Map<string, StageCompiler>([
  ['$addFields', compileAddFields],
  ['$bucket', compileBucket],
  ['$bucketAuto', compileBucketAuto],
  ['$count', compileCount],
  ['$documents', compileDocuments],
  ['$facet', compileFacet],
  ['$graphLookup', compileGraphLookup],
  ['$group', compileGroup],
  ['$limit', compileLimit],
  ['$lookup', compileLookup],
  ['$match', compileMatch],
  ['$project', compileProject],
  ['$redact', compileRedact],
  ['$replaceRoot', compileReplaceRoot],
  ['$replaceWith', compileReplaceWith],
  ['$sample', compileSample],
  ['$set', compileAddFields],
  ['$skip', compileSkip],
  ['$sort', compileSortStage],
  ['$sortByCount', compileSortByCount],
  ['$unionWith', compileUnionWith],
  ['$unset', compileUnset],
  ['$unwind', compileUnwind],
]);

/** Stages of pipeline updates. */
export const UPDATE_STAGES: ReadonlySet<string> = new Set([
  '$addFields',
  '$project',
  '$replaceRoot',
  '$replaceWith',
  '$set',
  '$unset',
]);
