import { recordSchema } from './schema-options.ts';

/** The state of one scheduled job: which slot ran last, and who is running one now. `_id` is the job's name. */
export interface JobRunRecord {
  _id: string;
  /** The last slot that came to an end, or was skipped by the job's rule. */
  lastSlotAt: Date | null;
  owner: string | null;
  leaseUntil: Date | null;
  runningSlotAt: Date | null;
}

export const jobRunSchema = recordSchema<JobRunRecord>(
  {
    _id: { type: String, required: true },
    lastSlotAt: { type: Date, default: null },
    owner: { type: String, default: null },
    leaseUntil: { type: Date, default: null },
    runningSlotAt: { type: Date, default: null },
  },
  'jobRuns',
);
