import { hongKongDate } from '../../../hongkong/zone.ts';
import type { Office } from '../../../recruiting/unit/office.ts';

/** MongoDB: the day's record is there already: the budget is spent, or another process has made it at the same moment. */
const DUPLICATE = 11_000;

/** Takes one call from the day's budget, shared by all processes and kept across restarts. @returns false when it is spent */
export async function takeModelCall(
  { models, clock }: Pick<Office, 'models' | 'clock'>,
  most: number,
): Promise<boolean> {
  if (most < 1) return false;
  const day = hongKongDate(clock.now());
  const isLeft = { _id: day, calls: { $lt: most } };
  try {
    return (
      (await models.modelCallDays.findOneAndUpdate(
        isLeft,
        { $inc: { calls: 1 } },
        { upsert: true, returnDocument: 'after' },
      )) !== null
    );
  } catch (error) {
    if ((error as { code?: unknown }).code !== DUPLICATE) throw error;
    return (await models.modelCallDays.findOneAndUpdate(isLeft, { $inc: { calls: 1 } })) !== null;
  }
}
