import { Int32, Long } from 'bson';
import { compileFilter } from '../../engine/filter.ts';
import { MongoError } from '../../engine/mongo-error.ts';
import { type Document, isDocument } from '../../engine/values.ts';
import { encode } from '../../storage/bson-codec.ts';
import type { Collection } from '../../storage/catalog.ts';
import { createCollection } from '../../storage/records.ts';
import { type CommandContext, type CommandSpec, RawReply } from '../command.ts';
import { flag } from '../command-fields.ts';
import { FIRST_BATCH } from '../cursors.ts';
import { checkNewCollectionName, namespaceOf } from '../namespace.ts';
import { countOf, refuseCollation } from '../query/compile.ts';
import { newUuid } from '../target.ts';

/** Options of a collection that are kept and listed. */
const KEPT_OPTIONS = ['validator', 'validationLevel', 'validationAction'];

async function create(context: CommandContext): Promise<Document> {
  const { command, database, view, server } = context;
  const { collection: name, namespace } = namespaceOf(command, 'create', database);
  checkNewCollectionName(name, namespace);
  refuseCollation('create', command.collation);
  if (flag(command.capped)) throw new MongoError(40415, "BSON field 'create.capped' is an unknown field.");
  if (view.collection(namespace) !== undefined) {
    throw new MongoError(48, `Collection ${namespace} already exists.`);
  }
  const options: Document = {};
  for (const option of KEPT_OPTIONS) if (command[option] !== undefined) options[option] = command[option];
  if (isDocument(command.validator)) compileFilter(command.validator);
  createCollection(server.store, view, database, name, options, newUuid());
  if (view.transaction === undefined) await server.store.disk.flushed();
  return {};
}

async function drop({ command, database, view, server }: CommandContext): Promise<Document> {
  const { namespace } = namespaceOf(command, 'drop', database);
  const collection = view.collection(namespace);
  if (collection === undefined) throw new MongoError(26, 'ns not found');
  const count = collection.indexes.length;
  server.store.drop(collection);
  server.cursors.killWhere((one) => one === namespace);
  await server.store.disk.flushed();
  return { nIndexesWas: new Int32(count), ns: namespace };
}

async function dropDatabase({ database, server }: CommandContext): Promise<Document> {
  const collections = server.store.catalog.of(database);
  for (const { namespace } of collections) server.store.mustBeUntouched(namespace);
  for (const collection of collections) server.store.drop(collection);
  server.cursors.killWhere((namespace) => namespace.startsWith(`${database}.`));
  await server.store.disk.flushed();
  return {};
}

function showCollection(collection: Collection, isNameOnly: boolean): Document {
  const { name, options, uuid, indexes } = collection;
  if (isNameOnly) return { name, type: 'collection' };
  return { name, type: 'collection', options, info: { readOnly: false, uuid }, idIndex: indexes[0]?.spec };
}

/** Opens a cursor over documents that are at hand. */
export function cursorOver(context: CommandContext, namespace: string, documents: readonly Document[]): RawReply {
  const { command, server, sessionKey, view } = context;
  const cursor = (command.cursor ?? {}) as Document;
  const size = countOf(cursor.batchSize, 'batchSize') ?? FIRST_BATCH;
  const owner = { namespace, sessionKey, transaction: view.transaction };
  const batch = server.cursors.open(owner, documents.map(encode).values(), size, false);
  return new RawReply({ ...batch, namespace, field: 'firstBatch' });
}

function listCollections(context: CommandContext): RawReply {
  const { command, database, server } = context;
  const filter = compileFilter(command.filter ?? {});
  const isNameOnly = flag(command.nameOnly);
  const shown = server.store.catalog
    .of(database)
    .filter((collection) => filter.matches(showCollection(collection, false)))
    .map((collection) => showCollection(collection, isNameOnly));
  return cursorOver(context, `${database}.$cmd.listCollections`, shown);
}

function listDatabases({ command, database, server }: CommandContext): Document {
  if (database !== 'admin') throw new MongoError(13, 'listDatabases may only be run against the admin database.');
  const filter = compileFilter(command.filter ?? {});
  const all = server.store.catalog
    .databases()
    .map((name) => ({ name, sizeOnDisk: Long.fromNumber(server.store.disk.sizeOnDiskBytes), empty: false }))
    .filter((one) => filter.matches(one));
  if (flag(command.nameOnly)) return { databases: all.map(({ name }) => ({ name })) };
  const totalSize = server.store.disk.sizeOnDiskBytes;
  return {
    databases: all,
    totalSize: Long.fromNumber(totalSize),
    totalSizeMb: Long.fromNumber(Math.floor(totalSize / 1_048_576)),
  };
}

export const collectionCommands: Readonly<Record<string, CommandSpec>> = {
  create: {
    does: 'makes a collection, with a validator if wanted',
    fields: {
      capped: 'bool',
      validator: 'object',
      validationLevel: 'string',
      validationAction: 'string',
      collation: 'object',
      autoIndexId: 'bool',
      idIndex: 'object',
    },
    inTransaction: true,
    run: create,
  },
  drop: { does: 'drops a collection', fields: {}, inTransaction: false, run: drop },
  dropDatabase: { does: 'drops a database', fields: {}, inTransaction: false, run: dropDatabase },
  listCollections: {
    does: 'lists collections',
    fields: { filter: 'object', nameOnly: 'bool', authorizedCollections: 'bool', cursor: 'object' },
    inTransaction: false,
    run: listCollections,
  },
  listDatabases: {
    does: 'lists databases',
    fields: { filter: 'object', nameOnly: 'bool', authorizedDatabases: 'bool' },
    inTransaction: false,
    run: listDatabases,
  },
};
