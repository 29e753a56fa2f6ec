import { recordSchema } from './schema-options.ts';

/** What one day used, by its two-digit number: `{ '07': { calls, bulkCalls, messages } }`. */
export interface QuotaDay {
  calls: number;
  /** Of `calls`, those of class `bulk`. */
  bulkCalls: number;
  messages: number;
}

/** What the organisation used of the platform's monthly allowance. `_id` is the month in Hong Kong, `2026-11`. */
export interface QuotaCounterRecord {
  _id: string;
  /** Billed API calls. */
  calls: number;
  /** Webhook and stream messages. */
  messages: number;
  byDay: Record<string, Partial<QuotaDay>>;
  /** Warnings that have been given this month: each is given once. */
  warned: string[];
}

export const quotaCounterSchema = recordSchema<QuotaCounterRecord>(
  {
    _id: { type: String, required: true },
    calls: { type: Number, default: 0 },
    messages: { type: Number, default: 0 },
    byDay: { type: Object, default: {} },
    warned: { type: [String], default: [] },
  },
  'quotaCounters',
);
