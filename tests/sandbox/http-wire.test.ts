import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Throttle } from '../../sandbox/quota/throttle.ts';
import { APP, type Desk, test } from './sandbox-fixture.ts';

/** A TCP connection on which bytes are written by hand. */
async function dial(desk: Desk): Promise<Socket> {
  const socket = connect(Number(new URL(desk.origin).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** Reads one answer: everything up to the announced length of its body. */
function answer(socket: Socket): Promise<{ head: string; body: string }> {
  return new Promise((resolve) => {
    let text = '';
    const listen = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
      if (end === -1 || !(text.length >= end + 4 + length)) return;
      socket.off('data', listen);
      resolve({ head: text.slice(0, end), body: Buffer.from(text.slice(end + 4), 'latin1').toString('utf8') });
    };
    socket.on('data', listen);
  });
}

const CREDENTIALS = JSON.stringify({ appKey: APP.clientId, appSecret: APP.clientSecret });
const PATH = '/v1.0/contact/users/UNIONhr';

describe('bytes on the wire', () => {
  test('a chunked body without a length, and two calls on one connection', async ({ desk }) => {
    const socket = await dial(desk);
    const parts = [CREDENTIALS.slice(0, 9), CREDENTIALS.slice(9)];
    const chunks = parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('');
    socket.write(
      `POST /v1.0/oauth2/accessToken HTTP/1.1\r\nhost: api.dingtalk.example\r\ncontent-type: application/json; charset=utf-8\r\ntransfer-encoding: chunked\r\nconnection: keep-alive\r\n\r\n${chunks}0\r\n\r\n`,
    );
    const first = await answer(socket);
    expect(first.head).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(first.head).toMatch(/content-type: application\/json;charset=utf-8/i);
    const { accessToken, expireIn } = JSON.parse(first.body) as { accessToken: string; expireIn: number };
    expect(expireIn).toBe(7200);
    socket.write(`GET ${PATH} HTTP/1.1\r\nHost: x\r\nX-Acs-Dingtalk-Access-Token: ${accessToken}\r\n\r\n`);
    expect(JSON.parse((await answer(socket)).body)).toMatchObject({
      nick: '李嘉敏',
      mobile: '91230001',
      stateCode: '852',
    });
    socket.destroy();
  });

  test('the gateway hands out addresses under the name it was called by', async ({ desk }) => {
    const socket = await dial(desk);
    const body = JSON.stringify({ clientId: APP.clientId, clientSecret: APP.clientSecret, subscriptions: [] });
    const call = (accept: string): string =>
      `POST /v1.0/gateway/connections/open HTTP/1.1\r\nHost: ding.example:8443\r\nContent-Type: application/json\r\n${accept}Content-Length: ${body.length}\r\n\r\n${body}`;
    socket.write(call('Accept: application/json\r\n'));
    expect(JSON.parse((await answer(socket)).body)).toEqual({
      endpoint: 'ws://ding.example:8443/connect',
      ticket: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    socket.write(call(''));
    const xml = await answer(socket);
    expect(xml.head).toMatch(/content-type: text\/xml/i);
    expect(xml.body).toMatch(/<endpoint>ws:\/\/ding.example:8443\/connect<\/endpoint><ticket>[0-9a-f-]{36}<\/ticket>/);
    socket.destroy();
  });

  test('what the sandbox does not have is DingTalk’s 404, in the error form', async ({ desk }) => {
    for (const path of [
      '/v1.0/todo/users/UNIONhr/tasks',
      '/v1.0/card/streaming',
      '/topapi/message/corpconversation/asyncsend_v2',
      '/robot/send',
    ]) {
      const { status, json } = await desk.call('POST', path, {});
      expect([status, Object.keys(json)]).toEqual([404, ['code', 'requestid', 'message']]);
      expect(json).toMatchObject({ code: 'InvalidAction.NotFound' });
    }
    expect((await desk.call('GET', '/v1.0/robot/oToMessages/batchSend')).status).toBe(404);
  });

  test('fields DingTalk does not know are ignored and noted, bodies that are no JSON refused', async ({ desk }) => {
    const body = {
      robotCode: APP.robotCode,
      userIds: ['u1001'],
      msgKey: 'sampleText',
      msgParam: '{"content":"x"}',
      useridList: [],
    };
    expect((await desk.call('POST', '/v1.0/robot/oToMessages/batchSend', body)).status).toBe(200);
    expect((await desk.log()).at(-1)?.violation).toBe('unknown fields: useridList');
    const response = await fetch(`${desk.origin}/v1.0/robot/oToMessages/batchSend`, {
      method: 'POST',
      headers: { 'x-acs-dingtalk-access-token': await desk.token() },
      body: '{',
    });
    expect(response.status).toBe(400);
  });

  test('no secret is in the log', async ({ desk }) => {
    const token = await desk.token();
    await desk.robot();
    await fetch(`${desk.origin}/gettoken?appkey=${APP.clientId}&appsecret=${APP.clientSecret}`);
    await fetch(`${desk.origin}/topapi/v2/user/get?access_token=${token}`, {
      method: 'POST',
      body: '{"userid":"u1001"}',
    });
    const text = JSON.stringify(await desk.log());
    expect(text).toContain('/gettoken');
    for (const secret of [token, APP.clientSecret]) expect(text).not.toContain(secret);
  });
});

describe('tokens', () => {
  test('asking again gives the same token with a new life; after its end another one', async ({ desk }) => {
    await desk.control('POST', '/settings', { tokenTtlSeconds: 0.2 });
    const first = await desk.token();
    expect(await desk.token()).toBe(first);
    expect((await desk.call('GET', PATH, undefined, first)).status).toBe(200);
    await desk.control('POST', '/tokens/expire');
    expect(await desk.call('GET', PATH, undefined, first)).toMatchObject({
      status: 400,
      json: { code: 'InvalidAuthentication' },
    });
    expect(await desk.token()).not.toBe(first);
  });

  test('missing and wrong tokens are 400, or 401 where that is asked for; wrong secrets 400', async ({ desk }) => {
    const missing = await fetch(`${desk.origin}${PATH}`);
    expect([missing.status, await missing.json()]).toEqual([
      400,
      { code: 'InvalidAuthentication', requestid: expect.any(String), message: '不合法的access_token' },
    ]);
    await desk.control('POST', '/settings', { invalidTokenStatus: 401 });
    expect((await desk.call('GET', PATH, undefined, 'wrong')).status).toBe(401);
    const secret = await desk.call(
      'POST',
      '/v1.0/oauth2/accessToken',
      { appKey: APP.clientId, appSecret: 'wrong' },
      '',
    );
    expect(secret).toMatchObject({ status: 400, json: { code: 'invalidClientIdOrSecret' } });
  });

  test('the newer address wants the corpId and the grant type', async ({ desk }) => {
    const ask = (corpId: string, change = {}): Promise<{ status: number; json: Record<string, unknown> }> =>
      desk.call(
        'POST',
        `/v1.0/oauth2/${corpId}/token`,
        { client_id: APP.clientId, client_secret: APP.clientSecret, grant_type: 'client_credentials', ...change },
        '',
      );
    expect((await ask('dingcorptest')).json).toEqual({ access_token: await desk.token(), expires_in: 7200 });
    expect(await ask('other')).toMatchObject({ status: 401, json: { code: 'unauthorized.client' } });
    expect(await ask('dingcorptest', { client_secret: 'x' })).toMatchObject({
      status: 400,
      json: { code: 'invalid.client' },
    });
    expect(await ask('dingcorptest', { grant_type: 'password' })).toMatchObject({
      status: 400,
      json: { code: 'unsupported.grant.type' },
    });
  });
});

describe('limits', () => {
  it('let through as many calls at once as the rate, and the rate evenly afterwards', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 200 }), (pauses) => {
        let now = 0;
        const throttle = new Throttle(() => now);
        const admitted: number[] = [];
        for (const pause of pauses) {
          now += pause;
          if (throttle.admit('app api', 20)) admitted.push(now);
        }
        for (const [index, at] of admitted.entries()) {
          const earlier = admitted[index - 20];
          if (earlier !== undefined) expect(at - earlier).toBeGreaterThan(0);
          const before = admitted[index - 40];
          if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(1000);
        }
      }),
    );
    const throttle = new Throttle(() => 0);
    expect(Array.from({ length: 25 }, () => throttle.admit('app api', 20)).filter(Boolean)).toHaveLength(20);
    expect(throttle.admit('app other', 20)).toBe(true);
  });

  const send = (desk: Desk, token: string): Promise<{ status: number; json: Record<string, unknown> }> =>
    desk.call(
      'POST',
      '/v1.0/robot/oToMessages/batchSend',
      { robotCode: APP.robotCode, userIds: ['u1001'], msgKey: 'sampleText', msgParam: '{"content":"x"}' },
      token,
    );

  test('calls above the rate of an application and API are refused, and not billed', async ({ desk }) => {
    expect(await desk.control('GET', '/settings')).toMatchObject({ callsPerSecond: 20 });
    await desk.control('POST', '/settings', { callsPerSecond: 1 });
    const token = await desk.token();
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(desk, token)));
    const refused = answers.filter(({ status }) => status === 403);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(12);
    expect(refused[0]?.json).toMatchObject({
      code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
      message: expect.stringMatching(/^您的企业应用调用钉钉开放平台当前接口的所有请求都被暂时禁用了/),
    });
    expect((await desk.call('GET', PATH, undefined, token)).status, 'another API has its own rate').toBe(200);
    expect((await desk.control('GET', '/quota')).calls).toBe(answers.length - refused.length);
  });

  test('a spent month refuses billed calls and no others, on both kinds of address; next month is new', async ({
    desk,
  }) => {
    await desk.control('POST', '/quota', { calls: 1 });
    const token = await desk.token();
    expect((await send(desk, token)).status).toBe(200);
    expect(await send(desk, token)).toMatchObject({
      status: 403,
      json: { code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' },
    });
    expect((await desk.call('GET', PATH, undefined, token)).status).toBe(200);
    const upload = await fetch(`${desk.origin}/media/upload?access_token=${token}&type=file`, { method: 'POST' });
    expect(await upload.json()).toMatchObject({ errcode: 90020 });
    expect(await desk.control('GET', '/quota')).toMatchObject({
      month: '2026-11',
      calls: 1,
      limits: { calls: 1, messages: 3000 },
      byApp: { [APP.clientId]: { calls: 1 } },
    });
    await desk.control('POST', '/clock', { to: '2026-12-01T00:00:00+08:00' });
    expect((await send(desk, token)).status).toBe(200);
    expect(await desk.control('GET', '/quota')).toMatchObject({ month: '2026-12', calls: 1, limits: { calls: 5000 } });
  });

  test('a permission that is taken away is named', async ({ desk }) => {
    await desk.control('POST', `/apps/${APP.clientId}`, { withheldScopes: ['Contact.User.Read', 'qyapi_get_member'] });
    expect(await desk.call('GET', PATH)).toMatchObject({
      status: 403,
      json: { accessdenieddetail: { requiredScopes: ['Contact.User.Read'] } },
    });
    const legacy = await fetch(`${desk.origin}/topapi/v2/user/get?access_token=${await desk.token()}`, {
      method: 'POST',
      body: '{"userid":"u1001"}',
    });
    expect(await legacy.json()).toMatchObject({ errcode: 88, sub_code: '60011' });
  });
});
