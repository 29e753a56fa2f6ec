import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Config, childEnvironment } from './config.ts';

const readySchema = z.object({ pid: z.number(), page: z.url(), control: z.url(), smtp: z.url() });

/** The stand-in of DingTalk that runs beside the app. */
export interface SandboxProcess {
  ready: z.infer<typeof readySchema>;
  /** Resolves when it has ended. */
  stop(): Promise<void>;
  onExit(run: (code: number | null) => void): void;
}

/** Starts the sandbox as a child process and waits until it listens. It is reached over HTTP and WebSocket only. */
export async function startSandbox(config: Config): Promise<SandboxProcess> {
  const main = fileURLToPath(new URL('../sandbox/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    // The channel is never used; its end tells the sandbox that the app is gone, also after SIGKILL.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: childEnvironment({
      DINGTALK_CLIENT_ID: config.dingtalk.clientId,
      DINGTALK_CLIENT_SECRET: config.dingtalk.clientSecret,
      DINGTALK_ROBOT_CODE: config.dingtalk.robotCode,
      DINGTALK_CARD_TEMPLATE_ID: config.dingtalk.cardTemplateId ?? '',
      SANDBOX_ROBOT_NAME: config.dingtalk.robotName,
    }),
    // Its own group: Ctrl-C reaches the app, which then ends the sandbox after its last call.
    detached: true,
  });
  const ready = await firstLine(child);
  return {
    ready,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
    onExit: (run) => {
      child.once('exit', run);
    },
  };
}

/** The sandbox's exit code, when it could not start. */
export class SandboxFailed extends Error {
  override readonly name = 'SandboxFailed';
  readonly code: number;

  constructor(code: number) {
    super(`the sandbox ended with code ${code} while starting`);
    this.code = code;
  }
}

function firstLine(child: ChildProcess): Promise<z.infer<typeof readySchema>> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new SandboxFailed(code ?? 1)));
    if (!child.stdout) return reject(new Error('the sandbox has no output'));
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith('READY ')) resolve(readySchema.parse(JSON.parse(line.slice('READY '.length))));
    });
  });
}
