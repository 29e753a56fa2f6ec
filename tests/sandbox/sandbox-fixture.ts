import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { readSandboxConfig } from '../../sandbox/config.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { ClockFollower } from './clock-follower.ts';
import { COMPANY } from './company.ts';
import { RawRobot } from './raw-robot.ts';

export const APP = { clientId: 'dingapp01', clientSecret: 'app-secret', robotCode: 'dingapp01' };

export interface LogEntry {
  seq: number;
  direction: string;
  kind: string;
  name: string;
  status: number | string;
  ackMs?: number;
  violation?: string;
  body: Record<string, unknown>;
  answer?: Record<string, unknown>;
}

export interface SeenMessage {
  seq: number;
  from: string;
  kind: string;
  text: string;
  title?: string;
  buttons: { id: string; label: string; url?: string; sends?: string }[];
  files?: { fileId: string; name: string }[];
  mentions?: string[];
  processQueryKey?: string;
  card?: {
    outTrackId: string;
    values: Record<string, string>;
    buttons: { id: string; enabled: boolean }[];
    form: unknown;
    open: boolean;
  };
}

/** What a test does with the sandbox from outside. */
export class Desk {
  readonly origin: string;
  readonly smtp: string;
  readonly #robots: RawRobot[] = [];
  readonly #followers: ClockFollower[] = [];

  constructor(origin: string, smtp: string) {
    this.origin = origin;
    this.smtp = smtp;
  }

  /** Calls the control API; a refusal is an error with the status in it. */
  async control<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, json } = await this.tryControl<T>(method, path, body);
    if (status !== 200) throw new Error(`${method} ${path} -> ${status} ${JSON.stringify(json)}`);
    return json;
  }

  async tryControl<T = { error: { code: string; message: string } }>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; json: T }> {
    const response = await fetch(`${this.origin}/control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: (await response.json()) as T };
  }

  async token(): Promise<string> {
    const { json } = await this.call<{ accessToken: string }>(
      'POST',
      '/v1.0/oauth2/accessToken',
      { appKey: APP.clientId, appSecret: APP.clientSecret },
      '',
    );
    return json.accessToken;
  }

  /** Calls the Open Platform with the product's token, or with another one. */
  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; json: T }> {
    const used = token ?? (await this.token());
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(used === '' ? {} : { 'x-acs-dingtalk-access-token': used }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: (text === '' ? {} : JSON.parse(text)) as T };
  }

  async robot(app: { clientId: string; clientSecret: string } = APP, topics?: string[]): Promise<RawRobot> {
    const robot = await RawRobot.open(this.origin, app, topics);
    this.#robots.push(robot);
    return robot;
  }

  async follower(): Promise<ClockFollower> {
    const follower = await ClockFollower.follow(this.origin);
    this.#followers.push(follower);
    return follower;
  }

  async seen(as: string, chat: string, since = 0): Promise<SeenMessage[]> {
    const { messages } = await this.control<{ messages: SeenMessage[] }>(
      'GET',
      `/conversations/${encodeURIComponent(chat)}?as=${as}&since=${since}`,
    );
    return messages;
  }

  async log(): Promise<LogEntry[]> {
    return (await this.control<{ entries: LogEntry[] }>('GET', '/log?since=0')).entries;
  }

  async reset(): Promise<void> {
    for (const robot of this.#robots.splice(0)) {
      robot.socket.terminate();
      await robot.closed;
    }
    for (const follower of this.#followers.splice(0)) follower.socket.terminate();
    await until(async () => (await this.control<{ followers: number }>('GET', '/clock')).followers === 0);
    await this.control('POST', '/reset', { seed: COMPANY });
  }
}

/** A sandbox of its own for each file, emptied and filled with the small company before each test. */
export const test = base.extend<{ $test: { desk: Desk }; $file: { house: Desk } }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the dependencies of a fixture from the pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
      const sandbox = await startSandbox(
        readSandboxConfig({
          DATA_DIR: folder,
          SANDBOX_PORT: '0',
          SMTP_PORT: '0',
          SANDBOX_CLOCK: 'still',
          SANDBOX_SEED: 'empty',
          DINGTALK_CLIENT_ID: APP.clientId,
          DINGTALK_CLIENT_SECRET: APP.clientSecret,
        }),
      );
      await use(new Desk(sandbox.origin, sandbox.smtp));
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'file' },
  ],
  desk: async ({ house }, use) => {
    await house.reset();
    await use(house);
  },
});

/** Waits until something holds, looking again every few milliseconds; the test's own time limit ends it. */
export async function until<T>(look: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
