import { recordSchema } from './schema-options.ts';

export const INTERVIEW_STATES = ['scheduled', 'done', 'cancelled', 'no_show'] as const;
export type InterviewState = (typeof INTERVIEW_STATES)[number];
export const INTERVIEW_KINDS = ['in_person', 'video', 'phone', 'trial'] as const;
export type InterviewKind = (typeof INTERVIEW_KINDS)[number];
export const CANDIDATE_REPLIES = ['attend', 'reschedule', 'decline'] as const;
export type CandidateReply = (typeof CANDIDATE_REPLIES)[number];

/** A planned meeting between a candidate and interviewers (面試). */
export interface InterviewRecord {
  _id: string;
  applicationId: string;
  candidateId: string;
  round: number;
  /** Grows with every change of time, place or people; messages name it in their occasion. Also the ICS SEQUENCE. */
  version: number;
  state: InterviewState;
  kind: InterviewKind;
  startAt: Date;
  minutes: number;
  /** Where, when in person; null for video and telephone. */
  branchId: string | null;
  interviewerIds: string[];
  organizerId: string;
  /** The platform's id of the calendar entry, once made. */
  calendarEntryId: string | null;
  candidateReply: CandidateReply | null;
  candidateReplyAt: Date | null;
  createdAt: Date;
  createdBy: string;
}

export const interviewSchema = recordSchema<InterviewRecord>(
  {
    _id: { type: String, required: true },
    applicationId: { type: String, required: true },
    candidateId: { type: String, required: true },
    round: { type: Number, required: true },
    version: { type: Number, default: 1 },
    state: { type: String, enum: INTERVIEW_STATES, required: true },
    kind: { type: String, enum: INTERVIEW_KINDS, required: true },
    startAt: { type: Date, required: true },
    minutes: { type: Number, required: true },
    branchId: { type: String, default: null },
    interviewerIds: { type: [String], required: true },
    organizerId: { type: String, required: true },
    calendarEntryId: { type: String, default: null },
    candidateReply: { type: String, enum: [...CANDIDATE_REPLIES, null], default: null },
    candidateReplyAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    createdBy: { type: String, required: true },
  },
  'interviews',
);
interviewSchema.index({ applicationId: 1, round: 1 });
interviewSchema.index({ state: 1, startAt: 1 });
interviewSchema.index({ interviewerIds: 1, startAt: 1 });
interviewSchema.index({ candidateId: 1, startAt: 1 });
