import type { ApplicationRecord } from '../../models/application.model.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import type { WaitingPlanRecord } from '../../models/waiting-plan.model.ts';
import type { Unit } from '../unit/unit.ts';
import { hasOpenCase } from './rest-nudges.ts';

/**
 * Starts the waiting period of somebody who passed: from now on the sweep looks at the plan at `nextCheckAt` and does
 * what is due (the welcome pack first). One plan per application; a plan that had ended begins anew.
 */
export async function startWaitingPeriod(
  unit: Unit,
  { application, requisition }: { application: ApplicationRecord; requisition: RequisitionRecord },
): Promise<WaitingPlanRecord> {
  const begin = {
    candidateId: application.candidateId,
    requisitionId: requisition._id,
    ownerStaffId: requisition.recruiterId,
    state: 'active' as const,
    endedReason: null,
    passedAt: unit.now,
    intakeId: application.intakeId,
    noticedIntakeVersion: null,
    trainingReply: null,
    firstDayAt: application.startAt,
    lastActivityAt: unit.now,
    silenceStep: 0,
    stepsDone: [],
    pausedUntil: null,
    withPersonSince: (await hasOpenCase(unit, application.candidateId)) ? unit.now : null,
    humanContactAt: null,
    breachAt: null,
    nextCheckAt: unit.now,
  };
  unit.audit(`application:${application._id}`, 'waiting_started', ['waitingPlan']);
  const earlier = await unit.get('waitingPlans', application._id);
  if (earlier) return unit.change('waitingPlans', earlier, begin);
  return unit.insert('waitingPlans', { _id: application._id, ...begin, version: 1 });
}
