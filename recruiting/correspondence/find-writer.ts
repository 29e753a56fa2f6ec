import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { PortalLinkRecord } from '../../models/portal-link.model.ts';
import type { Office } from '../unit/office.ts';
import { replyDigest } from './reply-address.ts';

/** Who wrote, and the message being answered. */
export interface FoundWriter {
  /** Several when a telephone number was given by several people. */
  candidateIds: string[];
  /** The address on file, in lower case. */
  email: string | null;
  replyTo?: { template: string; itemId: string };
}

/** Messages older than this are not what an SMS answers. */
const ANSWERED_WITHIN_MS = 14 * 86_400_000;
/** More people than this with one number are a switchboard's. */
const MOST_SHARING = 10;

/** Finds the person by the tag of a reply address. Unknown, expired and purged are all the same: undefined. */
export async function findByReplyTag(office: Office, tag: string): Promise<FoundWriter | undefined> {
  const digest = replyDigest(tag);
  if (digest === undefined) return undefined;
  const now = office.clock.now();
  const link = await office.models.portalLinks.findOne({ _id: digest, purpose: 'reply' }).lean<PortalLinkRecord>();
  if (!link?.candidateId || link.revokedAt !== null || link.expiresAt <= now) return undefined;
  const candidate = await office.models.candidates.findOne({ _id: link.candidateId }).lean<CandidateRecord>();
  if (!candidate || candidate.purgeAfter <= now) return undefined;
  const item = await office.models.outbox.findOne({ _id: link.messageId ?? '' }).lean<OutboxItemRecord>();
  return {
    candidateIds: [candidate._id],
    email: candidate.email,
    ...(item ? { replyTo: { template: item.what, itemId: item._id } } : {}),
  };
}

/**
 * Finds everybody with a telephone number. An SMS names no message: it answers the last one that went to this number.
 * @param phone E.164
 */
export async function findByPhone(office: Office, phone: string): Promise<FoundWriter | undefined> {
  const now = office.clock.now();
  const people = await office.models.candidates
    .find({ phone, purgeAfter: { $gt: now } })
    .sort({ _id: 1 })
    .limit(MOST_SHARING)
    .lean<CandidateRecord[]>();
  const [first, ...others] = people;
  if (!first) return undefined;
  if (others.length > 0) return { candidateIds: people.map(({ _id }) => _id), email: null };
  const item = await lastSms(office, first._id);
  return {
    candidateIds: [first._id],
    email: first.email,
    ...(item ? { replyTo: { template: item.what, itemId: item._id } } : {}),
  };
}

/** The message that last left for a person by SMS. */
async function lastSms(office: Office, candidateId: string): Promise<OutboxItemRecord | undefined> {
  const since = new Date(office.clock.now().getTime() - ANSWERED_WITHIN_MS);
  const items = await office.models.outbox
    .find({
      recipient: `candidate:${candidateId}`,
      kind: 'candidate_message',
      deliveries: { $elemMatch: { channel: 'sms', sentAt: { $gte: since } } },
    })
    .lean<OutboxItemRecord[]>();
  const sentAt = (item: OutboxItemRecord): number =>
    Math.max(...item.deliveries.map((one) => (one.channel === 'sms' ? (one.sentAt?.getTime() ?? 0) : 0)));
  return items.sort((a, b) => sentAt(a) - sentAt(b)).at(-1);
}
