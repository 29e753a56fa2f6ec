import { describe, expect } from 'vitest';
import type { ChatBody } from '../../channels/channel.ts';
import { createCandidateDingTalkChannel } from '../../channels/dingtalk/candidate-dingtalk-channel.ts';
import { realTimers } from '../../lib/timers.ts';
import { closedPort } from './closed-port.ts';
import { card, connect, database, hello, messagesFor, sandbox, test } from './dingtalk-fixture.ts';
import { HR_GROUP } from './sandbox-process.ts';

describe('a message to people', () => {
  test('answers person by person: delivered, unknown, out of range, held back by flow control', async ({
    dingtalk,
  }) => {
    await sandbox.post('/settings', { flowControlled: ['u3'] });
    const answers = await dingtalk.channel.sendDirect(['u4', 'u1', 'nobody', 'u3', 'u1'], hello, 'normal');
    await sandbox.post('/settings', { flowControlled: [] });
    expect(answers).toEqual([
      expect.objectContaining({ outcome: 'refused', kind: 'recipient_invalid', retryAfterMs: null }),
      { outcome: 'accepted', providerId: expect.any(String) },
      expect.objectContaining({ outcome: 'refused', kind: 'recipient_invalid' }),
      expect.objectContaining({ outcome: 'refused', kind: 'throttled', retryAfterMs: expect.any(Number) }),
      answers[1],
    ]);
    expect((await messagesFor('carmen', 'bot')).filter(({ text }) => text === '你好')).toHaveLength(1);
  });

  test('goes out in calls of 20', async ({ dingtalk }) => {
    const since = await sandbox.logEnd();
    const crowd = Array.from({ length: 45 }, (_, index) => `ghost${index}`);
    const answers = await dingtalk.channel.sendDirect([...crowd, 'u1'], hello, 'bulk');
    expect(answers.map(({ outcome }) => outcome)).toEqual([...crowd.map(() => 'refused'), 'accepted']);
    expect(await sandbox.log(since, 'POST /v1.0/robot/oToMessages/batchSend')).toHaveLength(3);
  });

  test('that is too long is refused here, where the platform would swallow it', async ({ dingtalk }) => {
    const since = await sandbox.logEnd();
    const long: ChatBody = { format: 'markdown', title: '長', text: '長'.repeat(5_000) };
    expect(await dingtalk.channel.sendGroup(HR_GROUP, long, 'normal')).toMatchObject({
      outcome: 'refused',
      kind: 'bad_request',
    });
    expect(await dingtalk.channel.sendDirect(['u1'], long, 'normal')).toMatchObject([
      { outcome: 'refused', kind: 'bad_request' },
    ]);
    expect(await sandbox.log(since, 'POST /v1.0/robot')).toEqual([]);
  });

  test('can be asked for its readers', async ({ dingtalk }) => {
    const [direct] = await dingtalk.channel.sendDirect(['u1', 'u2'], hello, 'normal');
    const group = await dingtalk.channel.sendGroup(HR_GROUP, hello, 'normal');
    if (direct?.outcome !== 'accepted' || group.outcome !== 'accepted') throw new Error('not accepted');
    await sandbox.post('/read', { as: 'carmen', in: 'bot' });
    await sandbox.post('/read', { as: 'wong', in: HR_GROUP });
    expect(await dingtalk.channel.readState(direct.providerId ?? '')).toEqual(
      new Map([
        ['u1', 'read'],
        ['u2', 'unread'],
      ]),
    );
    expect(await dingtalk.channel.readState(group.providerId ?? '')).toEqual(new Map([['u2', 'read']]));
    expect(await dingtalk.channel.readState('an unknown key')).toEqual(new Map());
  });
});

test('a candidate who is a member by now gets the text one to one', async ({ dingtalk }) => {
  const channel = createCandidateDingTalkChannel(dingtalk.channel);
  expect(await channel.send({ deliveryId: 'd', to: 'u3', text: '歡迎入職' })).toEqual({
    outcome: 'accepted',
    providerId: expect.any(String),
  });
  expect(await messagesFor('lee', 'bot')).toContainEqual(expect.objectContaining({ text: '歡迎入職' }));
});

describe('the rate', () => {
  test('30 calls to one API at once are all accepted, none is throttled', async ({ dingtalk }) => {
    const since = await sandbox.logEnd();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => dingtalk.channel.sendGroup(HR_GROUP, hello, 'normal')),
    );
    expect(answers.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    const calls = await sandbox.log(since, 'POST /v1.0/robot/groupMessages/send');
    expect(calls.map(({ status }) => status)).toEqual(Array(30).fill(200));
  });

  test('a call that the gateway turned away as too fast is made again', async ({ dingtalk }) => {
    const body = { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', requestid: 'R', message: '您的企业应用…' };
    await sandbox.post('/faults', { path: '/v1.0/robot/*', times: 1, status: 403, body });
    expect(await dingtalk.channel.sendGroup(HR_GROUP, hello, 'reply')).toMatchObject({ outcome: 'accepted' });
    await sandbox.post('/faults', { path: '/v1.0/robot/*', times: 2, status: 403, body });
    expect(await dingtalk.channel.sendGroup(HR_GROUP, hello, 'reply')).toMatchObject({
      outcome: 'refused',
      kind: 'throttled',
      retryAfterMs: 1_000,
    });
  });
});

