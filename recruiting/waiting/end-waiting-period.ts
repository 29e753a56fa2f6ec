import type { WaitingPlanRecord } from '../../models/waiting-plan.model.ts';
import type { Unit } from '../unit/unit.ts';

/** Why a waiting period is over. */
export type WaitingEnd = 'arrived' | 'withdrawn' | 'rejected' | 'declined';

/**
 * Ends the waiting period and its open call tasks. Somebody who arrives without a recorded human contact is a breach of
 * the rule that no one reaches day 1 unnoticed; it is written down, nothing else.
 * @returns the plan as it ended; null when there was none
 */
export async function endWaitingPeriod(
  unit: Unit,
  applicationId: string,
  endedReason: WaitingEnd,
): Promise<WaitingPlanRecord | null> {
  for (const task of await unit.list('callTasks', { applicationId, state: { $in: ['open', 'claimed'] } })) {
    await unit.change('callTasks', task, { state: 'cancelled', closedAt: unit.now });
  }
  const plan = await unit.get('waitingPlans', applicationId);
  if (!plan || plan.state === 'ended') return plan;
  const breach = endedReason === 'arrived' && plan.humanContactAt === null;
  unit.audit(`application:${applicationId}`, breach ? 'arrived_without_contact' : `waiting_ended:${endedReason}`, [
    'waitingPlan',
  ]);
  return unit.change('waitingPlans', plan, {
    state: 'ended',
    endedReason,
    breachAt: breach ? unit.now : plan.breachAt,
  });
}
