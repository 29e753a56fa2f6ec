import { describe, expect } from 'vitest';
import { forgetInboxItems } from '../../channels/inbox/mark-inbox-item-done.ts';
import { pause, realTimers } from '../../lib/timers.ts';
import { counting, effects, gate, message, press, test } from './inbox-fixture.ts';

describe('an event that comes in', () => {
  test('is stored before receive resolves, and worked off at once', async ({ office }) => {
    const hold = gate();
    const inbox = await office.opens({ work: () => hold.opened.then(() => undefined) });

    await inbox.receive(message('m1', '入圍 家欣'));

    expect(await office.database.models.inboxItems.findOne({ _id: 'm1' }).lean()).toMatchObject({ state: 'open' });
    expect(await inbox.pending()).toBe(1);
    hold.open();
    await inbox.idle();
    expect(await inbox.pending()).toBe(0);
  });

  test('reaches the handler as it was, moments included', async ({ office }) => {
    const seen: unknown[] = [];
    const first = await office.opens({
      work: async (event) => {
        seen.push(event);
        return undefined;
      },
    });
    await first.receive(message('m1', '入圍 家欣'));
    await first.idle();
    expect(seen).toEqual([message('m1', '入圍 家欣')]);
  });

  test('takes effect once however often it is delivered', async ({ office }) => {
    const seen: string[] = [];
    const inbox = await office.opens({ work: counting(office.database, seen) });

    await Promise.all([inbox.receive(message('m1', 'a')), inbox.receive(message('m1', 'a'))]);
    await inbox.idle();
    await inbox.receive(message('m1', 'a'));
    await inbox.idle();

    expect(seen).toEqual(['m1']);
    expect(await effects(office.database)).toEqual({ m1: 1 });
  });

  test('leaves only its id behind once it is done', async ({ office }) => {
    const inbox = await office.opens({ work: counting(office.database) });
    await inbox.receive(message('m1', '陳家欣 薪金'));
    await inbox.idle();
    const kept = await office.database.models.inboxItems.findOne({ _id: 'm1' }).lean();
    expect(JSON.stringify(kept)).not.toContain('家欣');

    office.clock.moveBy(31 * 86_400_000);
    expect(await forgetInboxItems(office.database.models, office.clock.now())).toBe(1);
  });

  test('is stored and handed on without identity card numbers', async ({ office }) => {
    const texts: string[] = [];
    const hold = gate();
    const inbox = await office.opens({
      answerBudgetMs: 1,
      work: async (event) => {
        await hold.opened;
        texts.push(JSON.stringify(event));
        return undefined;
      },
    });
    await inbox.receive({
      ...message('m1', '佢身份證 A123456(3)'),
      files: [{ name: 'A123456(3).pdf', downloadCode: 'd' }],
    });
    await inbox
      .receive({ ...press('p1'), values: { note: 'A123456(3)', list: ['A123456(3)'] } })
      .catch(() => undefined);
    const stored = await office.database.models.inboxItems.find().lean();
    hold.open();
    await inbox.idle();
    expect(JSON.stringify(stored)).not.toMatch(/123456/);
    expect(texts.join()).not.toMatch(/123456/);
  });

  test('is refused, so that it is not acknowledged, when it cannot be stored', async ({ office }) => {
    const seen: string[] = [];
    const inbox = await office.opens({ work: counting(office.database, seen) });
    const collection = office.database.models.inboxItems.collection;
    await office.database.connection.db?.command({ collMod: 'inboxItems', validator: { never: true } });
    await expect(inbox.receive(message('m1', 'a'))).rejects.toThrow();
    await office.database.connection.db?.command({ collMod: 'inboxItems', validator: {} });
    await inbox.receive(message('m1', 'a'));
    await inbox.idle();
    expect(seen).toEqual(['m1']);
    expect(await collection.countDocuments()).toBe(1);
  });

  test('costs one insert beside the handler’s own transaction', async ({ office }) => {
    const commands: string[] = [];
    const watched = await office.database.again((command) => commands.push(command));
    await office.database.connection.createCollection('effects');
    const inbox = await office.opens({ models: watched.models, work: counting(watched) });
    commands.length = 0;

    await inbox.receive(message('m1', 'a'));
    await inbox.idle();

    expect(commands).toEqual(['insert inboxItems', 'update effects', 'update inboxItems', 'commitTransaction']);
    await inbox.stop();
    await watched.drop();
  });
});

