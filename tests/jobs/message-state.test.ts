import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SendAnswer } from '../../channels/channel.ts';
import { afterAnswers } from '../../jobs/dispatch/message-state.ts';
import type { DeliveryRecord } from '../../models/outbox-item.model.ts';

const now = new Date('2026-11-23T10:00+08:00');
const both = { phone: '+85291234567', email: 'kelly@example.com' };

function delivery(channel: DeliveryRecord['channel'], state: DeliveryRecord['state'] = 'sending'): DeliveryRecord {
  return {
    id: `out.${channel}`,
    channel,
    state,
    why: 'first',
    dueAt: now,
    attempts: 1,
    sentAt: null,
    readAt: null,
    providerId: null,
    detail: null,
  };
}

const accepted: SendAnswer = { outcome: 'accepted', providerId: 'p1' };
const unknownAddress: SendAnswer = { outcome: 'refused', kind: 'recipient_invalid', retryAfterMs: null, detail: '550' };
const busy: SendAnswer = { outcome: 'refused', kind: 'unreachable', retryAfterMs: 5_000, detail: 'ECONNREFUSED' };
const cut: SendAnswer = { outcome: 'uncertain', detail: 'cut after DATA' };

function afterwards(
  deliveries: DeliveryRecord[],
  answers: Record<string, SendAnswer>,
  candidate: { phone: string | null; email: string | null } = both,
) {
  return afterAnswers({ _id: 'out' }, deliveries, new Map(Object.entries(answers)), { now, candidate });
}

describe('what becomes of a message after its channels have answered', () => {
  test('accepted everywhere: done', () => {
    const change = afterwards([delivery('portal', 'accepted'), delivery('email')], { 'out.email': accepted });
    expect(change).toMatchObject({ state: 'done', doneAt: now });
  });

  test('nobody listens: tried again, later and later', () => {
    const change = afterwards([delivery('email')], { 'out.email': busy });
    expect(change).toMatchObject({ state: 'pending', dueAt: new Date(now.getTime() + 5_000) });
    expect(change.deliveries).toHaveLength(1);
  });

  test('the mailbox does not exist: an SMS is added to the same message', () => {
    const change = afterwards([delivery('portal', 'accepted'), delivery('email')], { 'out.email': unknownAddress });
    expect(change.state).toBe('pending');
    expect(change.deliveries?.map(({ channel, state }) => [channel, state])).toEqual([
      ['portal', 'accepted'],
      ['email', 'refused'],
      ['sms', 'waiting'],
    ]);
  });

  test('no other address: a person passes it on', () => {
    const change = afterwards(
      [delivery('email')],
      { 'out.email': unknownAddress },
      { phone: null, email: 'gone@example.com' },
    );
    expect(change.deliveries?.at(-1)).toMatchObject({ channel: 'hand', state: 'waiting' });
  });

  test('the line was cut in the middle: nobody knows, a person decides, nothing is sent again by itself', () => {
    const change = afterwards([delivery('portal', 'accepted'), delivery('sms')], { 'out.sms': cut });
    expect(change).toMatchObject({ state: 'uncertain', tell: 'uncertain' });
  });
});

const anyAnswer = fc.constantFrom(accepted, unknownAddress, busy, cut);

test('whatever the channels answer: each channel is used once, and a message ends in exactly one way', () => {
  fc.assert(
    fc.property(
      fc.array(anyAnswer, { minLength: 40, maxLength: 40 }),
      fc.boolean(),
      fc.boolean(),
      (answers, hasPhone, hasEmail) => {
        fc.pre(hasPhone || hasEmail);
        const candidate = { phone: hasPhone ? both.phone : null, email: hasEmail ? both.email : null };
        let deliveries: DeliveryRecord[] = [delivery(hasEmail ? 'email' : 'sms')];
        let change = afterwards(deliveries, {}, candidate);
        for (const answer of answers) {
          const sending = deliveries
            .filter(({ state }) => state === 'sending' || state === 'waiting')
            .map((one) => ({ ...one }));
          if (sending.length === 0) break;
          deliveries = deliveries.map((one) =>
            one.state === 'waiting'
              ? { ...one, state: one.channel === 'hand' ? 'held' : 'sending', attempts: one.attempts + 1 }
              : one,
          );
          const asked = deliveries.filter(({ state }) => state === 'sending').map(({ id }) => [id, answer] as const);
          change = afterwards(deliveries, Object.fromEntries(asked), candidate);
          deliveries = change.deliveries ?? deliveries;
        }
        const channels = deliveries.map(({ channel }) => channel);
        expect(new Set(channels).size).toBe(channels.length);
        expect(['done', 'uncertain', 'held', 'failed', 'pending']).toContain(change.state);
        if (change.state === 'pending') expect(change.dueAt?.getTime()).toBeGreaterThanOrEqual(now.getTime());
      },
    ),
  );
});
