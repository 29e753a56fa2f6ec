import { parentPort, workerData } from 'node:worker_threads';
import { describeError, InUseError } from '../../lib/errors.ts';
import { type RunningServer, startServer } from './server/start-server.ts';
import { systemNow } from './system-clock.ts';

/** What the worker thread is started with. */
export interface WorkerOptions {
  readonly dataDir: string;
  readonly socketPath: string;
  /** TTL sweeps ask the main thread for the moment. */
  readonly asksForTime: boolean;
}

/** From the main thread to the worker. */
export type ToWorker = { readonly type: 'close' } | { readonly type: 'time'; readonly id: number; readonly at: number };

/** From the worker to the main thread. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string; readonly isInUse: boolean }
  | { readonly type: 'closed' }
  | { readonly type: 'log'; readonly line: string }
  | { readonly type: 'time?'; readonly id: number };

const port = parentPort;
if (port === null) throw new Error('this file runs in a worker thread');

const options = workerData as WorkerOptions;
const send = (message: FromWorker): void => port.postMessage(message);
const asked = new Map<number, (at: Date) => void>();
let lastId = 0;
let server: RunningServer | undefined;

function ttlNow(): Promise<Date> {
  if (!options.asksForTime) return Promise.resolve(systemNow());
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    asked.set(id, resolve);
    send({ type: 'time?', id });
  });
}

port.on('message', (message: ToWorker) => {
  if (message.type === 'time') {
    asked.get(message.id)?.(new Date(message.at));
    asked.delete(message.id);
    return;
  }
  void (server?.close() ?? Promise.resolve()).then(() => {
    send({ type: 'closed' });
    port.close();
  });
});

try {
  server = await startServer({
    dataDir: options.dataDir,
    where: { path: options.socketPath },
    now: systemNow,
    ttlNow,
    log: (line) => send({ type: 'log', line }),
  });
  send({ type: 'ready' });
} catch (error) {
  send({ type: 'failed', message: describeError(error), isInUse: error instanceof InUseError });
  port.close();
}
