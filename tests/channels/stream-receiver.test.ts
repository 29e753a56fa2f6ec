import { createServer } from 'node:http';
import { afterAll, test as base, beforeAll, describe, expect } from 'vitest';
import { WebSocketServer } from 'ws';
import type { CardFace, InboundEvent, InboundMessage, InboundSink, Receiver } from '../../channels/channel.ts';
import { createDingTalkChannel } from '../../channels/dingtalk/dingtalk-api.ts';
import { Governor } from '../../channels/dingtalk/governor.ts';
import { streamBackoffMs } from '../../channels/dingtalk/stream-backoff.ts';
import {
  createStreamReceiver,
  type StreamGap,
  type StreamReceiverOptions,
} from '../../channels/dingtalk/stream-receiver.ts';
import { createInbox } from '../../channels/inbox/inbox.ts';
import { StillClock } from '../../lib/clock.ts';
import { ConfigurationError } from '../../lib/errors.ts';
import { randomIds } from '../../lib/ids.ts';
import { realTimers } from '../../lib/timers.ts';
import { fastTimers, type SandboxProcess, startSandbox } from './sandbox-process.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const ROBOT = '/v1.0/im/bot/messages/get';
const OPEN = 'POST /v1.0/gateway/connections/open';

let sandbox: SandboxProcess;
let database: TestDatabase;
beforeAll(async () => {
  [sandbox, database] = await Promise.all([startSandbox(), openTestDatabase()]);
});
afterAll(async () => {
  await Promise.all([sandbox.stop(), database.drop()]);
});

/** A receiver under test with everything it heard. */
interface Listening {
  receiver: Receiver;
  heard: InboundEvent[];
  gaps: StreamGap[];
  texts(): string[];
}

const clock = new StillClock('2026-11-23T10:00:00+08:00');

const test = base.extend<{
  listens(options?: Partial<StreamReceiverOptions>, receive?: InboundSink['receive']): Promise<Listening>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the needed fixtures from the pattern
  listens: async ({}, use) => {
    const receivers: Receiver[] = [];
    await use(async (options = {}, receive = async () => undefined) => {
      const heard: InboundEvent[] = [];
      const gaps: StreamGap[] = [];
      const receiver = createStreamReceiver({
        clientId: sandbox.clientId,
        clientSecret: sandbox.clientSecret,
        apiBase: sandbox.origin,
        clock,
        timers: realTimers,
        log: silent,
        onGap: (gap) => void gaps.push(gap),
        ...options,
      });
      receivers.push(receiver);
      await receiver.start({
        async receive(event) {
          const face = await receive(event);
          heard.push(event);
          return face;
        },
      });
      const texts = () => heard.map((event) => (event.kind === 'message' ? event.text : event.button));
      return { receiver, heard, gaps, texts };
    });
    await Promise.all(receivers.map((receiver) => receiver.stop()));
    await sandbox.clearFaults();
    await sandbox.post('/settings', { redeliverSeconds: 60, disconnectCloseMs: 10_000 });
    await expect.poll(connections, { timeout: 5_000 }).toBe(0);
  },
});

const says = (text: string) => sandbox.post<{ msgId: string }>('/say', { as: 'carmen', in: 'bot', text });
const connections = async () => (await sandbox.get<{ connections: unknown[] }>('/stream')).connections.length;

