import type { Unit } from '../unit/unit.ts';

/** Nobody goes on with a message after so many days. */
const RUN_DAYS = 30;

/**
 * Drops what the robot's questions to staff kept (names typed, lists read in) once nobody can answer them any more, and of
 * whom they spoke last.
 * @param limit at most so many at a time. @returns how many were dropped
 */
export async function forgetExpiredQuestions(unit: Unit, limit = 200): Promise<number> {
  const over = await unit.list('dialogues', { state: 'open', expiresAt: { $lte: unit.now } }, { limit });
  for (const dialogue of over) {
    await unit.change('dialogues', dialogue, { state: 'expired', args: {}, options: [] });
  }
  const lapsed = new Date(unit.now.getTime() - unit.settings.pronounMinutes * 60_000);
  await unit.models.spokenOf.deleteMany({ at: { $lte: lapsed } }, { session: unit.session });
  // Work that was given up (its message was set aside and apologised for) leaves its orders behind.
  const givenUp = new Date(unit.now.getTime() - RUN_DAYS * 86_400_000);
  await unit.models.orderRuns.deleteMany({ at: { $lte: givenUp } }, { session: unit.session });
  return over.length;
}
