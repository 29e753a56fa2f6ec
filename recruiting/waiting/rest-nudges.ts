import type { Unit } from '../unit/unit.ts';
import { advanceWaitingPlan } from './advance-waiting-plan.ts';

/** A person takes over what a candidate wrote: nudges rest in all their waiting periods. Dates are still announced. */
export async function restNudges(unit: Unit, candidateId: string): Promise<void> {
  for (const plan of await unit.list('waitingPlans', { candidateId, state: 'active' })) {
    if (plan.withPersonSince) continue;
    await unit.change('waitingPlans', plan, { withPersonSince: unit.now });
    await advanceWaitingPlan(unit, plan._id);
  }
}

/** Something was dealt with: nudges go on where no case and no call is open any more. */
export async function wakeNudges(unit: Unit, candidateId: string): Promise<void> {
  if (await hasOpenCase(unit, candidateId)) return;
  for (const plan of await unit.list('waitingPlans', { candidateId, state: 'active' })) {
    if (!plan.withPersonSince) continue;
    const call = await unit.one('callTasks', { applicationId: plan._id, state: { $in: ['open', 'claimed'] } });
    if (call) continue;
    await unit.change('waitingPlans', plan, { withPersonSince: null });
    await advanceWaitingPlan(unit, plan._id);
  }
}

/** Whether a named person still owes this candidate an answer. */
export async function hasOpenCase(unit: Unit, candidateId: string): Promise<boolean> {
  return (await unit.one('candidateCases', { candidateId, state: 'open' })) !== null;
}
