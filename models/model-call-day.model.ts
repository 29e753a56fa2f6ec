import { recordSchema } from './schema-options.ts';

/** Calls to the reading model on one Hong Kong day; `_id` is the day, `2026-11-23`. */
export interface ModelCallDayRecord {
  _id: string;
  calls: number;
}

export const modelCallDaySchema = recordSchema<ModelCallDayRecord>(
  { _id: { type: String, required: true }, calls: { type: Number, default: 0 } },
  'modelCallDays',
);
