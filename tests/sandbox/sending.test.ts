import { describe, expect } from 'vitest';
import { GROUP } from './company.ts';
import sends from './fixtures/sends.json' with { type: 'json' };
import { APP, type Desk, test } from './sandbox-fixture.ts';

const TEXT = { robotCode: APP.robotCode, msgKey: 'sampleText', msgParam: '{"content":"你好"}' };
const oto = (
  desk: Desk,
  change: Record<string, unknown> = {},
): Promise<{ status: number; json: Record<string, unknown> }> =>
  desk.call('POST', '/v1.0/robot/oToMessages/batchSend', { ...TEXT, userIds: ['u1001'], ...change });
const group = (
  desk: Desk,
  change: Record<string, unknown> = {},
): Promise<{ status: number; json: Record<string, unknown> }> =>
  desk.call('POST', '/v1.0/robot/groupMessages/send', { ...TEXT, openConversationId: GROUP, ...change });

describe('messages a robot sends by itself', () => {
  test.for(sends.messages)(
    '$msgKey is shown, and each of its keys is asked for',
    async ({ msgKey, msgParam }, { desk }) => {
      expect((await oto(desk, { msgKey, msgParam: JSON.stringify(msgParam) })).status).toBe(200);
      const [message] = await desk.seen('hr', 'bot');
      const titles = Object.entries(msgParam)
        .filter(([key]) => /Title/.test(key))
        .map(([, value]) => value);
      if (titles.length > 0) expect(message?.buttons.map(({ label }) => label)).toEqual(titles);
      for (const key of Object.keys(msgParam).filter((name) => name !== 'picUrl')) {
        const rest = Object.fromEntries(Object.entries(msgParam).filter(([name]) => name !== key));
        expect((await oto(desk, { msgKey, msgParam: JSON.stringify(rest) })).json, key).toMatchObject({
          code: `miss.param.${key}`,
          requestid: expect.any(String),
        });
      }
    },
  );

  test.for(sends.refusals)('a wrong request is refused with $code', async ({ change, code }, { desk }) => {
    const { status, json } = await oto(desk, change);
    expect([status, json.code]).toEqual([400, code]);
    expect(Object.keys(json)).toEqual(['code', 'requestid', 'message']);
    expect(await desk.seen('hr', 'bot')).toEqual([]);
  });

  test('who cannot be reached is listed beside those who were, under one key', async ({ desk }) => {
    await desk.control('POST', '/settings', { flowControlled: ['u1003'] });
    const { json } = await oto(desk, { userIds: ['u1001', 'u1002', 'u1003', 'u1004', 'u1005', 'UNIONhr'] });
    expect(json).toEqual({
      processQueryKey: expect.any(String),
      invalidStaffIdList: ['u1004', 'u1005', 'UNIONhr'],
      flowControlledStaffIdList: ['u1003'],
    });
    expect((await desk.seen('boss', 'bot'))[0]?.processQueryKey).toBe(json.processQueryKey);
    expect(await desk.seen('cook', 'bot')).toEqual([]);
  });

  test('a group takes 15,000 bytes; an unknown, disbanded or foreign group nothing', async ({ desk }) => {
    expect((await group(desk)).status).toBe(200);
    expect((await group(desk, { msgParam: JSON.stringify({ content: '字'.repeat(5000) }) })).json).toMatchObject({
      code: 'invalidParameter.msgParam.tooLong',
    });
    const [direct] = await desk
      .control<{ id: string; kind: string }[]>('GET', '/conversations?as=cook')
      .then((all) => all.filter(({ kind }) => kind === 'direct'));
    for (const openConversationId of ['cidNOTHING==', direct?.id])
      expect((await group(desk, { openConversationId })).json).toMatchObject({ code: 'invalid.openConversationId' });
    expect((await group(desk, { openConversationId: '' })).json).toMatchObject({ code: 'miss.openConversationId' });
    const other = await desk.control<{ id: string }>('POST', '/conversations', {
      title: '沒有機械人',
      members: ['hr'],
      robots: [],
    });
    expect((await group(desk, { openConversationId: other.id })).json).toMatchObject({
      code: 'invalid.openConversationId',
    });
    await desk.control('POST', `/conversations/${encodeURIComponent(GROUP)}`, { disbanded: true });
    expect((await group(desk)).json).toMatchObject({ code: 'group.disbanded' });
  });

  test('switches: a stopped robot, unsafe words, and a message that is accepted and never shown', async ({ desk }) => {
    await desk.control('POST', '/settings', { unsafeWords: ['壞話'], silentDropBytes: 30 });
    expect((await oto(desk, { msgParam: '{"content":"壞話"}' })).json).toMatchObject({
      code: 'contain.notAllowed.text',
    });
    expect((await oto(desk, { msgParam: JSON.stringify({ content: '太長'.repeat(20) }) })).status).toBe(200);
    expect(await desk.seen('hr', 'bot')).toEqual([]);
    await desk.control('POST', `/apps/${APP.clientId}`, { stopped: true });
    expect((await oto(desk)).json).toMatchObject({ code: 'bot.stopped' });
  });

  test('a recalled message leaves no trace; each key succeeds or fails on its own, for 24 hours', async ({ desk }) => {
    const first = (await oto(desk)).json.processQueryKey as string;
    const recall = (processQueryKeys: string[]): Promise<{ json: unknown }> =>
      desk.call('POST', '/v1.0/robot/otoMessages/batchRecall', { robotCode: APP.robotCode, processQueryKeys });
    expect((await recall([first, 'nothing'])).json).toEqual({
      successResult: [first],
      failedResult: { nothing: 'processQueryKey.notExist' },
    });
    expect(await desk.seen('hr', 'bot')).toEqual([]);
    const status = (key: string): Promise<{ json: unknown }> =>
      desk.call(
        'GET',
        `/v1.0/robot/oToMessages/readStatus?processQueryKey=${encodeURIComponent(key)}&robotCode=${APP.robotCode}`,
      );
    expect((await status(first)).json).toMatchObject({ sendStatus: 'RECALLED' });
    const second = (await oto(desk)).json.processQueryKey as string;
    await desk.control('POST', '/clock', { by: 'P1DT1S' });
    expect((await recall([second])).json).toEqual({
      successResult: [],
      failedResult: { [second]: 'robot.processQueryKey.expired' },
    });
    expect((await status(second)).json).toMatchObject({ code: 'processQueryKey.expireTime' });
  });

  test('group readers come in pages', async ({ desk }) => {
    const key = (await group(desk)).json.processQueryKey as string;
    for (const as of ['hr', 'boss', 'cook']) await desk.control('POST', '/read', { as, in: GROUP });
    const query = (change: Record<string, unknown>): Promise<{ json: unknown }> =>
      desk.call('POST', '/v1.0/robot/groupMessages/query', {
        openConversationId: GROUP,
        robotCode: APP.robotCode,
        processQueryKey: key,
        ...change,
      });
    expect((await query({ maxResults: 2 })).json).toEqual({
      sendStatus: 'SUCCESS',
      readUserIds: ['u1001', 'u1002'],
      hasMore: true,
      nextToken: '2',
    });
    expect((await query({ maxResults: 2, nextToken: '2' })).json).toEqual({
      sendStatus: 'SUCCESS',
      readUserIds: ['u1003'],
      hasMore: false,
      nextToken: '',
    });
    expect((await query({ maxResults: 201 })).json).toMatchObject({ code: 'invalidParameter.pageSize.invalid' });
    expect((await query({ nextToken: 'x' })).json).toMatchObject({ code: 'invalidParameter.cursor.invalid' });
  });

  test('a message is PROCESSING for as long as it was told to', async ({ desk }) => {
    await desk.control('POST', '/settings', { processingMs: 600_000 });
    const key = (await oto(desk)).json.processQueryKey as string;
    const { json } = await desk.call(
      'GET',
      `/v1.0/robot/oToMessages/readStatus?processQueryKey=${encodeURIComponent(key)}&robotCode=${APP.robotCode}`,
    );
    expect(json).toMatchObject({ sendStatus: 'PROCESSING' });
  });

  test('an uploaded file is sent by its media id and can be opened by the receiver', async ({ desk }) => {
    const form = new FormData();
    form.set('media', new Blob(['名單']), '名單.xlsx');
    const upload = await fetch(`${desk.origin}/media/upload?access_token=${await desk.token()}&type=file`, {
      method: 'POST',
      body: form,
    });
    const { errcode, media_id } = (await upload.json()) as { errcode: number; media_id: string };
    expect([errcode, media_id.slice(0, 4)]).toEqual([0, '@lAL']);
    const params = (mediaId: string): string => JSON.stringify({ mediaId, fileName: '名單.xlsx', fileType: 'xlsx' });
    expect((await oto(desk, { msgKey: 'sampleFile', msgParam: params('@lALnothing') })).json).toMatchObject({
      code: 'invalidParameter.msgParam.invalid',
    });
    await oto(desk, { msgKey: 'sampleFile', msgParam: params(media_id) });
    const [message] = await desk.seen('hr', 'bot');
    expect(message).toMatchObject({ kind: 'file', text: '名單.xlsx' });
    expect(await (await fetch(`${desk.origin}/files/${message?.files?.[0]?.fileId}`)).text()).toBe('名單');
    const wrong = new FormData();
    wrong.set('media', new Blob(['x']), 'x.exe');
    wrong.set('type', 'file');
    const refused = await fetch(`${desk.origin}/media/upload?access_token=${await desk.token()}`, {
      method: 'POST',
      body: wrong,
    });
    expect(await refused.json()).toMatchObject({ errcode: 40005 });
  });
});
