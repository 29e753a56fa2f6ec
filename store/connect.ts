import mongoose from 'mongoose';
import { ConfigurationError, describeError } from '../lib/errors.ts';
import { startEmbedded } from './embedded/start-embedded.ts';

/** Where the data are to be. */
export interface StoreOptions {
  /** A MongoDB of one's own; without it the embedded store is started. */
  readonly mongodbUri?: string | undefined;
  /** The folder of the embedded store. Unused with `mongodbUri`. */
  readonly dataDir: string;
  /** Receives lines for the log: problems of the embedded store that nobody else would see. */
  readonly log: (line: string) => void;
  /** The clock the embedded store's TTL indexes follow; without one, the machine's. */
  readonly ttlNow?: (() => Date) | undefined;
}

/** A store that is ready to be connected to. */
export interface OpenedStore {
  /** For `mongoose.connect` or the driver. */
  readonly uri: string;
  readonly kind: 'embedded' | 'mongodb';
  /** To be handed over with the address. */
  readonly options: mongoose.ConnectOptions;
  /** Ends the embedded store. Connections should be closed before. */
  close(): Promise<void>;
}

/** How long a MongoDB may take to be found. */
const FIND_MS = 10_000;

/**
 * Opens the store: the MongoDB of `mongodbUri`, or the embedded one in `dataDir`.
 *
 * @throws ConfigurationError when the MongoDB cannot be reached or has no transactions.
 * @throws InUseError when another process works in `dataDir`.
 */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  const { mongodbUri, dataDir, log, ttlNow } = options;
  if (mongodbUri !== undefined && mongodbUri !== '') {
    await mustHaveTransactions(mongodbUri);
    return { uri: mongodbUri, kind: 'mongodb', options: {}, close: async () => {} };
  }
  const embedded = await startEmbedded(ttlNow === undefined ? { dataDir, log } : { dataDir, log, ttlNow });
  // A socket's path is no host name that the discovery of replica sets could compare, so it is not used.
  const uri = `mongodb://${encodeURIComponent(embedded.socketPath)}/?replicaSet=rs0&directConnection=true`;
  return { uri, kind: 'embedded', options: {}, close: () => embedded.close() };
}

/** Refuses a server without transactions: they exist only in replica sets and behind a mongos. */
async function mustHaveTransactions(uri: string): Promise<void> {
  let hello: { setName?: unknown; msg?: unknown };
  try {
    const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: FIND_MS });
    try {
      hello = await client.db('admin').command({ hello: 1 });
    } finally {
      await client.close();
    }
  } catch (error) {
    throw new ConfigurationError(`MONGODB_URI: the server cannot be reached: ${describeError(error)}`, ['MONGODB_URI']);
  }
  if (hello.setName !== undefined || hello.msg === 'isdbgrid') return;
  throw new ConfigurationError(
    'MONGODB_URI: this MongoDB is neither a replica set nor a mongos, so it has no transactions. Start it with ' +
      '--replSet rs0 and run rs.initiate() once (a set of one member is enough), or leave MONGODB_URI empty for the embedded store.',
    ['MONGODB_URI'],
  );
}
