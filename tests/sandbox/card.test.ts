import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { GROUP } from './company.ts';
import samples from './fixtures/cards.json' with { type: 'json' };
import { CARD, type RawFrame } from './raw-robot.ts';
import { shapeDifferences } from './same-shape.ts';
import { APP, type Desk, test, until } from './sandbox-fixture.ts';

const PATH = '/v1.0/card/instances';
type Pressed = {
  result: string;
  reason?: string;
  toast?: string;
  card: { values: Record<string, string>; open: boolean; buttons: unknown[] };
};

async function create(
  desk: Desk,
  change: Record<string, unknown> = {},
): Promise<{ status: number; json: Record<string, unknown> }> {
  return desk.call('POST', `${PATH}/createAndDeliver`, { ...samples.createAndDeliver, ...change });
}
const update = (
  desk: Desk,
  body: Record<string, unknown>,
): Promise<{ status: number; json: Record<string, unknown> }> =>
  desk.call('PUT', PATH, { outTrackId: 'intv-9f3a-1', ...body });
const press = (desk: Desk, body: Record<string, unknown>): Promise<Pressed> =>
  desk.control<Pressed>('POST', '/press', { as: 'boss', outTrackId: 'intv-9f3a-1', button: 'btn_agree', ...body });
const valuesOf = async (desk: Desk, as: string): Promise<Record<string, string> | undefined> =>
  (await desk.seen(as, GROUP)).find(({ kind }) => kind === 'card')?.card?.values;

describe('creating and delivering', () => {
  test('the sample of the documentation lands in both places; each place tells its own outcome', async ({ desk }) => {
    const { json } = await create(desk);
    expect(json).toEqual({
      success: true,
      result: {
        outTrackId: 'intv-9f3a-1',
        deliverResults: [
          { spaceType: 'IM_GROUP', spaceId: GROUP, success: true, carrierId: expect.any(String) },
          { spaceType: 'IM_ROBOT', spaceId: 'u1001', success: true, carrierId: expect.any(String) },
        ],
      },
    });
    expect((await desk.seen('hr', 'bot'))[0]?.card?.values).toEqual({
      title: '张伟 二面',
      rounds: '2',
      urgent: 'false',
    });
    expect(await valuesOf(desk, 'boss')).toEqual({
      title: '张伟 二面',
      rounds: '2',
      urgent: 'false',
      canApprove: 'true',
    });
    expect(await desk.seen('cook', GROUP), 'only the recipients see it').toEqual([]);
    expect((await desk.log()).at(-1)?.violation).toBeUndefined();
  });

  test.for([
    ['param.outTrackIdEmpty', { outTrackId: '' }],
    ['param.cardTemplateIdEmpty', { cardTemplateId: '' }],
    ['param.cardPublicDataEmpty', { cardData: {} }],
    ['param.openSpaceIdEmpty', { openSpaceId: '' }],
    ['param.openSpaceIdInvalid', { openSpaceId: 'IM_GROUP.x' }],
    ['param.openDeliverModelEmpty', { imGroupOpenDeliverModel: undefined, imRobotOpenDeliverModel: undefined }],
    ['param.userIdNotExist', { userId: 'nobody' }],
    ['param.userIdNotExist', { privateData: { nobody: { cardParamMap: {} } } }],
    ['param.invalid', { cardData: { cardParamMap: { rounds: 2 } } }],
  ] as const)('%s', async ([code, change], { desk }) => {
    const { status, json } = await create(desk, change);
    expect([status, json.code]).toEqual([400, code]);
  });

  test('an outTrackId is good once for ever', async ({ desk }) => {
    await create(desk);
    expect((await create(desk)).json).toMatchObject({ code: 'param.cardAlreadyExist' });
  });

  test('a place without its models fails, a lower-case place works, and the call succeeds all the same', async ({
    desk,
  }) => {
    const { json } = await create(desk, {
      openSpaceId: `dtv1.card//im_group.${GROUP};IM_ROBOT.u1002;IM_ROBOT.nobody;ONE_BOX.${GROUP}`,
      imRobotOpenSpaceModel: undefined,
    });
    const { deliverResults } = json.result as { deliverResults: { success: boolean; errorMsg?: string }[] };
    expect(deliverResults.map(({ success }) => success)).toEqual([true, false, false, false]);
    expect(deliverResults[1]?.errorMsg).toMatch(/imRobotOpenSpaceModel/);
  });

  test('create, append a space, deliver: three calls for what createAndDeliver does in one', async ({ desk }) => {
    const {
      openSpaceId: _space,
      imGroupOpenDeliverModel: _group,
      imRobotOpenDeliverModel,
      imRobotOpenSpaceModel,
      ...card
    } = samples.createAndDeliver;
    expect((await desk.call('POST', PATH, card)).json).toEqual({ result: 'intv-9f3a-1', success: true });
    const deliver = { outTrackId: 'intv-9f3a-1', openSpaceId: 'dtv1.card//IM_ROBOT.u1002', imRobotOpenDeliverModel };
    expect((await desk.call('POST', `${PATH}/deliver`, deliver)).json).toMatchObject({
      success: true,
      result: [{ success: false }],
    });
    expect(
      (await desk.call('PUT', `${PATH}/spaces`, { outTrackId: 'intv-9f3a-1', imRobotOpenSpaceModel })).json,
    ).toEqual({ success: true, result: true });
    expect((await desk.call('POST', `${PATH}/deliver`, deliver)).json).toMatchObject({
      success: true,
      result: [{ spaceType: 'IM_ROBOT', spaceId: 'u1002', success: true }],
    });
    expect((await desk.seen('boss', 'bot'))[0]?.kind).toBe('card');
  });

  test('its carrierId asks for readers and takes it back', async ({ desk }) => {
    const { json } = await create(desk, { openSpaceId: 'dtv1.card//IM_ROBOT.u1001' });
    const key = (json.result as { deliverResults: { carrierId: string }[] }).deliverResults[0]?.carrierId ?? '';
    await desk.call('POST', '/v1.0/robot/otoMessages/batchRecall', {
      robotCode: APP.robotCode,
      processQueryKeys: [key],
    });
    expect(await desk.seen('hr', 'bot')).toEqual([]);
  });
});

