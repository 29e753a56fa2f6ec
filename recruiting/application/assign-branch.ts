import { addDays, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { Unit } from '../unit/unit.ts';
import { applicationScope } from './application-scope.ts';

/**
 * Names the branch in which a person will work; they hear where it is and may object.
 * @throws RuleBroken application_unknown, not_waiting, work_branch_unknown, already_in_branch
 */
export async function assignBranch(
  unit: Unit,
  input: { applicationId: string; branchId: string },
): Promise<ApplicationRecord> {
  const { application: before, candidate } = await applicationScope(unit, input.applicationId);
  const branch = await unit.get('branches', input.branchId);
  if (!branch) throw new RuleBroken('work_branch_unknown');
  const name = candidate.name.display;
  if (!['passed', 'offer_sent', 'offer_accepted'].includes(before.stage)) throw new RuleBroken('not_waiting', { name });
  if (before.branchId === branch._id) throw new RuleBroken('already_in_branch', { name, branch: branch.name });
  const application = await unit.change('applications', before, { branchId: branch._id });
  unit.audit(`application:${application._id}`, 'assign_branch', ['branchId']);
  const replyBy = momentAt(addDays(hongKongDate(unit.now), unit.settings.replyCalendarDays));
  unit.effect({
    kind: 'candidate_message',
    candidateId: application.candidateId,
    applicationId: application._id,
    template: 'store_assignment',
    occasion: `branch:${application._id}:${branch._id}:v${application.version}`,
    extra: { reply_by: replyBy.toISOString() },
  });
  return application;
}
