import { describe, expect } from 'vitest';
import { recoverLost } from '../../jobs/dispatch/recover-lost.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import { freshItem } from '../../recruiting/message/fresh-item.ts';
import { type TestOffice, test } from '../fixtures/office.ts';
import { openCompany } from '../fixtures/world.ts';

/** An effect that a process held when it was killed. */
async function held(office: TestOffice, changes: Partial<OutboxItemRecord>): Promise<OutboxItemRecord> {
  const now = office.clock.now();
  const item: OutboxItemRecord = {
    _id: 'item_1',
    key: 'staff:carmen|reply|in:1',
    kind: 'reply',
    recipient: 'staff:carmen',
    what: 'reply',
    occasion: 'in:1',
    applicationId: null,
    payload: { kind: 'reply', staffId: 'carmen', body: { format: 'text', content: '陳家欣 已入圍「店務員」。' } },
    callClass: 'reply',
    lane: 'fast',
    order: 0,
    actId: null,
    ...freshItem(now, now),
    state: 'claimed',
    claimedBy: 'dead/claim_1',
    ...changes,
  };
  await office.models.outbox.create(item);
  return item;
}

describe('what a killed process had in hand', () => {
  test('a text whose sending had not begun is sent as if nothing had happened', async ({ office }) => {
    await openCompany(office);
    await recoverLost(office, [await held(office, { reason: null })]);
    expect(await office.models.outbox.findOne({ _id: 'item_1' }).lean()).toMatchObject({
      state: 'pending',
      claimedBy: null,
    });
  });

  test('a text that may have left is not sent again by itself: its receiver is shown it and decides', async ({
    office,
  }) => {
    await openCompany(office);
    await recoverLost(office, [await held(office, { reason: 'sending' })]);
    expect(await office.models.outbox.findOne({ _id: 'item_1' }).lean()).toMatchObject({ state: 'uncertain' });
    const card = await office.models.outbox.findOne({ kind: 'card_create' }).lean();
    expect(card).toMatchObject({ recipient: 'staff:carmen' });
    expect(JSON.stringify(card?.payload)).toContain('陳家欣 已入圍「店務員」。');
  });

  test('a card is simply made again: the platform knows its id', async ({ office }) => {
    await openCompany(office);
    await recoverLost(office, [await held(office, { kind: 'card_create', reason: null, attempts: 1 })]);
    expect(await office.models.outbox.findOne({ _id: 'item_1' }).lean()).toMatchObject({ state: 'pending' });
  });

  test('an SMS that was on its way is shown to the responsible person; one that may come twice goes again', async ({
    office,
  }) => {
    await openCompany(office);
    const sms = {
      id: 'item_1.1',
      channel: 'sms',
      state: 'sending',
      why: 'first',
      dueAt: office.clock.now(),
      attempts: 1,
      sentAt: null,
      readAt: null,
      providerId: null,
      detail: null,
    } as const;
    const message = { kind: 'candidate_message', recipient: 'candidate:c', deliveries: [{ ...sms }] } as const;
    await recoverLost(office, [
      await held(office, { ...message, deliveries: [{ ...sms }], what: 'interview_cancelled' }),
    ]);
    expect(await office.models.outbox.findOne({ _id: 'item_1' }).lean()).toMatchObject({
      state: 'uncertain',
      deliveries: [{ state: 'uncertain', detail: 'the process was killed while sending' }],
    });
    await office.store.empty();
    await openCompany(office);
    await recoverLost(office, [await held(office, { ...message, deliveries: [{ ...sms }], what: 'portal_notice' })]);
    expect(await office.models.outbox.findOne({ _id: 'item_1' }).lean()).toMatchObject({
      state: 'pending',
      deliveries: [{ state: 'waiting' }],
    });
  });
});
