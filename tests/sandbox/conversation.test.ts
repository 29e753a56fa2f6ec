import { describe, expect } from 'vitest';
import { GROUP } from './company.ts';
import inbound from './fixtures/inbound.json' with { type: 'json' };
import replies from './fixtures/replies.json' with { type: 'json' };
import { ROBOT } from './raw-robot.ts';
import { shapeDifferences } from './same-shape.ts';
import { APP, type Desk, test, until } from './sandbox-fixture.ts';

type Heard = Record<string, unknown> & {
  text?: { content: string };
  content?: Record<string, unknown>;
  sessionWebhook: string;
  msgId: string;
};

/** Lets somebody say something and gives what the robot heard. */
async function hears(desk: Desk, said: Record<string, unknown>): Promise<Heard> {
  const robot = await desk.robot();
  await desk.control('POST', '/say', said);
  const frame = await robot.next(ROBOT);
  robot.ack(frame);
  robot.socket.close();
  await robot.closed;
  return JSON.parse(frame.data) as Heard;
}

const file = (name: string, content = 'x'): { name: string; base64: string } => ({
  name,
  base64: Buffer.from(content).toString('base64'),
});

describe('what a robot hears', () => {
  test('a text in a group has DingTalk’s form to the letter, with the space the mention leaves behind', async ({
    desk,
  }) => {
    const heard = await hears(desk, { as: 'hr', in: GROUP, text: '@招聘助手 明天下午安排面試 @陳國明' });
    expect(shapeDifferences(inbound.textInGroup, heard)).toEqual([]);
    expect(heard).toMatchObject({
      conversationType: '2',
      conversationId: GROUP,
      senderStaffId: 'u1001',
      senderUnionId: 'UNIONhr',
      isAdmin: true,
      robotCode: APP.robotCode,
    });
    expect(heard.text?.content).toBe(' 明天下午安排面試 @陳國明');
    expect(heard.atUsers).toEqual([
      { dingtalkId: heard.chatbotUserId },
      { dingtalkId: expect.stringMatching(/^\$:LWCP_v1:\$/), staffId: 'u1002', unionId: 'UNIONboss' },
    ]);
    expect(Number(heard.sessionWebhookExpiredTime) - Number(heard.createAt)).toBe(90 * 60_000);
  });

  test('a one-to-one chat has the same form without what belongs to groups', async ({ desk }) => {
    const heard = await hears(desk, { as: 'hr', in: 'bot', text: '你好' });
    const sample = Object.fromEntries(
      Object.entries(inbound.textInGroup).filter(([key]) => !inbound.groupOnly.includes(key)),
    );
    expect(shapeDifferences(sample, heard)).toEqual([]);
    expect(heard).toMatchObject({ conversationType: '1', text: { content: '你好' } });
  });

  test.for(
    Object.entries({
      picture: file('photo.png'),
      audio: { ...file('voice.amr'), recognition: '帮我约张伟周三面试' },
      video: file('clip.mp4'),
      file: file('陳家欣-履歷.pdf'),
    }),
  )('a %s has its own content', async ([kind, sent], { desk }) => {
    const heard = await hears(desk, { as: 'hr', in: 'bot', files: [sent] });
    const sample = inbound.contents[kind as keyof typeof inbound.contents];
    expect(shapeDifferences(sample, { msgtype: heard.msgtype, content: heard.content })).toEqual([]);
    expect(heard.msgtype).toBe(kind);
  });

  test('text and a picture together are rich text', async ({ desk }) => {
    const heard = await hears(desk, { as: 'hr', in: GROUP, text: '這是作品', files: [file('a.png')], richText: true });
    expect(heard.msgtype).toBe('richText');
    expect(heard.content).toEqual({
      richText: [
        { text: '這是作品' },
        { type: 'picture', downloadCode: expect.any(String), pictureDownloadCode: expect.any(String) },
      ],
    });
  });

  test('a file downloads under a name that ends in .file, only for the robot that got it, and only for a while', async ({
    desk,
  }) => {
    const { content } = await hears(desk, { as: 'hr', in: 'bot', files: [file('履歷.pdf', '履歷的內容')] });
    const body = { downloadCode: content?.downloadCode, robotCode: APP.robotCode };
    const { json } = await desk.call<{ downloadUrl: string }>('POST', '/v1.0/robot/messageFiles/download', body);
    expect(new URL(json.downloadUrl).pathname).toMatch(/\.file$/);
    expect(await (await fetch(json.downloadUrl)).text()).toBe('履歷的內容');
    expect(
      (await desk.call('POST', '/v1.0/robot/messageFiles/download', { ...body, robotCode: 'other' })).json,
    ).toMatchObject({ code: 'invalidParameter.robotCode.auth' });
    expect(
      (await desk.call('POST', '/v1.0/robot/messageFiles/download', { ...body, downloadCode: 'wrong' })).json,
    ).toMatchObject({ code: 'invalidParameter.robotCode.downloadCode' });
    await desk.control('POST', '/clock', { by: 'PT2H' });
    expect((await desk.call('POST', '/v1.0/robot/messageFiles/download', body)).json).toMatchObject({
      code: 'invalidParameter.robotCode.downloadCode',
    });
    expect((await fetch(json.downloadUrl)).status).toBe(403);
  });

  test('files never reach a robot from a group', async ({ desk }) => {
    const robot = await desk.robot();
    const refused = await desk.tryControl('POST', '/say', {
      as: 'hr',
      in: GROUP,
      files: [file('cv.pdf')],
      mention: true,
    });
    expect(refused).toMatchObject({ status: 409, json: { error: { code: 'only_in_direct' } } });
    await desk.control('POST', '/say', { as: 'hr', in: GROUP, files: [file('cv.pdf')] });
    await desk.control('POST', '/settle', {});
    expect(robot.frames.filter(({ headers }) => headers.topic === ROBOT)).toEqual([]);
    expect((await desk.seen('boss', GROUP)).map(({ kind, text }) => `${kind} ${text}`)).toEqual(['file cv.pdf']);
  });

  test('words between people are not for the robot', async ({ desk }) => {
    const robot = await desk.robot();
    await desk.control('POST', '/say', { as: 'hr', in: GROUP, text: '@陳國明 你好' });
    await desk.control('POST', '/say', { as: 'hr', in: GROUP, text: '閒聊', mention: false });
    await desk.control('POST', '/settle', {});
    expect(robot.frames.filter(({ headers }) => headers.topic === ROBOT)).toEqual([]);
  });

  test('before the robot is published nobody has a staffId', async ({ desk }) => {
    const robot = await desk.robot();
    await desk.control('POST', `/apps/${APP.clientId}`, { published: false });
    await desk.control('POST', '/say', { as: 'hr', in: 'bot', text: '你好' });
    const heard = JSON.parse((await robot.next(ROBOT)).data) as Heard;
    expect(heard).not.toHaveProperty('senderStaffId');
    expect(heard).not.toHaveProperty('isAdmin');
  });

  test('an outsider in an external group has an empty staffId', async ({ desk }) => {
    await desk.control('POST', `/conversations/${encodeURIComponent(GROUP)}`, { members: ['hr', 'kayan'] });
    const heard = await hears(desk, { as: 'kayan', in: GROUP, text: '請問幾時面試' });
    expect(heard).toMatchObject({ senderStaffId: '', senderNick: '陳家欣' });
    expect(heard).not.toHaveProperty('senderCorpId');
  });

  test('a quoted message travels inside the text', async ({ desk }) => {
    await desk.call('POST', '/v1.0/robot/oToMessages/batchSend', {
      robotCode: APP.robotCode,
      userIds: ['u1001'],
      msgKey: 'sampleText',
      msgParam: '{"content":"去不去？"}',
    });
    const [question] = await desk.seen('hr', 'bot');
    const heard = await hears(desk, { as: 'hr', in: 'bot', text: '去', replyTo: question?.seq });
    expect(heard.text).toMatchObject({
      content: '去',
      isReplyMsg: true,
      repliedMsg: { msgType: 'text', content: { text: '去不去？' } },
    });
    expect(heard.originalProcessQueryKey).toBe(question?.processQueryKey);
  });

  test('a candidate cannot chat with a robot at all', async ({ desk }) => {
    const refused = await desk.tryControl('POST', '/say', { as: 'kayan', in: 'bot', text: '你好' });
    expect(refused).toMatchObject({ status: 409, json: { error: { code: 'not_in_organisation' } } });
  });
});

