import { parseArgs } from 'node:util';
import { ConfigurationError, describeError, InUseError } from '../lib/errors.ts';
import { openStore } from './connect.ts';
import { copyStore } from './copy-store.ts';

/** `npm run store:copy -- URI [--data DIR]`: moves to a MongoDB what the embedded store holds. The product must not run meanwhile. */

const EXIT_CONFIGURATION = 78;
const EXIT_IN_USE = 75;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main(): Promise<number> {
  let uri: string | undefined;
  let dataDir: string;
  try {
    const { values, positionals } = parseArgs({ options: { data: { type: 'string' } }, allowPositionals: true });
    uri = positionals[0];
    dataDir = values.data === undefined || values.data === '' ? './data' : values.data;
  } catch (error) {
    say(describeError(error));
    return EXIT_CONFIGURATION;
  }
  if (uri === undefined || !/^mongodb(\+srv)?:\/\//.test(uri)) {
    say('usage: npm run store:copy -- mongodb://HOST:PORT/?replicaSet=NAME [--data DIR]');
    return EXIT_CONFIGURATION;
  }
  try {
    // Refuses a MongoDB that the product could not work with afterwards.
    await (await openStore({ mongodbUri: uri, dataDir, log: say })).close();
    const store = await openStore({ dataDir, log: say });
    try {
      const copied = await copyStore(store.uri, uri, say);
      process.stdout.write(`${JSON.stringify(copied)}\n`);
    } finally {
      await store.close();
    }
    return 0;
  } catch (error) {
    say(describeError(error));
    if (error instanceof InUseError) return EXIT_IN_USE;
    return error instanceof ConfigurationError ? EXIT_CONFIGURATION : 1;
  }
}

process.exitCode = await main();
