import { redactHkids } from '../../hongkong/hkid.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { Unit } from '../unit/unit.ts';
import { applicationScope } from './application-scope.ts';
import { closeOpenBusiness } from './close-open-business.ts';
import { extendRetention } from './extend-retention.ts';
import { applicationOccasion, moveStage } from './move-stage.ts';

/**
 * A candidate leaves: by their own press or text (then the acknowledgement goes at once) or because staff were told.
 * Appointments, questions to managers and the waiting period stop.
 * @throws RuleBroken `application_unknown`, `application_ended`, `already_in_stage`
 */
export async function withdrawApplication(
  unit: Unit,
  input: { applicationId: string; reason?: string | undefined },
): Promise<{ application: ApplicationRecord; purgeDay: Date }> {
  const scope = await applicationScope(unit, input.applicationId);
  const byCandidate = unit.by.startsWith('candidate:');
  // Somebody who leaves before the letter of refusal has reached them has left; staff do not undo a refusal that way.
  if (scope.application.stage === 'rejected' && !byCandidate) {
    throw new RuleBroken('application_ended', { name: scope.candidate.name.display, ref: scope.application.ref });
  }
  const reason = input.reason ? redactHkids(input.reason) : null;
  const application = await moveStage(unit, scope, 'withdrawn', reason, { promise: null, offerReplyBy: null });
  await closeOpenBusiness(unit, application, 'withdrawn');
  const purgeDay = await extendRetention(unit, application);
  unit.effect({
    kind: 'candidate_message',
    candidateId: application.candidateId,
    applicationId: application._id,
    template: 'withdrawal_ack',
    occasion: applicationOccasion(application),
    extra: { purge_date: purgeDay.toISOString() },
    atOnce: byCandidate,
  });
  return { application, purgeDay };
}