describe('a robot message', () => {
  test('comes in with its person, conversation and reply address', async ({ listens }) => {
    const { heard } = await listens();
    const { msgId } = await says('入圍 家欣');
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]).toMatchObject({
      kind: 'message',
      eventId: msgId,
      text: '入圍 家欣',
      conversation: { kind: 'direct' },
      sender: { staffId: 'u1', nick: '陳嘉敏' },
      replyWebhook: { url: expect.stringContaining('/robot/sendBySession?session=') },
      quotaSpent: false,
    });
  });

  test('is acknowledged once it is stored, before it is worked off', async ({ listens }) => {
    let finish: () => void = () => undefined;
    const working = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const inbox = createInbox({
      models: database.models,
      clock,
      ids: randomIds,
      timers: realTimers,
      log: silent,
      owner: 'test',
      shared: false,
      onSetAside: async () => undefined,
      work: () => working.then(() => undefined),
    });
    await inbox.start();
    await listens({}, (event) => inbox.receive(event));
    const since = await sandbox.logEnd();
    await says('狀態 家欣');
    await expect
      .poll(async () => (await sandbox.log(since)).some(({ ackMs, kind }) => kind === 'frame' && ackMs !== undefined))
      .toBe(true);
    expect(await inbox.pending()).toBe(1);
    finish();
    await inbox.idle();
    expect(await inbox.pending()).toBe(0);
    await inbox.stop();
  });

  test('that could not be stored is not acknowledged: it comes again, and is the same one', async ({ listens }) => {
    await sandbox.post('/settings', { redeliverSeconds: 0.2 });
    const attempts: string[] = [];
    const { heard } = await listens({}, async (event) => {
      attempts.push(event.eventId);
      if (attempts.length < 3) throw new Error('the database is away');
      return undefined;
    });
    const { msgId } = await says('你好');
    await expect.poll(() => heard.length).toBe(1);
    expect(attempts).toEqual([msgId, msgId, msgId]);
  });

  test('without content, because the month’s messages are spent, is understood as such', async ({ listens }) => {
    const { heard } = await listens();
    await sandbox.post('/quota', { messages: 0 });
    await says('聽到嗎');
    await expect.poll(() => heard.length).toBe(1);
    await sandbox.post('/quota', { messages: 3_000 });
    expect(heard[0]).toMatchObject({ text: '', quotaSpent: true });
  });

  test('of a listener that throws does not make the stream deaf', async ({ listens }) => {
    const { texts } = await listens({}, (event) => {
      if ((event as InboundMessage).text === '炸彈') throw new Error('thrown in the listener');
      return Promise.resolve(undefined);
    });
    await says('炸彈');
    await says('之後');
    await expect.poll(texts).toEqual(['之後']);
  });
});

describe('a press', () => {
  const governed = () => {
    const governor = new Governor({ models: database.models, clock, timers: realTimers, log: silent });
    const channel = createDingTalkChannel({
      clientId: sandbox.clientId,
      clientSecret: sandbox.clientSecret,
      cardTemplateId: sandbox.templateId,
      apiBase: sandbox.origin,
      oapiBase: sandbox.origin,
      governor,
      timers: realTimers,
      log: silent,
    });
    return { channel, governor };
  };
  const buttons = JSON.stringify([{ id: 'hire', label: '聘用' }]);
  const form = JSON.stringify({
    fields: [
      {
        name: 'reason',
        label: '原因',
        type: 'SELECT',
        options: [
          { value: 'a', text: '甲' },
          { value: 'b', text: '乙' },
        ],
      },
    ],
  });
  const decided: CardFace = { shared: { status: '已決定', buttons: '[]' }, personal: { u2: { note: '你的' } } };

  test('is answered with the card’s new face', async ({ listens }) => {
    const { heard } = await listens({}, async () => decided);
    const { channel, governor } = governed();
    await channel.createCard(
      { cardId: 'press_1', to: { staffId: 'u2' }, face: { shared: { title: '題', buttons, form } }, summary: '請決定' },
      'normal',
    );
    const pressed = await sandbox.post('/press', {
      as: 'wong',
      outTrackId: 'press_1',
      button: 'hire',
      values: { reason: 'b' },
    });
    expect(pressed).toMatchObject({
      result: 'ok',
      card: { values: { title: '題', status: '已決定', note: '你的' }, buttons: [] },
    });
    expect(heard).toMatchObject([
      { kind: 'press', cardId: 'press_1', staffId: 'u2', button: 'hire', values: { reason: 'b' } },
    ]);
    await governor.stop();
  });

  test('whose decision takes long is answered empty in time; the card stays as it is', async ({ listens }) => {
    let finish: () => void = () => undefined;
    const deciding = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const inbox = createInbox({
      models: database.models,
      clock,
      ids: randomIds,
      timers: realTimers,
      log: silent,
      owner: 'test',
      shared: false,
      onSetAside: async () => undefined,
      work: () => deciding.then(() => decided),
    });
    await inbox.start();
    await listens({}, (event) => inbox.receive(event));
    const { channel, governor } = governed();
    await channel.createCard(
      { cardId: 'press_2', to: { staffId: 'u2' }, face: { shared: { title: '題', buttons } }, summary: '請決定' },
      'normal',
    );
    const pressed = await sandbox.post('/press', { as: 'wong', outTrackId: 'press_2', button: 'hire' });
    expect(pressed).toMatchObject({ result: 'ok', card: { values: { title: '題' }, buttons: [{ id: 'hire' }] } });
    finish();
    await inbox.idle();
    expect(await inbox.pending()).toBe(0);
    await Promise.all([governor.stop(), inbox.stop()]);
  });

  test('that could not be stored is not answered, so that the person sees that it failed', async ({ listens }) => {
    await listens({}, () => Promise.reject(new Error('the database is away')));
    const { channel, governor } = governed();
    await sandbox.post('/settings', { cardAnswerMs: 300 });
    await channel.createCard(
      { cardId: 'press_3', to: { staffId: 'u2' }, face: { shared: { title: '題', buttons } }, summary: '請決定' },
      'normal',
    );
    expect(await sandbox.post('/press', { as: 'wong', outTrackId: 'press_3', button: 'hire' })).toMatchObject({
      result: 'late',
    });
    await sandbox.post('/settings', { cardAnswerMs: 2_000 });
    await governor.stop();
  });
});

