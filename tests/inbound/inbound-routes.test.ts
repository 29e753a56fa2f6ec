import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, expect, test } from 'vitest';
import type { InboundWords } from '../../channels/channel.ts';
import { createInboundRoutes, type InboundOptions } from '../../channels/inbound/inbound-routes.ts';
import { StillClock } from '../../lib/clock.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const logged: string[] = [];
const note = (fields: object, text: string): void => void logged.push(`${text} ${JSON.stringify(fields)}`);

async function open(options: Partial<InboundOptions>): Promise<(path: string, text?: string) => Promise<Response>> {
  const app = express();
  app.use(
    '/inbound',
    createInboundRoutes({
      receive: () => async () => undefined,
      clock: new StillClock('2026-11-23T10:00:00+08:00'),
      log: { info: note, warn: note, error: note },
      ...options,
    }),
  );
  const server = createServer(app);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return (path, text = '好') =>
    fetch(`${origin}/inbound/${path}`, {
      method: 'POST',
      headers: {
        'content-type': path === 'email' ? 'message/rfc822' : 'application/json',
        'x-inbound-secret': 'agreed',
      },
      body:
        path === 'email'
          ? `From: a@mail.example\r\nTo: hr+r.1@kamkee.example\r\nMessage-ID: <1@mail.example>\r\n\r\n${text}`
          : JSON.stringify({ id: '1', from: '91234567', text }),
    });
}

const writer = { candidateIds: ['cand_1'], email: 'a@mail.example' };
const ways = (found: typeof writer | undefined): Partial<InboundOptions> => ({
  email: { secret: 'agreed', mailbox: 'hr@kamkee.example', findByReplyTag: async () => found },
  sms: { secret: 'agreed', findByPhone: async () => found },
});

test.each(['email', 'sms'])('without a secret %s is closed', async (way) => {
  const post = await open({});
  const answer = await post(way);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ error: { code: 'disabled' } });
});

test.each(['email', 'sms'])('while the app starts or stops %s is asked to come again', async (way) => {
  const post = await open({ ...ways(writer), receive: () => undefined });
  const answer = await post(way);
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('5');
});

test.each(['email', 'sms'])('%s is acknowledged only when it is stored', async (way) => {
  const got: InboundWords[] = [];
  let store: () => void = () => undefined;
  const stored = new Promise<void>((resolve) => {
    store = resolve;
  });
  let arrived: () => void = () => undefined;
  const here = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const post = await open({
    ...ways(writer),
    receive: () => async (event) => {
      got.push(event);
      arrived();
      await stored;
    },
  });
  let isAnswered = false;
  const answer = post(way).then((response) => {
    isAnswered = true;
    return response;
  });
  await here;
  expect(isAnswered).toBe(false);
  store();
  expect((await answer).status).toBe(202);
  expect(got).toMatchObject([{ kind: 'words', channel: way, candidateIds: ['cand_1'], text: '好' }]);
});

test.each(['email', 'sms'])('when %s cannot be stored the sender hears that it must try again', async (way) => {
  const post = await open({
    ...ways(writer),
    receive: () => async () => {
      throw new Error('the store is away, and 秘密 stands in the message');
    },
  });
  const answer = await post(way);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({ error: { code: 'failed', message: 'send again later' } });
  expect(logged.join('\n')).not.toContain('秘密');
});

test.each(['email', 'sms'])('of %s from nobody on file the log holds no word', async (way) => {
  logged.length = 0;
  const post = await open(ways(undefined));
  expect((await post(way, '秘密')).status).toBe(202);
  expect(logged).toHaveLength(1);
  expect(logged[0]).not.toMatch(/秘密|a@mail|91234567|r\.1/);
});
