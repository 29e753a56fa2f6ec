import { Schema } from 'mongoose';
import { partSchema, recordSchema } from './schema-options.ts';

/** Everything that leaves the house. `candidate_message` goes to a candidate, the others to staff or their calendar. */
export const OUTBOX_KINDS = [
  'candidate_message',
  'reply',
  'direct_message',
  'group_message',
  'card_create',
  'card_update',
  'calendar_create',
  'calendar_change',
  'calendar_delete',
] as const;
export type OutboxKind = (typeof OUTBOX_KINDS)[number];

/**
 * - `pending`: waits for `dueAt`; `claimed`: a dispatcher has it;
 * - `done`: every delivery has come to an end that counts; `dropped`: overtaken by events, never sent;
 * - `held`: waits for a person (forward by hand);
 * - `uncertain`: may or may not have left, a person decides; `failed`: nothing more can be tried.
 */
export const OUTBOX_STATES = ['pending', 'claimed', 'done', 'dropped', 'held', 'uncertain', 'failed'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

export const DELIVERY_CHANNELS = ['portal', 'email', 'sms', 'dingtalk', 'hand'] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

/**
 * One channel's part of a candidate message. `waiting` until `dueAt`; `sending` = the attempt is recorded, the call is on
 * its way; `accepted` is not `delivered` is not `read`; `skipped` = not needed (any more).
 */
export const DELIVERY_STATES = [
  'waiting',
  'sending',
  'accepted',
  'read',
  'refused',
  'uncertain',
  'held',
  'forwarded',
  'skipped',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface DeliveryRecord {
  id: string;
  channel: DeliveryChannel;
  state: DeliveryState;
  /** Why this delivery exists: `first`, `notice`, `unread_24h`, `fallback` … */
  why: string;
  dueAt: Date;
  attempts: number;
  sentAt: Date | null;
  readAt: Date | null;
  providerId: string | null;
  detail: string | null;
}

export interface OutboxItemRecord {
  _id: string;
  /** recipient + what + occasion. Unique: nobody receives the same thing twice. */
  key: string;
  kind: OutboxKind;
  /** `candidate:ID`, `staff:ID` or `group:ID`. */
  recipient: string;
  /** Template id for candidate messages, else a short name of what it is. */
  what: string;
  /** The act or slot that it belongs to, with its version: `interview:int_42:v3`. */
  occasion: string;
  applicationId: string | null;
  /** Kind-specific, checked by recruiting/message/effect-payload.ts when written and when read. */
  payload: Record<string, unknown>;
  callClass: 'press' | 'reply' | 'urgent' | 'normal' | 'bulk';
  /** People wait for what is in the fast lane; it is worked off beside the slow one. */
  lane: 'fast' | 'slow';
  state: OutboxState;
  /** Why it was dropped, held or failed, or what it waits for. */
  reason: string | null;
  /** The next moment at which the dispatcher must look at it. */
  dueAt: Date;
  claimedBy: string | null;
  claimedUntil: Date | null;
  attempts: number;
  /** Platform's id of what was accepted. */
  providerId: string | null;
  deliveries: DeliveryRecord[];
  /** The text as it was sent, links replaced by `{link}`; null until rendered. */
  body: string | null;
  /** What each `{link}` of the body leads to, in order. */
  bodyLinks: string[];
  /** The act of staff that caused it, for undo. */
  actId: string | null;
  createdAt: Date;
  /** Place among the effects of its unit: to one recipient they leave in this order. */
  order: number;
  doneAt: Date | null;
}

const deliverySchema = partSchema<DeliveryRecord>({
  id: { type: String, required: true },
  channel: { type: String, enum: DELIVERY_CHANNELS, required: true },
  state: { type: String, enum: DELIVERY_STATES, required: true },
  why: { type: String, required: true },
  dueAt: { type: Date, required: true },
  attempts: { type: Number, default: 0 },
  sentAt: { type: Date, default: null },
  readAt: { type: Date, default: null },
  providerId: { type: String, default: null },
  detail: { type: String, default: null },
});

export const outboxItemSchema = recordSchema<OutboxItemRecord>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    kind: { type: String, enum: OUTBOX_KINDS, required: true },
    recipient: { type: String, required: true },
    what: { type: String, required: true },
    occasion: { type: String, required: true },
    applicationId: { type: String, default: null },
    payload: { type: Schema.Types.Mixed, default: {} },
    callClass: { type: String, enum: ['press', 'reply', 'urgent', 'normal', 'bulk'], required: true },
    lane: { type: String, enum: ['fast', 'slow'], required: true },
    state: { type: String, enum: OUTBOX_STATES, required: true },
    reason: { type: String, default: null },
    dueAt: { type: Date, required: true },
    claimedBy: { type: String, default: null },
    claimedUntil: { type: Date, default: null },
    attempts: { type: Number, default: 0 },
    providerId: { type: String, default: null },
    deliveries: { type: [deliverySchema], default: [] },
    body: { type: String, default: null },
    bodyLinks: { type: [String], default: [] },
    actId: { type: String, default: null },
    createdAt: { type: Date, required: true },
    order: { type: Number, default: 0 },
    doneAt: { type: Date, default: null },
  },
  'outbox',
);
outboxItemSchema.index({ key: 1 }, { unique: true });
outboxItemSchema.index({ state: 1, lane: 1, dueAt: 1 });
outboxItemSchema.index({ state: 1, claimedUntil: 1 });
outboxItemSchema.index({ recipient: 1, createdAt: -1 });
outboxItemSchema.index({ applicationId: 1, kind: 1 });
outboxItemSchema.index({ actId: 1 }, { partialFilterExpression: { actId: { $type: 'string' } } });
