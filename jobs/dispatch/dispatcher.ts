import type { SendAnswer, StaffChannel } from '../../channels/channel.ts';
import { backoff } from '../../lib/backoff.ts';
import { describeError } from '../../lib/errors.ts';
import type { Lease } from '../../lib/lease.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import { tellPeopleAboutMessages } from '../../recruiting/message/tell-people.ts';
import type { Office } from '../../recruiting/unit/office.ts';
import { type CandidateChannels, sendCandidateMessages } from './candidate-sender.ts';
import { BATCH, claimDue, lostClaims, nextOutboxDue } from './claim.ts';
import type { InterviewCalendar } from './envelope-for.ts';
import { recoverLost } from './recover-lost.ts';
import { isHarmlessTwice, sendStaffEffect } from './send-staff-effect.ts';

/** What the dispatcher works with. */
export interface DispatcherParts {
  office: Office;
  staff: StaffChannel;
  channels: CandidateChannels;
  calendar: InterviewCalendar;
  /** The mailbox whose plus-addresses take answers to e-mails; undefined where answers are not taken. */
  replyMailbox?: string | undefined;
  lease: Lease;
}

/** How many effects to staff are on their way at once; the platform's own pace is kept by the governor behind it. */
const STAFF_AT_ONCE = 20;

/**
 * Sends what is due in the outbox. Two lanes run beside each other, so that an answer to a person never waits behind a
 * hundred reminders. Within a lane the effects to one recipient keep their order.
 */
export class Dispatcher {
  readonly name = 'dispatch';
  readonly #parts: DispatcherParts;
  readonly #running = new Map<OutboxItemRecord['lane'], Promise<number>>();
  #inHand = 0;
  #stopped = false;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** Takes over what a killed process left behind; called once before anything else. */
  async start(): Promise<void> {
    const { office, lease } = this.#parts;
    await recoverLost(office, await lostClaims(office, lease, true));
  }

  /** Sends everything due now. @returns whether something left, and when the next thing is due */
  async runDue(): Promise<{ ran: { job: string; at: string }[]; nextDue: Date | null }> {
    const { office, lease } = this.#parts;
    const lost = await lostClaims(office, lease, false);
    if (lost.length > 0) await recoverLost(office, lost);
    const at = office.clock.now().toISOString();
    const sent = await Promise.all([this.runLane('fast'), this.runLane('slow')]);
    const ran = sent.some((count) => count > 0) ? [{ job: this.name, at }] : [];
    return { ran, nextDue: await nextOutboxDue(office) };
  }

  inHand(): string[] {
    return this.#inHand > 0 ? [`${this.#inHand} outgoing effects`] : [];
  }

  /** A unit has just put something into the fast lane: send it without waiting for the next beat. */
  kick(): void {
    this.runLane('fast').catch((error: unknown) => {
      this.#parts.office.log.error({ fault: describeError(error) }, 'dispatch failed; the next beat tries again');
    });
  }

  /** No new work; what is on its way comes to its end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.allSettled([...this.#running.values()]);
  }

  /** Works a lane until nothing is due. Whoever calls meanwhile gets a run of their own afterwards. */
  async runLane(lane: OutboxItemRecord['lane']): Promise<number> {
    const before = this.#running.get(lane);
    const run = (before ?? Promise.resolve(0)).catch(() => 0).then(() => this.#drain(lane));
    this.#running.set(lane, run);
    try {
      return await run;
    } finally {
      if (this.#running.get(lane) === run) this.#running.delete(lane);
    }
  }

  async #drain(lane: OutboxItemRecord['lane']): Promise<number> {
    const { office, lease } = this.#parts;
    let count = 0;
    while (!this.#stopped) {
      const items = await claimDue(office, lease, lane, lane === 'fast' ? STAFF_AT_ONCE : BATCH);
      if (items.length === 0) break;
      count += items.length;
      this.#inHand += items.length;
      try {
        await this.#send(items);
      } finally {
        this.#inHand -= items.length;
      }
    }
    return count;
  }

  async #send(items: readonly OutboxItemRecord[]): Promise<void> {
    const messages = items.filter((item) => item.kind === 'candidate_message');
    const effects = items.filter((item) => item.kind !== 'candidate_message');
    await Promise.all([
      messages.length > 0 ? this.#sendMessages(messages) : undefined,
      effects.length > 0 ? this.#sendEffects(effects) : undefined,
    ]);
  }

  async #sendMessages(items: readonly OutboxItemRecord[]): Promise<void> {
    const { office, channels, calendar, replyMailbox } = this.#parts;
    await sendCandidateMessages(
      { office, channels, calendar, replyMailbox, tellPeople: (told) => tellPeopleAboutMessages(office, told) },
      items,
    );
  }

  /** Effects to staff: one recipient's in order, different recipients' beside each other. */
  async #sendEffects(items: readonly OutboxItemRecord[]): Promise<void> {
    const { office } = this.#parts;
    const once = items.filter((item) => !isHarmlessTwice(item));
    if (once.length > 0) {
      await office.models.outbox.updateMany(
        { _id: { $in: once.map((item) => item._id) } },
        { $set: { reason: 'sending' } },
      );
    }
    const byRecipient = new Map<string, OutboxItemRecord[]>();
    for (const item of items) byRecipient.set(item.recipient, [...(byRecipient.get(item.recipient) ?? []), item]);
    await Promise.all(
      [...byRecipient.values()].map(async (own) => {
        for (const item of own) await this.#sendEffect(item);
      }),
    );
  }

  async #sendEffect(item: OutboxItemRecord): Promise<void> {
    const { office, staff } = this.#parts;
    let answer: SendAnswer;
    try {
      answer = await sendStaffEffect(office, staff, item);
    } catch (error) {
      answer = { outcome: 'uncertain', detail: describeError(error) };
    }
    const now = office.clock.now();
    const attempts = item.attempts + 1;
    await office.models.outbox.updateOne(
      { _id: item._id, claimedBy: item.claimedBy },
      { $set: { ...effectState(item, answer, attempts, now), attempts, claimedBy: null, claimedUntil: null } },
    );
    if (answer.outcome === 'uncertain' && !isHarmlessTwice(item)) {
      await tellPeopleAboutMessages(office, [{ item: { ...item, attempts }, change: { tell: 'uncertain' } }]);
    }
    if (answer.outcome !== 'accepted') {
      office.log.warn(
        { item: item._id, kind: item.kind, outcome: answer.outcome, detail: answer.detail },
        'not accepted',
      );
    }
  }
}

/** What becomes of an effect to staff. A text that may have left is not sent again by itself: its receiver is asked. */
function effectState(
  item: OutboxItemRecord,
  answer: SendAnswer,
  attempts: number,
  now: Date,
): Partial<OutboxItemRecord> {
  if (answer.outcome === 'accepted') {
    return { state: 'done', reason: null, providerId: answer.providerId ?? null, doneAt: now };
  }
  if (answer.outcome === 'uncertain' && !isHarmlessTwice(item)) {
    return { state: 'uncertain', reason: answer.detail, doneAt: now };
  }
  const asked = answer.outcome === 'refused' ? answer.retryAfterMs : 1_000;
  const wait = asked === null ? null : backoff(attempts, asked);
  if (wait === null) return { state: 'failed', reason: answer.detail, doneAt: now };
  return { state: 'pending', reason: answer.detail, dueAt: new Date(now.getTime() + wait) };
}
