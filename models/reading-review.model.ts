import { Schema } from 'mongoose';
import { recordSchema } from './schema-options.ts';

/**
 * A reading that somebody called wrong, for making the lexicon better. Without names, telephone numbers, addresses and
 * identity card numbers, and without the person who reported it. Gone on its purge day.
 */
export interface ReadingReviewRecord {
  _id: string;
  at: Date;
  channel: 'direct' | 'group';
  role: 'hr' | 'manager';
  text: string;
  /** The first intent that was read; further ones stand in `entities.also`. */
  intent: string;
  entities: Record<string, unknown>;
  decision: string;
  /** What the person said they had meant. */
  correction: string | null;
  purgeAt: Date;
}

export const readingReviewSchema = recordSchema<ReadingReviewRecord>(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    channel: { type: String, enum: ['direct', 'group'], required: true },
    role: { type: String, enum: ['hr', 'manager'], required: true },
    text: { type: String, default: '' },
    intent: { type: String, required: true },
    entities: { type: Schema.Types.Mixed, default: {} },
    decision: { type: String, required: true },
    correction: { type: String, default: null },
    purgeAt: { type: Date, required: true },
  },
  'readingReviews',
);
readingReviewSchema.index({ at: 1 });
readingReviewSchema.index({ purgeAt: 1 });