describe('the connection', () => {
  test('with wrong credentials stops the start and names the settings', async ({ listens }) => {
    const wrong = listens({ clientSecret: 'wrong' });
    await expect(wrong).rejects.toThrow(ConfigurationError);
    await expect(wrong).rejects.toMatchObject({
      missing: ['DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET'],
      message: expect.stringMatching(/401.*DINGTALK_CLIENT_SECRET/),
    });
    const since = await sandbox.logEnd();
    await says('有人嗎');
    expect(await sandbox.log(since, OPEN)).toEqual([]);
  });

  test('that was cut is opened again', async ({ listens }) => {
    const { receiver, texts, gaps } = await listens({ timers: fastTimers(20) });
    await sandbox.post('/stream', { do: 'cut' });
    await expect.poll(() => receiver.health().ok).toBe(false);
    await expect.poll(() => receiver.health().ok).toBe(true);
    await says('之後');
    await expect.poll(texts).toEqual(['之後']);
    expect(gaps).toEqual([]);
  });

  test('that looks alive but is silent is noticed within a minute, and the gap is reported', async ({ listens }) => {
    const timers = fastTimers(60);
    const { receiver, texts, gaps } = await listens({ timers });
    // What the platform pushes to the dead connection comes again.
    await sandbox.post('/settings', { redeliverSeconds: 0.2, redeliverTimes: 20 });
    await sandbox.post('/stream', { do: 'half-open', seconds: 2 });
    const silentSince = timers.elapsed();
    await expect
      .poll(() => receiver.health(), { interval: 5 })
      .toMatchObject({ ok: false, reason: expect.stringContaining('nothing is heard') });
    expect(timers.elapsed() - silentSince).toBeLessThanOrEqual(60_000);
    await expect.poll(() => gaps.length).toBe(1);
    expect(gaps[0]?.to).toEqual(clock.now());
    const gapMs = clock.now().getTime() - (gaps[0]?.from.getTime() ?? 0);
    expect(gapMs).toBeGreaterThanOrEqual(35_000);
    expect(gapMs).toBeLessThanOrEqual(60_000);
    await says('之後');
    await expect.poll(texts).toContain('之後');
  });

  test('while every handshake is refused is tried at most 10 times a minute, one at a time, and comes back', async ({
    listens,
  }) => {
    const timers = fastTimers(60);
    const { receiver, gaps } = await listens({ timers });
    await sandbox.post('/stream', { do: 'refuse' });
    await sandbox.post('/stream', { do: 'cut' });
    const since = await sandbox.logEnd();
    const start = timers.elapsed();
    await expect.poll(() => timers.elapsed() - start, { timeout: 5_000, interval: 20 }).toBeGreaterThan(120_000);
    const attempts = (await sandbox.log(since, OPEN)).length;
    const minutes = Math.ceil((timers.elapsed() - start) / 60_000);
    expect(attempts).toBeGreaterThanOrEqual(6);
    expect(attempts).toBeLessThanOrEqual(10 * minutes);
    expect(await connections()).toBe(0);
    await sandbox.post('/stream', { do: 'allow' });
    await expect.poll(() => receiver.health().ok).toBe(true);
    await expect.poll(() => gaps.length).toBe(1);
    await expect.poll(connections).toBe(1);
  });

  test('is asked to move: the new one is open before the old one goes, nothing is lost', async ({ listens }) => {
    const { texts, gaps } = await listens({ timers: fastTimers(20) });
    await sandbox.post('/settings', { disconnectCloseMs: 300 });
    const since = await sandbox.logEnd();
    await sandbox.post('/stream', { do: 'disconnect' });
    await expect.poll(async () => (await sandbox.log(since, OPEN)).length).toBe(1);
    await says('之後');
    await expect.poll(texts).toEqual(['之後']);
    await expect.poll(connections).toBe(1);
    expect(gaps).toEqual([]);
    expect(await sandbox.log(since, OPEN)).toHaveLength(1);
  });

  test('that was stopped stays closed', async ({ listens }) => {
    const { receiver } = await listens({ timers: fastTimers(100) });
    const lost = await listens({ timers: fastTimers(100) });
    await sandbox.post('/stream', { do: 'refuse' });
    await sandbox.post('/stream', { do: 'cut' });
    await expect.poll(() => lost.receiver.health().ok).toBe(false);
    await Promise.all([receiver.stop(), lost.receiver.stop()]);
    await sandbox.post('/stream', { do: 'allow' });
    const since = await sandbox.logEnd();
    const timers = fastTimers(100);
    const start = timers.elapsed();
    await expect.poll(() => timers.elapsed() - start).toBeGreaterThan(40_000);
    expect(await sandbox.log(since, OPEN)).toEqual([]);
    expect(receiver.health()).toEqual({ ok: false, reason: 'stopped' });
  });

  test('to a platform that cannot be reached does not stop the start; it is made later', async ({ listens }) => {
    await sandbox.post('/faults', {
      path: '/v1.0/gateway/*',
      times: 1_000,
      status: 503,
      body: { code: 'x', message: 'busy' },
    });
    const { receiver } = await listens({ timers: fastTimers(60) });
    expect(receiver.health()).toMatchObject({ ok: false, reason: expect.stringContaining('503') });
    await sandbox.clearFaults();
    await expect.poll(() => receiver.health().ok).toBe(true);
  });
});

