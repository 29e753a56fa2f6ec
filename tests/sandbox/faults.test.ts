import { describe, expect } from 'vitest';
import { CARD, ROBOT } from './raw-robot.ts';
import { APP, type Desk, test } from './sandbox-fixture.ts';

const SEND = '/v1.0/robot/oToMessages/batchSend';
const fault = (desk: Desk, body: Record<string, unknown>): Promise<{ id: string }> =>
  desk.control('POST', '/faults', { path: SEND, times: 1, ...body });
const send = (desk: Desk, token: string, signal?: AbortSignal): Promise<Response> =>
  fetch(`${desk.origin}${SEND}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token },
    body: JSON.stringify({
      robotCode: APP.robotCode,
      userIds: ['u1001'],
      msgKey: 'sampleText',
      msgParam: '{"content":"x"}',
    }),
    ...(signal ? { signal } : {}),
  });
const shown = async (desk: Desk): Promise<number> => (await desk.seen('hr', 'bot')).length;

describe('faults on calls', () => {
  test('a status strikes so many times, with DingTalk’s own body', async ({ desk }) => {
    const token = await desk.token();
    await fault(desk, { status: 503, times: 2 });
    for (const expected of [503, 503, 200]) {
      const response = await send(desk, token);
      expect(response.status).toBe(expected);
      if (expected === 503)
        expect(await response.json()).toEqual({
          code: 'system.error',
          requestid: expect.any(String),
          message: expect.any(String),
        });
    }
    expect(await shown(desk)).toBe(1);
    expect((await desk.control('GET', '/quota')).calls, 'calls that arrived are billed').toBe(3);
  });

  test('a body of one’s own, an HTML page, and nothing at all', async ({ desk }) => {
    const token = await desk.token();
    await fault(desk, {
      status: 403,
      body: { code: 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi', message: 'slow' },
    });
    expect(await (await send(desk, token)).json()).toMatchObject({
      code: 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi',
    });
    expect((await desk.control('GET', '/quota')).calls, 'throttled calls are not').toBe(0);
    await fault(desk, { html: true });
    const page = await send(desk, token);
    expect([page.status, page.headers.get('content-type'), (await page.text()).slice(0, 9)]).toEqual([
      504,
      'text/html; charset=utf-8',
      '<!DOCTYPE',
    ]);
    await fault(desk, { empty: true });
    const empty = await send(desk, token);
    expect([empty.status, await empty.text()]).toEqual([200, '']);
  });

  test('drop: cut before the work, or after it', async ({ desk }) => {
    const token = await desk.token();
    await fault(desk, { drop: true });
    await expect(send(desk, token)).rejects.toThrow();
    expect(await shown(desk)).toBe(0);
    await fault(desk, { drop: true, afterWork: true });
    await expect(send(desk, token)).rejects.toThrow();
    expect(await shown(desk)).toBe(1);
  });

  test('a slow answer for which the work was done all the same', async ({ desk }) => {
    const token = await desk.token();
    await fault(desk, { delayMs: 150, afterWork: true });
    await expect(send(desk, token, AbortSignal.timeout(50))).rejects.toThrow();
    await desk.control('POST', '/settle', {});
    expect(await shown(desk)).toBe(1);
    await fault(desk, { status: 500, afterWork: true });
    expect((await send(desk, token)).status).toBe(500);
    expect(await shown(desk)).toBe(2);
  });

  test('a slow call whose caller gives up is not carried out', async ({ desk }) => {
    const token = await desk.token();
    await fault(desk, { delayMs: 400 });
    await expect(send(desk, token, AbortSignal.timeout(20))).rejects.toThrow();
    await desk.control('POST', '/settle', {});
    expect(await shown(desk)).toBe(0);
  });

  test('duplicate: the call is carried out twice; partial: half an answer', async ({ desk }) => {
    const token = await desk.token();
    await fault(desk, { duplicate: true });
    expect((await send(desk, token)).status).toBe(200);
    expect(await shown(desk)).toBe(2);
    await fault(desk, { partial: true });
    const response = await send(desk, token);
    await expect(response.text()).rejects.toThrow();
  });

  test('a fault picks by path and method, can cover everything, and can be taken away', async ({ desk }) => {
    const token = await desk.token();
    await fault(desk, { method: 'GET', status: 500 });
    expect((await send(desk, token)).status).toBe(200);
    await desk.control('POST', '/faults', { path: '/v1.0/robot/*', times: 9, status: 500 });
    expect((await send(desk, token)).status).toBe(500);
    await desk.control('DELETE', '/faults');
    expect((await send(desk, token)).status).toBe(200);
    await desk.control('POST', '/faults', { status: 502, times: 1 });
    expect((await send(desk, token)).status).toBe(502);
    const wrong = await desk.tryControl('POST', '/faults', { path: SEND, statuss: 500 });
    expect(wrong).toMatchObject({
      status: 400,
      json: { error: { code: 'invalid', message: expect.stringContaining('statuss') } },
    });
  });
});

describe('faults on frames', () => {
  test('duplicate: the same message twice at once; drop: it comes only the second time', async ({ desk }) => {
    const robot = await desk.robot();
    await desk.control('POST', '/faults', { path: ROBOT, times: 1, duplicate: true });
    await desk.control('POST', '/say', { as: 'hr', in: 'bot', text: '一' });
    const twice = [await robot.next(ROBOT), await robot.next(ROBOT)];
    for (const frame of twice) robot.ack(frame);
    expect(new Set(twice.map(({ headers }) => headers.messageId)).size).toBe(2);
    expect(new Set(twice.map(({ data }) => data)).size).toBe(1);

    await desk.control('POST', '/faults', { path: ROBOT, times: 1, drop: true });
    const { msgId } = await desk.control('POST', '/say', { as: 'hr', in: 'bot', text: '二' });
    await desk.control('POST', '/settle', {});
    expect(robot.frames.filter(({ headers }) => headers.topic === ROBOT)).toHaveLength(2);
    const moving = desk.control('POST', '/clock', { by: 'PT1M' });
    const frame = await robot.next(ROBOT);
    robot.ack(frame);
    await moving;
    expect(JSON.parse(frame.data)).toMatchObject({ msgId });
  });

  test('delay: messages overtake each other', async ({ desk }) => {
    const robot = await desk.robot();
    await desk.control('POST', '/faults', { path: ROBOT, times: 1, delayMs: 60 });
    await desk.control('POST', '/say', { as: 'hr', in: 'bot', text: '先' });
    await desk.control('POST', '/say', { as: 'hr', in: 'bot', text: '後' });
    const texts: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      const frame = await robot.next(ROBOT);
      robot.ack(frame);
      texts.push((JSON.parse(frame.data) as { text: { content: string } }).text.content);
    }
    expect(texts).toEqual(['後', '先']);
  });

  test('a press whose frame is lost comes too late', async ({ desk }) => {
    await desk.control('POST', '/settings', { cardAnswerMs: 50 });
    await desk.robot();
    await desk.call('POST', '/v1.0/card/instances/createAndDeliver', {
      cardTemplateId: 'x.schema',
      outTrackId: 'lost-1',
      callbackType: 'STREAM',
      cardData: { cardParamMap: { title: 't' } },
      openSpaceId: 'dtv1.card//IM_ROBOT.u1001',
      imRobotOpenSpaceModel: {},
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT' },
    });
    await desk.control('POST', '/faults', { path: CARD, times: 1, drop: true });
    expect(await desk.control('POST', '/press', { as: 'hr', outTrackId: 'lost-1', button: 'ok' })).toMatchObject({
      result: 'late',
    });
    expect((await desk.control('GET', '/quota')).messages).toBe(0);
  });
});
