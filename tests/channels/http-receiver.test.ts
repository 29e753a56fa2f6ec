import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import express from 'express';
import { afterAll, test as base, beforeAll, describe, expect } from 'vitest';
import type { CardFace, InboundEvent, InboundSink } from '../../channels/channel.ts';
import { createDingTalkChannel } from '../../channels/dingtalk/dingtalk-api.ts';
import { Governor } from '../../channels/dingtalk/governor.ts';
import { cardApiSecret, createHttpReceiver } from '../../channels/dingtalk/http-receiver.ts';
import { createInbox } from '../../channels/inbox/inbox.ts';
import type { Clock } from '../../lib/clock.ts';
import { randomIds } from '../../lib/ids.ts';
import { realTimers } from '../../lib/timers.ts';
import { eventually } from './eventually.ts';
import { type SandboxProcess, startSandbox } from './sandbox-process.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let sandbox: SandboxProcess;
let database: TestDatabase;
/** The sandbox's own clock, as the app follows it. */
let clock: Clock;
beforeAll(async () => {
  [sandbox, database] = await Promise.all([startSandbox({ SANDBOX_CLOCK: 'still' }), openTestDatabase()]);
  const { now } = await sandbox.get<{ now: string }>('/clock');
  clock = { now: () => new Date(now) };
});
afterAll(async () => {
  await Promise.all([sandbox.stop(), database.drop()]);
});

interface Serving {
  origin: string;
  heard: InboundEvent[];
  channel: ReturnType<typeof createDingTalkChannel>;
  governor: Governor;
  /** What the sink does; to be replaced. */
  receive: InboundSink['receive'];
}

