import { type Document, isDocument } from '../bson-types.ts';
import { withoutPlaces } from '../expressions/compile-expression.ts';
import { Scope, type Value } from '../expressions/scope.ts';
import { MongoError } from '../mongo-error.ts';
import { isNumber, toNumber } from '../numbers.ts';
import type { PipelineEnvironment, PipelinePlace, StageContext, StageRunner } from './stage.ts';
import { STAGES, UPDATE_STAGES } from './stage-table.ts';
import { type PipelineOutput, parseMerge, parseOut } from './stages/output.ts';

export type { PipelineEnvironment } from './stage.ts';
export type { PipelineOutput } from './stages/output.ts';

/** What a pipeline is compiled with. */
export interface PipelineOptions {
  /** The moment of the command, for `$$NOW`. */
  readonly now: Date;
  /** Values of the command's `let`. */
  readonly variables?: Readonly<Record<string, Value>>;
  /** True for `aggregate: 1`: only then `$documents` may begin it. */
  readonly isCollectionless?: boolean;
}

/** A pipeline ready to run. */
export interface CompiledPipeline {
  /** Runs it over documents, which stay as they are. Lazy: a `$limit` stops the source early. */
  run(source: Iterable<Document>, environment: PipelineEnvironment): Iterable<Document>;
  /** Where the results go, when they are not answered. */
  readonly output: PipelineOutput | undefined;
  /** Collections that are read besides the pipeline's own. */
  readonly collections: ReadonlySet<string>;
}

/**
 * Compiles an aggregation pipeline. Everything MongoDB refuses and everything that is not supported is refused here with
 * MongoDB's code (unknown stage 40324, unknown operator 168 ...), before any document is looked at.
 */
export function compilePipeline(stages: readonly unknown[], options: PipelineOptions): CompiledPipeline {
  const scope = Scope.create(options.variables ?? {});
  const collections = new Set<string>();
  const context: StageContext = {
    scope,
    now: options.now,
    place: 'top',
    collections,
    isCollectionless: options.isCollectionless ?? false,
    isAtHead: true,
    compileInner: compileStages,
  };
  const { documents, output } = splitOutput(stages);
  if (output?.kind === 'merge' && Array.isArray(output.whenMatched)) checkMergePipeline(output.whenMatched);
  const runner = compileStages(documents, context);
  scope.throwFoldingError();
  return {
    run: (source, environment) => runner(source, { frame: scope.frame(options.now), environment }),
    output,
    collections,
  };
}

/** Compiles a pipeline update as a function from the old document to the new one. */
export function compileUpdatePipeline(
  stages: readonly unknown[],
  options: PipelineOptions,
): (document: Document) => Document {
  const scope = Scope.create(options.variables ?? {});
  const runner = compileStages(stages, {
    scope,
    now: options.now,
    place: 'update',
    collections: new Set(),
    isCollectionless: false,
    isAtHead: false,
    compileInner: compileStages,
  });
  scope.throwFoldingError();
  const environment: PipelineEnvironment = { readCollection: () => [] };
  return (document) => {
    for (const result of runner([document], { frame: scope.frame(options.now), environment })) return result;
    return document;
  };
}

/** `whenMatched` pipelines are refused before anything is written; they may use `$$new` and the variables of `let`. */
function checkMergePipeline(stages: readonly unknown[]): void {
  for (const stage of stages) {
    const name = isDocument(stage) ? Object.keys(stage)[0] : undefined;
    if (name !== undefined && !STAGES.has(name))
      throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

function splitOutput(stages: readonly unknown[]): {
  documents: readonly unknown[];
  output: PipelineOutput | undefined;
} {
  const last = stages[stages.length - 1];
  const name = isDocument(last) && Object.keys(last).length === 1 ? Object.keys(last)[0] : undefined;
  if (name !== '$out' && name !== '$merge') return { documents: stages, output: undefined };
  const specification = (last as Document)[name];
  return {
    documents: stages.slice(0, -1),
    output: name === '$out' ? parseOut(specification) : parseMerge(specification),
  };
}

function compileStages(stages: readonly unknown[], context: StageContext): StageRunner {
  const heads = context.isAtHead ? headLength(stages) : 0;
  const runners = stages.map((stage, i) => compileStage(stage, i, { ...context, isAtHead: i < heads }));
  return (source, run) => {
    let documents = source;
    for (const runner of runners) documents = runner(documents, run);
    return finished(documents);
  };
}

/** Within a pipeline missing fields keep their place (they may be set again); outside of it they are gone. */
function* finished(documents: Iterable<Document>): Iterable<Document> {
  for (const document of documents) yield withoutPlaces(document) as Document;
}

function compileStage(stage: unknown, position: number, context: StageContext): StageRunner {
  if (!isDocument(stage)) throw new MongoError(14, "Each element of the 'pipeline' array must be an object");
  const [name, ...others] = Object.keys(stage);
  if (name === undefined || others.length > 0) {
    throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  checkPlace(name, context.place);
  const compile = STAGES.get(name);
  if (!compile) throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
  if (name === '$documents' && position > 0) {
    throw new MongoError(40602, '$documents is only valid as the first stage in a pipeline');
  }
  return compile(stage[name], context, name);
}

const READING_STAGES = new Set(['$match', '$sort', '$skip', '$limit']);

/**
 * How many stages MongoDB hands to its newer engine: what selects and orders documents, one inclusion, then groups and
 * plain joins.
 */
function headLength(stages: readonly unknown[]): number {
  let at = 0;
  const nameAt = () => (isDocument(stages[at]) ? (Object.keys(stages[at] as Document)[0] ?? '') : '');
  while (READING_STAGES.has(nameAt())) at += 1;
  if (nameAt() === '$project') {
    const specification = (stages[at] as Document)['$project'];
    if (isDocument(specification) && isInclusion(specification)) at += 1;
  }
  for (; nameAt() === '$group' || nameAt() === '$lookup' || nameAt() === '$bucket'; at += 1) {
    const join = (stages[at] as Document)['$lookup'];
    if (isDocument(join) && Object.hasOwn(join, 'pipeline')) break;
  }
  return at;
}

function isInclusion(specification: Document): boolean {
  const fields = Object.entries(specification);
  // With computed fields it depends on the operators; such projections are taken as not handed over.
  if (fields.some(([, value]) => typeof value !== 'boolean' && !isNumber(value))) return false;
  return fields.some(
    ([name, value]) => name !== '_id' && (!isNumber(value) || toNumber(value) !== 0) && value !== false,
  );
}

const NOT_IN_FACET = new Set(['$out', '$merge', '$facet', '$collStats', '$indexStats', '$documents', '$geoNear']);

function checkPlace(name: string, place: PipelinePlace): void {
  switch (place) {
    case 'facet':
      if (NOT_IN_FACET.has(name))
        throw new MongoError(40600, `${name} is not allowed to be used within a $facet stage`);
      return;
    case 'lookup':
      if (name === '$out' || name === '$merge') {
        throw new MongoError(51047, `${name} is not allowed within a $lookup's sub-pipeline`);
      }
      return;
    case 'union':
      if (name === '$out' || name === '$merge') {
        throw new MongoError(31441, `${name} is not allowed within a $unionWith's sub-pipeline`);
      }
      return;
    case 'update':
      if (STAGES.has(name) && !UPDATE_STAGES.has(name)) {
        throw new MongoError(72, `${name} is not allowed to be used within an update`);
      }
      return;
    default:
      if (name === '$out' || name === '$merge') {
        throw new MongoError(40601, `${name} can only be the final stage in the pipeline`);
      }
  }
}
