import { test as base, describe, expect } from 'vitest';
import type { CardFace, InboundMessage, InboundPress } from '../../channels/channel.ts';
import { createInbox, type Inbox, type InboxOptions } from '../../channels/inbox/inbox.ts';
import { forgetInboxItems } from '../../channels/inbox/mark-inbox-item-done.ts';
import type { InboxItem } from '../../channels/inbox/work-off.ts';
import { StillClock } from '../../lib/clock.ts';
import { randomIds } from '../../lib/ids.ts';
import { pause, realTimers } from '../../lib/timers.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Office {
  database: TestDatabase;
  clock: StillClock;
  /** Opens an inbox over the database, as one more process would. */
  opens(options: Partial<InboxOptions> & Pick<InboxOptions, 'work'>): Promise<Inbox>;
}

const test = base.extend<{ office: Office }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the needed fixtures from the pattern
  office: async ({}, use) => {
    const database = await openTestDatabase();
    const clock = new StillClock('2026-11-23T10:00:00+08:00'); // Monday
    const opened: Inbox[] = [];
    await use({
      database,
      clock,
      async opens(options) {
        const inbox = createInbox({
          models: database.models,
          clock,
          ids: randomIds,
          timers: realTimers,
          log: silent,
          owner: 'test',
          shared: false,
          onSetAside: async () => undefined,
          retryAfterMs: () => 1,
          ...options,
        });
        opened.push(inbox);
        await inbox.start();
        return inbox;
      },
    });
    await Promise.all(opened.map((inbox) => inbox.stop()));
    await database.drop();
  },
});

function message(eventId: string, text: string, conversationId = 'cidHR'): InboundMessage {
  return {
    kind: 'message',
    eventId,
    sentAt: new Date('2026-11-23T02:00:00Z'),
    conversation: { id: conversationId, kind: 'group' },
    sender: { staffId: 'u1', nick: 'Carmen' },
    text,
    files: [],
    replyWebhook: {
      url: 'http://127.0.0.1/robot/sendBySession?session=1',
      expiresAt: new Date('2026-11-23T03:30:00Z'),
    },
    quotaSpent: false,
  };
}

function press(eventId: string, button = 'hire', staffId = 'u1'): InboundPress {
  return {
    kind: 'press',
    eventId,
    sentAt: new Date('2026-11-23T02:00:00Z'),
    cardId: 'card_1',
    staffId,
    button,
    values: { 'a.b': 'with a dot', $c: true, tags: ['x'] },
  };
}

