import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { COMPANY, GROUP } from './company.ts';
import { CARD, ROBOT } from './raw-robot.ts';
import { APP, Desk } from './sandbox-fixture.ts';

interface Started {
  process: ChildProcess;
  desk: Desk;
  ready: { pid: number; page: string; control: string; smtp: string };
  stdout(): string;
}

const running: ChildProcess[] = [];
const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-restart-'));
  folders.push(folder);
  return folder;
}

function launch(folder: string, env: Record<string, string> = {}, stdio: StdioOptions = 'pipe'): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts'], {
    stdio,
    env: {
      ...process.env,
      DATA_DIR: folder,
      HOST: '',
      SANDBOX_PORT: '0',
      SMTP_PORT: '0',
      SANDBOX_SEED: 'empty',
      DINGTALK_CLIENT_ID: APP.clientId,
      DINGTALK_CLIENT_SECRET: APP.clientSecret,
      DINGTALK_ROBOT_CODE: '',
      ...env,
    },
  });
  running.push(child);
  return child;
}

/** Starts the sandbox as a process of its own and waits for its one line. */
async function start(folder: string, env?: Record<string, string>, stdio?: StdioOptions): Promise<Started> {
  const child = launch(folder, env, stdio);
  let out = '';
  const ready = await new Promise<Started['ready']>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const line = /^READY (.*)\n/m.exec(out);
      if (line) resolve(JSON.parse(line[1] ?? '') as Started['ready']);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before READY`)));
  });
  return { process: child, ready, stdout: () => out, desk: new Desk(new URL(ready.page).origin, ready.smtp) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exit = once(child, 'exit');
  child.kill(signal);
  return ((await exit) as [number | null])[0];
}

async function failing(
  folder: string,
  env: Record<string, string> = {},
): Promise<{ code: number | null; stderr: string }> {
  const child = launch(folder, env);
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

afterEach(() => {
  for (const child of running.splice(0))
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const TEXT = { robotCode: APP.robotCode, msgKey: 'sampleText', msgParam: '{"content":"你好"}' };

describe('a process of its own', () => {
  test('what was acknowledged survives SIGKILL; the clock goes on; an unacknowledged message comes again', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await first.desk.control('POST', '/reset', { seed: COMPANY });
    const token = await first.desk.token();
    const sent = await first.desk.call<{ processQueryKey: string }>('POST', '/v1.0/robot/oToMessages/batchSend', {
      ...TEXT,
      userIds: ['u1001'],
    });
    await first.desk.call('POST', '/v1.0/card/instances/createAndDeliver', {
      cardTemplateId: 'x.schema',
      outTrackId: 'card-1',
      callbackType: 'STREAM',
      cardData: { cardParamMap: { title: '決定' } },
      openSpaceId: `dtv1.card//IM_GROUP.${GROUP}`,
      imGroupOpenSpaceModel: {},
      imGroupOpenDeliverModel: { robotCode: APP.robotCode },
    });
    await fetch(`${first.desk.origin}/sms-gateway/send`, {
      method: 'POST',
      headers: { authorization: 'Bearer k' },
      body: JSON.stringify({ to: '61230001', from: 'Good', text: '你好' }),
    });
    await first.desk.control('POST', '/faults', { path: '/v1.0/robot/*', times: 3, status: 500 });
    const moved = await first.desk.control<{ now: string }>('POST', '/clock', { by: 'P2D' });
    const deaf = await first.desk.robot();
    const { msgId } = await first.desk.control('POST', '/say', { as: 'hr', in: 'bot', text: '在嗎' });
    await deaf.next(ROBOT);
    const quota = await first.desk.control('GET', '/quota');
    await end(first.process, 'SIGKILL');
    appendFileSync(join(folder, 'sandbox', 'journal.jsonl'), '[["messages","99",{"to'); // a line that the kill tore

    const { desk } = await start(folder);
    expect((await desk.seen('hr', 'bot')).map(({ text }) => text)).toEqual(['你好', '在嗎']);
    expect((await desk.seen('boss', GROUP))[0]?.card).toMatchObject({
      outTrackId: 'card-1',
      values: { title: '決定' },
    });
    expect(await desk.control('GET', '/sms?to=kayan')).toMatchObject([{ text: '你好', from: 'Good' }]);
    expect(await desk.control('GET', '/faults')).toMatchObject({ faults: [{ times: 3 }] });
    expect(await desk.control('GET', '/quota')).toEqual(quota);
    expect(await desk.token()).toBe(token);
    expect((await desk.log()).length).toBeGreaterThan(5);
    const now = Date.parse((await desk.control<{ now: string }>('GET', '/clock')).now) - Date.parse(moved.now);
    expect(now).toBeGreaterThanOrEqual(0);
    expect(now).toBeLessThan(60_000);

    await desk.control('DELETE', '/faults');
    const status = await desk.call(
      'GET',
      `/v1.0/robot/oToMessages/readStatus?processQueryKey=${encodeURIComponent(sent.json.processQueryKey)}&robotCode=${APP.robotCode}`,
    );
    expect(status.json).toMatchObject({ code: 'processQueryKey.expireTime' });
    const robot = await desk.robot();
    const moving = desk.control('POST', '/clock', { by: 'PT2M' });
    const again = await robot.next(ROBOT);
    robot.ack(again);
    await moving;
    expect(JSON.parse(again.data)).toMatchObject({ msgId });
    const pressing = desk.control('POST', '/press', { as: 'boss', outTrackId: 'card-1', button: 'yes' });
    robot.ack(await robot.next(CARD), { response: { cardData: { cardParamMap: { title: '已決定' } } } });
    expect(await pressing).toMatchObject({ result: 'ok', card: { values: { title: '已決定' } } });
  });

  test('one READY line, a page, a clean end on SIGTERM although clients are connected', async () => {
    const folder = newFolder();
    const { process: child, ready, stdout, desk } = await start(folder, { SANDBOX_SEED: '' });
    expect(ready).toEqual({
      pid: child.pid,
      page: `${desk.origin}/`,
      control: `${desk.origin}/control`,
      smtp: expect.stringMatching(/^smtp:\/\/127\.0\.0\.1:\d+$/),
    });
    expect((await fetch(ready.page)).status).toBe(200);
    expect((await desk.control<unknown[]>('GET', '/people')).length).toBeGreaterThan(10);
    await desk.robot();
    const startedAt = performance.now();
    expect(await end(child, 'SIGTERM')).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(stdout().match(/\n/g)).toHaveLength(1);
  });

  test('it ends with the parent that started it over a channel', async () => {
    const { process: child } = await start(newFolder(), {}, ['pipe', 'pipe', 'pipe', 'ipc']);
    const exit = once(child, 'exit');
    child.disconnect();
    expect((await exit)[0]).toBe(0);
  });

  test('a folder in use is refused with the pid that holds it, a port in use too: 75; a wrong setting: 78', async () => {
    const folder = newFolder();
    const first = await start(folder);
    const second = await failing(folder);
    expect(second).toMatchObject({ code: 75, stderr: expect.stringContaining(String(first.ready.pid)) });
    const port = new URL(first.ready.page).port;
    expect((await failing(newFolder(), { SANDBOX_PORT: port })).code).toBe(75);
    expect(await failing(newFolder(), { SANDBOX_PORT: 'many', SANDBOX_CLOCK: 'fast' })).toMatchObject({
      code: 78,
      stderr: expect.stringMatching(/SANDBOX_PORT.*SANDBOX_CLOCK/),
    });
  });
});
