import { recordSchema } from './schema-options.ts';

/** A group that starts training on one date (培訓班). */
export interface IntakeRecord {
  _id: string;
  /** What people type: `T2612`. */
  ref: string;
  /** Null until HR fixes the date. */
  firstDayAt: Date | null;
  lastDayAt: Date | null;
  branchId: string | null;
  /** Where, written out. */
  place: string;
  placeShort: string;
  outline: string;
  payNote: string;
  capacity: number | null;
  state: 'planned' | 'fixed' | 'done' | 'cancelled';
  /** Grows with each change of date or place; notices name it. */
  version: number;
  createdAt: Date;
  createdBy: string;
}

export const intakeSchema = recordSchema<IntakeRecord>(
  {
    _id: { type: String, required: true },
    ref: { type: String, required: true },
    firstDayAt: { type: Date, default: null },
    lastDayAt: { type: Date, default: null },
    branchId: { type: String, default: null },
    place: { type: String, required: true },
    placeShort: { type: String, required: true },
    outline: { type: String, required: true },
    payNote: { type: String, required: true },
    capacity: { type: Number, default: null },
    state: { type: String, enum: ['planned', 'fixed', 'done', 'cancelled'], required: true },
    version: { type: Number, default: 1 },
    createdAt: { type: Date, required: true },
    createdBy: { type: String, required: true },
  },
  'intakes',
);
intakeSchema.index({ ref: 1 }, { unique: true });
intakeSchema.index({ state: 1, firstDayAt: 1 });
