import { redactHkids } from '../../hongkong/hkid.ts';
import { nextWorkingMoment } from '../../hongkong/working-time.ts';
import { addDays, hongKongDate, type LocalDate, momentAt } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import { moveDecisionReminders } from '../decision/decision-reminders.ts';
import type { Unit } from '../unit/unit.ts';
import { applicationScope } from './application-scope.ts';
import { hasEnded } from './stage.ts';

/**
 * Puts somebody on hold until the day on which they are looked at again. Nothing is sent; a manager's open decision is
 * not reminded before that day. @throws RuleBroken `application_ended`, `hold_in_past`
 */
export async function putOnHold(
  unit: Unit,
  input: { applicationId: string; until?: LocalDate | undefined; reason?: string | undefined },
): Promise<ApplicationRecord> {
  const { application, candidate } = await applicationScope(unit, input.applicationId);
  if (hasEnded(application.stage)) throw new RuleBroken('application_ended', { name: candidate.name.display });
  const today = hongKongDate(unit.now);
  const until = input.until ?? addDays(today, unit.settings.holdDays);
  if (until <= today) throw new RuleBroken('hold_in_past', { name: candidate.name.display });
  const holdUntil = momentAt(until, unit.settings.workdayStart);
  await moveDecisionReminders(unit, application._id, nextWorkingMoment(holdUntil));
  unit.audit(`application:${application._id}`, 'hold', ['holdUntil', 'holdReason']);
  return unit.change('applications', application, {
    holdUntil,
    holdReason: input.reason ? redactHkids(input.reason) : null,
  });
}

/** Takes somebody up again before the day. @throws RuleBroken `not_on_hold` */
export async function resumeApplication(
  unit: Unit,
  { applicationId }: { applicationId: string },
): Promise<ApplicationRecord> {
  const { application, candidate } = await applicationScope(unit, applicationId);
  if (!application.holdUntil) throw new RuleBroken('not_on_hold', { name: candidate.name.display });
  await moveDecisionReminders(unit, application._id, unit.now);
  unit.audit(`application:${application._id}`, 'resume', ['holdUntil', 'holdReason']);
  return unit.change('applications', application, { holdUntil: null, holdReason: null });
}
