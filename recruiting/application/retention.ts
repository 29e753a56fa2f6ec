import { addMonths, hongKongDate, momentAt } from '../../hongkong/zone.ts';

/**
 * The day on which the data of somebody who was not hired must be gone: counted from the rejection or the withdrawal
 * (Code of Practice on Human Resource Management: two years at most).
 */
export function purgeDay(endedAt: Date, retentionMonths: number): Date {
  return momentAt(addMonths(hongKongDate(endedAt), retentionMonths));
}
