import type { ObjectId } from 'bson';
import { describeElement } from './filter/describe-value.ts';
import { equalityFields } from './filter/equality-fields.ts';
import type { CompiledFilter } from './filter.ts';
import { ArrayFilters } from './update/array-filters.ts';
import { replaceDocument } from './update/replacement.ts';
import { checkId, checkStorable, checkTopLevelNames } from './update/storage-limits.ts';
import { UpdateRun } from './update/update-apply.ts';
import { parseOperators } from './update/update-parse.ts';
import { seedDocument, withIdFirst } from './update/upsert.ts';
import { cloneValue, type Document, equalValues, identicalValues, isDocument, MongoError } from './values.ts';

export { checkId, checkStorable, MAX_DEPTH, MAX_DOCUMENT_BYTES } from './update/storage-limits.ts';
export { UPDATE_OPERATORS } from './update/update-parse.ts';

/** Compiles a pipeline of an update (`[{$set: ...}]`) into a function from document to document. */
export type PipelineCompiler = (
  pipeline: readonly unknown[],
  options: { readonly variables?: Document | undefined; readonly now: Date },
) => (document: Document) => Document;

/** What an update needs besides itself. */
export interface UpdateOptions {
  /** The moment for `$currentDate` and `$$NOW`. */
  readonly now: Date;
  readonly arrayFilters?: readonly unknown[] | undefined;
  readonly isMulti?: boolean | undefined;
  readonly let?: Document | undefined;
  /** Needed for pipelines; without it they are refused. */
  readonly pipeline?: PipelineCompiler | undefined;
}

/** What an update made of a document. */
export interface UpdateResult {
  /** The new document; the old one itself when nothing changed. */
  readonly document: Document;
  readonly modified: boolean;
}

/** An update ready for use. */
export interface CompiledUpdate {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  /** Applies the update; the given document is not changed. `filter` (the command's) gives `.$` its position. */
  apply(document: Document, filter?: CompiledFilter): UpdateResult;
  /**
   * The document that an upsert inserts: the filter's equalities, then the update. `newId` is called when neither filter
   * nor update gives an `_id`.
   */
  buildUpsert(filter: CompiledFilter, newId: () => ObjectId): Document;
}

/** Changes a document that belongs to it, `isInsert` while building an upsert. */
type Change = (document: Document, isInsert: boolean, filter: CompiledFilter | undefined) => UpdateResult;

/**
 * Parses and compiles an update of MongoDB: operators, a replacement document or a pipeline. Malformed updates are
 * refused at once; errors that depend on the document (2, 14, 28, 66 ...) come from `apply`.
 */
export function compileUpdate(update: unknown, options: UpdateOptions): CompiledUpdate {
  if (Array.isArray(update)) return finish('pipeline', pipelineChange(update, options));
  if (!isDocument(update)) throw new MongoError(9, 'Update argument must be either an object or an array');
  const first = Object.keys(update)[0];
  if (first?.startsWith('$')) return finish('operators', operatorChange(update, options));
  if (options.isMulti) throw new MongoError(9, 'multi update is not supported for replacement-style update');
  return finish('replacement', (document, isInsert) => replaceDocument(document, update, isInsert));
}

function operatorChange(update: Document, options: UpdateOptions): Change {
  const { now } = options;
  const arrayFilters = new ArrayFilters(options.arrayFilters ?? []);
  const { root } = parseOperators(update, arrayFilters);
  arrayFilters.checkAllUsed(update);
  return (original, isInsert, filter) => {
    const document = cloneValue(original);
    const position = () => (isInsert ? undefined : filter?.positional(original));
    const run = new UpdateRun(document, { now, isInsert }, arrayFilters, position);
    run.apply(root, []);
    if (run.isModified) checkTopLevelNames(document);
    return run.isModified ? { document, modified: true } : { document: original, modified: false };
  };
}

function pipelineChange(pipeline: readonly unknown[], options: UpdateOptions): Change {
  if (options.arrayFilters) throw new MongoError(9, 'arrayFilters may not be specified for pipeline-syle updates');
  if (!options.pipeline) throw new MongoError(224, 'pipeline-style updates are not supported here');
  const run = options.pipeline(pipeline, { variables: options.let, now: options.now });
  return (original) => {
    const result = run(original);
    const keepsId = original._id === undefined || Object.hasOwn(result, '_id');
    const document = keepsId ? result : { _id: original._id, ...result };
    return identicalValues(original, document) ? { document: original, modified: false } : { document, modified: true };
  };
}

function finish(kind: CompiledUpdate['kind'], change: Change): CompiledUpdate {
  return {
    kind,
    apply(original, filter) {
      const result = change(original, false, filter);
      if (!result.modified) return result;
      checkIdUnchanged(original, result.document, kind);
      checkStorable(result.document);
      return result;
    },
    buildUpsert(filter, newId) {
      const seed = seedDocument(equalityFields(filter.node, kind === 'replacement'), kind === 'replacement');
      const { document } = change(seed, true, undefined);
      if (Object.hasOwn(seed, '_id')) checkIdUnchanged(seed, document, kind);
      const complete = withIdFirst(document, newId);
      checkId(complete._id);
      checkStorable(complete);
      return complete;
    },
  };
}

function checkIdUnchanged(before: Document, after: Document, kind: CompiledUpdate['kind']): void {
  if (before._id === undefined) return;
  const isSame = kind === 'operators' ? identicalValues : equalValues;
  if (after._id !== undefined && isSame(before._id, after._id)) return;
  if (kind === 'operators') {
    throw new MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  throw new MongoError(
    66,
    `After applying the update, the (immutable) field '_id' was found to have been altered to ${describeElement('_id', after._id)}`,
  );
}
