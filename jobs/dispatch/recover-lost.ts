import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import { template } from '../../recruiting/message/compose-message.ts';
import { tellPeopleAboutMessages } from '../../recruiting/message/tell-people.ts';
import type { Office } from '../../recruiting/unit/office.ts';
import { type MessageChange, stateOf } from './message-state.ts';

/**
 * What a killed process had claimed. Work whose call had not begun, or whose call may be made twice without harm, goes
 * back into the queue; a call that may or may not have been made is `uncertain` and a person decides.
 */
export async function recoverLost(office: Office, lost: readonly OutboxItemRecord[]): Promise<void> {
  const now = office.clock.now();
  const told: { item: OutboxItemRecord; change: MessageChange }[] = [];
  for (const item of lost) {
    const change = item.kind === 'candidate_message' ? recoverMessage(item, now) : recoverEffect(item, now);
    const { tell, ...fields } = change;
    const { modifiedCount } = await office.models.outbox.updateOne(
      { _id: item._id, claimedBy: item.claimedBy },
      { $set: { ...fields, claimedBy: null, claimedUntil: null } },
    );
    if (modifiedCount === 1 && tell) told.push({ item, change });
  }
  if (lost.length > 0) office.log.warn({ items: lost.length }, 'took over outgoing effects of a process that is gone');
  if (told.length > 0) await tellPeopleAboutMessages(office, told);
}

function recoverMessage(item: OutboxItemRecord, now: Date): MessageChange {
  const harmless = template(item.what)?.twiceIsHarmless === true;
  const deliveries = item.deliveries.map((delivery) => {
    if (delivery.state !== 'sending') return delivery;
    return harmless
      ? { ...delivery, state: 'waiting' as const, dueAt: now }
      : { ...delivery, state: 'uncertain' as const, detail: 'the process was killed while sending' };
  });
  if (deliveries.length === 0) return { state: 'pending', dueAt: now };
  return stateOf(deliveries, now);
}

function recoverEffect(item: OutboxItemRecord, now: Date): MessageChange {
  if (item.reason === 'sending')
    return { state: 'uncertain', reason: 'the process was killed while sending', doneAt: now, tell: 'uncertain' };
  return { state: 'pending', dueAt: now };
}
