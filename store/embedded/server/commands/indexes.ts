import { Int32, Long, UUID } from 'bson';
import { compileFilter } from '../../engine/filter.ts';
import { MongoError } from '../../engine/mongo-error.ts';
import { type Document, isDocument } from '../../engine/values.ts';
import { type Collection, type Index, newIndex } from '../../storage/catalog.ts';
import { showValue } from '../../storage/duplicate-key.ts';
import { indexPrefix } from '../../storage/keys.ts';
import { indexRecord } from '../../storage/records.ts';
import type { CommandContext, CommandSpec, RawReply } from '../command.ts';
import { isPresentIndex, normalIndexSpec } from '../index-spec.ts';
import { namespaceOf } from '../namespace.ts';
import { isSamePattern } from '../query/plan.ts';
import { scanCollection } from '../query/scan.ts';
import { targetCollection } from '../target.ts';
import { validateCollection } from '../validate-collection.ts';
import { cursorOver } from './collections.ts';

async function createIndexes(context: CommandContext): Promise<Document> {
  const { command, database, view, server } = context;
  const { collection: name, namespace } = namespaceOf(command, 'createIndexes', database);
  const given = command.indexes as unknown[];
  if (given.length === 0) throw new MongoError(2, 'Must specify at least one index to create');
  const wanted = given.map(normalIndexSpec);
  const isNew = view.collection(namespace) === undefined;
  if (view.transaction === undefined) server.store.mustBeUntouched(namespace);
  const collection = targetCollection(context, name);
  if (view.transaction !== undefined && !isNew && server.store.countOf(collection, view) > 0) {
    throw new MongoError(
      263,
      `Cannot create new indexes on non-empty collection ${namespace} in a multi-document transaction.`,
    );
  }
  const before = collection.indexes.length;
  const specs = collection.indexes.map(({ spec }) => spec);
  const missing = wanted.filter((spec) => {
    const isHere = isPresentIndex(spec, specs);
    if (!isHere) specs.push(spec);
    return !isHere;
  });
  if (collection.indexes.length + missing.length > 64) {
    throw new MongoError(67, `add index fails, too many indexes for ${namespace} key:${String(missing[0]?.name)}`);
  }
  const built = build(context, collection, missing);
  collection.indexes = [...collection.indexes, ...built];
  if (built.length > 0) {
    view.collectionChanged(collection);
    if (view.transaction === undefined) collection.alteredAt = server.store.change;
  }
  if (view.transaction === undefined) await server.store.disk.flushed();
  return {
    numIndexesBefore: new Int32(isNew ? 1 : before),
    numIndexesAfter: new Int32(collection.indexes.length),
    ...(isNew || built.length > 0 ? { createdCollectionAutomatically: isNew } : {}),
    ...(built.length === 0 ? { note: 'all indexes already exist' } : { commitQuorum: 'votingMembers' }),
  };
}

/** Fills new indexes from the documents that are there. What was written is left to the sweep when it fails. */
function build(context: CommandContext, collection: Collection, specs: readonly Document[]): Index[] {
  const { server, view } = context;
  const indexes = specs.map((spec) => newIndex(server.store.catalog.takeId(), spec));
  if (indexes.length === 0) return [];
  try {
    for (const { id, document } of scanCollection(view, collection, false, { documents: 0, keys: 0 })) {
      for (const index of indexes) indexRecord(view, collection, index, id, document);
    }
  } catch (error) {
    for (const index of indexes) server.store.discard(indexPrefix(index.id));
    if (!(error instanceof MongoError)) throw error;
    const uuid = collection.uuid.toUUID().toString();
    const buildId = new UUID().toString();
    const message = `Index build failed: ${buildId}: Collection ${collection.namespace} ( ${uuid} ) :: caused by :: ${error.message}`;
    throw new MongoError(error.code, message, error.fields === undefined ? {} : { fields: error.fields });
  }
  return indexes;
}

function listIndexes(context: CommandContext): RawReply {
  const { command, database, view } = context;
  const { namespace } = namespaceOf(command, 'listIndexes', database);
  const collection = view.collection(namespace);
  if (collection === undefined) throw new MongoError(26, `ns does not exist: ${namespace}`);
  return cursorOver(
    context,
    namespace,
    collection.indexes.map(({ spec }) => spec),
  );
}

/** The indexes a `dropIndexes` means. @throws MongoError 27, 72. */
function meantIndexes(collection: Collection, meant: unknown): Index[] {
  const others = collection.indexes.filter(({ name }) => name !== '_id_');
  if (meant === '*') return others;
  if (Array.isArray(meant)) return meant.flatMap((one) => meantIndexes(collection, one));
  if (typeof meant === 'string') {
    const found = collection.indexes.find(({ name }) => name === meant);
    if (found === undefined) throw new MongoError(27, `index not found with name [${meant}]`);
    if (found.name === '_id_') throw new MongoError(72, 'cannot drop _id index');
    return [found];
  }
  if (!isDocument(meant)) throw new MongoError(14, "BSON field 'dropIndexes.index' is the wrong type");
  const found = collection.indexes.find(({ spec }) => isSamePattern(spec.key as Document, meant));
  if (found === undefined) throw new MongoError(27, `can't find index with key: ${showValue(meant)}`);
  if (found.name === '_id_') throw new MongoError(72, 'cannot drop _id index');
  return [found];
}

