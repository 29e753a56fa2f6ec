import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type Connection, type Model } from 'mongoose';
import { afterAll } from 'vitest';
import { type InboxItemRecord, inboxItemSchema } from '../../models/inbox-item.model.ts';
import { type QuotaCounterRecord, quotaCounterSchema } from '../../models/quota-counter.model.ts';
import { openStore } from '../../store/connect.ts';

/** The collections the channels write to, in a database of its own that vanishes with `drop`. */
export interface TestDatabase {
  connection: Connection;
  models: { inboxItems: Model<InboxItemRecord>; quotaCounters: Model<QuotaCounterRecord> };
  /** A second connection to the same database, as another process has it; `drop` closes it only. */
  again(onCommand?: (command: string) => void): Promise<TestDatabase>;
  drop(): Promise<void>;
}

/** The store of this test file: the embedded one, or the MongoDB of TEST_MONGODB_URI. Started when first needed. */
let opened: Promise<{ uri: string; options: mongoose.ConnectOptions; close(): Promise<void> }> | undefined;

async function open() {
  const dataDir = await mkdtemp(join(tmpdir(), 'ziuping-channels-store-'));
  const store = await openStore({ mongodbUri: process.env.TEST_MONGODB_URI, dataDir, log: () => undefined });
  return {
    ...store,
    async close() {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

afterAll(async () => {
  await (await opened)?.close();
});

export async function openTestDatabase(): Promise<TestDatabase> {
  const dbName = `ziuping_test_channels_${randomBytes(6).toString('hex')}`;
  const database = await connect(dbName);
  for (const model of Object.values(database.models) as unknown as Model<unknown>[]) {
    await model.createCollection();
    await model.createIndexes();
  }
  return {
    ...database,
    async drop() {
      await database.connection.dropDatabase();
      await database.drop();
    },
  };
}

async function connect(dbName: string, onCommand?: (command: string) => void): Promise<TestDatabase> {
  const monitorCommands = onCommand !== undefined;
  opened ??= open();
  const { uri, options } = await opened;
  const connection = await mongoose
    .createConnection(uri, { ...options, dbName, monitorCommands, autoCreate: false })
    .asPromise();
  connection.getClient().on('commandStarted', (event) => {
    const collection: unknown = event.command[event.commandName];
    onCommand?.(typeof collection === 'string' ? `${event.commandName} ${collection}` : event.commandName);
  });
  return {
    connection,
    models: {
      inboxItems: connection.model('inboxItems', inboxItemSchema) as unknown as Model<InboxItemRecord>,
      quotaCounters: connection.model('quotaCounters', quotaCounterSchema) as unknown as Model<QuotaCounterRecord>,
    },
    again: (listener) => connect(dbName, listener),
    drop: () => connection.close(),
  };
}
