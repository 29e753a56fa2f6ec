import type { ReadingRecord } from '../../models/reading.model.ts';
import type { Unit } from '../unit/unit.ts';

/** The key of a person's last reading in a conversation. */
export const readingId = (conversationId: string, staffId: string): string => `${conversationId}|${staffId}`;

/** Keeps how a message was read, in place of the one before by the same person in the same conversation. */
export async function keepReading(unit: Unit, reading: Omit<ReadingRecord, '_id' | 'at' | 'reviewId'>): Promise<void> {
  const record: ReadingRecord = {
    ...reading,
    _id: readingId(reading.conversationId, reading.staffId),
    at: unit.now,
    reviewId: null,
  };
  const before = await unit.get('readings', record._id);
  if (before) await unit.change('readings', before, record);
  else await unit.insert('readings', record);
}