describe('the order', () => {
  test('of one conversation is that of first receipt, also when a message takes long or fails', async ({ office }) => {
    const ended: string[] = [];
    let failures = 2;
    const inbox = await office.opens({
      work: async (_event, item) => {
        if (item.id === 'm1') await pause(realTimers, 20);
        if (item.id === 'm2' && failures-- > 0) throw new Error('the database went away');
        ended.push(item.id);
        return undefined;
      },
    });
    await Promise.all(['m1', 'm2', 'm3', 'm4'].map((id) => inbox.receive(message(id, id))));
    await inbox.idle();
    expect(ended).toEqual(['m1', 'm2', 'm3', 'm4']);
  });

  test('holds nobody up in another conversation', async ({ office }) => {
    const hold = gate();
    const other = gate();
    const inbox = await office.opens({
      work: async (event) => {
        if (event.kind === 'message' && event.conversation.id === 'cidHR') await hold.opened;
        else other.open();
        return undefined;
      },
    });
    await inbox.receive(message('m1', 'slow'));
    await inbox.receive(message('m2', 'quick', 'cidManager'));
    await other.opened;
    hold.open();
    await inbox.idle();
  });

  test('is taken up by a redelivery when nobody works on what the first delivery stored', async ({ office }) => {
    const hold = gate();
    const forgetful = await office.opens({ work: () => hold.opened.then(() => undefined) });
    const seen: string[] = [];
    const inbox = await office.opens({ work: counting(office.database, seen) });
    await forgetful.receive(message('m1', 'a'));
    await inbox.receive(message('m1', 'a'));
    await inbox.idle();
    expect(seen).toEqual(['m1']);
    hold.open();
    await forgetful.idle();
  });

  test('survives a crash: what waited is worked off in the same order before anything new', async ({ office }) => {
    const hold = gate();
    const crashed = await office.opens({ work: () => hold.opened.then(() => undefined) });
    for (const id of ['m1', 'm2', 'm3']) await crashed.receive(message(id, id));

    const seen: string[] = [];
    const next = await office.opens({ work: counting(office.database, seen) });
    await next.receive(message('m4', 'm4'));
    await next.receive(message('m2', 'm2'));
    await next.idle();

    expect(seen).toEqual(['m1', 'm2', 'm3', 'm4']);
    hold.open();
    await crashed.idle();
    expect(await effects(office.database)).toEqual({ m1: 1, m2: 1, m3: 1, m4: 1 });
  });
});

test('looks at what is open only, however much has been done', async ({ office }) => {
  const inbox = await office.opens({ work: counting(office.database) });
  const conversations = Array.from({ length: 40 }, (_, index) => `cid${index}`);
  await Promise.all(conversations.map((id) => inbox.receive(message(`m-${id}`, 'a', id))));
  await Promise.all(conversations.map((id) => inbox.receive(press(`p-${id}`, id))));
  await inbox.idle();
  const { inboxItems } = office.database.models;
  const examined = async (query: { explain(verbosity: string): unknown }) => {
    const { executionStats } = (await query.explain('executionStats')) as {
      executionStats: { totalDocsExamined: number };
    };
    return executionStats.totalDocsExamined;
  };
  const open = { state: 'open' as const };
  expect(await examined(inboxItems.find(open).sort({ receivedAt: 1, order: 1, _id: 1 }))).toBe(0);
  expect(await examined(inboxItems.find({ ...open, lane: 'conversation:cid1' }))).toBe(0);
  const [one] = await inboxItems.find({ kind: 'press' }).limit(1).lean();
  const since = { $gte: new Date('2026-11-23T00:00:00Z') };
  expect(
    await examined(
      inboxItems.find({ kind: 'press', click: one?.click ?? '', receivedAt: since }).sort({ receivedAt: -1 }),
    ),
  ).toBe(1);
  const old = { state: 'done' as const, doneAt: { $lt: new Date('2026-11-01T00:00:00Z') } };
  expect(await examined(inboxItems.find(old))).toBe(0);
});
