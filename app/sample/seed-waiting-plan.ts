import type { ApplicationRecord } from '../../models/application.model.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import type { WaitingPlanRecord } from '../../models/waiting-plan.model.ts';
import type { Unit } from '../../recruiting/unit/unit.ts';
import { waitingFacts } from '../../recruiting/waiting/advance-waiting-plan.ts';
import { nextCheck, waitingSteps } from '../../recruiting/waiting/waiting-steps.ts';
import type { SampleApplication } from './read-sample.ts';

const DAY_MS = 86_400_000;

/**
 * A waiting period that has been running for a while: everything that would have happened until now counts as done, so
 * that a newcomer sees what comes next and not a flood.
 */
export async function seedWaitingPlan(
  unit: Unit,
  about: {
    candidate: CandidateRecord;
    application: ApplicationRecord;
    requisition: RequisitionRecord;
    wanted: SampleApplication;
  },
): Promise<void> {
  const { candidate, application, requisition, wanted } = about;
  const passedAt = application.history.find((change) => change.to === 'passed')?.at ?? unit.now;
  const intake = application.intakeId ? await unit.get('intakes', application.intakeId) : null;
  const plan: WaitingPlanRecord = {
    _id: application._id,
    candidateId: candidate._id,
    requisitionId: requisition._id,
    ownerStaffId: requisition.recruiterId,
    state: 'active',
    endedReason: null,
    passedAt,
    intakeId: application.intakeId,
    noticedIntakeVersion: null,
    trainingReply: null,
    firstDayAt: null,
    lastActivityAt: new Date(unit.now.getTime() - wanted.silentDays * DAY_MS),
    silenceStep: 0,
    stepsDone: [],
    pausedUntil: null,
    withPersonSince: null,
    humanContactAt: wanted.humanContact ? passedAt : null,
    breachAt: null,
    nextCheckAt: unit.now,
    version: 1,
  };
  const facts = await waitingFacts(unit, { plan, candidate, application, intake });
  const past = waitingSteps(facts, unit.now, unit.settings).filter(
    (step) => step.at <= unit.now && !step.step.startsWith('notice:'),
  );
  const stepsDone = past.map((step) => step.step);
  const left = waitingSteps({ ...facts, stepsDone }, unit.now, unit.settings);
  await unit.insert('waitingPlans', {
    ...plan,
    stepsDone,
    firstDayAt: facts.firstDayAt,
    nextCheckAt: nextCheck(left, unit.now, unit.settings),
  });
}