async function dropIndexes({ command, name, database, view, server }: CommandContext): Promise<Document> {
  const { namespace } = namespaceOf(command, name, database);
  const collection = view.collection(namespace);
  if (collection === undefined) throw new MongoError(26, `ns not found ${namespace}`);
  server.store.mustBeUntouched(namespace);
  const gone = new Set(meantIndexes(collection, command.index));
  const before = collection.indexes.length;
  collection.indexes = collection.indexes.filter((index) => !gone.has(index));
  view.collectionChanged(collection);
  collection.alteredAt = server.store.change;
  for (const index of gone) server.store.discard(indexPrefix(index.id));
  await server.store.disk.flushed();
  return {
    nIndexesWas: new Int32(before),
    ...(command.index === '*' ? { msg: 'non-_id indexes dropped for collection' } : {}),
  };
}

async function collMod({ command, database, view, server }: CommandContext): Promise<Document> {
  const { namespace } = namespaceOf(command, 'collMod', database);
  const collection = view.collection(namespace);
  if (collection === undefined) throw new MongoError(26, 'ns does not exist');
  server.store.mustBeUntouched(namespace);
  const reply: Document = {};
  if (isDocument(command.index)) Object.assign(reply, changeIndex(collection, command.index));
  if (isDocument(command.validator)) {
    collection.validator = Object.keys(command.validator).length === 0 ? undefined : compileFilter(command.validator);
  }
  const options = { ...collection.options };
  for (const option of ['validator', 'validationLevel', 'validationAction']) {
    if (command[option] !== undefined) options[option] = command[option];
  }
  collection.options = options;
  view.collectionChanged(collection);
  await server.store.disk.flushed();
  return reply;
}

function changeIndex(collection: Collection, change: Document): Document {
  for (const field of Object.keys(change)) {
    if (['name', 'keyPattern', 'expireAfterSeconds'].includes(field)) continue;
    throw new MongoError(40415, `BSON field 'collMod.index.${field}' is an unknown field.`);
  }
  const { keyPattern, expireAfterSeconds } = change;
  const index = collection.indexes.find(({ name, spec }) =>
    isDocument(keyPattern) ? isSamePattern(spec.key as Document, keyPattern) : name === change.name,
  );
  if (index === undefined) {
    throw new MongoError(
      27,
      `cannot find index ${String(change.name ?? JSON.stringify(keyPattern))} for ns ${collection.namespace}`,
    );
  }
  if (expireAfterSeconds === undefined) throw new MongoError(72, 'no expireAfterSeconds, hidden or unique field');
  const before = index.spec.expireAfterSeconds;
  index.spec = { ...index.spec, expireAfterSeconds };
  return {
    ...(before === undefined ? {} : { expireAfterSeconds_old: Long.fromNumber(Number(before)) }),
    expireAfterSeconds_new: Long.fromNumber(Number(expireAfterSeconds)),
  };
}

/** Holds every index against a full scan, both ways. */
function validate({ command, database, view }: CommandContext): Document {
  const { namespace } = namespaceOf(command, 'validate', database);
  const collection = view.collection(namespace);
  if (collection === undefined) throw new MongoError(26, `Collection '${namespace}' does not exist to validate.`);
  return validateCollection(view, collection);
}

export const indexCommands: Readonly<Record<string, CommandSpec>> = {
  createIndexes: {
    does: 'makes indexes: unique, compound, sparse, partial, multikey, TTL, hashed',
    fields: { indexes: 'array', ignoreUnknownIndexOptions: 'bool', commitQuorum: 'any' },
    required: ['indexes'],
    inTransaction: true,
    run: createIndexes,
  },
  listIndexes: { does: 'lists indexes', fields: { cursor: 'object' }, inTransaction: false, run: listIndexes },
  dropIndexes: {
    does: 'drops indexes',
    fields: { index: 'any' },
    required: ['index'],
    inTransaction: false,
    run: dropIndexes,
  },
  deleteIndexes: {
    does: 'drops indexes',
    fields: { index: 'any' },
    required: ['index'],
    inTransaction: false,
    run: dropIndexes,
  },
  collMod: {
    does: "changes an index's lifetime or a collection's validator",
    fields: { index: 'object', validator: 'object', validationLevel: 'string', validationAction: 'string' },
    inTransaction: false,
    run: collMod,
  },
  validate: {
    does: 'holds every index against a full scan',
    fields: { full: 'bool', background: 'bool', checkBSONConformance: 'bool' },
    inTransaction: false,
    run: validate,
  },
};
