import { createHash } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { InUseError } from '../../lib/errors.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker.ts';

/** The embedded store in its worker thread. */
export interface EmbeddedStore {
  /** Path of the Unix socket it listens on. */
  readonly socketPath: string;
  close(): Promise<void>;
}

/** What the embedded store needs to start. */
export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** The clock TTL indexes follow; without one, the machine's. */
  readonly ttlNow?: () => Date;
}

/** The longest path a Unix socket can have on the systems there are (107 bytes on Linux, 103 on macOS). */
const MAX_SOCKET_PATH_BYTES = 103;

/**
 * The socket of a data folder: a short name that any process can work out, in a folder only this user may enter.
 *
 * @throws Error when the system's folder for temporary files has too long a name.
 */
export function socketPathOf(dataDir: string): string {
  const folder = join(tmpdir(), `ziuping-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(folder);
  // Whoever made the folder before us could put a socket of their own there.
  if (uid !== userInfo().uid || (process.platform !== 'win32' && (mode & 0o077) !== 0)) {
    throw new Error(`the folder ${folder} belongs to somebody else or is open to others: remove it, or set TMPDIR`);
  }
  const hash = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16);
  const path = join(folder, `${hash}.sock`);
  if (Buffer.byteLength(path) > MAX_SOCKET_PATH_BYTES) {
    throw new Error(`the path ${path} is too long for a socket: set TMPDIR to a shorter folder`);
  }
  return path;
}

/**
 * What the worker runs first. On Node 20 a worker does not take over how the main thread was told to read TypeScript, and
 * cannot begin with a TypeScript file: it must be told so from within.
 */
function entry(): string {
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const file = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
  return `import(${tsx}).then(({ register }) => { register(); return import(${file}); });`;
}

/**
 * Starts the store in a worker thread, so that a long scan never holds up an answer in chat.
 *
 * @throws InUseError when another process has the folder.
 */
export function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedStore> {
  const socketPath = socketPathOf(options.dataDir);
  const data: WorkerOptions = {
    dataDir: resolve(options.dataDir),
    socketPath,
    asksForTime: options.ttlNow !== undefined,
  };
  const worker = new Worker(entry(), { eval: true, workerData: data, execArgv: [] });
  const tell = (message: ToWorker): void => worker.postMessage(message);
  return new Promise((resolvePromise, reject) => {
    let closed: (() => void) | undefined;
    worker.on('message', (message: FromWorker) => {
      switch (message.type) {
        case 'ready':
          resolvePromise({
            socketPath,
            close: () =>
              new Promise<void>((done) => {
                closed = done;
                worker.once('exit', () => done());
                tell({ type: 'close' });
              }),
          });
          return;
        case 'failed':
          reject(
            message.isInUse ? new InUseError(message.message.replace(/^InUseError: /, '')) : new Error(message.message),
          );
          return;
        case 'closed':
          closed?.();
          return;
        case 'log':
          options.log(message.line);
          return;
        case 'time?':
          tell({ type: 'time', id: message.id, at: (options.ttlNow?.() ?? new Date(0)).getTime() });
      }
    });
    worker.on('error', (error) => {
      options.log(`store worker failed: ${error.message}`);
      reject(error);
    });
  });
}
