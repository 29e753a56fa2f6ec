import type { AnyBulkWriteOperation } from 'mongoose';
import type { CandidateChannel, SendAnswer } from '../../channels/channel.ts';
import { describeError } from '../../lib/errors.ts';
import type { DeliveryRecord, OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { PortalLinkRecord } from '../../models/portal-link.model.ts';
import { mintReplyAddress, type ReplyAddress } from '../../recruiting/correspondence/reply-address.ts';
import { type ComposedMessage, composeMessage, hasSmsText } from '../../recruiting/message/compose-message.ts';
import { decideSending } from '../../recruiting/message/decide-sending.ts';
import { DELIVERY_RULES } from '../../recruiting/message/delivery-rules.ts';
import { loadMessageFacts, type MessageFacts } from '../../recruiting/message/message-facts.ts';
import { needsNotice, noticeItem } from '../../recruiting/message/portal-notice.ts';
import { whyOvertaken } from '../../recruiting/message/relevance.ts';
import type { Office } from '../../recruiting/unit/office.ts';
import { countNudges, type NudgeCount } from './count-nudges.ts';
import { envelopeFor, type InterviewCalendar } from './envelope-for.ts';
import { afterAnswers, type MessageChange, MISSING_RETRY_MS } from './message-state.ts';

/** Ways to candidates that this organisation has. */
export type CandidateChannels = Partial<Record<CandidateChannel['name'], CandidateChannel>>;

/** What the sender works with. */
export interface CandidateSenderParts {
  office: Office;
  channels: CandidateChannels;
  /** The calendar file of an interview or a training, for e-mail. */
  calendar: InterviewCalendar;
  /** The mailbox whose plus-addresses take answers to e-mails; undefined where answers are not taken. */
  replyMailbox?: string | undefined;
  /** Called after messages were held, blocked or left uncertain, so that a person is told. */
  tellPeople(items: readonly { item: OutboxItemRecord; change: MessageChange }[]): Promise<void>;
}

/** One message that is to go out now. */
interface Prepared {
  item: OutboxItemRecord;
  facts: MessageFacts;
  deliveries: DeliveryRecord[];
  /** The deliveries that are tried now, with what goes out. */
  now: { delivery: DeliveryRecord; message: ComposedMessage; replyTo: string | undefined }[];
  links: PortalLinkRecord[];
  body: string | null;
  bodyLinks: string[];
}

/**
 * Sends a batch of claimed candidate messages: read the facts, decide, record the attempts, call, record the answers.
 * The two writes are one bulk operation each, however many messages there are.
 */
export async function sendCandidateMessages(
  parts: CandidateSenderParts,
  items: readonly OutboxItemRecord[],
): Promise<void> {
  const { office } = parts;
  const now = office.clock.now();
  const allFacts = await loadMessageFacts(office.models, items);
  const nudges = await countNudges(office, items, now);
  const changes: { item: OutboxItemRecord; change: MessageChange }[] = [];
  const prepared: Prepared[] = [];
  items.forEach((item, index) => {
    const outcome = prepare(parts, item, allFacts[index] ?? null, nudges, now);
    if ('state' in outcome) changes.push({ item, change: outcome });
    else prepared.push(outcome);
  });
  await recordAttempts(office, prepared, now);
  const sent = await Promise.all(prepared.map((one) => send(parts, one, now)));
  changes.push(...sent);
  await recordChanges(office, changes);
  const forPeople = changes.filter(({ change }) => change.tell !== undefined);
  if (forPeople.length > 0) await parts.tellPeople(forPeople);
}

/** Everything that can be decided without calling anybody. */
function prepare(
  parts: CandidateSenderParts,
  item: OutboxItemRecord,
  facts: MessageFacts | null,
  nudges: Map<string, NudgeCount>,
  now: Date,
): Prepared | MessageChange {
  if (!facts) return { state: 'dropped', reason: 'the candidate is gone', doneAt: now };
  const overtaken = whyOvertaken({ template: item.what, occasion: item.occasion, facts, now });
  if (overtaken) return { state: 'dropped', reason: overtaken, doneAt: now };
  const rule = DELIVERY_RULES[item.what];
  if (!rule) return { state: 'failed', reason: `no delivery rule for ${item.what}`, doneAt: now };
  const settings = parts.office.settings();
  const started = item.deliveries.length > 0;
  const deliveries = item.deliveries.map((delivery) => ({ ...delivery }));
  if (!started) {
    const count = nudges.get(item.recipient) ?? { today: 0, week: 0 };
    const decision = decideSending({
      rule,
      candidate: facts.candidate,
      via: viaOf(item),
      atOnce: item.payload.atOnce === true,
      hasSmsText: hasSmsText(item, facts),
      nudgesToday: count.today,
      nudgesThisWeek: count.week,
      now,
      settings,
    });
    if (decision.act === 'drop') {
      const tell = decision.reason === 'stopped_all' && rule.sort === 'necessary' ? ('stopped' as const) : undefined;
      return { state: 'dropped', reason: decision.reason, doneAt: now, ...(tell ? { tell } : {}) };
    }
    if (decision.act === 'wait') return { state: 'pending', dueAt: decision.until, reason: decision.reason };
    if (rule.sort === 'nudge') nudges.set(item.recipient, { today: count.today + 1, week: count.week + 1 });
    decision.legs.forEach((leg, index) => {
      deliveries.push({
        id: `${item._id}.${index + 1}`,
        channel: leg.channel,
        state: 'waiting',
        why: leg.why,
        dueAt: leg.dueAt,
        attempts: 0,
        sentAt: null,
        readAt: null,
        providerId: null,
        detail: null,
      });
    });
  }
  return composeDue(parts, item, facts, deliveries, now);
}

/** Renders what is due now; a missing slot stops the whole message. */
function composeDue(
  parts: CandidateSenderParts,
  item: OutboxItemRecord,
  facts: MessageFacts,
  deliveries: DeliveryRecord[],
  now: Date,
): Prepared | MessageChange {
  const { office } = parts;
  const outgoing: Prepared = {
    item,
    facts,
    deliveries,
    now: [],
    links: [],
    body: item.body,
    bodyLinks: item.bodyLinks,
  };
  for (const delivery of deliveries) {
    if (delivery.state !== 'waiting' || delivery.dueAt > now) continue;
    if (delivery.why === 'unopened' && wasOpened(facts, deliveries)) {
      delivery.state = 'skipped';
      delivery.detail = 'the page was opened';
      continue;
    }
    const composed = composeMessage({ item, facts, channel: delivery.channel, office, now });
    if ('missing' in composed) {
      return {
        state: 'pending',
        dueAt: new Date(now.getTime() + MISSING_RETRY_MS),
        reason: `missing:${composed.missing.join(',')}`,
        tell: 'missing',
      };
    }
    delivery.state = delivery.channel === 'portal' ? 'accepted' : delivery.channel === 'hand' ? 'held' : 'sending';
    delivery.attempts += 1;
    if (delivery.channel === 'portal') delivery.sentAt = now;
    const reply = delivery.channel === 'email' ? replyAddressFor(parts, item, facts, now) : undefined;
    outgoing.now.push({ delivery, message: composed, replyTo: reply?.address });
    if (delivery.channel !== 'hand') outgoing.links.push(...composed.links);
    if (reply) outgoing.links.push(reply.record);
    // The page shows the long text; an SMS alone is kept as it was.
    if (outgoing.body === null || delivery.channel === 'portal') {
      outgoing.body = composed.body;
      outgoing.bodyLinks = composed.bodyLinks;
    }
  }
  return outgoing;
}

/** Tells who answers, and which message: an address of its own for every e-mail. */
function replyAddressFor(
  { office, replyMailbox }: CandidateSenderParts,
  item: OutboxItemRecord,
  { candidate }: MessageFacts,
  now: Date,
): ReplyAddress | undefined {
  if (replyMailbox === undefined) return undefined;
  return mintReplyAddress(
    { ids: office.ids, mailbox: replyMailbox, now, expiresAt: candidate.purgeAfter },
    { candidateId: candidate._id, applicationId: item.applicationId, messageId: item._id },
  );
}

/** Opened after it was put on the page. */
function wasOpened(facts: MessageFacts, deliveries: readonly DeliveryRecord[]): boolean {
  const portal = deliveries.find((delivery) => delivery.channel === 'portal');
  if (!portal?.sentAt) return false;
  const seen = facts.candidate.pageSeenAt;
  return portal.readAt !== null || (seen !== null && seen > portal.sentAt);
}

function viaOf(item: OutboxItemRecord): DeliveryRecord['channel'] | undefined {
  const { via } = item.payload;
  return via === 'portal' || via === 'email' || via === 'sms' || via === 'dingtalk' ? via : undefined;
}

/** Before anything is called: links, attempts, and the notice that goes with a message on the page. */
async function recordAttempts(office: Office, prepared: readonly Prepared[], now: Date): Promise<void> {
  if (prepared.length === 0) return;
  const links = prepared.flatMap((one) => one.links);
  // Records made here, typed, in bulk: straight to the driver, as this is the path of every message.
  if (links.length > 0) await office.models.portalLinks.collection.insertMany(links as never[]);
  const writes: AnyBulkWriteOperation<OutboxItemRecord>[] = [];
  const noticed = new Set<string>();
  for (const one of prepared) {
    const notice = needsNotice({
      item: one.item,
      candidate: one.facts.candidate,
      deliveries: one.deliveries,
      now,
      settings: office.settings(),
    });
    if (notice && !noticed.has(one.item.recipient)) {
      noticed.add(one.item.recipient);
      const item = noticeItem(office, one.item, now);
      writes.push({ updateOne: { filter: { key: item.key }, update: { $setOnInsert: item }, upsert: true } });
    }
    writes.push({
      updateOne: {
        filter: { _id: one.item._id, claimedBy: one.item.claimedBy },
        update: {
          $set: { deliveries: one.deliveries, body: one.body, bodyLinks: one.bodyLinks },
          $inc: { attempts: 1 },
        },
      },
    });
  }
  await office.models.outbox.collection.bulkWrite(writes as never[], { ordered: true });
  if (noticed.size > 0) {
    const ids = [...noticed].map((recipient) => recipient.slice(recipient.indexOf(':') + 1));
    await office.models.candidates.updateMany({ _id: { $in: ids } }, { $set: { noticedAt: now } });
  }
}

async function send(
  parts: CandidateSenderParts,
  one: Prepared,
  now: Date,
): Promise<{ item: OutboxItemRecord; change: MessageChange }> {
  const answers = new Map<string, SendAnswer>();
  for (const { delivery, message, replyTo } of one.now) {
    if (delivery.state !== 'sending') continue;
    const channel = parts.channels[delivery.channel as CandidateChannel['name']];
    answers.set(delivery.id, channel ? await call(channel, parts, one, { delivery, message, replyTo }) : NO_CHANNEL);
  }
  const change = afterAnswers(one.item, one.deliveries, answers, {
    now,
    candidate: one.facts.candidate,
  });
  return { item: one.item, change: { ...change, body: one.body, bodyLinks: one.bodyLinks } };
}

const NO_CHANNEL = {
  outcome: 'refused',
  kind: 'not_permitted',
  retryAfterMs: null,
  detail: 'this channel is not configured',
} as const satisfies SendAnswer;

async function call(
  channel: CandidateChannel,
  parts: CandidateSenderParts,
  one: Prepared,
  { delivery, message, replyTo }: Prepared['now'][number],
): Promise<SendAnswer> {
  const envelope = envelopeFor(one.facts, one.item, delivery, message, parts);
  if (!envelope) return { ...NO_CHANNEL, kind: 'recipient_invalid', detail: 'no address for this channel' };
  try {
    return await channel.send(replyTo ? { ...envelope, replyTo } : envelope);
  } catch (error) {
    return { outcome: 'uncertain', detail: describeError(error) };
  }
}

async function recordChanges(
  office: Office,
  changes: readonly { item: OutboxItemRecord; change: MessageChange }[],
): Promise<void> {
  if (changes.length === 0) return;
  await office.models.outbox.collection.bulkWrite(
    changes.map(({ item, change }) => {
      const { tell: _tell, ...fields } = change;
      return {
        updateOne: {
          filter: { _id: item._id, claimedBy: item.claimedBy },
          update: { $set: { ...fields, claimedBy: null, claimedUntil: null } },
        },
      };
    }) as never[],
    { ordered: false },
  );
}