describe('updating', () => {
  test('replaces everything unless asked to change by key; private values stand before public ones', async ({
    desk,
  }) => {
    await create(desk);
    await update(desk, samples.update);
    expect(await valuesOf(desk, 'boss')).toEqual({
      title: '张伟 二面',
      rounds: '2',
      urgent: 'false',
      status: '已同意',
      canApprove: 'false',
    });
    expect(await valuesOf(desk, 'hr')).not.toHaveProperty('canApprove');
    await update(desk, { privateData: { u1002: { cardParamMap: { title: '給你的' } } } });
    expect(await valuesOf(desk, 'boss')).toEqual({ title: '給你的', rounds: '2', urgent: 'false', status: '已同意' });
    await update(desk, { cardData: { cardParamMap: { title: '新' } } });
    expect(await valuesOf(desk, 'hr')).toEqual({ title: '新' });
    expect((await update(desk, { outTrackId: 'other', cardData: { cardParamMap: {} } })).json).toMatchObject({
      code: 'param.cardNotExist',
    });
    expect((await update(desk, {})).json).toMatchObject({ code: 'param.cardDataAndPrivateDataBothEmpty' });
  });

  test('a card of another application is out of reach', async ({ desk }) => {
    await create(desk);
    const other = await desk.control<{ clientId: string; clientSecret: string }>('POST', '/apps', { name: '別的' });
    const { json } = await desk.call<{ accessToken: string }>(
      'POST',
      '/v1.0/oauth2/accessToken',
      { appKey: other.clientId, appSecret: other.clientSecret },
      '',
    );
    expect((await desk.call('PUT', PATH, samples.update, json.accessToken)).json).toMatchObject({
      code: 'param.cardNotExist',
    });
  });
});