describe('the access token', () => {
  test('is fetched once for all who need it', async () => {
    const since = await sandbox.logEnd();
    const { channel } = connect();
    await Promise.all(Array.from({ length: 8 }, () => channel.sendGroup(HR_GROUP, hello, 'normal')));
    await channel.findPerson('u1');
    expect(await sandbox.log(since, 'POST /v1.0/oauth2/accessToken')).toHaveLength(1);
  });

  test('that the platform refuses is renewed once for all, and every call is repeated once', async ({ dingtalk }) => {
    await dingtalk.channel.sendGroup(HR_GROUP, hello, 'normal');
    const since = await sandbox.logEnd();
    await sandbox.post('/tokens/expire');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => dingtalk.channel.sendGroup(HR_GROUP, hello, 'normal')),
    );
    expect(answers.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    expect(await sandbox.log(since, 'POST /v1.0/oauth2/accessToken')).toHaveLength(1);
  });

  test('is renewed five minutes before it ends, not earlier', async () => {
    let passedMs = 0;
    const { channel } = connect({ timers: { ...realTimers, elapsed: () => realTimers.elapsed() + passedMs } });
    const fetched = async (afterSeconds: number) => {
      passedMs = afterSeconds * 1_000;
      const since = await sandbox.logEnd();
      expect(await channel.sendGroup(HR_GROUP, hello, 'normal')).toMatchObject({ outcome: 'accepted' });
      return (await sandbox.log(since, 'POST /v1.0/oauth2/accessToken')).length;
    };
    expect(await fetched(0)).toBe(1);
    expect(await fetched(6_880)).toBe(0);
    expect(await fetched(6_901)).toBe(1);
  });

  test('cannot be had with a wrong secret: not permitted, and nothing was sent', async () => {
    const { channel } = connect({ clientSecret: 'wrong' });
    expect(await channel.sendGroup(HR_GROUP, hello, 'normal')).toMatchObject({
      outcome: 'refused',
      kind: 'not_permitted',
      retryAfterMs: null,
      detail: expect.stringContaining('invalidClientIdOrSecret'),
    });
  });
});

describe('a call that goes wrong', () => {
  const path = '/v1.0/robot/groupMessages/send';

  test.for([
    ['an HTML page', { status: 502, html: true }],
    ['an empty answer', { empty: true }],
    ['half an answer', { partial: true, afterWork: true }],
    ['a cut line', { drop: true }],
    ['an answer that comes too late, after the work', { delayMs: 1_000, afterWork: true }],
    ['a server error', { status: 500, body: { code: 'system.error', requestid: 'R', message: '系統錯誤' } }],
  ] as const)('%s leaves a send uncertain', async ([, fault]) => {
    const { channel, governor } = connect({ callTimeoutMs: 500 });
    await sandbox.post('/faults', { path, times: 1, ...fault });
    expect(await channel.sendGroup(HR_GROUP, hello, 'normal')).toMatchObject({ outcome: 'uncertain' });
    await governor.stop();
    await sandbox.clearFaults();
  });

  test('nobody at home: surely not sent, worth another try', async () => {
    const { channel, governor } = connect({ apiBase: `http://127.0.0.1:${await closedPort()}` });
    const refused = { outcome: 'refused', kind: 'unreachable', retryAfterMs: 5_000 };
    expect(await channel.sendGroup(HR_GROUP, hello, 'normal')).toMatchObject(refused);
    expect(await channel.createCard(card('card_nobody'), 'normal')).toMatchObject(refused);
    await governor.stop();
  });

  test.for([
    [400, 'group.disbanded', 'recipient_invalid', null],
    [400, 'miss.param.content', 'bad_request', null],
    [400, 'send.too.fast', 'throttled', 2_000],
    [403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied', 'not_permitted', null],
    [403, 'Forbidden.AccessDenied.IpNotInWhiteList', 'not_permitted', null],
    [403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', 'quota_spent', 3_600_000],
    [403, 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi', 'throttled', 20_000],
    [429, 'system.busy', 'throttled', 2_000],
  ] as const)('%i %s is %s', async ([status, code, kind, retryAfterMs], { dingtalk }) => {
    await sandbox.post('/faults', { path, times: 1, status, body: { code, requestid: 'R', message: '…' } });
    const answer = await dingtalk.channel.sendGroup(HR_GROUP, hello, 'normal');
    expect(answer).toMatchObject({ outcome: 'refused', kind, retryAfterMs, detail: expect.stringContaining(code) });
  });
});

test('people are found by staffId', async ({ dingtalk }) => {
  expect(await dingtalk.channel.findPerson('u1')).toMatchObject({ staffId: 'u1', unionId: 'UNION1', name: '陳嘉敏' });
  expect(await dingtalk.channel.findPerson('nobody')).toBeUndefined();
});

test('the counters equal the platform’s own count, failures and renewed tokens included', async () => {
  await database.models.quotaCounters.deleteMany({});
  await sandbox.post('/quota', { used: { calls: 0, messages: 0 } });
  const { channel, governor } = connect();
  await channel.sendDirect(['u1', 'nobody'], hello, 'normal');
  await channel.sendGroup('cid of no group', hello, 'normal');
  await sandbox.post('/tokens/expire');
  await channel.createCard(card('card_counted'), 'normal');
  await channel.createCard(card('card_counted'), 'normal');
  await channel.updateCard('card_counted', { shared: { status: 'x' } }, 'normal');
  await channel.busyTimes(['u1'], new Date('2026-11-26T09:00:00Z'), new Date('2026-11-26T10:00:00Z'));
  await channel.replyByWebhook(`${sandbox.origin}/robot/sendBySession?session=unknown`, hello);
  await sandbox.post('/apps/dingtest', { withheldScopes: ['qyapi_robot_sendmsg'] });
  expect(await channel.sendGroup(HR_GROUP, hello, 'normal')).toMatchObject({ kind: 'not_permitted' });
  await sandbox.post('/apps/dingtest', { withheldScopes: [] });
  const { calls, messages } = await sandbox.get<{ calls: number; messages: number }>('/quota');
  expect(calls).toBe(6);
  expect(await governor.usage()).toMatchObject({ calls, messages });
});
