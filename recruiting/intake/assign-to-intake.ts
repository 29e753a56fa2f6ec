import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord, ApplicationStage } from '../../models/application.model.ts';
import type { IntakeRecord } from '../../models/intake.model.ts';
import type { Unit } from '../unit/unit.ts';
import { advanceWaitingPlan } from '../waiting/advance-waiting-plan.ts';

/** Only people who passed and have not begun can be put into a training group. */
const WAITING: readonly ApplicationStage[] = ['passed', 'offer_sent', 'offer_accepted'];

/**
 * Puts people into a training group, or moves them from another one; those of a fixed group get its notice.
 * @throws RuleBroken intake_unknown, intake_over, intake_full, not_waiting, already_in_intake
 */
export async function assignToIntake(
  unit: Unit,
  input: { applicationIds: readonly string[]; intakeId: string },
): Promise<{ intake: IntakeRecord; assigned: ApplicationRecord[] }> {
  const intake = await unit.get('intakes', input.intakeId);
  if (!intake) throw new RuleBroken('intake_unknown');
  if (intake.state === 'done' || intake.state === 'cancelled') throw new RuleBroken('intake_over', { ref: intake.ref });
  const members = await unit.list('applications', { intakeId: intake._id, stage: { $in: [...WAITING] } });
  const free = intake.capacity === null ? Number.POSITIVE_INFINITY : intake.capacity - members.length;
  if (input.applicationIds.length > free) {
    throw new RuleBroken('intake_full', { ref: intake.ref, capacity: intake.capacity ?? 0, free: Math.max(0, free) });
  }
  const assigned: ApplicationRecord[] = [];
  for (const applicationId of input.applicationIds) {
    assigned.push(await assignOne(unit, applicationId, intake));
  }
  return { intake, assigned };
}

async function assignOne(unit: Unit, applicationId: string, intake: IntakeRecord): Promise<ApplicationRecord> {
  const before = await unit.get('applications', applicationId);
  if (!before) throw new RuleBroken('application_unknown', { id: applicationId });
  const candidate = await unit.get('candidates', before.candidateId);
  const name = candidate?.name.display ?? before.ref;
  if (!WAITING.includes(before.stage)) throw new RuleBroken('not_waiting', { name });
  if (before.intakeId === intake._id) throw new RuleBroken('already_in_intake', { name, ref: intake.ref });
  const old = before.intakeId ? await unit.get('intakes', before.intakeId) : null;
  const application = await unit.change('applications', before, { intakeId: intake._id });
  unit.audit(`application:${application._id}`, 'assign_intake', ['intakeId']);
  const plan = await unit.get('waitingPlans', application._id);
  if (plan?.state === 'active') {
    await unit.change('waitingPlans', plan, { trainingReply: null, intakeId: intake._id });
    const oldRange = old?.firstDayAt ? { from: old.firstDayAt, to: old.lastDayAt ?? old.firstDayAt } : undefined;
    await advanceWaitingPlan(unit, application._id, oldRange);
  }
  return application;
}
