import { recordSchema } from './schema-options.ts';

/** Something a candidate did or somebody did with them; what a caller reads before phoning. */
export interface ActivityRecord {
  _id: string;
  candidateId: string;
  applicationId: string | null;
  at: Date;
  /** page_opened, pressed, wrote, message_read, called, noted … */
  kind: string;
  /** Button, template or outcome: never free text of other people's health or family. */
  detail: string | null;
  /** Free text that staff or the candidate wrote, already cleaned of identity card numbers. */
  text: string | null;
  by: string;
}

export const activitySchema = recordSchema<ActivityRecord>(
  {
    _id: { type: String, required: true },
    candidateId: { type: String, required: true },
    applicationId: { type: String, default: null },
    at: { type: Date, required: true },
    kind: { type: String, required: true },
    detail: { type: String, default: null },
    text: { type: String, default: null },
    by: { type: String, required: true },
  },
  'activities',
);
activitySchema.index({ candidateId: 1, at: -1 });
