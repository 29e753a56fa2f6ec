import { join } from 'node:path';
import mongoose from 'mongoose';
import { describeError } from '../lib/errors.ts';
import { createModels } from '../models/index.ts';
import { verifyAuditTrail } from '../recruiting/audit/seal-audit-entries.ts';
import { openStore } from '../store/connect.ts';
import { readConfig } from './config.ts';

/** `npm run audit:verify`: proves that no audit entry was changed, removed or put in, or names the first one. */
async function main(): Promise<number> {
  const config = readConfig();
  const store = await openStore({
    mongodbUri: config.mongodbUri,
    dataDir: join(config.dataDir, 'store'),
    log: (line) => process.stderr.write(`${line}\n`),
  });
  const connection = await mongoose.createConnection(store.uri, store.options).asPromise();
  try {
    const { sealed, unsealed, firstAltered } = await verifyAuditTrail(createModels(connection));
    if (firstAltered) {
      process.stdout.write(
        `ALTERED ${firstAltered.id} (number ${firstAltered.sealNumber} of the chain): ${firstAltered.problem}\n`,
      );
      return 1;
    }
    process.stdout.write(`intact: ${sealed} sealed entries, ${unsealed} not sealed yet\n`);
    return 0;
  } finally {
    await connection.close();
    await store.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = 1;
  },
);
