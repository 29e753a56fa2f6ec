import { RuleBroken } from '../../lib/errors.ts';
import type { IntakeRecord } from '../../models/intake.model.ts';
import type { Unit } from '../unit/unit.ts';
import { advanceWaitingPlan } from '../waiting/advance-waiting-plan.ts';

/** What changed, and who is told. */
export interface IntakeDateSet {
  intake: IntakeRecord;
  before: Date | null;
  /** People of the group who wait and get the notice, or the new date. */
  told: number;
}

/**
 * Fixes or moves the date of a training group. Everybody in it who waits is told: the notice the first time, afterwards
 * the change with the old date named once. @throws RuleBroken intake_unknown, intake_over, intake_in_past, intake_same_date
 */
export async function setIntakeDate(
  unit: Unit,
  input: { intakeId: string; firstDayAt: Date; lastDayAt?: Date | undefined },
): Promise<IntakeDateSet> {
  const before = await unit.get('intakes', input.intakeId);
  if (!before) throw new RuleBroken('intake_unknown');
  if (before.state === 'done' || before.state === 'cancelled') throw new RuleBroken('intake_over', { ref: before.ref });
  if (input.firstDayAt <= unit.now) throw new RuleBroken('intake_in_past');
  if (before.firstDayAt?.getTime() === input.firstDayAt.getTime() && !input.lastDayAt) {
    throw new RuleBroken('intake_same_date', { ref: before.ref });
  }
  const lastDayAt = input.lastDayAt ?? movedEnd(before, input.firstDayAt);
  const intake = await unit.change('intakes', before, { firstDayAt: input.firstDayAt, lastDayAt, state: 'fixed' });
  unit.audit(`intake:${intake._id}`, before.firstDayAt ? 'move' : 'fix', ['firstDayAt', 'lastDayAt']);
  const members = await unit.list('applications', { intakeId: intake._id });
  let told = 0;
  for (const member of members) {
    const plan = await unit.get('waitingPlans', member._id);
    if (plan?.state !== 'active') continue;
    // Who said yes or no to the old date is asked again.
    await unit.change('waitingPlans', plan, { trainingReply: null });
    await advanceWaitingPlan(unit, member._id, oldRange(before));
    told += 1;
  }
  return { intake, before: before.firstDayAt, told };
}

/** The same length at the new date. */
function movedEnd(before: IntakeRecord, firstDayAt: Date): Date | null {
  if (!before.firstDayAt || !before.lastDayAt) return null;
  return new Date(firstDayAt.getTime() + before.lastDayAt.getTime() - before.firstDayAt.getTime());
}

function oldRange(before: IntakeRecord): { from: Date; to: Date } | undefined {
  return before.firstDayAt ? { from: before.firstDayAt, to: before.lastDayAt ?? before.firstDayAt } : undefined;
}
