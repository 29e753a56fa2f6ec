import { parseArgs } from 'node:util';
import { describeError, InUseError } from '../lib/errors.ts';
import { startServer } from './embedded/server/start-server.ts';
import { systemNow } from './embedded/system-clock.ts';

/** `npm run store -- --port 0 --data DIR`: the store alone, for any client of MongoDB on this machine. */

const EXIT_CONFIGURATION = 78;
const EXIT_IN_USE = 75;
const DEFAULT_PORT = 27117;

function settings(): { port: number; data: string } {
  const { values } = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' } } });
  const port = values.port === undefined || values.port === '' ? DEFAULT_PORT : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is no port`);
  return { port, data: values.data === undefined || values.data === '' ? './data' : values.data };
}

function isInUse(error: unknown): boolean {
  return error instanceof InUseError || (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE');
}

async function main(): Promise<void> {
  let wanted: { port: number; data: string };
  try {
    wanted = settings();
  } catch (error) {
    process.stderr.write(`${describeError(error)}\nusage: npm run store -- [--port PORT] [--data DIR]\n`);
    process.exitCode = EXIT_CONFIGURATION;
    return;
  }
  try {
    const server = await startServer({
      dataDir: wanted.data,
      where: { port: wanted.port },
      now: systemNow,
      ttlNow: async () => systemNow(),
      log: (line) => process.stderr.write(`${line}\n`),
    });
    const end = (): void => {
      process.once('SIGINT', () => process.exit(1));
      process.once('SIGTERM', () => process.exit(1));
      void server.close().then(() => process.exit(0));
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    process.stdout.write(`READY ${JSON.stringify({ uri: `mongodb://${server.address}/?replicaSet=rs0` })}\n`);
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = isInUse(error) ? EXIT_IN_USE : 1;
  }
}

await main();
