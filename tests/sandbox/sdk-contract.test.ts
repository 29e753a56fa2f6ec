import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Config } from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import { describe, expect } from 'vitest';
import { GROUP } from './company.ts';
import rows from './fixtures/wire-rows.json' with { type: 'json' };
import { shapeDifferences } from './same-shape.ts';
import { APP, type Desk, test } from './sandbox-fixture.ts';

/** The unmodified packages, as their users load them from CommonJS; the stream SDK's address can be set only there. */
const require = createRequire(import.meta.url);
const oauth2 =
  require('@alicloud/dingtalk/dist/oauth2_1_0/client') as typeof import('@alicloud/dingtalk/dist/oauth2_1_0/client.js');
const robot =
  require('@alicloud/dingtalk/dist/robot_1_0/client') as typeof import('@alicloud/dingtalk/dist/robot_1_0/client.js');
const card =
  require('@alicloud/dingtalk/dist/card_1_0/client') as typeof import('@alicloud/dingtalk/dist/card_1_0/client.js');
const calendar =
  require('@alicloud/dingtalk/dist/calendar_1_0/client') as typeof import('@alicloud/dingtalk/dist/calendar_1_0/client.js');
const contact =
  require('@alicloud/dingtalk/dist/contact_1_0/client') as typeof import('@alicloud/dingtalk/dist/contact_1_0/client.js');
const { DWClient } = require('dingtalk-stream') as typeof import('dingtalk-stream');
const addresses = require('dingtalk-stream/constants') as { GATEWAY_URL: string; GET_TOKEN_URL: string };

const RUNTIME = new RuntimeOptions({ connectTimeout: 10_000, readTimeout: 10_000 });
const MSG = { robotCode: APP.robotCode, msgKey: 'sampleText', msgParam: '{"content":"你好"}' };

interface Clients {
  robot: InstanceType<typeof robot.default>;
  card: InstanceType<typeof card.default>;
  calendar: InstanceType<typeof calendar.default>;
  contact: InstanceType<typeof contact.default>;
  oauth2: InstanceType<typeof oauth2.default>;
  headers: { xAcsDingtalkAccessToken: string };
}

async function clientsOf(desk: Desk): Promise<Clients> {
  const config = new Config({ protocol: 'http', endpoint: new URL(desk.origin).host });
  return {
    robot: new robot.default(config),
    card: new card.default(config),
    calendar: new calendar.default(config),
    contact: new contact.default(config),
    oauth2: new oauth2.default(config),
    headers: { xAcsDingtalkAccessToken: await desk.token() },
  };
}

async function sendOto(sdk: Clients): Promise<string> {
  const request = new robot.BatchSendOTORequest({ ...MSG, userIds: ['u1001'] });
  const { body } = await sdk.robot.batchSendOTOWithOptions(
    request,
    new robot.BatchSendOTOHeaders(sdk.headers),
    RUNTIME,
  );
  return body?.processQueryKey ?? '';
}

async function sendGroup(sdk: Clients): Promise<string> {
  const request = new robot.OrgGroupSendRequest({ ...MSG, openConversationId: GROUP });
  const { body } = await sdk.robot.orgGroupSendWithOptions(
    request,
    new robot.OrgGroupSendHeaders(sdk.headers),
    RUNTIME,
  );
  return body?.processQueryKey ?? '';
}

function createCard(sdk: Clients, outTrackId: string): Promise<{ body?: unknown }> {
  const request = new card.CreateAndDeliverRequest({
    cardTemplateId: 'some.schema',
    outTrackId,
    callbackType: 'STREAM',
    userIdType: 1,
    cardData: new card.CreateAndDeliverRequestCardData({ cardParamMap: { title: '面試' } }),
    privateData: { u1001: new card.PrivateDataValue({ cardParamMap: { mine: 'yes' } }) },
    openSpaceId: `dtv1.card//IM_GROUP.${GROUP}`,
    imGroupOpenSpaceModel: new card.CreateAndDeliverRequestImGroupOpenSpaceModel({ supportForward: false }),
    imGroupOpenDeliverModel: new card.CreateAndDeliverRequestImGroupOpenDeliverModel({ robotCode: APP.robotCode }),
  });
  return sdk.card.createAndDeliverWithOptions(request, new card.CreateAndDeliverHeaders(sdk.headers), RUNTIME);
}

