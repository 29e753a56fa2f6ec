import type { Office } from '../unit/office.ts';

/** Deletes what has reached its day: last readings, reported readings, counted events. @returns how many went */
export async function forgetReadings(office: Office, now: Date): Promise<number> {
  const { readings, readingReviews, complianceEvents } = office.models;
  const lapsed = new Date(now.getTime() - office.settings().readingHours * 3_600_000);
  const gone = await Promise.all([
    readings.deleteMany({ at: { $lte: lapsed } }),
    readingReviews.deleteMany({ purgeAt: { $lte: now } }),
    complianceEvents.deleteMany({ purgeAt: { $lte: now } }),
  ]);
  return gone.reduce((sum, { deletedCount }) => sum + deletedCount, 0);
}
