import { RuleBroken } from '../../lib/errors.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import { type ApplicationScope, applicationScope } from '../application/application-scope.ts';
import { passApplication } from '../application/pass-application.ts';
import { mayMove } from '../application/stage.ts';
import { finishInterview } from '../interview/finish-interview.ts';
import type { Unit } from '../unit/unit.ts';
import { refuseAfterRejection } from './close-decisions.ts';
import { decide } from './decide.ts';

/**
 * Checks that somebody can be approved; changes nothing.
 * @throws RuleBroken `interview_ahead`, `rejected_by_manager` and the obstacles of `stage.ts`
 */
export async function checkApproval(
  unit: Unit,
  applicationId: string,
): Promise<{ scope: ApplicationScope; begun: InterviewRecord | null }> {
  const scope = await applicationScope(unit, applicationId);
  const { application, candidate, requisition } = scope;
  const names = { name: candidate.name.display, ref: application.ref };
  const scheduled = await unit.one('interviews', { applicationId, state: 'scheduled' });
  if (scheduled && scheduled.startAt > unit.now) {
    throw new RuleBroken('interview_ahead', { ...names, at: scheduled.startAt.toISOString() });
  }
  const from = scheduled ? 'interviewed' : application.stage;
  const verdict = mayMove(requisition.stageTemplate, from, 'passed');
  if (!verdict.allowed) throw new RuleBroken(verdict.obstacle, { ...names, from: application.stage, to: 'passed' });
  await refuseAfterRejection(unit, application);
  return { scope, begun: scheduled };
}

/**
 * Somebody passes by the order of a person who may decide: an interview that nobody has closed is closed, an open question
 * to managers is answered by it, the waiting period begins. @throws RuleBroken as `checkApproval`
 */
export async function approveApplication(
  unit: Unit,
  { applicationId, staffId, reason }: { applicationId: string; staffId: string; reason?: string | undefined },
): Promise<void> {
  const { begun } = await checkApproval(unit, applicationId);
  if (begun) await finishInterview(unit, { interviewId: begun._id, askedOf: 'nobody' });
  const open = await unit.one('decisionRequests', { applicationId, state: 'open' });
  if (open) {
    await decide(unit, { requestId: open._id, staffId, choice: 'hire', reason });
    return;
  }
  await passApplication(unit, await applicationScope(unit, applicationId), reason ?? null);
}