describe('pressing', () => {
  const content = (frame: RawFrame): unknown => JSON.parse((JSON.parse(frame.data) as { content: string }).content);

  test('the callback has the documented form, and the answer changes the card', async ({ desk }) => {
    await create(desk);
    const robot = await desk.robot();
    const pressing = press(desk, { values: { action: 'agree', interviewId: '9' } });
    const frame = await robot.next(CARD);
    expect(shapeDifferences({ ...inboundFrame(), data: '' }, frame)).toEqual([]);
    const callback = JSON.parse(frame.data) as Record<string, unknown>;
    expect(shapeDifferences(samples.callback, callback)).toEqual([]);
    expect(callback).toMatchObject({ userId: 'u1002', spaceType: 'IM_GROUP', spaceId: GROUP, corpId: 'dingcorptest' });
    expect(content(frame)).toEqual(JSON.parse(samples.callback.content));
    robot.ack(frame, { response: samples.answer });
    expect((await pressing).result).toBe('ok');
    expect(await valuesOf(desk, 'boss')).toMatchObject({ title: '张伟 二面', status: '已同意', canApprove: 'false' });
    expect(await valuesOf(desk, 'hr')).not.toHaveProperty('canApprove');
  });

  test('a form sends choices with their index, hidden defaults, and nothing before it is complete', async ({
    desk,
  }) => {
    await create(desk, { cardData: { cardParamMap: { title: '評語', form: JSON.stringify(samples.form) } } });
    const robot = await desk.robot();
    const pressing = press(desk, { button: 'form', values: samples.filled });
    const frame = await robot.next(CARD);
    expect(content(frame)).toEqual(samples.submitted);
    robot.ack(frame, { response: {} });
    await pressing;
    const wrong = await desk.tryControl('POST', '/press', {
      as: 'boss',
      outTrackId: 'intv-9f3a-1',
      button: 'form',
      values: { result: '' },
    });
    expect(wrong).toMatchObject({ status: 422, json: { error: { code: 'form_incomplete', message: '请选择' } } });
  });

  test('an answer after 2 seconds comes too late: the card stays as it was and the person reads a toast', async ({
    desk,
  }) => {
    await create(desk);
    await desk.control('POST', '/settings', { cardAnswerMs: 60 });
    const robot = await desk.robot();
    const pressing = press(desk, {});
    const frame = await robot.next(CARD);
    expect(await pressing).toMatchObject({ result: 'late', toast: expect.any(String) });
    robot.ack(frame, { response: samples.answer });
    await until(async () =>
      (await desk.log()).some(
        ({ name, violation }) => name === `ACK ${CARD}` && violation?.includes('the limit is 60 ms'),
      ),
    );
    expect(await valuesOf(desk, 'boss')).not.toHaveProperty('status');
  });

  test('where late answers are taken, one changes the card afterwards', async ({ desk }) => {
    await create(desk);
    await desk.control('POST', '/settings', { cardAnswerMs: 60, lateCardAnswer: 'apply' });
    const robot = await desk.robot();
    const pressing = press(desk, {});
    const frame = await robot.next(CARD);
    expect((await pressing).result).toBe('late');
    robot.ack(frame, { response: samples.answer });
    await until(async () => (await valuesOf(desk, 'boss'))?.status === '已同意');
  });

  test.for([
    ['no JSON at all', 'garbage', 200],
    ['a number for a value', { response: { cardData: { cardParamMap: { status: 1 } } } }, 200],
    ['a code that is not 200', { response: {} }, 500],
  ] as const)('%s is a failure', async ([, data, code], { desk }) => {
    await create(desk);
    const robot = await desk.robot();
    const pressing = press(desk, {});
    robot.ack(await robot.next(CARD), data, code);
    expect((await pressing).result).toBe('failed');
    expect(await valuesOf(desk, 'boss')).not.toHaveProperty('status');
  });

  test('without a connection, or when it breaks, the press fails', async ({ desk }) => {
    await create(desk);
    expect(await press(desk, {})).toMatchObject({ result: 'failed', reason: 'no connection' });
    const robot = await desk.robot();
    const pressing = press(desk, {});
    await robot.next(CARD);
    robot.socket.terminate();
    expect(await pressing).toMatchObject({ result: 'failed', reason: 'the connection broke' });
  });

  test('updating the card before the press is answered is a violation', async ({ desk }) => {
    await create(desk);
    const robot = await desk.robot();
    const pressing = press(desk, {});
    const frame = await robot.next(CARD);
    await update(desk, { cardData: { cardParamMap: { title: '太早' } } });
    robot.ack(frame);
    await pressing;
    await update(desk, { cardData: { cardParamMap: { title: '及時' } } });
    const updates = (await desk.log()).filter(({ name }) => name === `PUT ${PATH}`);
    expect(updates.map(({ violation }) => violation)).toEqual([expect.stringContaining('before the press'), undefined]);
  });

  test('two people and a double click are three callbacks; the card does not guard against it', async ({ desk }) => {
    await create(desk);
    const robot = await desk.robot();
    const pressing = [press(desk, {}), press(desk, {}), press(desk, { as: 'hr' })];
    const users: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const frame = await robot.next(CARD);
      users.push((JSON.parse(frame.data) as { userId: string }).userId);
      robot.ack(frame, { response: {} });
    }
    expect((await Promise.all(pressing)).map(({ result }) => result)).toEqual(['ok', 'ok', 'ok']);
    expect(users.sort()).toEqual(['u1001', 'u1002', 'u1002']);
  });

  test('on a known template only shown and enabled buttons can be pressed; with force any', async ({ desk }) => {
    await desk.control('POST', '/templates', { id: samples.createAndDeliver.cardTemplateId });
    const buttons = JSON.stringify([
      { id: 'yes', label: '聘用' },
      { id: 'no', label: '不合適', enabled: false },
    ]);
    await create(desk, { cardData: { cardParamMap: { title: '決定', buttons } } });
    const robot = await desk.robot();
    expect(await press(desk, { button: 'no' })).toMatchObject({ result: 'failed', reason: 'button_disabled' });
    expect(await press(desk, { button: 'maybe' })).toMatchObject({ result: 'failed', reason: 'button_gone' });
    const forced = press(desk, { button: 'maybe', force: true });
    robot.ack(await robot.next(CARD), { response: { cardData: { cardParamMap: { title: '決定', buttons: '[]' } } } });
    expect(await forced).toMatchObject({ result: 'ok', card: { open: false, buttons: [] } });
  });

  test('the public template with msgButtons is drawn and pressed', async ({ desk }) => {
    const full = JSON.stringify({
      order: ['msgContent'],
      msgButtons: [{ text: '同意', color: 'blue', id: 'ok', request: true }],
    });
    await create(desk, {
      cardTemplateId: '1366a1eb-bc54-4859-ac88-517c56a9acb1.schema',
      cardData: { cardParamMap: { msgContent: '**請批准**', sys_full_json_obj: full } },
    });
    const [message] = await desk.seen('hr', 'bot');
    expect(message).toMatchObject({
      text: '**請批准**',
      card: { buttons: [{ id: 'ok', label: '同意', enabled: true, style: 'blue' }], open: true },
    });
  });

  test('a card made without a callback type calls nobody', async ({ desk }) => {
    await create(desk, { callbackType: undefined });
    await desk.robot();
    expect(await press(desk, {})).toMatchObject({ result: 'failed', reason: 'no_callback' });
  });

  test('over HTTP the callback is signed with the secret of its address, and the same rules hold', async ({ desk }) => {
    const seen: { headers: Record<string, string | string[] | undefined>; body: string }[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      seen.push({ headers: request.headers, body });
      response.end(JSON.stringify(samples.answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const callbackUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/card`;
    const register = { callbackUrl, callbackRouteKey: 'decisions', apiSecret: 'card-secret' };
    expect((await desk.call('POST', '/v1.0/card/callbacks/register', register)).json).toEqual({
      success: true,
      result: { callbackUrl, apiSecret: 'card-secret' },
    });
    expect(await desk.call('POST', '/v1.0/card/callbacks/register', register)).toMatchObject({
      status: 500,
      json: { code: 'param.callbackRouteKeyExist' },
    });
    await create(desk, { callbackType: 'HTTP', callbackRouteKey: 'decisions' });
    expect((await press(desk, {})).result).toBe('ok');
    server.close();
    const timestamp = String(seen[0]?.headers['x-ddpaas-signature-timestamp']);
    expect(seen[0]?.headers['x-ddpaas-signature']).toBe(
      createHmac('sha256', 'card-secret').update(timestamp).digest('base64'),
    );
    expect(shapeDifferences(samples.callback, JSON.parse(seen[0]?.body ?? ''))).toEqual([]);
    expect(await valuesOf(desk, 'boss')).toMatchObject({ status: '已同意' });
  });
});

function inboundFrame(): Record<string, unknown> {
  const headers = { appId: '', connectionId: '', contentType: '', messageId: '', time: '', topic: '' };
  return { specVersion: '1.0', type: 'CALLBACK', headers };
}
