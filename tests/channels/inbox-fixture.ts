import { test as base } from 'vitest';
import type { CardFace, InboundMessage, InboundPress } from '../../channels/channel.ts';
import { createInbox, type Inbox, type InboxOptions } from '../../channels/inbox/inbox.ts';
import type { InboxItem } from '../../channels/inbox/work-off.ts';
import { StillClock } from '../../lib/clock.ts';
import { randomIds } from '../../lib/ids.ts';
import { realTimers } from '../../lib/timers.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Office {
  database: TestDatabase;
  clock: StillClock;
  /** Opens an inbox over the database, as one more process would. */
  opens(options: Partial<InboxOptions> & Pick<InboxOptions, 'work'>): Promise<Inbox>;
}

export const test = base.extend<{ office: Office }>({
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

export function message(eventId: string, text: string, conversationId = 'cidHR'): InboundMessage {
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

export function press(eventId: string, button = 'hire', staffId = 'u1'): InboundPress {
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
export function gate(): { opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** A handler with an effect in the database: counts each item in the same transaction that marks it done. */
export function counting(database: TestDatabase, seen: string[] = []): InboxOptions['work'] {
  return async (event, item) => {
    seen.push(item.id);
    await inTransaction(database, item, async () => undefined);
    return event.kind === 'press' ? { shared: { status: '已決定' } } : undefined;
  };
}

export async function inTransaction(
  database: TestDatabase,
  item: InboxItem,
  inside: () => Promise<void>,
  face?: CardFace,
) {
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

export async function effects(database: TestDatabase): Promise<Record<string, number>> {
  const rows = await database.connection.collection<{ _id: string; times: number }>('effects').find().toArray();
  return Object.fromEntries(rows.map((row) => [row._id, row.times]));
}
