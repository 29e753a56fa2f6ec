import { recordSchema } from './schema-options.ts';

export const DECISION_CHOICES = ['hire', 'another_interview', 'reject'] as const;
export type DecisionChoice = (typeof DECISION_CHOICES)[number];

/**
 * The question "hire, another interview, or not suitable?" put to managers as cards. The first valid answer wins.
 */
export interface DecisionRequestRecord {
  _id: string;
  /** What a quick-reply link names, so that a tap on an old text never answers a newer question: `D101`. */
  ref: string;
  applicationId: string;
  round: number;
  /** Grows when an undone decision is asked again. */
  version: number;
  askedOf: string[];
  state: 'open' | 'decided' | 'closed';
  choice: DecisionChoice | null;
  reason: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  askedAt: Date;
  /**
   * While open: decisionHours working hours after asking, once more after that. After a rejection: the same for the
   * letter that HR owes the candidate. Null when nothing is owed.
   */
  remindAt: Date | null;
  escalateAt: Date | null;
  /** After a rejection: the sentence HR has written for the letter and has not yet confirmed. */
  letterDraft: string | null;
}

export const decisionRequestSchema = recordSchema<DecisionRequestRecord>(
  {
    _id: { type: String, required: true },
    ref: { type: String, required: true },
    applicationId: { type: String, required: true },
    round: { type: Number, required: true },
    version: { type: Number, default: 1 },
    askedOf: { type: [String], required: true },
    state: { type: String, enum: ['open', 'decided', 'closed'], required: true },
    choice: { type: String, enum: [...DECISION_CHOICES, null], default: null },
    reason: { type: String, default: null },
    decidedBy: { type: String, default: null },
    decidedAt: { type: Date, default: null },
    askedAt: { type: Date, required: true },
    remindAt: { type: Date, default: null },
    escalateAt: { type: Date, default: null },
    letterDraft: { type: String, default: null },
  },
  'decisionRequests',
);
decisionRequestSchema.index({ applicationId: 1, round: 1, version: 1 }, { unique: true });
decisionRequestSchema.index({ ref: 1 }, { unique: true });
decisionRequestSchema.index({ state: 1, remindAt: 1 });
decisionRequestSchema.index({ state: 1, escalateAt: 1 });