/** Something that can be waited for and opened from outside. */
function gate(): { opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** A handler with an effect in the database: counts each item in the same transaction that marks it done. */
function counting(database: TestDatabase, seen: string[] = []): InboxOptions['work'] {
  return async (event, item) => {
    seen.push(item.id);
    await inTransaction(database, item, async () => undefined);
    return event.kind === 'press' ? { shared: { status: '已決定' } } : undefined;
  };
}

async function inTransaction(database: TestDatabase, item: InboxItem, inside: () => Promise<void>, face?: CardFace) {
  const session = await database.connection.startSession();
  try {
    await session.withTransaction(async () => {
      await database.connection
        .collection<{ _id: string }>('effects')
        .updateOne({ _id: item.id }, { $inc: { times: 1 } }, { upsert: true, session: session as never });
      await inside();
      await item.markDone(session, face);
    });
  } finally {
    await session.endSession();
  }
}

async function effects(database: TestDatabase): Promise<Record<string, number>> {
  const rows = await database.connection.collection<{ _id: string; times: number }>('effects').find().toArray();
  return Object.fromEntries(rows.map((row) => [row._id, row.times]));
}

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

describe('a press', () => {
  const decided: CardFace = { shared: { status: '已決定：聘用' }, personal: { u1: { buttons: '[]' } } };

  test('is answered with the face that its handler makes', async ({ office }) => {
    const inbox = await office.opens({
      work: async (_event, item) => {
        await inTransaction(office.database, item, async () => undefined, decided);
        return decided;
      },
    });
    expect(await inbox.receive(press('p1'))).toEqual(decided);
    await inbox.idle();
  });

  test('delivered again is answered with the recorded face, without a second effect', async ({ office }) => {
    const inbox = await office.opens({
      work: async (_event, item) => {
        await inTransaction(office.database, item, async () => undefined, decided);
        return decided;
      },
    });
    await inbox.receive(press('p1'));
    await inbox.idle();
    const later = await office.opens({ work: counting(office.database) });
    expect(await later.receive(press('p1'))).toEqual(decided);
    expect(await effects(office.database)).toEqual({ p1: 1 });
  });

  test('whose handler is slow gets an empty answer within the budget, and its effect all the same', async ({
    office,
  }) => {
    const hold = gate();
    const inbox = await office.opens({
      answerBudgetMs: 50,
      work: async (_event, item) => {
        await hold.opened;
        await inTransaction(office.database, item, async () => undefined);
        return decided;
      },
    });
    const before = realTimers.elapsed();
    expect(await inbox.receive(press('p1'))).toBeUndefined();
    expect(realTimers.elapsed() - before).toBeLessThan(1_000);
    hold.open();
    await inbox.idle();
    expect(await effects(office.database)).toEqual({ p1: 1 });
  });

  test('made twice while the first is being worked on is one click; a later one is a new click', async ({ office }) => {
    const seen: string[] = [];
    const inbox = await office.opens({ work: counting(office.database, seen) });
    const faces = await Promise.all([inbox.receive(press('p1')), inbox.receive(press('p2'))]);
    expect(faces[0]).toEqual(faces[1]);
    await inbox.idle();
    expect(seen).toEqual(['p1']);

    await inbox.receive(press('p3'));
    await inbox.receive(press('p4', 'reject'));
    await inbox.receive(press('p5', 'hire', 'u2'));
    await inbox.idle();
    expect(seen).toEqual(['p1', 'p3', 'p4', 'p5']);
  });

  test('that a crash left behind is the same click when it is delivered again under another frame', async ({
    office,
  }) => {
    const hold = gate();
    const crashed = await office.opens({ work: () => hold.opened.then(() => undefined), answerBudgetMs: 1 });
    await crashed.receive(press('p1'));

    const seen: string[] = [];
    const next = await office.opens({
      work: async (event, item) => {
        seen.push(item.id);
        expect(event).toEqual(press('p1'));
        await inTransaction(office.database, item, async () => undefined, decided);
        return decided;
      },
    });
    await next.idle();
    expect(await next.receive(press('p1-again'))).toEqual(decided);
    expect(seen).toEqual(['p1']);
    hold.open();
    await crashed.idle();
  });
});

describe('an item that fails', () => {
  test('three times is set aside with a reference, and the next go on', async ({ office }) => {
    const apologies: string[] = [];
    const runs: string[] = [];
    const inbox = await office.opens({
      work: async (_event, item) => {
        runs.push(`${item.id} ${item.attempt}`);
        if (item.id === 'm1') throw new Error('poison');
        return undefined;
      },
      onSetAside: async (item, reference) => {
        apologies.push(`${item.id} ${reference}`);
      },
    });
    await inbox.receive(message('m1', 'a'));
    await inbox.receive(message('m2', 'b'));
    await inbox.idle();

    expect(runs).toEqual(['m1 1', 'm1 2', 'm1 3', 'm2 1']);
    expect(apologies).toEqual([expect.stringMatching(/^m1 E-[0-9A-F]{8}$/)]);
    expect(await office.database.models.inboxItems.findOne({ _id: 'm1' }).lean()).toMatchObject({
      state: 'set_aside',
      failures: 3,
      reference: apologies[0]?.split(' ')[1],
    });
    await inbox.receive(message('m1', 'a'));
    await inbox.idle();
    expect(runs).toHaveLength(4);
  });

  test('by killing its process is set aside after three processes, its neighbours are not', async ({ office }) => {
    const started: string[] = [];
    const apologies: string[] = [];
    const hold = gate();
    const crash = async (_event: unknown, item: InboxItem) => {
      started.push(item.id);
      await hold.opened;
      return undefined;
    };
    const first = await office.opens({ work: crash });
    await first.receive(message('poison', 'x'));
    await first.receive(message('neighbour', 'y'));
    const second = await office.opens({ work: crash });
    const third = await office.opens({ work: crash });
    await expect.poll(() => started).toEqual(['poison', 'poison', 'poison']);
    const seen: string[] = [];
    const last = await office.opens({
      work: counting(office.database, seen),
      onSetAside: async (item) => {
        apologies.push(item.id);
      },
    });
    await last.idle();
    expect(apologies).toEqual(['poison']);
    expect(seen).toEqual(['neighbour']);
    hold.open();
    await Promise.all([first, second, third].map((inbox) => inbox.stop()));
  });

  test('with a transaction that was rolled back has no effect and is marked once it was answered', async ({
    office,
  }) => {
    const inbox = await office.opens({
      work: async (_event, item) => {
        await inTransaction(office.database, item, async () => {
          throw new Error('a rule was broken');
        }).catch(() => undefined);
        return undefined;
      },
    });
    await inbox.receive(message('m1', 'a'));
    await inbox.idle();
    expect(await effects(office.database)).toEqual({});
    expect(await inbox.pending()).toBe(0);
  });
});

describe('several processes on one database', () => {
  test('give each event one effect although each gets all of them', async ({ office }) => {
    const seen: string[] = [];
    const inboxes = await Promise.all(
      ['a', 'b', 'c'].map(async (owner) => {
        const database = await office.database.again();
        const inbox = await office.opens({
          owner,
          shared: true,
          models: database.models,
          work: counting(database, seen),
        });
        return { inbox, database };
      }),
    );
    const ids = Array.from({ length: 20 }, (_, index) => `m${index}`);
    await Promise.all(
      ids.flatMap((id, index) => inboxes.map(({ inbox }) => inbox.receive(message(id, id, `cid${index % 3}`)))),
    );
    await Promise.all(inboxes.map(({ inbox }) => inbox.idle()));

    expect(await effects(office.database)).toEqual(Object.fromEntries(ids.map((id) => [id, 1])));
    expect(seen.toSorted()).toEqual(ids.toSorted());
    for (const { inbox, database } of inboxes) {
      await inbox.stop();
      await database.drop();
    }
  });

  test('keep the order of a conversation although its messages come in at different doors', async ({ office }) => {
    const seen: string[] = [];
    const work: InboxOptions['work'] = async (_event, item) => {
      await pause(realTimers, 10);
      seen.push(item.id);
      return undefined;
    };
    const a = await office.opens({ owner: 'a', shared: true, work });
    const b = await office.opens({ owner: 'b', shared: true, work });
    for (const [index, id] of ['m1', 'm2', 'm3', 'm4'].entries()) {
      office.clock.moveBy(1);
      await (index % 2 ? b : a).receive(message(id, id));
    }
    await Promise.all([a.idle(), b.idle()]);
    expect(seen).toEqual(['m1', 'm2', 'm3', 'm4']);
  });

  test('take over from one that died, once its lease has run out', async ({ office }) => {
    const hold = gate();
    const dead = await office.opens({
      owner: 'dead',
      shared: true,
      leaseMs: 60_000,
      work: () => hold.opened.then(() => undefined),
    });
    await dead.receive(message('m1', 'a'));
    const seen: string[] = [];
    const alive = await office.opens({
      owner: 'alive',
      shared: true,
      leaseMs: 60_000,
      work: counting(office.database, seen),
    });
    office.clock.moveBy(1_000);
    const waiting = alive.receive(message('m2', 'b'));
    await waiting;
    await alive.wake();
    expect(seen).toEqual([]);

    office.clock.moveBy(60_000);
    await alive.idle();
    expect(seen).toEqual(['m1', 'm2']);
    hold.open();
    await dead.stop();
  });

  test('never both have an effect, even when a lease ran out under a living one', async ({ office }) => {
    const hold = gate();
    const slow = await office.opens({
      owner: 'slow',
      shared: true,
      work: async (_event, item) => {
        await hold.opened;
        await inTransaction(office.database, item, async () => undefined);
        return undefined;
      },
    });
    await slow.receive(message('m1', 'a'));
    office.clock.moveBy(3_600_000);
    const quick = await office.opens({ owner: 'quick', shared: true, work: counting(office.database) });
    await quick.idle();
    hold.open();
    await slow.idle();
    expect(await effects(office.database)).toEqual({ m1: 1 });
  });
});
