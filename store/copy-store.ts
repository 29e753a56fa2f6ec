import mongoose from 'mongoose';
import { ConfigurationError } from '../lib/errors.ts';

const { MongoClient } = mongoose.mongo;
type Db = mongoose.mongo.Db;

/** What was copied. */
export interface CopiedStore {
  readonly databases: number;
  readonly collections: number;
  readonly indexes: number;
  readonly documents: number;
}

/** Numbers, bytes and patterns travel as they are stored. */
const AS_STORED = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;
const BATCH = 1000;
const OWN_DATABASES = new Set(['admin', 'config', 'local']);

/**
 * Copies everything from one store to another: collections with their options, indexes, documents. Nothing is overwritten.
 *
 * @param log told about each collection.
 * @throws ConfigurationError when the target has documents already in a collection of the same name.
 */
export async function copyStore(fromUri: string, toUri: string, log: (line: string) => void): Promise<CopiedStore> {
  const from = new MongoClient(fromUri);
  const to = new MongoClient(toUri);
  try {
    const { databases } = await from.db('admin').admin().listDatabases({ nameOnly: true });
    const names = databases.map(({ name }) => name).filter((name) => !OWN_DATABASES.has(name));
    for (const name of names) await mustBeEmpty(from.db(name), to.db(name));
    const copied = { databases: names.length, collections: 0, indexes: 0, documents: 0 };
    for (const name of names) {
      for (const info of await from.db(name).listCollections().toArray()) {
        const collection = await copyCollection(from.db(name), to.db(name), info);
        copied.collections += 1;
        copied.indexes += collection.indexes;
        copied.documents += collection.documents;
        log(`${name}.${info.name}: ${collection.documents} documents, ${collection.indexes} indexes`);
      }
    }
    return copied;
  } finally {
    await from.close();
    await to.close();
  }
}

async function mustBeEmpty(from: Db, to: Db): Promise<void> {
  for (const { name } of await from.listCollections({}, { nameOnly: true }).toArray()) {
    if ((await to.collection(name).findOne({}, { projection: { _id: 1 } })) === null) continue;
    throw new ConfigurationError(
      `the collection ${to.databaseName}.${name} has documents already: copy into a MongoDB that does not know these data yet`,
    );
  }
}

async function copyCollection(
  from: Db,
  to: Db,
  info: mongoose.mongo.CollectionInfo | Pick<mongoose.mongo.CollectionInfo, 'name' | 'type'>,
): Promise<{ indexes: number; documents: number }> {
  const { name } = info;
  const options = 'options' in info ? (info.options ?? {}) : {};
  const isThere = (await to.listCollections({ name }, { nameOnly: true }).toArray()).length > 0;
  if (!isThere) await to.createCollection(name, options);
  const source = from.collection(name);
  const target = to.collection(name);
  let documents = 0;
  let batch: mongoose.mongo.Document[] = [];
  const send = async (): Promise<void> => {
    if (batch.length === 0) return;
    // What is stored stays as it is, even if it is older than a validator.
    await target.insertMany(batch, { bypassDocumentValidation: true });
    documents += batch.length;
    batch = [];
  };
  for await (const document of source.find({}, AS_STORED).batchSize(BATCH)) {
    batch.push(document);
    if (batch.length === BATCH) await send();
  }
  await send();
  const indexes = await source.listIndexes().toArray();
  const missing = indexes.filter((index) => index.name !== '_id_').map(({ v, ...index }) => index);
  if (missing.length > 0) await target.createIndexes(missing as mongoose.mongo.IndexDescription[]);
  const arrived = await target.countDocuments({});
  if (arrived !== documents) {
    throw new Error(`${to.databaseName}.${name}: ${documents} documents were sent, but ${arrived} are there`);
  }
  return { indexes: indexes.length, documents };
}
