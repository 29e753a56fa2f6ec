import { Schema } from 'mongoose';
import { recordSchema } from './schema-options.ts';

/** What staff did, so that it can be taken back as long as nothing has left. */
export interface ActRecord {
  _id: string;
  staffId: string;
  conversationId: string | null;
  /** Running number of this person's acts: the highest is undone first. */
  number: number;
  /** The command or card that did it. */
  name: string;
  /** One line for the person: 「批核 陳家欣」. */
  summary: string;
  at: Date;
  undoUntil: Date;
  /** Every document the act changed, as it was before; `document` null = the act created it. */
  before: { collection: string; id: string; document: Record<string, unknown> | null }[];
  /** The audit numbers the act wrote for each subject, `from` to `number`: a later one means that somebody went on. */
  subjects: { subject: string; from: number; number: number }[];
  state: 'done' | 'undone';
}

export const actSchema = recordSchema<ActRecord>(
  {
    _id: { type: String, required: true },
    staffId: { type: String, required: true },
    conversationId: { type: String, default: null },
    number: { type: Number, required: true },
    name: { type: String, required: true },
    summary: { type: String, required: true },
    at: { type: Date, required: true },
    undoUntil: { type: Date, required: true },
    before: { type: Schema.Types.Mixed, default: [] },
    subjects: { type: Schema.Types.Mixed, default: [] },
    state: { type: String, enum: ['done', 'undone'], required: true },
  },
  'acts',
);
actSchema.index({ staffId: 1, state: 1, number: -1 });
actSchema.index({ 'subjects.subject': 1 });
