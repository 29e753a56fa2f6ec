import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = resolve(import.meta.dirname, '../..');

/** What a half of the product says once it is ready. */
export interface Ready {
  pid: number;
  app?: string;
  page?: string;
  control?: string;
  smtp?: string;
  store?: string;
}

/** One of our processes, started as its users start it. */
export class OurProcess {
  readonly child: ChildProcess;
  readonly ready: Promise<Ready>;
  #errors = '';

  /** @param script file and arguments, as in package.json */
  constructor(script: readonly string[], environment: Record<string, string>) {
    const [file = '', ...rest] = script;
    this.child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, file), ...rest], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: process.env.TZ, LOG_LEVEL: 'warn', ...environment },
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.#errors = (this.#errors + chunk.toString()).slice(-20_000);
    });
    this.ready = new Promise((done, failed) => {
      if (this.child.stdout) {
        createInterface(this.child.stdout).on('line', (line) => {
          if (line.startsWith('READY ')) done(JSON.parse(line.slice(6)) as Ready);
        });
      }
      this.child.once('exit', (code, signal) =>
        failed(new Error(`${file} ended (${code ?? signal}): ${this.#errors}`)),
      );
    });
    this.ready.catch(() => undefined);
  }

  /** What it wrote to stderr. */
  get errors(): string {
    return this.#errors;
  }

  /** Ends it. @returns the exit code; null after a signal that cannot be caught */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
    return this.child.exitCode;
  }
}