const test = base.extend<{ http: Serving }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the needed fixtures from the pattern
  http: async ({}, use) => {
    const server: Server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const origin = `http://127.0.0.1:${port}`;
    const { clientId, clientSecret, templateId } = sandbox;
    const governor = new Governor({ models: database.models, clock, timers: realTimers, log: silent });
    const channel = createDingTalkChannel({
      clientId,
      clientSecret,
      cardTemplateId: templateId,
      cardCallback: { by: 'http', routeKey: 'cards' },
      apiBase: sandbox.origin,
      oapiBase: sandbox.origin,
      governor,
      timers: realTimers,
      log: silent,
    });
    const receiver = createHttpReceiver({
      clientSecret,
      clock,
      log: silent,
      cards: {
        callbackUrl: `${origin}/dingtalk/card`,
        routeKey: 'cards',
        register: (route) => channel.registerCardCallback(route),
      },
    });
    server.on('request', express().use('/dingtalk', receiver.router));
    const heard: InboundEvent[] = [];
    const serving: Serving = { origin, heard, channel, governor, receive: async () => undefined };
    await receiver.start({
      receive: async (event) => {
        heard.push(event);
        return serving.receive(event);
      },
    });
    await sandbox.post(`/apps/${clientId}`, { mode: 'http', callbackUrl: `${origin}/dingtalk/robot`, sign: 'ok' });
    await use(serving);
    await receiver.stop();
    await governor.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

const says = (text: string) => sandbox.post<{ msgId: string }>('/say', { as: 'carmen', in: 'bot', text });
const lastPost = async (since: number) => (await sandbox.log(since, 'POST http')).at(-1);

describe('a robot message over HTTP', () => {
  test('is heard and answered once it is stored', async ({ http }) => {
    const since = await sandbox.logEnd();
    const { msgId } = await says('入圍 家欣');
    await eventually(() => lastPost(since)).toMatchObject({ status: 200, answer: '{"msgtype":"empty"}' });
    expect(http.heard).toMatchObject([
      { kind: 'message', eventId: msgId, text: '入圍 家欣', sender: { staffId: 'u1' } },
    ]);
  });

  test('with a wrong or stale signature is refused', async ({ http }) => {
    for (const sign of ['wrong', 'stale']) {
      await sandbox.post(`/apps/${sandbox.clientId}`, { sign });
      const since = await sandbox.logEnd();
      await says(`簽名 ${sign}`);
      await eventually(() => lastPost(since)).toMatchObject({ status: 401 });
    }
    expect(http.heard).toEqual([]);
  });

  test('that cannot be stored is answered 500, so that it comes again', async ({ http }) => {
    await sandbox.post('/settings', { redeliverSeconds: 0.2 });
    let attempts = 0;
    http.receive = async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('the database is away');
      return undefined;
    };
    const { msgId } = await says('再試');
    await eventually(() => attempts).toBe(2);
    expect(http.heard.map(({ eventId }) => eventId)).toEqual([msgId, msgId]);
    await sandbox.post('/settings', { redeliverSeconds: 60 });
  });

  test('that is no JSON, or too large, is refused without a word to the inside', async ({ http }) => {
    const timestamp = String(clock.now().getTime());
    const sign = createHmac('sha256', sandbox.clientSecret)
      .update(`${timestamp}\n${sandbox.clientSecret}`)
      .digest('base64');
    const post = (body: string, headers: Record<string, string> = { timestamp, sign }) =>
      fetch(`${http.origin}/dingtalk/robot`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
    expect((await post('{"msgId"')).status).toBe(400);
    expect((await post(JSON.stringify({ text: 'x'.repeat(1_100_000) }))).status).toBe(413);
    expect((await post('{}', {})).status).toBe(401);
    const answer = await post('{}');
    expect([answer.status, await answer.json()]).toEqual([200, { msgtype: 'empty' }]);
    expect(http.heard).toEqual([]);
  });
});

describe('a card press over HTTP', () => {
  const decided: CardFace = { shared: { status: '已決定', buttons: '[]' } };
  const face = { shared: { title: '題', buttons: JSON.stringify([{ id: 'hire', label: '聘用' }]) } };

  test('is answered with the card’s new face', async ({ http }) => {
    http.receive = async () => decided;
    await http.channel.createCard({ cardId: 'http_1', to: { staffId: 'u2' }, face, summary: '請決定' }, 'normal');
    const pressed = await sandbox.post('/press', { as: 'wong', outTrackId: 'http_1', button: 'hire' });
    expect(pressed).toMatchObject({ result: 'ok', card: { values: { title: '題', status: '已決定' } } });
    expect(http.heard).toMatchObject([{ kind: 'press', cardId: 'http_1', staffId: 'u2', button: 'hire' }]);
  });

  test('with another signature is refused, also the robot’s', async ({ http }) => {
    const timestamp = String(clock.now().getTime());
    const sign = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64');
    const press = (signature: string) =>
      fetch(`${http.origin}/dingtalk/card`, {
        method: 'POST',
        headers: { 'x-ddpaas-signature-timestamp': timestamp, 'x-ddpaas-signature': signature },
        body: JSON.stringify({ outTrackId: 'c', userId: 'u2', content: '{"cardPrivateData":{"actionIds":["hire"]}}' }),
      });
    expect((await press(sign('other', timestamp))).status).toBe(401);
    expect((await press(sign(sandbox.clientSecret, `${timestamp}\n${sandbox.clientSecret}`))).status).toBe(401);
    expect((await press(sign(cardApiSecret(sandbox.clientSecret), timestamp))).status).toBe(200);
    expect(http.heard).toHaveLength(1);
  });
});

test('what comes in and what is answered is counted as the platform counts it', async ({ http }) => {
  const inbox = createInbox({
    models: database.models,
    clock,
    ids: randomIds,
    timers: realTimers,
    log: silent,
    owner: 'test',
    shared: false,
    onSetAside: async () => undefined,
    onReceived: (event, isNew) => {
      if (event.kind !== 'words') http.governor.countInbound(event, isNew);
    },
    work: async (event) => {
      if (event.kind === 'words') return undefined;
      if (event.kind === 'press') return { shared: { status: '好' } };
      await http.channel.replyByWebhook(
        event.replyWebhook?.url ?? '',
        { format: 'text', content: `收到 ${event.text}` },
        ['u1'],
      );
      return undefined;
    },
  });
  await inbox.start();
  http.receive = (event) => inbox.receive(event);
  const buttons = JSON.stringify([{ id: 'hire', label: '聘用' }]);
  await http.channel.createCard(
    { cardId: 'http_2', to: { staffId: 'u2' }, face: { shared: { title: '題', buttons } }, summary: '請決定' },
    'normal',
  );
  await database.models.quotaCounters.deleteMany({});
  await sandbox.post('/quota', { used: { calls: 0, messages: 0 } });

  await sandbox.post('/settings', { redeliverSeconds: 0.1 });
  await Promise.all([says('一'), says('二')]);
  await sandbox.post('/press', { as: 'wong', outTrackId: 'http_2', button: 'hire' });
  // A message may be delivered again meanwhile: it counts once all the same.
  await eventually(() => new Set(http.heard.map(({ eventId }) => eventId)).size).toBe(3);
  await inbox.idle();
  const { messages } = await sandbox.get<{ messages: number }>('/quota');
  expect(messages).toBe(5);
  expect(await http.governor.usage()).toMatchObject({ messages });
  const chat = await sandbox.get<{ messages: { text: string }[] }>('/conversations/bot?as=carmen');
  expect(chat.messages.map(({ text }) => text)).toEqual(expect.arrayContaining(['@u1 收到 一', '@u1 收到 二']));
  await inbox.stop();
});