/** One SDK call for each row of the wire record; gives what the SDK's model made of the answer. */
const CALLS: Record<string, (sdk: Clients, desk: Desk) => Promise<{ body?: unknown } | undefined>> = {
  'oauth2 getAccessToken': (sdk) =>
    sdk.oauth2.getAccessToken(new oauth2.GetAccessTokenRequest({ appKey: APP.clientId, appSecret: APP.clientSecret })),
  'robot batchSendOTO': (sdk) =>
    sdk.robot.batchSendOTOWithOptions(
      new robot.BatchSendOTORequest({ ...MSG, userIds: ['u1001', 'u9999'] }),
      new robot.BatchSendOTOHeaders(sdk.headers),
      RUNTIME,
    ),
  'robot orgGroupSend': (sdk) =>
    sdk.robot.orgGroupSendWithOptions(
      new robot.OrgGroupSendRequest({ ...MSG, openConversationId: GROUP }),
      new robot.OrgGroupSendHeaders(sdk.headers),
      RUNTIME,
    ),
  'robot batchOTOQuery': async (sdk) => {
    const request = new robot.BatchOTOQueryRequest({ processQueryKey: await sendOto(sdk), robotCode: APP.robotCode });
    return sdk.robot.batchOTOQueryWithOptions(request, new robot.BatchOTOQueryHeaders(sdk.headers), RUNTIME);
  },
  'robot orgGroupQuery': async (sdk) => {
    const request = new robot.OrgGroupQueryRequest({
      openConversationId: GROUP,
      robotCode: APP.robotCode,
      processQueryKey: await sendGroup(sdk),
      maxResults: 10,
    });
    return sdk.robot.orgGroupQueryWithOptions(request, new robot.OrgGroupQueryHeaders(sdk.headers), RUNTIME);
  },
  'robot batchRecallOTO': async (sdk) => {
    const request = new robot.BatchRecallOTORequest({
      processQueryKeys: [await sendOto(sdk)],
      robotCode: APP.robotCode,
    });
    return sdk.robot.batchRecallOTOWithOptions(request, new robot.BatchRecallOTOHeaders(sdk.headers), RUNTIME);
  },
  'robot orgGroupRecall': async (sdk) => {
    const request = new robot.OrgGroupRecallRequest({
      openConversationId: GROUP,
      processQueryKeys: [await sendGroup(sdk)],
      robotCode: APP.robotCode,
    });
    return sdk.robot.orgGroupRecallWithOptions(request, new robot.OrgGroupRecallHeaders(sdk.headers), RUNTIME);
  },
  'robot robotMessageFileDownload': async (sdk, desk) => {
    const listener = await desk.robot();
    await desk.control('POST', '/say', {
      as: 'hr',
      in: 'bot',
      files: [{ name: '履歷.pdf', base64: Buffer.from('CV').toString('base64') }],
    });
    const frame = await listener.next('/v1.0/im/bot/messages/get');
    listener.ack(frame);
    const { content } = JSON.parse(frame.data) as { content: { downloadCode: string } };
    const request = new robot.RobotMessageFileDownloadRequest({
      downloadCode: content.downloadCode,
      robotCode: APP.robotCode,
    });
    return sdk.robot.robotMessageFileDownloadWithOptions(
      request,
      new robot.RobotMessageFileDownloadHeaders(sdk.headers),
      RUNTIME,
    );
  },
  'card createAndDeliver': (sdk) => createCard(sdk, 'card-1'),
  'card updateCard': async (sdk) => {
    await createCard(sdk, 'card-2');
    const request = new card.UpdateCardRequest({
      outTrackId: 'card-2',
      userIdType: 1,
      cardData: new card.UpdateCardRequestCardData({ cardParamMap: { status: '已同意' } }),
      privateData: { u1001: new card.PrivateDataValue({ cardParamMap: { mine: 'no' } }) },
      cardUpdateOptions: new card.UpdateCardRequestCardUpdateOptions({
        updateCardDataByKey: true,
        updatePrivateDataByKey: true,
      }),
    });
    return sdk.card.updateCardWithOptions(request, new card.UpdateCardHeaders(sdk.headers), RUNTIME);
  },
  'calendar createEvent': (sdk) => {
    const request = new calendar.CreateEventRequest({
      summary: '面試',
      start: new calendar.CreateEventRequestStart({ dateTime: '2026-12-02T10:00:00+08:00', timeZone: 'Asia/Shanghai' }),
      end: new calendar.CreateEventRequestEnd({ dateTime: '2026-12-02T11:00:00+08:00', timeZone: 'Asia/Shanghai' }),
      attendees: [new calendar.CreateEventRequestAttendees({ id: 'UNIONboss', isOptional: false })],
    });
    return sdk.calendar.createEventWithOptions(
      'UNIONhr',
      'primary',
      request,
      new calendar.CreateEventHeaders({ ...sdk.headers, xClientToken: 'once' }),
      RUNTIME,
    );
  },
  'calendar getSchedule': (sdk) => {
    const request = new calendar.GetScheduleRequest({
      userIds: ['UNIONboss'],
      startTime: '2026-12-02T00:00:00+08:00',
      endTime: '2026-12-03T00:00:00+08:00',
    });
    return sdk.calendar.getScheduleWithOptions(
      'UNIONhr',
      request,
      new calendar.GetScheduleHeaders(sdk.headers),
      RUNTIME,
    );
  },
  'contact getUser': (sdk) =>
    sdk.contact.getUserWithOptions('UNIONhr', new contact.GetUserHeaders(sdk.headers), RUNTIME),
  'stream connect': async (_sdk, desk) => {
    const client = streamClient(desk);
    await client.connect();
    client.disconnect();
    return undefined;
  },
  'stream getAccessToken': async (_sdk, desk) => {
    const token = await streamClient(desk).getAccessToken();
    expect(token).toBe(await desk.token());
    return undefined;
  },
};

