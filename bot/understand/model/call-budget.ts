import { hongKongDate } from '../../../hongkong/zone.ts';
import type { Office } from '../../../recruiting/unit/office.ts';

/** MongoDB: another process has made the same day's record at the same moment. */
const DUPLICATE = 11_000;

/** Takes one call from the day's budget, shared by all processes and kept across restarts. @returns false when it is spent */
export async function takeModelCall(
  { models, clock }: Pick<Office, 'models' | 'clock'>,
  most: number,
): Promise<boolean> {
  const day = hongKongDate(clock.now());
  try {
    const taken = await models.modelCallDays.findOneAndUpdate(
      { _id: day, calls: { $lt: most } },
      { $inc: { calls: 1 } },
      { upsert: true, returnDocument: 'after' },
    );
    return taken !== null;
  } catch (error) {
    if ((error as { code?: unknown }).code === DUPLICATE) return false;
    throw error;
  }
}
