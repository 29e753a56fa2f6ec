import { RuleBroken } from '../../lib/errors.ts';
import type { DeliveryRecord, OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { Unit } from '../unit/unit.ts';

/** A person has passed the text on by hand. */
export async function confirmForwarded(unit: Unit, itemId: string): Promise<OutboxItemRecord> {
  return settle(unit, itemId, 'held', 'message.forwarded', (delivery) =>
    delivery.state === 'held' ? { ...delivery, state: 'forwarded', sentAt: unit.now } : delivery,
  );
}

/** A person has found out that the message did arrive. */
export async function confirmDelivered(unit: Unit, itemId: string): Promise<OutboxItemRecord> {
  return settle(unit, itemId, 'uncertain', 'message.confirmed', (delivery) =>
    delivery.state === 'uncertain' ? { ...delivery, state: 'accepted', sentAt: unit.now } : delivery,
  );
}

/** A person wants it sent again: the uncertain deliveries are tried once more, now. */
export async function sendAgain(unit: Unit, itemId: string): Promise<OutboxItemRecord> {
  const item = await waitingForPerson(unit, itemId, 'uncertain');
  const deliveries = item.deliveries.map((delivery) =>
    delivery.state === 'uncertain' ? { ...delivery, state: 'waiting' as const, dueAt: unit.now } : delivery,
  );
  unit.audit(subjectOf(item), 'message.sent_again', ['deliveries']);
  return unit.change('outbox', item, { state: 'pending', reason: null, dueAt: unit.now, doneAt: null, deliveries });
}

async function settle(
  unit: Unit,
  itemId: string,
  state: 'held' | 'uncertain',
  act: string,
  change: (delivery: DeliveryRecord) => DeliveryRecord,
): Promise<OutboxItemRecord> {
  const item = await waitingForPerson(unit, itemId, state);
  const deliveries = item.deliveries.map(change);
  const waiting = deliveries.filter((delivery) => delivery.state === 'waiting');
  unit.audit(subjectOf(item), act, ['deliveries']);
  if (waiting.length > 0) {
    const dueAt = new Date(Math.min(...waiting.map((delivery) => delivery.dueAt.getTime())));
    return unit.change('outbox', item, { state: 'pending', reason: null, dueAt, deliveries });
  }
  return unit.change('outbox', item, { state: 'done', reason: null, doneAt: unit.now, deliveries });
}

async function waitingForPerson(unit: Unit, itemId: string, state: 'held' | 'uncertain'): Promise<OutboxItemRecord> {
  const item = await unit.get('outbox', itemId);
  if (!item) throw new RuleBroken('message_unknown');
  if (item.state !== state) throw new RuleBroken('message_already_settled');
  return item;
}

function subjectOf(item: OutboxItemRecord): string {
  return item.applicationId ? `application:${item.applicationId}` : `message:${item._id}`;
}
