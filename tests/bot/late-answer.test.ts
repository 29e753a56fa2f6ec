import { expect } from 'vitest';
import { showLateAnswer } from '../../bot/show-late-answer.ts';
import type { InboundPress } from '../../channels/channel.ts';
import { createInbox } from '../../channels/inbox/inbox.ts';
import { realTimers } from '../../lib/timers.ts';
import { test } from '../fixtures/office.ts';

const press: InboundPress = {
  kind: 'press',
  eventId: 'press:1',
  sentAt: new Date('2026-11-23T10:00+08:00'),
  cardId: 'card_1',
  staffId: 'gloria',
  button: 'hire',
  values: {},
};

test('a press that is worked off too slowly stands, and its card is changed once afterwards', async ({ office }) => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let shown: () => void = () => undefined;
  const changed = new Promise<void>((resolve) => {
    shown = resolve;
  });
  const inbox = createInbox({
    models: office.models,
    clock: office.clock,
    ids: office.ids,
    timers: realTimers,
    log: office.log,
    owner: 'test',
    shared: false,
    answerBudgetMs: 20,
    work: async () => {
      await held;
      return { shared: { status: '已決定' } };
    },
    onSetAside: async () => {},
    onLateAnswer: (late, face) => void showLateAnswer(office, late, face).then(shown),
  });

  const answers = Promise.all([inbox.receive(press), inbox.receive(press)]);
  expect(await answers).toEqual([undefined, undefined]);
  expect(await office.models.outbox.countDocuments()).toBe(0);
  release();
  await inbox.idle();
  await changed;

  const updates = await office.models.outbox.find().lean();
  expect(updates).toMatchObject([
    {
      kind: 'card_update',
      recipient: 'staff:gloria',
      payload: { cardId: 'card_1', face: { shared: { status: '已決定' } } },
    },
  ]);
  await inbox.stop();
});
