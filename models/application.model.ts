import { partSchema, recordSchema } from './schema-options.ts';

/**
 * Where an application stands (docs/domain-language.md defines each). `passed` to `offer_accepted` is the waiting period.
 */
export const APPLICATION_STAGES = [
  'applied',
  'shortlisted',
  'interview',
  'interviewed',
  'passed',
  'offer_sent',
  'offer_accepted',
  'arrived',
  'rejected',
  'withdrawn',
  'declined',
  'no_show',
] as const;
export type ApplicationStage = (typeof APPLICATION_STAGES)[number];

/** One step of an application's life. Kept for ever with it. */
export interface StageChange {
  at: Date;
  from: ApplicationStage | null;
  to: ApplicationStage;
  /** `staff:ID`, `candidate:ID` or `job:NAME`. */
  by: string;
  reason: string | null;
}

/** A date that was promised to the candidate in a message; watched so that it is never missed in silence. */
export interface DatePromise {
  what: string;
  /** Last day of the promise. */
  by: Date;
  /** How often it has been put off. */
  delays: number;
}

/** One person for one vacancy (申請). */
export interface ApplicationRecord {
  _id: string;
  /** What people type and the candidate reads: `A1001`. */
  ref: string;
  candidateId: string;
  requisitionId: string;
  stage: ApplicationStage;
  stageSince: Date;
  history: StageChange[];
  /** Grows with each change; a write names the version it read. */
  version: number;
  /** On hold until a day of decision. */
  holdUntil: Date | null;
  holdReason: string | null;
  /** The branch the person will work in, once assigned. */
  branchId: string | null;
  intakeId: string | null;
  startAt: Date | null;
  /** Until when the person may answer the offer; null when none was sent or no date was set. */
  offerReplyBy: Date | null;
  promise: DatePromise | null;
  appliedAt: Date;
}

const stageChangeSchema = partSchema<StageChange>({
  at: { type: Date, required: true },
  from: { type: String, enum: [...APPLICATION_STAGES, null], default: null },
  to: { type: String, enum: APPLICATION_STAGES, required: true },
  by: { type: String, required: true },
  reason: { type: String, default: null },
});

const promiseSchema = partSchema<DatePromise>({
  what: { type: String, required: true },
  by: { type: Date, required: true },
  delays: { type: Number, default: 0 },
});

export const applicationSchema = recordSchema<ApplicationRecord>(
  {
    _id: { type: String, required: true },
    ref: { type: String, required: true },
    candidateId: { type: String, required: true },
    requisitionId: { type: String, required: true },
    stage: { type: String, enum: APPLICATION_STAGES, required: true },
    stageSince: { type: Date, required: true },
    history: { type: [stageChangeSchema], default: [] },
    version: { type: Number, default: 1 },
    holdUntil: { type: Date, default: null },
    holdReason: { type: String, default: null },
    branchId: { type: String, default: null },
    intakeId: { type: String, default: null },
    startAt: { type: Date, default: null },
    offerReplyBy: { type: Date, default: null },
    promise: { type: promiseSchema, default: null },
    appliedAt: { type: Date, required: true },
  },
  'applications',
);
applicationSchema.index({ ref: 1 }, { unique: true });
applicationSchema.index({ candidateId: 1, requisitionId: 1 }, { unique: true });
applicationSchema.index({ requisitionId: 1, stage: 1, stageSince: 1 });
applicationSchema.index({ stage: 1, stageSince: 1 });
applicationSchema.index({ intakeId: 1 });
applicationSchema.index({ 'promise.by': 1 }, { partialFilterExpression: { 'promise.by': { $exists: true } } });
