import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import inbound from './fixtures/inbound.json' with { type: 'json' };
import { shapeDifferences } from './same-shape.ts';
import { APP, type Desk, test, until } from './sandbox-fixture.ts';

interface Receiver {
  url: string;
  got: { headers: IncomingHttpHeaders; body: Record<string, unknown> }[];
  /** What to answer; without one the call hangs. */
  answer: { status: number; body: string } | undefined;
  close(): void;
}

async function receiver(): Promise<Receiver> {
  const state: Receiver = { url: '', got: [], answer: { status: 200, body: '' }, close: () => server.close() };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    state.got.push({ headers: request.headers, body: JSON.parse(body) as Record<string, unknown> });
    if (state.answer) response.writeHead(state.answer.status).end(state.answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/robot`;
  return state;
}

async function useHttp(desk: Desk, change: Record<string, unknown> = {}): Promise<Receiver> {
  const http = await receiver();
  await desk.control('POST', `/apps/${APP.clientId}`, { mode: 'http', callbackUrl: http.url, ...change });
  return http;
}

const signature = (timestamp: string): string =>
  createHmac('sha256', APP.clientSecret).update(`${timestamp}\n${APP.clientSecret}`).digest('base64');
const say = (desk: Desk, text = '你好'): Promise<unknown> =>
  desk.control('POST', '/say', { as: 'hr', in: 'bot', text });

describe('a robot in HTTP mode', () => {
  test('gets the same JSON, signed, and may reply in its answer', async ({ desk }) => {
    const http = await useHttp(desk);
    http.answer = { status: 200, body: JSON.stringify({ msgtype: 'text', text: { content: '收到' } }) };
    await say(desk);
    await desk.control('POST', '/settle', {});
    const sample = Object.fromEntries(
      Object.entries(inbound.textInGroup).filter(([key]) => !inbound.groupOnly.includes(key)),
    );
    expect(shapeDifferences(sample, http.got[0]?.body)).toEqual([]);
    const { timestamp, sign } = http.got[0]?.headers ?? {};
    expect(sign).toBe(signature(String(timestamp)));
    expect(Number(timestamp)).toBe(Date.parse((await desk.control<{ now: string }>('GET', '/clock')).now));
    expect((await desk.seen('hr', 'bot')).map(({ text }) => text)).toEqual(['你好', '收到']);
    expect(await desk.control('GET', '/quota')).toMatchObject({ messages: 2 });
    http.close();
  });

  test.for(['{"msgtype":"empty"}', '', 'no JSON'])('the answer %j is none', async (body, { desk }) => {
    const http = await useHttp(desk);
    http.answer = { status: 200, body };
    await say(desk);
    await desk.control('POST', '/settle', {});
    expect(await desk.seen('hr', 'bot')).toHaveLength(1);
    http.close();
  });

  test('an answer that fails or takes too long brings the message again', async ({ desk }) => {
    await desk.control('POST', '/settings', { httpAckMs: 40 });
    const http = await useHttp(desk);
    http.answer = undefined;
    await say(desk);
    await until(async () =>
      (await desk.log()).some(
        ({ status, violation }) => status === 'timeout' && violation === 'no answer within 40 ms',
      ),
    );
    await desk.control('POST', '/settings', { httpAckMs: 2500 });
    http.answer = { status: 500, body: '' };
    await desk.control('POST', '/clock', { by: 'PT1M' });
    http.answer = { status: 200, body: '' };
    await desk.control('POST', '/clock', { by: 'PT1M' });
    await desk.control('POST', '/clock', { by: 'PT10M' });
    expect(http.got.map(({ body }) => body.msgId)).toEqual([
      http.got[0]?.body.msgId,
      http.got[0]?.body.msgId,
      http.got[0]?.body.msgId,
    ]);
    http.close();
  });

  test('a wrong signature and an old one can be had, to try the receiver', async ({ desk }) => {
    const http = await useHttp(desk, { sign: 'wrong' });
    await say(desk);
    await desk.control('POST', '/settle', {});
    await desk.control('POST', `/apps/${APP.clientId}`, { sign: 'stale' });
    await say(desk);
    await desk.control('POST', '/settle', {});
    const [wrong, stale] = http.got.map(({ headers }) => headers);
    expect(wrong?.sign).not.toBe(signature(String(wrong?.timestamp)));
    expect(stale?.sign).toBe(signature(String(stale?.timestamp)));
    expect(Date.parse((await desk.control<{ now: string }>('GET', '/clock')).now) - Number(stale?.timestamp)).toBe(
      2 * 3_600_000,
    );
    http.close();
  });
});
