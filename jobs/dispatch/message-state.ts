import type { SendAnswer } from '../../channels/channel.ts';
import { backoff } from '../../lib/backoff.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { DeliveryRecord, OutboxItemRecord } from '../../models/outbox-item.model.ts';

/** A message with a missing slot looks again after this long; HR is told once. */
export const MISSING_RETRY_MS = 3_600_000;

/** What is written to an outbox item after it was worked on, and whom it concerns. */
export interface MessageChange {
  state: OutboxItemRecord['state'];
  reason?: string | null;
  dueAt?: Date;
  doneAt?: Date | null;
  deliveries?: DeliveryRecord[];
  body?: string | null;
  bodyLinks?: string[];
  /** A person must hear of it: a slot is missing, it is to be forwarded by hand, nobody knows whether it left … */
  tell?: 'missing' | 'held' | 'uncertain' | 'failed' | 'stopped';
}

/**
 * The message's state after its channels have answered. A refused channel is tried again when the answer says so, else
 * the next one is added: a fallback adds a delivery, never a message.
 */
export function afterAnswers(
  item: Pick<OutboxItemRecord, '_id'>,
  deliveries: DeliveryRecord[],
  answers: ReadonlyMap<string, SendAnswer>,
  at: { now: Date; candidate: Pick<CandidateRecord, 'phone' | 'email'> },
): MessageChange {
  for (const delivery of [...deliveries]) {
    const answer = answers.get(delivery.id);
    if (answer) take(item._id, delivery, answer, deliveries, at);
  }
  return stateOf(deliveries, at.now);
}

function take(
  itemId: string,
  delivery: DeliveryRecord,
  answer: SendAnswer,
  deliveries: DeliveryRecord[],
  at: { now: Date; candidate: Pick<CandidateRecord, 'phone' | 'email'> },
): void {
  if (answer.outcome === 'accepted') {
    delivery.state = 'accepted';
    delivery.sentAt = at.now;
    delivery.providerId = answer.providerId ?? null;
    return;
  }
  delivery.detail = answer.detail;
  if (answer.outcome === 'uncertain') {
    delivery.state = 'uncertain';
    return;
  }
  const wait = answer.retryAfterMs === null ? null : backoff(delivery.attempts, answer.retryAfterMs);
  if (wait !== null) {
    delivery.state = 'waiting';
    delivery.dueAt = new Date(at.now.getTime() + wait);
    return;
  }
  delivery.state = 'refused';
  const next = fallbackFor(delivery, deliveries, at);
  if (!next) return;
  deliveries.push({
    id: `${itemId}.${deliveries.length + 1}`,
    channel: next,
    state: 'waiting',
    why: 'fallback',
    dueAt: at.now,
    attempts: 0,
    sentAt: null,
    readAt: null,
    providerId: null,
    detail: null,
  });
}

/** E-mail falls back to SMS and the other way round, everything to a person's hand; each channel is used once. */
function fallbackFor(
  refused: DeliveryRecord,
  deliveries: readonly DeliveryRecord[],
  { candidate }: { candidate: Pick<CandidateRecord, 'phone' | 'email'> },
): DeliveryRecord['channel'] | null {
  const used = new Set(deliveries.map((delivery) => delivery.channel));
  const otherWayWorks = deliveries.some(
    (delivery) =>
      delivery !== refused &&
      delivery.channel !== 'portal' &&
      ['accepted', 'read', 'waiting', 'sending'].includes(delivery.state),
  );
  if (otherWayWorks) return null;
  if (!used.has('sms') && candidate.phone !== null) return 'sms';
  if (!used.has('email') && candidate.email !== null) return 'email';
  return used.has('hand') ? null : 'hand';
}

/** The whole message's state: what still waits comes first, then what a person must look at. */
export function stateOf(deliveries: DeliveryRecord[], now: Date): MessageChange {
  const waiting = deliveries.filter((delivery) => delivery.state === 'waiting');
  const has = (state: DeliveryRecord['state']): boolean => deliveries.some((delivery) => delivery.state === state);
  if (has('uncertain')) return { state: 'uncertain', reason: 'uncertain', deliveries, tell: 'uncertain' };
  if (has('held')) return { state: 'held', reason: 'held', deliveries, tell: 'held' };
  if (waiting.length > 0) {
    const dueAt = new Date(Math.min(...waiting.map((delivery) => delivery.dueAt.getTime())));
    return { state: 'pending', reason: null, dueAt, deliveries };
  }
  const arrived = deliveries.some((delivery) => ['accepted', 'read', 'forwarded'].includes(delivery.state));
  if (!arrived) return { state: 'failed', reason: 'no channel took it', deliveries, doneAt: now, tell: 'failed' };
  return { state: 'done', reason: null, deliveries, doneAt: now };
}
