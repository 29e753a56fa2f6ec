import type { Unit } from '../unit/unit.ts';

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
  return over.length;
}
