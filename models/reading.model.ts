import { Schema } from 'mongoose';
import { partSchema, recordSchema } from './schema-options.ts';

/** One understood order of a message, in plain data. */
export interface ReadFrame {
  intent: string;
  entities: Record<string, unknown>;
  /** Candidates each named person may be. */
  who: string[][];
  confidence: number;
}

/** A name in the message, and what stands for it in a report. */
export interface NamePlaceholder {
  word: string;
  placeholder: string;
}

/**
 * How the robot last read one member of staff in one conversation, for the question 「你點理解?」 and for reporting it as
 * wrong. Kept for `readingHours`. Reasons on protected grounds and private details are not in it.
 */
export interface ReadingRecord {
  /** `<conversation>|<staff>`. */
  _id: string;
  conversationId: string;
  staffId: string;
  /** The inbox item of the message: its answer is found by it. */
  itemId: string;
  channel: 'direct' | 'group';
  role: 'hr' | 'manager';
  /** The message without names, numbers and addresses. */
  text: string;
  names: NamePlaceholder[];
  frames: ReadFrame[];
  /** For a command in its exact form: its name; then the one frame holds what was said of each argument. */
  command: string | null;
  /** What the reading led to: act, confirm, ask, refuse, answer, none. */
  decision: string;
  at: Date;
  /** The report in which this reading was called wrong. */
  reviewId: string | null;
}

const frameSchema = partSchema<ReadFrame>({
  intent: { type: String, required: true },
  entities: { type: Schema.Types.Mixed, default: {} },
  who: { type: Schema.Types.Mixed, default: [] },
  confidence: { type: Number, required: true },
});
const nameSchema = partSchema<NamePlaceholder>({
  word: { type: String, required: true },
  placeholder: { type: String, required: true },
});

export const readingSchema = recordSchema<ReadingRecord>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    staffId: { type: String, required: true },
    itemId: { type: String, required: true },
    channel: { type: String, enum: ['direct', 'group'], required: true },
    role: { type: String, enum: ['hr', 'manager'], required: true },
    text: { type: String, default: '' },
    names: { type: [nameSchema], default: [] },
    frames: { type: [frameSchema], default: [] },
    command: { type: String, default: null },
    decision: { type: String, required: true },
    at: { type: Date, required: true },
    reviewId: { type: String, default: null },
  },
  'readings',
);
readingSchema.index({ at: 1 });