test('frames that are no JSON, or no frames, do not end the hearing', async () => {
  const http = createServer((_request, response) => {
    const { port } = http.address() as { port: number };
    response.end(JSON.stringify({ endpoint: `ws://127.0.0.1:${port}/connect`, ticket: 't' }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => http.once('listening', resolve));
  const acknowledged: string[] = [];
  new WebSocketServer({ server: http }).on('connection', (socket) => {
    socket.on('message', (data) => acknowledged.push(JSON.parse(data.toString()).headers.messageId));
    const message = { msgId: 'm1', conversationId: 'c', msgtype: 'text', text: { content: '好' } };
    const headers = { messageId: 'f2', topic: ROBOT };
    for (const frame of ['not json', 'null', '[]', '{"type":"CALLBACK"}', '{"type":"CALLBACK","headers":{}}'])
      socket.send(frame);
    socket.send(JSON.stringify({ type: 'CALLBACK', headers: { messageId: 'f1', topic: ROBOT }, data: 'not json' }));
    socket.send(
      JSON.stringify({ type: 'SYSTEM', headers: { messageId: 'p1', topic: 'ping' }, data: '{"opaque":"x"}' }),
    );
    socket.send(JSON.stringify({ type: 'CALLBACK', headers, data: JSON.stringify(message) }));
  });
  const { port } = http.address() as { port: number };
  const heard: string[] = [];
  const receiver = createStreamReceiver({
    clientId: 'a',
    clientSecret: 'b',
    apiBase: `http://127.0.0.1:${port}`,
    clock,
    timers: realTimers,
    log: silent,
  });
  await receiver.start({ receive: async (event) => void heard.push(event.eventId) });
  await expect.poll(() => heard).toEqual(['m1']);
  // An unreadable message is acknowledged: it would be no better the next time.
  await expect.poll(() => acknowledged.toSorted()).toEqual(['f1', 'f2', 'p1']);
  await receiver.stop();
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
});

test('the waits of the back-off allow at most 10 attempts in any minute', () => {
  for (const chance of [0, 0.5, 1]) {
    const at = [0];
    for (let failures = 0; failures < 60; failures += 1) at.push((at.at(-1) ?? 0) + streamBackoffMs(failures, chance));
    for (const start of at)
      expect(at.filter((moment) => moment >= start && moment < start + 60_000).length).toBeLessThanOrEqual(10);
    expect(Math.max(...at.map((moment, index) => moment - (at[index - 1] ?? 0)))).toBeLessThanOrEqual(20_000);
  }
});
