import { recordSchema } from './schema-options.ts';

/**
 * Of whom one member of staff spoke last with the robot in one conversation: who 「佢」 and "him" are. Never shared between
 * people; forgotten after a while (`pronounMinutes`).
 */
export interface SpokenOfRecord {
  /** `<conversation>|<staff>`. */
  _id: string;
  conversationId: string;
  staffId: string;
  /** Candidates, the last spoken of first. */
  candidateIds: string[];
  /** How many of them were spoken of together last: 佢哋. */
  together: number;
  at: Date;
}

export const spokenOfSchema = recordSchema<SpokenOfRecord>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    staffId: { type: String, required: true },
    candidateIds: { type: [String], default: [] },
    together: { type: Number, default: 0 },
    at: { type: Date, required: true },
  },
  'spokenOf',
);
spokenOfSchema.index({ at: 1 });
