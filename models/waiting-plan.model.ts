import { recordSchema } from './schema-options.ts';

/**
 * The plan of one waiting period, from passing the interview to day 1 (等候期). `_id` is the application's id.
 * Only `nextCheckAt` is searched: the sweep touches what is due and nothing else.
 */
export interface WaitingPlanRecord {
  _id: string;
  candidateId: string;
  requisitionId: string;
  /** The HR person who answers for this candidate. */
  ownerStaffId: string;
  state: 'active' | 'ended';
  endedReason: string | null;
  passedAt: Date;
  intakeId: string | null;
  /** Which version of the intake the person was told of. */
  noticedIntakeVersion: number | null;
  trainingReply: 'attend' | 'cannot' | null;
  /** First day: training or work, whichever comes first. */
  firstDayAt: Date | null;
  /** Messages and silence count from here: last page opened, press, reply, call reached. */
  lastActivityAt: Date;
  /** How far the silence ladder has gone since the last activity: 0, 3, 5 or 7 days. */
  silenceStep: number;
  /** Steps done, by occasion: `welcome`, `tips`, `story:2026-11-27`, `checkin:1` … */
  stepsDone: string[];
  /** Staff have stopped nudges until this moment. */
  pausedUntil: Date | null;
  /** Since when a person deals with what the candidate wrote: nudges rest until it is dealt with. */
  withPersonSince: Date | null;
  /** A recorded human contact (a call that reached the person, or a talk noted by staff). */
  humanContactAt: Date | null;
  /** Arrived without human contact. */
  breachAt: Date | null;
  nextCheckAt: Date;
  version: number;
}

export const waitingPlanSchema = recordSchema<WaitingPlanRecord>(
  {
    _id: { type: String, required: true },
    candidateId: { type: String, required: true },
    requisitionId: { type: String, required: true },
    ownerStaffId: { type: String, required: true },
    state: { type: String, enum: ['active', 'ended'], required: true },
    endedReason: { type: String, default: null },
    passedAt: { type: Date, required: true },
    intakeId: { type: String, default: null },
    noticedIntakeVersion: { type: Number, default: null },
    trainingReply: { type: String, enum: ['attend', 'cannot', null], default: null },
    firstDayAt: { type: Date, default: null },
    lastActivityAt: { type: Date, required: true },
    silenceStep: { type: Number, default: 0 },
    stepsDone: { type: [String], default: [] },
    pausedUntil: { type: Date, default: null },
    withPersonSince: { type: Date, default: null },
    humanContactAt: { type: Date, default: null },
    breachAt: { type: Date, default: null },
    nextCheckAt: { type: Date, required: true },
    version: { type: Number, default: 1 },
  },
  'waitingPlans',
);
waitingPlanSchema.index({ state: 1, nextCheckAt: 1 });
waitingPlanSchema.index({ candidateId: 1 });
waitingPlanSchema.index({ intakeId: 1, state: 1 });
waitingPlanSchema.index({ state: 1, firstDayAt: 1 });
