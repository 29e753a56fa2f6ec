import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';

/** What every outbox item starts with: nothing tried, nothing claimed, due at a moment. */
export function freshItem(
  createdAt: Date,
  dueAt: Date,
): Pick<
  OutboxItemRecord,
  | 'state'
  | 'reason'
  | 'dueAt'
  | 'claimedBy'
  | 'claimedUntil'
  | 'attempts'
  | 'providerId'
  | 'deliveries'
  | 'body'
  | 'bodyLinks'
  | 'createdAt'
  | 'doneAt'
> {
  return {
    state: 'pending',
    reason: null,
    dueAt,
    claimedBy: null,
    claimedUntil: null,
    attempts: 0,
    providerId: null,
    deliveries: [],
    body: null,
    bodyLinks: [],
    createdAt,
    doneAt: null,
  };
}
