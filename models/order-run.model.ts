import { Schema } from 'mongoose';
import { recordSchema } from './schema-options.ts';

/**
 * How far the orders of one message are: each is a transaction of its own, which also moves this record on. When the work
 * on the message is broken off, it goes on from here; nothing is done twice and nothing is forgotten. Gone when all are done.
 */
export interface OrderRunRecord {
  /** The inbox item that is being worked off. */
  _id: string;
  /** What is still to be done (bot/orders/planned-order.ts), in order. */
  orders: unknown[];
  /** What was said so far (bot/orders/planned-order.ts), one per order done. */
  told: unknown[];
  at: Date;
}

export const orderRunSchema = recordSchema<OrderRunRecord>(
  {
    _id: { type: String, required: true },
    orders: { type: Schema.Types.Mixed, default: [] },
    told: { type: Schema.Types.Mixed, default: [] },
    at: { type: Date, required: true },
  },
  'orderRuns',
);
orderRunSchema.index({ at: 1 });
