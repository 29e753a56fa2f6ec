import { RuleBroken } from '../../lib/errors.ts';
import type { WaitingPlanRecord } from '../../models/waiting-plan.model.ts';
import type { Unit } from '../unit/unit.ts';
import { advanceWaitingPlan } from './advance-waiting-plan.ts';

/** Stops nudges to a person until a moment; notices about fixed dates still go. @throws RuleBroken not_waiting, pause_in_past */
export async function pauseNudges(
  unit: Unit,
  input: { applicationId: string; until: Date; name: string },
): Promise<WaitingPlanRecord> {
  if (input.until <= unit.now) throw new RuleBroken('pause_in_past');
  return setPause(unit, input.applicationId, input.until, input.name);
}

/** Lets nudges go out again. @throws RuleBroken not_waiting, not_paused */
export async function resumeNudges(
  unit: Unit,
  input: { applicationId: string; name: string },
): Promise<WaitingPlanRecord> {
  const plan = await unit.get('waitingPlans', input.applicationId);
  if (plan?.state === 'active' && !plan.pausedUntil && !plan.withPersonSince)
    throw new RuleBroken('not_paused', { name: input.name });
  return setPause(unit, input.applicationId, null, input.name);
}

async function setPause(
  unit: Unit,
  applicationId: string,
  pausedUntil: Date | null,
  name: string,
): Promise<WaitingPlanRecord> {
  const plan = await unit.get('waitingPlans', applicationId);
  if (plan?.state !== 'active') throw new RuleBroken('not_waiting', { name });
  unit.audit(`application:${applicationId}`, pausedUntil ? 'pause_nudges' : 'resume_nudges', ['pausedUntil']);
  const changed = await unit.change('waitingPlans', plan, {
    pausedUntil,
    // Who lets nudges go on has dealt with what the candidate wrote.
    ...(pausedUntil ? {} : { withPersonSince: null }),
  });
  await advanceWaitingPlan(unit, applicationId);
  return changed;
}
