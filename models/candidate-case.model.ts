import { recordSchema } from './schema-options.ts';

/** What a case is about, in the words of message 38: anger is `feedback`, an injury or somebody else answering `question`. */
export const CASE_TOPICS = ['feedback', 'complaint', 'data_access', 'erasure', 'question'] as const;
export type CaseTopic = (typeof CASE_TOPICS)[number];

/**
 * Something a candidate wrote that a named person answers in writing by a day (個案). Holds no word of what was written.
 * While one is open, automatic nudges rest.
 */
export interface CandidateCaseRecord {
  _id: string;
  /** What people type: `K1001`. */
  ref: string;
  candidateId: string;
  applicationId: string | null;
  topic: CaseTopic;
  ownerStaffId: string;
  state: 'open' | 'closed';
  receivedAt: Date;
  /** The last day for the written answer. */
  dueAt: Date;
  /** The next moment at which the owner is reminded or it goes up. */
  nextCheckAt: Date;
  /** How often it was reminded. */
  reminders: number;
  closedAt: Date | null;
  closedBy: string | null;
}

export const candidateCaseSchema = recordSchema<CandidateCaseRecord>(
  {
    _id: { type: String, required: true },
    ref: { type: String, required: true },
    candidateId: { type: String, required: true },
    applicationId: { type: String, default: null },
    topic: { type: String, enum: CASE_TOPICS, required: true },
    ownerStaffId: { type: String, required: true },
    state: { type: String, enum: ['open', 'closed'], required: true },
    receivedAt: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    nextCheckAt: { type: Date, required: true },
    reminders: { type: Number, default: 0 },
    closedAt: { type: Date, default: null },
    closedBy: { type: String, default: null },
  },
  'candidateCases',
);
candidateCaseSchema.index({ ref: 1 }, { unique: true });
candidateCaseSchema.index({ candidateId: 1, state: 1 });
candidateCaseSchema.index({ state: 1, nextCheckAt: 1 });
