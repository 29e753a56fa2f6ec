import { createServer } from 'node:http';
import { describe, expect } from 'vitest';
import { WebSocketServer } from 'ws';
import { streamBackoffMs } from '../../channels/dingtalk/stream-backoff.ts';
import { createStreamReceiver } from '../../channels/dingtalk/stream-receiver.ts';
import { ConfigurationError } from '../../lib/errors.ts';
import { realTimers } from '../../lib/timers.ts';
import { eventually } from './eventually.ts';
import { fastTimers } from './sandbox-process.ts';
import { clock, connections, sandbox, says, silent, test } from './stream-fixture.ts';

const ROBOT = '/v1.0/im/bot/messages/get';
const OPEN = 'POST /v1.0/gateway/connections/open';

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
    await eventually(() => receiver.health().ok).toBe(false);
    await eventually(() => receiver.health().ok).toBe(true);
    await says('之後');
    await eventually(texts).toEqual(['之後']);
    expect(gaps).toEqual([]);
  });

  test('that looks alive but is silent is noticed within a minute, and the gap is reported', async ({ listens }) => {
    const timers = fastTimers(60);
    const { receiver, texts, gaps } = await listens({ timers });
    // What the platform pushes to the dead connection comes again.
    await sandbox.post('/settings', { redeliverSeconds: 0.2, redeliverTimes: 20 });
    await sandbox.post('/stream', { do: 'half-open', seconds: 2 });
    const silentSince = timers.elapsed();
    await eventually(() => receiver.health(), 5).toMatchObject({
      ok: false,
      reason: expect.stringContaining('nothing is heard'),
    });
    expect(timers.elapsed() - silentSince).toBeLessThanOrEqual(60_000);
    await eventually(() => gaps.length).toBe(1);
    expect(gaps[0]?.to).toEqual(clock.now());
    const gapMs = clock.now().getTime() - (gaps[0]?.from.getTime() ?? 0);
    expect(gapMs).toBeGreaterThanOrEqual(35_000);
    expect(gapMs).toBeLessThanOrEqual(60_000);
    await says('之後');
    await eventually(texts).toContain('之後');
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
    await eventually(() => timers.elapsed() - start).toBeGreaterThan(120_000);
    const attempts = (await sandbox.log(since, OPEN)).length;
    const minutes = Math.ceil((timers.elapsed() - start) / 60_000);
    expect(attempts).toBeGreaterThanOrEqual(6);
    expect(attempts).toBeLessThanOrEqual(10 * minutes);
    expect(await connections()).toBe(0);
    await sandbox.post('/stream', { do: 'allow' });
    await eventually(() => receiver.health().ok).toBe(true);
    await eventually(() => gaps.length).toBe(1);
    await eventually(connections).toBe(1);
  });

  test('is asked to move: the new one is open before the old one goes, nothing is lost', async ({ listens }) => {
    const { texts, gaps } = await listens({ timers: fastTimers(20) });
    await sandbox.post('/settings', { disconnectCloseMs: 300 });
    const since = await sandbox.logEnd();
    await sandbox.post('/stream', { do: 'disconnect' });
    const leaving = async () =>
      (await sandbox.get<{ connections: { isLeaving: boolean }[] }>('/stream')).connections.map(
        ({ isLeaving }) => isLeaving,
      );
    await eventually(leaving).toContain(false);
    await says('之後');
    await eventually(texts).toEqual(['之後']);
    await eventually(connections).toBe(1);
    expect(gaps).toEqual([]);
    expect(await sandbox.log(since, OPEN)).toHaveLength(1);
  });

  test('that was stopped stays closed', async ({ listens }) => {
    const { receiver } = await listens({ timers: fastTimers(100) });
    const lost = await listens({ timers: fastTimers(100) });
    await sandbox.post('/stream', { do: 'refuse' });
    await sandbox.post('/stream', { do: 'cut' });
    await eventually(() => lost.receiver.health().ok).toBe(false);
    await Promise.all([receiver.stop(), lost.receiver.stop()]);
    await sandbox.post('/stream', { do: 'allow' });
    const since = await sandbox.logEnd();
    const timers = fastTimers(100);
    const start = timers.elapsed();
    await eventually(() => timers.elapsed() - start).toBeGreaterThan(40_000);
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
    await eventually(() => receiver.health().ok).toBe(true);
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
  await eventually(() => heard).toEqual(['m1']);
  // An unreadable message is acknowledged: it would be no better the next time.
  await eventually(() => acknowledged.toSorted()).toEqual(['f1', 'f2', 'p1']);
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