function streamClient(desk: Desk): InstanceType<typeof DWClient> {
  addresses.GATEWAY_URL = `${desk.origin}/v1.0/gateway/connections/open`;
  addresses.GET_TOKEN_URL = `${desk.origin}/gettoken`;
  return new DWClient({ clientId: APP.clientId, clientSecret: APP.clientSecret });
}

describe('DingTalk’s own packages, unmodified, against the sandbox', () => {
  test.for(rows)('$call goes over the wire as recorded and its answer is accepted', async (row, { desk }) => {
    const sdk = await clientsOf(desk);
    const before = (await desk.log()).length;
    const result = await CALLS[row.call]?.(sdk, desk);
    const entry = (await desk.log())
      .slice(before)
      .filter(({ name }) => name === `${row.method} ${row.path}`)
      .at(-1);
    expect(entry, `no ${row.method} ${row.path} was seen`).toBeDefined();
    expect(entry?.status).toBe(200);
    expect(entry?.violation).toBeUndefined();
    expect(Object.keys(entry?.body ?? {})).toEqual(row.bodyKeys);
    for (const [key, value] of Object.entries(row.answer))
      expect(
        shapeDifferences(value, entry?.answer?.[key], key).filter((text) => !text.endsWith('not in the sample')),
      ).toEqual([]);
    if (result)
      for (const key of Object.keys(row.answer)) expect((result.body as Record<string, unknown>)[key]).toBeDefined();
  });

  test('a refusal arrives in the SDK with code, status and scopes', async ({ desk }) => {
    const sdk = await clientsOf(desk);
    await desk.control('POST', `/apps/${APP.clientId}`, { withheldScopes: ['qyapi_robot_sendmsg'] });
    await expect(sendOto(sdk)).rejects.toMatchObject({
      code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
      statusCode: 403,
      accessDeniedDetail: { requiredScopes: ['qyapi_robot_sendmsg'] },
    });
    await expect(sendOto({ ...sdk, headers: { xAcsDingtalkAccessToken: 'wrong' } })).rejects.toMatchObject({
      code: 'InvalidAuthentication',
      statusCode: 400,
    });
  });

  test('the stream SDK hears a message, replies through the webhook and answers a press', async ({ desk }) => {
    const client = streamClient(desk);
    client.registerCallbackListener('/v1.0/im/bot/messages/get', async (frame) => {
      const { sessionWebhook, text } = JSON.parse(frame.data) as { sessionWebhook: string; text: { content: string } };
      client.socketCallBackResponse(frame.headers.messageId, null);
      await fetch(sessionWebhook, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ msgtype: 'text', text: { content: `收到${text.content}` } }),
      });
      client.emit('replied');
    });
    client.registerCallbackListener('/v1.0/card/instances/callback', (frame) => {
      client.socketCallBackResponse(frame.headers.messageId, {
        cardData: { cardParamMap: { status: '已聘用' } },
        cardUpdateOptions: { updateCardDataByKey: true },
      });
    });
    await client.connect();
    const replied = once(client, 'replied');
    await desk.control('POST', '/say', { as: 'hr', in: 'bot', text: '你好' });
    await replied;
    expect((await desk.seen('hr', 'bot')).map(({ from, text }) => `${from}: ${text}`)).toEqual([
      'hr: 你好',
      'bot: 收到你好',
    ]);

    await createCard(await clientsOf(desk), 'card-3');
    const pressed = await desk.control('POST', '/press', { as: 'boss', outTrackId: 'card-3', button: 'hire' });
    expect(pressed).toMatchObject({ result: 'ok', card: { values: { title: '面試', status: '已聘用' } } });
    client.disconnect();
    await desk.control('POST', '/stream', { do: 'cut' });
  });
});
