import { partSchema, recordSchema } from './schema-options.ts';

export const CALL_OUTCOMES = [
  'reached_accepted',
  'reached_declined',
  'reached_undecided',
  'no_answer',
  'voicemail',
  'callback',
  'wrong_number',
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export const CALL_REASONS = [
  'silent',
  'training_unread',
  'day_one_near',
  'asked_for_call',
  'promise_missed',
  'cannot_attend',
  'offer_unanswered',
] as const;
export type CallReason = (typeof CALL_REASONS)[number];

/** One try to phone the person. */
export interface CallAttempt {
  at: Date;
  by: string;
  outcome: CallOutcome;
  /** intensity | pay | distance | other_offer, when the person hesitates or declines. */
  concern: string | null;
  note: string | null;
  nextAt: Date | null;
}

/** "A human must phone this candidate" (致電跟進), with an owner and a time. */
export interface CallTaskRecord {
  _id: string;
  /** application + reason + occasion: the same cause makes one task. */
  key: string;
  applicationId: string;
  candidateId: string;
  reason: CallReason;
  ownerStaffId: string;
  state: 'open' | 'claimed' | 'done' | 'cancelled';
  claimedBy: string | null;
  claimedAt: Date | null;
  attempts: CallAttempt[];
  createdAt: Date;
  /** The next moment at which it must be looked at: unclaimed, overdue, call back. */
  dueAt: Date;
  /** How often it went up; 0 = with its owner. */
  escalations: number;
  closedAt: Date | null;
}

const attemptSchema = partSchema<CallAttempt>({
  at: { type: Date, required: true },
  by: { type: String, required: true },
  outcome: { type: String, enum: CALL_OUTCOMES, required: true },
  concern: { type: String, default: null },
  note: { type: String, default: null },
  nextAt: { type: Date, default: null },
});

export const callTaskSchema = recordSchema<CallTaskRecord>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    applicationId: { type: String, required: true },
    candidateId: { type: String, required: true },
    reason: { type: String, enum: CALL_REASONS, required: true },
    ownerStaffId: { type: String, required: true },
    state: { type: String, enum: ['open', 'claimed', 'done', 'cancelled'], required: true },
    claimedBy: { type: String, default: null },
    claimedAt: { type: Date, default: null },
    attempts: { type: [attemptSchema], default: [] },
    createdAt: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    escalations: { type: Number, default: 0 },
    closedAt: { type: Date, default: null },
  },
  'callTasks',
);
callTaskSchema.index({ key: 1 }, { unique: true });
callTaskSchema.index({ state: 1, dueAt: 1 });
callTaskSchema.index({ applicationId: 1, state: 1 });
