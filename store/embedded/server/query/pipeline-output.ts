import { Binary, ObjectId } from 'bson';
import { compileFilter } from '../../engine/filter.ts';
import { MongoError } from '../../engine/mongo-error.ts';
import { compileUpdatePipeline } from '../../engine/pipeline/compile-pipeline.ts';
import type { PipelineOutput } from '../../engine/pipeline/stages/output.ts';
import { type Document, fieldOf, identicalValues, isDocument } from '../../engine/values.ts';
import { encode } from '../../storage/bson-codec.ts';
import { type Collection, idIndexSpec, newCollection, newIndex } from '../../storage/catalog.ts';
import { indexPrefix, recordPrefix } from '../../storage/keys.ts';
import { insertRecord, replaceRecord } from '../../storage/records.ts';
import type { CommandContext } from '../command.ts';
import { checkNewCollectionName } from '../namespace.ts';
import { prepareForInsert } from '../prepare-document.ts';
import { newUuid, targetCollection, validate, validateChange } from '../target.ts';
import { unblocked } from '../write-statements.ts';
import { evaluateLetFor } from './expressions.ts';
import { startQuery } from './run.ts';

type Merge = Extract<PipelineOutput, { kind: 'merge' }>;

/** Puts the results of a pipeline where its last stage says. Resolves when they are on disk. */
export async function writeOutput(
  context: CommandContext,
  output: PipelineOutput,
  results: Iterable<Document>,
): Promise<void> {
  if (context.view.transaction !== undefined) {
    throw new MongoError(263, `$${output.kind} cannot be used in a transaction`);
  }
  const target: CommandContext = { ...context, database: output.database ?? context.database };
  // All of them first: the target may be what is being read.
  const documents = [...results];
  if (output.kind === 'out') await unblocked(context, () => replaceCollection(target, output.collection, documents));
  else await mergeAll(target, output, documents);
  await context.server.store.disk.flushed();
}

/** `$out`: a new collection takes the place of the old one, with its options and indexes, or nothing changes. */
function replaceCollection(context: CommandContext, name: string, documents: readonly Document[]): void {
  const { view, database, server } = context;
  const { store } = server;
  const namespace = `${database}.${name}`;
  checkNewCollectionName(name, namespace);
  store.mustBeUntouched(namespace);
  const old = view.collection(namespace);
  const uuid = new Binary(newUuid(), Binary.SUBTYPE_UUID);
  const fresh = newCollection(store.catalog.takeId(), database, name, uuid, old?.options ?? {});
  const specs = old?.indexes.map(({ spec }) => spec) ?? [idIndexSpec()];
  fresh.indexes = specs.map((spec) => newIndex(store.catalog.takeId(), spec));
  fresh.count = 0;
  try {
    for (const document of documents) {
      const prepared = prepareForInsert(document, undefined);
      validate(context, fresh, prepared.document);
      insertRecord(view, fresh, prepared.document, prepared.bytes);
    }
  } catch (error) {
    store.discard(recordPrefix(fresh.id));
    for (const index of fresh.indexes) store.discard(indexPrefix(index.id));
    throw error;
  }
  if (old !== undefined) store.drop(old);
  view.addCollection(fresh);
}

async function mergeAll(context: CommandContext, merge: Merge, documents: readonly Document[]): Promise<void> {
  const collection = targetCollection(context, merge.collection);
  mustIdentify(collection, merge.on);
  for (const document of documents) await unblocked(context, () => mergeOne(context, collection, merge, document));
}

/** @throws MongoError 51183 when no unique index makes sure that the fields mean one document. */
function mustIdentify(collection: Collection, on: readonly string[]): void {
  const isUnique = collection.indexes.some(
    ({ isUnique: is, partial, isSparse, paths }) =>
      is &&
      partial === undefined &&
      !isSparse &&
      paths.length === on.length &&
      on.every((path) => paths.includes(path)),
  );
  if (!isUnique) throw new MongoError(51183, 'Cannot find index to verify that join fields will be unique');
}

function valueAt(document: Document, path: string): unknown {
  let value: unknown = document;
  for (const part of path.split('.')) value = isDocument(value) ? fieldOf(value, part) : undefined;
  return value;
}

function mergeOne(context: CommandContext, collection: Collection, merge: Merge, given: Document): void {
  const { view, server } = context;
  const document = merge.on.includes('_id') && given._id === undefined ? { _id: new ObjectId(), ...given } : given;
  const filter: Document = {};
  for (const path of merge.on) {
    const value = valueAt(document, path);
    if (value === undefined || value === null) {
      throw new MongoError(51132, "$merge write error: 'on' field cannot be missing, null or undefined");
    }
    if (Array.isArray(value)) throw new MongoError(51185, "$merge write error: 'on' field cannot be an array");
    filter[path] = { $eq: value };
  }
  const [found] = startQuery(view, collection, { filter: compileFilter(filter), limit: 1 }).results;
  if (found === undefined) {
    insertUnmatched(context, collection, merge, document);
    return;
  }
  const { whenMatched } = merge;
  if (whenMatched === 'keepExisting') return;
  if (whenMatched === 'fail') {
    throw new MongoError(11000, '$merge failed due to a DuplicateKey error', {
      fields: { keyPattern: { _id: 1 }, keyValue: { _id: document._id } },
    });
  }
  let after: Document;
  if (whenMatched === 'replace') {
    after = document._id === undefined ? { _id: found.document._id, ...document } : document;
  } else if (whenMatched === 'merge') {
    after = { ...found.document, ...document };
  } else {
    const now = server.now();
    const variables =
      merge.variables === undefined ? { new: document } : evaluateLetFor(merge.variables, document, now);
    after = compileUpdatePipeline(whenMatched, { now, variables })(found.document);
  }
  if (!identicalValues(found.document._id, after._id)) {
    throw new MongoError(
      66,
      "$merge failed to update the matching document, did you attempt to modify the _id or the shard key? :: caused by :: Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  if (identicalValues(found.document, after)) return;
  validateChange(context, collection, found.document, after);
  replaceRecord(view, collection, found.id, found.document, after, encode(after));
}

function insertUnmatched(context: CommandContext, collection: Collection, merge: Merge, document: Document): void {
  if (merge.whenNotMatched === 'discard') return;
  if (merge.whenNotMatched === 'fail') {
    throw new MongoError(
      13113,
      '$merge could not find a matching document in the target collection for at least one document in the source collection',
    );
  }
  const prepared = prepareForInsert(document, undefined);
  validate(context, collection, prepared.document);
  insertRecord(context.view, collection, prepared.document, prepared.bytes);
}
