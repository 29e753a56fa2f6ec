import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The store as a process of its own, as `npm run store` starts it. */
export interface StoreProcess {
  readonly pid: number;
  readonly uri: string;
  readonly port: number;
  /** From start to READY, in milliseconds. */
  readonly readyMs: number;
  /** Ends it with this signal and resolves with its exit code when it is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** What a store process said when it would not start. */
export class DidNotStart extends Error {
  readonly exitCode: number | null;

  constructor(exitCode: number | null, output: string) {
    super(`the store did not start (${exitCode}): ${output}`);
    this.exitCode = exitCode;
  }
}

const MAIN = new URL('../../../store/main.ts', import.meta.url).pathname;

/** Starts the store. @param wrap a command to run it under, such as strace with its options. */
export async function startStoreProcess(
  dataDir: string,
  port = 0,
  wrap: readonly string[] = [],
): Promise<StoreProcess> {
  const started = performance.now();
  const [command = '', ...rest] = [
    ...wrap,
    process.execPath,
    '--import',
    'tsx',
    MAIN,
    '--port',
    String(port),
    '--data',
    dataDir,
  ];
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const uri = await readyUri(child, exit);
  return {
    pid: child.pid as number,
    uri,
    port: Number(new URL(uri).port),
    readyMs: performance.now() - started,
    end(signal) {
      child.kill(signal);
      return exit;
    },
  };
}

async function readyUri(child: ChildProcess, exit: Promise<number | null>): Promise<string> {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const ready = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      if (line.startsWith('READY ')) resolve((JSON.parse(line.slice(6)) as { uri: string }).uri);
    });
  });
  const uri = await Promise.race([ready, exit.then(() => undefined)]);
  if (uri === undefined) throw new DidNotStart(await exit, complaint);
  return uri;
}
