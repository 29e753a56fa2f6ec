import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Timers } from '../../lib/timers.ts';

/** The DingTalk stand-in as a process of its own, with a small company. */
export interface SandboxProcess {
  origin: string;
  smtp: { host: string; port: number };
  clientId: string;
  clientSecret: string;
  templateId: string;
  get<T = Record<string, unknown>>(path: string): Promise<T>;
  post<T = Record<string, unknown>>(path: string, body?: unknown): Promise<T>;
  /** Ends scripted faults. */
  clearFaults(): Promise<void>;
  /** Log entries since a number; `name` filters by the start of their name. */
  log(since: number, name?: string): Promise<LogEntry[]>;
  /** The number of the last log entry. */
  logEnd(): Promise<number>;
  stop(): Promise<void>;
}

export interface LogEntry {
  seq: number;
  kind: string;
  direction: string;
  name: string;
  status: number | string;
  ackMs?: number;
  violation?: string;
  body: unknown;
}

export const HR_GROUP = 'cidHRGROUP==';

const PEOPLE = [
  {
    id: 'carmen',
    name: '陳嘉敏',
    role: 'hr',
    phone: '+85291230001',
    email: 'carmen@example.com',
    staffId: 'u1',
    unionId: 'UNION1',
  },
  {
    id: 'wong',
    name: '王文',
    role: 'manager',
    phone: '+85291230002',
    email: 'wong@example.com',
    staffId: 'u2',
    unionId: 'UNION2',
  },
  {
    id: 'lee',
    name: '李健',
    role: 'manager',
    phone: '+85291230003',
    email: 'lee@example.com',
    staffId: 'u3',
    unionId: 'UNION3',
  },
  {
    id: 'far',
    name: '遠',
    role: 'member',
    phone: '+85291230004',
    email: 'far@example.com',
    staffId: 'u4',
    unionId: 'UNION4',
    outOfRange: true,
  },
  { id: 'kayan', name: '陳家欣', role: 'candidate', phone: '+85261230005', email: 'kayan@example.com' },
];

/** Starts it on free ports with a folder of its own. */
export async function startSandbox(env: Record<string, string> = {}): Promise<SandboxProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'ziuping-channels-'));
  const credentials = { clientId: 'dingtest', clientSecret: 'secret of the test', templateId: 'test-card.schema' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts'], {
    env: {
      ...process.env,
      SANDBOX_PORT: '0',
      SMTP_PORT: '0',
      DATA_DIR: folder,
      HOST: '127.0.0.1',
      SANDBOX_SEED: 'empty',
      SANDBOX_START: '2026-11-23T10:00:00+08:00',
      DINGTALK_CLIENT_ID: credentials.clientId,
      DINGTALK_CLIENT_SECRET: credentials.clientSecret,
      DINGTALK_CARD_TEMPLATE_ID: credentials.templateId,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let complaints = '';
  child.stderr.on('data', (data: Buffer) => {
    complaints = (complaints + data.toString()).slice(-4_000);
  });
  const ready = await new Promise<{ control: string; smtp: string }>((resolve, reject) => {
    exited.then(() => reject(new Error(`the sandbox ended before it was ready: ${complaints}`)), reject);
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('READY ')) resolve(JSON.parse(line.slice(6)) as { control: string; smtp: string });
    });
  });
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${ready.control}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new Error(`${method} ${path}: no answer from the sandbox. ${complaints}`, { cause: error });
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  };
  const log = async (since: number, name = ''): Promise<LogEntry[]> => {
    const { entries } = await call<{ entries: LogEntry[] }>('GET', `/log?since=${since}`);
    return entries.filter((entry) => entry.name.startsWith(name));
  };
  await call('POST', '/people', PEOPLE);
  await call('POST', '/conversations', { id: HR_GROUP, title: '招聘組', members: ['carmen', 'wong', 'lee'] });
  const smtp = new URL(ready.smtp);
  return {
    ...credentials,
    origin: new URL(ready.control).origin,
    smtp: { host: smtp.hostname, port: Number(smtp.port) },
    get: (path) => call('GET', path),
    post: (path, body = {}) => call('POST', path, body),
    clearFaults: async () => {
      await call('DELETE', '/faults');
    },
    log,
    logEnd: async () => (await log(0)).at(-1)?.seq ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Wire time that runs `times` times as fast, so that a minute can be waited for. */
export function fastTimers(times: number): Timers {
  return {
    after(ms, run) {
      const handle = setTimeout(run, ms / times);
      return { cancel: () => clearTimeout(handle) };
    },
    elapsed: () => performance.now() * times,
  };
}
