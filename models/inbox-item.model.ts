import { recordSchema } from './schema-options.ts';

/** `open`: waiting or being worked on; `done`: its effect is in the database; `set_aside`: failed three times. */
export const INBOX_ITEM_STATES = ['open', 'done', 'set_aside'] as const;
export type InboxItemState = (typeof INBOX_ITEM_STATES)[number];

/** An event that came in: from staff, or a candidate's reply by e-mail or SMS. `_id` is the event's own id: a second insert is a redelivery. */
export interface InboxItemRecord {
  _id: string;
  /** Items of one lane are worked off one after the other. */
  lane: string;
  kind: 'message' | 'press' | 'words';
  state: InboxItemState;
  /** First receipt; with `order` it gives the order within a lane. */
  receivedAt: Date;
  /** Runs upwards within one process; tells items of the same moment apart. */
  order: number;
  /** The event as JSON text (field names of forms may hold any character). Emptied when done: only the id is kept. */
  payload: string;
  /** For presses: card, person, button and values, hashed; the same click brought again has the same one. */
  click: string | null;
  /** The process that works on it, alive until `leaseUntil`. */
  owner: string;
  leaseUntil: Date;
  /** True when work on it is known to have begun; an interrupted run then counts as a failure. */
  begun: boolean;
  failures: number;
  lastError: string | null;
  /** The face a press was answered with, as JSON text; repeated to a redelivery. */
  answer: string | null;
  doneAt: Date | null;
  /** What an apology names, when set aside. */
  reference: string | null;
}

export const inboxItemSchema = recordSchema<InboxItemRecord>(
  {
    _id: { type: String, required: true },
    lane: { type: String, required: true },
    kind: { type: String, enum: ['message', 'press', 'words'], required: true },
    state: { type: String, enum: INBOX_ITEM_STATES, required: true },
    receivedAt: { type: Date, required: true },
    order: { type: Number, required: true },
    payload: { type: String, default: '' },
    click: { type: String, default: null },
    owner: { type: String, required: true },
    leaseUntil: { type: Date, required: true },
    begun: { type: Boolean, required: true },
    failures: { type: Number, required: true },
    lastError: { type: String, default: null },
    answer: { type: String, default: null },
    doneAt: { type: Date, default: null },
    reference: { type: String, default: null },
  },
  'inboxItems',
);
// What is left to do: at start, and what stands before an item in its lane.
inboxItemSchema.index({ state: 1, lane: 1, receivedAt: 1, order: 1 }, { partialFilterExpression: { state: 'open' } });
// Presses only: the same click brought again by another process or after a restart.
inboxItemSchema.index({ click: 1, receivedAt: -1 }, { partialFilterExpression: { kind: 'press' } });
// Housekeeping by the injected clock; a TTL index would go by the machine's.
inboxItemSchema.index({ doneAt: 1 }, { partialFilterExpression: { state: 'done' } });