describe('replies through the sessionWebhook', () => {
  const reply = (
    url: string,
    body: unknown,
    headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' },
  ): Promise<unknown> =>
    fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) }).then(
      (response) => response.json(),
    );

  test('all five kinds are shown, and a mention counts only when it is in the text as well', async ({ desk }) => {
    const { sessionWebhook } = await hears(desk, { as: 'hr', in: GROUP, text: '狀態' });
    for (const body of replies) expect(await reply(sessionWebhook, body)).toEqual({ errcode: 0, errmsg: 'ok' });
    await reply(sessionWebhook, { msgtype: 'text', text: { content: '沒有提及' }, at: { atUserIds: ['u1001'] } });
    const seen = await desk.seen('boss', GROUP);
    expect(
      seen
        .slice(1)
        .map(({ kind, mentions, buttons }) => [
          kind,
          mentions ?? [],
          buttons.map(({ label, url }) => `${label} ${url}`),
        ]),
    ).toEqual([
      ['text', ['hr'], []],
      ['markdown', ['hr'], []],
      ['link', [], ['简历 https://h5.example/r/1']],
      ['actionCard', [], ['查看 https://h5.example/i/9']],
      ['actionCard', [], ['同意 https://h5.example/ok', '改期 https://h5.example/no']],
      ['feedCard', [], ['岗位A https://h5.example/j/1']],
      ['text', [], []],
    ]);
  });

  test('refusals carry errcode in a 200', async ({ desk }) => {
    const { sessionWebhook } = await hears(desk, { as: 'hr', in: 'bot', text: '你好' });
    const text = { msgtype: 'text', text: { content: '好' } };
    expect(await reply(sessionWebhook, text, { 'content-type': 'text/plain' })).toMatchObject({ errcode: 43004 });
    expect(await reply(sessionWebhook, { msgtype: 'image', image: {} })).toMatchObject({ errcode: 400105 });
    expect(await reply(sessionWebhook, { msgtype: 'text', text: { content: '長'.repeat(7000) } })).toMatchObject({
      errcode: 460101,
    });
    expect(await reply(sessionWebhook, '')).toMatchObject({ errcode: 40035 });
    expect(await reply(`${desk.origin}/robot/sendBySession?session=nothing`, text)).toMatchObject({
      errcode: 300001,
      errmsg: 'session 不存在',
    });
    await desk.control('POST', '/clock', { by: 'PT91M' });
    expect(await reply(sessionWebhook, text)).toMatchObject({ errcode: 300001 });
  });

  test('a misspelt field is taken, and noted', async ({ desk }) => {
    const { sessionWebhook } = await hears(desk, { as: 'hr', in: 'bot', text: '你好' });
    await reply(sessionWebhook, { msgtype: 'text', text: { content: '好' }, at: { atUserIDs: ['u1001'] } });
    expect((await desk.log()).at(-1)).toMatchObject({
      name: 'POST /robot/sendBySession',
      violation: 'unknown fields: at.atUserIDs',
    });
  });
});

