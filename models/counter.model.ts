import { recordSchema } from './schema-options.ts';

/** A running number: of references (`ref:candidate`) and of audit subjects (`audit:SUBJECT`). */
export interface CounterRecord {
  _id: string;
  value: number;
}

export const counterSchema = recordSchema<CounterRecord>(
  { _id: { type: String, required: true }, value: { type: Number, required: true } },
  'counters',
);
