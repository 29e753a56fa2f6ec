import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { CardFace, InboundMessage } from '../../channels/channel.ts';
import { createDingTalkChannel } from '../../channels/dingtalk/dingtalk-api.ts';
import { Governor } from '../../channels/dingtalk/governor.ts';
import { createInbox } from '../../channels/inbox/inbox.ts';
import { randomIds } from '../../lib/ids.ts';
import { realTimers } from '../../lib/timers.ts';
import { eventually } from './eventually.ts';
import { clock, sandbox, says, silent, test } from './stream-fixture.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.drop());

describe('a robot message', () => {
  test('comes in with its person, conversation and reply address', async ({ listens }) => {
    const { heard } = await listens();
    const { msgId } = await says('入圍 家欣');
    await eventually(() => heard.length).toBe(1);
    expect(heard[0]).toMatchObject({
      kind: 'message',
      eventId: msgId,
      text: '入圍 家欣',
      conversation: { kind: 'direct' },
      sender: { staffId: 'u1', nick: '陳嘉敏' },
      replyWebhook: { url: expect.stringContaining('/robot/sendBySession?session=') },
      quotaSpent: false,
    });
  });

  test('is acknowledged once it is stored, before it is worked off', async ({ listens }) => {
    let finish: () => void = () => undefined;
    const working = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const inbox = createInbox({
      models: database.models,
      clock,
      ids: randomIds,
      timers: realTimers,
      log: silent,
      owner: 'test',
      shared: false,
      onSetAside: async () => undefined,
      work: () => working.then(() => undefined),
    });
    await inbox.start();
    await listens({}, (event) => inbox.receive(event));
    const since = await sandbox.logEnd();
    await says('狀態 家欣');
    await eventually(async () =>
      (await sandbox.log(since)).some(({ ackMs, kind }) => kind === 'frame' && ackMs !== undefined),
    ).toBe(true);
    expect(await inbox.pending()).toBe(1);
    finish();
    await inbox.idle();
    expect(await inbox.pending()).toBe(0);
    await inbox.stop();
  });

  test('that could not be stored is not acknowledged: it comes again, and is the same one', async ({ listens }) => {
    await sandbox.post('/settings', { redeliverSeconds: 0.2 });
    const attempts: string[] = [];
    const { heard } = await listens({}, async (event) => {
      attempts.push(event.eventId);
      if (attempts.length < 3) throw new Error('the database is away');
      return undefined;
    });
    const { msgId } = await says('你好');
    await eventually(() => heard.length).toBe(1);
    expect(attempts).toEqual([msgId, msgId, msgId]);
  });

  test('without content, because the month’s messages are spent, is understood as such', async ({ listens }) => {
    const { heard } = await listens();
    await sandbox.post('/quota', { messages: 0 });
    await says('聽到嗎');
    await eventually(() => heard.length).toBe(1);
    await sandbox.post('/quota', { messages: 3_000 });
    expect(heard[0]).toMatchObject({ text: '', quotaSpent: true });
  });

  test('of a listener that throws does not make the stream deaf', async ({ listens }) => {
    const { texts } = await listens({}, (event) => {
      if ((event as InboundMessage).text === '炸彈') throw new Error('thrown in the listener');
      return Promise.resolve(undefined);
    });
    await says('炸彈');
    await says('之後');
    await eventually(texts).toEqual(['之後']);
  });
});

describe('a press', () => {
  const governed = () => {
    const governor = new Governor({ models: database.models, clock, timers: realTimers, log: silent });
    const channel = createDingTalkChannel({
      clientId: sandbox.clientId,
      clientSecret: sandbox.clientSecret,
      cardTemplateId: sandbox.templateId,
      apiBase: sandbox.origin,
      oapiBase: sandbox.origin,
      governor,
      timers: realTimers,
      log: silent,
    });
    return { channel, governor };
  };
  const buttons = JSON.stringify([{ id: 'hire', label: '聘用' }]);
  const form = JSON.stringify({
    fields: [
      {
        name: 'reason',
        label: '原因',
        type: 'SELECT',
        options: [
          { value: 'a', text: '甲' },
          { value: 'b', text: '乙' },
        ],
      },
    ],
  });
  const decided: CardFace = { shared: { status: '已決定', buttons: '[]' }, personal: { u2: { note: '你的' } } };

  test('is answered with the card’s new face', async ({ listens }) => {
    const { heard } = await listens({}, async () => decided);
    const { channel, governor } = governed();
    await channel.createCard(
      { cardId: 'press_1', to: { staffId: 'u2' }, face: { shared: { title: '題', buttons, form } }, summary: '請決定' },
      'normal',
    );
    const pressed = await sandbox.post('/press', {
      as: 'wong',
      outTrackId: 'press_1',
      button: 'hire',
      values: { reason: 'b' },
    });
    expect(pressed).toMatchObject({
      result: 'ok',
      card: { values: { title: '題', status: '已決定', note: '你的' }, buttons: [] },
    });
    expect(heard).toMatchObject([
      { kind: 'press', cardId: 'press_1', staffId: 'u2', button: 'hire', values: { reason: 'b' } },
    ]);
    await governor.stop();
  });

  test('whose decision takes long is answered empty in time; the card stays as it is', async ({ listens }) => {
    let finish: () => void = () => undefined;
    const deciding = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const inbox = createInbox({
      models: database.models,
      clock,
      ids: randomIds,
      timers: realTimers,
      log: silent,
      owner: 'test',
      shared: false,
      onSetAside: async () => undefined,
      work: () => deciding.then(() => decided),
    });
    await inbox.start();
    await listens({}, (event) => inbox.receive(event));
    const { channel, governor } = governed();
    await channel.createCard(
      { cardId: 'press_2', to: { staffId: 'u2' }, face: { shared: { title: '題', buttons } }, summary: '請決定' },
      'normal',
    );
    const pressed = await sandbox.post('/press', { as: 'wong', outTrackId: 'press_2', button: 'hire' });
    expect(pressed).toMatchObject({ result: 'ok', card: { values: { title: '題' }, buttons: [{ id: 'hire' }] } });
    finish();
    await inbox.idle();
    expect(await inbox.pending()).toBe(0);
    await Promise.all([governor.stop(), inbox.stop()]);
  });

  test('that could not be stored is not answered, so that the person sees that it failed', async ({ listens }) => {
    await listens({}, () => Promise.reject(new Error('the database is away')));
    const { channel, governor } = governed();
    await sandbox.post('/settings', { cardAnswerMs: 300 });
    await channel.createCard(
      { cardId: 'press_3', to: { staffId: 'u2' }, face: { shared: { title: '題', buttons } }, summary: '請決定' },
      'normal',
    );
    expect(await sandbox.post('/press', { as: 'wong', outTrackId: 'press_3', button: 'hire' })).toMatchObject({
      result: 'late',
    });
    await sandbox.post('/settings', { cardAnswerMs: 2_000 });
    await governor.stop();
  });
});