describe('tapping and reading', () => {
  const quick = (text: string): string => `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(text)}`;
  const send = (desk: Desk, text: string): Promise<{ json: { processQueryKey: string } }> =>
    desk.call('POST', '/v1.0/robot/oToMessages/batchSend', {
      robotCode: APP.robotCode,
      userIds: ['u1001'],
      msgKey: 'sampleMarkdown',
      msgParam: JSON.stringify({ title: 't', text }),
    });

  test('a quick reply says its text as the person; other links only open', async ({ desk }) => {
    const wrapped = `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent('https://h5.example/side')}&pc_slide=true`;
    await send(
      desk,
      `去嗎？ [去](${quick('去')}) [看](https://h5.example/x) ![圖](https://h5.example/y.png) [旁](${wrapped})`,
    );
    const [message] = await desk.seen('hr', 'bot');
    expect(message?.buttons).toEqual([
      { id: 'link1', label: '去', sends: '去' },
      { id: 'link2', label: '看', url: 'https://h5.example/x' },
      { id: 'link3', label: '旁', url: 'https://h5.example/side' },
    ]);
    const robot = await desk.robot();
    const tapped = await desk.control('POST', '/tap', { as: 'hr', in: 'bot', seq: message?.seq, button: 'link1' });
    const frame = await robot.next(ROBOT);
    expect(JSON.parse(frame.data)).toMatchObject({ msgId: tapped.msgId, text: { content: '去' } });
    expect(await desk.control('POST', '/tap', { as: 'hr', in: 'bot', seq: message?.seq, button: 'link2' })).toEqual({
      url: 'https://h5.example/x',
    });
    expect(
      (await desk.tryControl('POST', '/tap', { as: 'hr', in: 'bot', seq: message?.seq, button: 'link9' })).status,
    ).toBe(404);
  });

  test('a quick reply in a group reaches the robot only if its text mentions it', async ({ desk }) => {
    const robot = await desk.robot();
    const text = `[去](${quick('去')}) [好](${quick('@招聘助手 好')})`;
    await desk.call('POST', '/v1.0/robot/groupMessages/send', {
      robotCode: APP.robotCode,
      openConversationId: GROUP,
      msgKey: 'sampleMarkdown',
      msgParam: JSON.stringify({ title: 't', text }),
    });
    const seq = (await desk.seen('hr', GROUP))[0]?.seq;
    await desk.control('POST', '/tap', { as: 'hr', in: GROUP, seq, button: 'link1' });
    await desk.control('POST', '/tap', { as: 'hr', in: GROUP, seq, button: 'link2' });
    expect(JSON.parse((await robot.next(ROBOT)).data)).toMatchObject({ text: { content: ' 好' } });
  });

  test('reading is told in the read status and, when asked for, as an event', async ({ desk }) => {
    await desk.control('POST', `/apps/${APP.clientId}`, { events: ['robot_msg_read'] });
    const robot = await desk.robot(APP, ['*']);
    const { processQueryKey } = (await send(desk, '你好')).json;
    const status = (): Promise<{ json: unknown }> =>
      desk.call(
        'GET',
        `/v1.0/robot/oToMessages/readStatus?processQueryKey=${encodeURIComponent(processQueryKey)}&robotCode=${APP.robotCode}`,
      );
    expect((await status()).json).toEqual({
      sendStatus: 'SUCCESS',
      messageReadInfoList: [{ name: '李嘉敏', userId: 'u1001', readStatus: 'UNREAD' }],
    });
    await desk.control('POST', '/read', { as: 'hr', in: 'bot' });
    expect((await status()).json).toMatchObject({ messageReadInfoList: [{ readStatus: 'READ' }] });
    const event = await robot.next('*');
    expect(shapeDifferences(inbound.eventHeaders, event.headers)).toEqual([]);
    expect(shapeDifferences(inbound.robotMsgRead, JSON.parse(event.data))).toEqual([]);
    robot.ack(event, { status: 'SUCCESS', message: '' });
    await desk.control('POST', '/settle', {});
    await desk.control('POST', '/clock', { by: 'PT1H' });
    expect(robot.frames.filter(({ type }) => type === 'EVENT')).toHaveLength(1);
  });

  test('an event put off with LATER comes again after 10 and 30 seconds, then goes to the failed list', async ({
    desk,
  }) => {
    await desk.control('POST', `/apps/${APP.clientId}`, { events: ['robot_msg_read'] });
    const robot = await desk.robot(APP, ['*']);
    await send(desk, '你好');
    await desk.control('POST', '/read', { as: 'hr', in: 'bot' });
    const ids: (string | undefined)[] = [];
    const putOff = async (): Promise<void> => {
      const event = await robot.next('*');
      ids.push(event.headers.eventId);
      robot.ack(event, { status: 'LATER', message: '' });
    };
    await putOff();
    await Promise.all([desk.control('POST', '/clock', { by: 'PT10S' }), putOff()]);
    await Promise.all([desk.control('POST', '/clock', { by: 'PT30S' }), putOff()]);
    await desk.control('POST', '/clock', { by: 'PT2M' });
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    await until(async () => (await desk.control<{ events: unknown[] }>('GET', '/events/failed')).events.length === 1);
  });
});
