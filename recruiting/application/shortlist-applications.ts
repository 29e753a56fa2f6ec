import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { Unit } from '../unit/unit.ts';
import { applicationScope, requireOpenVacancy } from './application-scope.ts';
import { promiseDay } from './date-promise.ts';
import { applicationOccasion, moveStage } from './move-stage.ts';

/** One person's result. `refused` carries the rule that stands in the way; the others are not held up by it. */
export type ShortlistResult =
  | { outcome: 'shortlisted'; application: ApplicationRecord; contactBy: Date }
  | { outcome: 'already'; application: ApplicationRecord }
  | { outcome: 'refused'; application: ApplicationRecord; obstacle: RuleBroken };

/**
 * Puts applications on the shortlist. Each person is told (`shortlisted`) by which day HR will arrange an interview;
 * that day is a promise which is watched. @throws RuleBroken `application_unknown`
 */
export async function shortlistApplications(
  unit: Unit,
  { applicationIds }: { applicationIds: readonly string[] },
): Promise<ShortlistResult[]> {
  const results: ShortlistResult[] = [];
  for (const applicationId of new Set(applicationIds)) results.push(await shortlistOne(unit, applicationId));
  return results;
}

async function shortlistOne(unit: Unit, applicationId: string): Promise<ShortlistResult> {
  const scope = await applicationScope(unit, applicationId);
  if (scope.application.stage === 'shortlisted') return { outcome: 'already', application: scope.application };
  const promise = promiseDay('面試安排', unit.now, unit.settings);
  try {
    requireOpenVacancy(scope);
    const application = await moveStage(unit, scope, 'shortlisted', null, { promise });
    unit.effect({
      kind: 'candidate_message',
      candidateId: application.candidateId,
      applicationId,
      template: 'shortlisted',
      occasion: applicationOccasion(application),
      extra: { reply_by: promise.by.toISOString() },
    });
    return { outcome: 'shortlisted', application, contactBy: promise.by };
  } catch (error) {
    // Rules are checked before anything is written, so the others of the same order may go on.
    if (error instanceof RuleBroken) return { outcome: 'refused', application: scope.application, obstacle: error };
    throw error;
  }
}
