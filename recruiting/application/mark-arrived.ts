import { hongKongDate, type LocalDate, momentAt } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { Unit } from '../unit/unit.ts';
import { endWaitingPeriod } from '../waiting/end-waiting-period.ts';
import { applicationScope } from './application-scope.ts';
import { moveStage } from './move-stage.ts';

export interface ArrivalOutcome {
  application: ApplicationRecord;
  /** True when nobody had spoken with the person before day 1: recorded and reported, nothing else. */
  withoutContact: boolean;
  /** How many of the vacancy's places are now filled. */
  filled: number;
  headcount: number;
}

/**
 * Somebody came to work: the waiting period ends. @param on the day, when it was not today
 * @throws RuleBroken `arrival_in_future` and the obstacles of `stage.ts`
 */
export async function markArrived(
  unit: Unit,
  input: { applicationId: string; on?: LocalDate | undefined },
): Promise<ArrivalOutcome> {
  const scope = await applicationScope(unit, input.applicationId);
  const today = hongKongDate(unit.now);
  const on = input.on ?? today;
  if (on > today) throw new RuleBroken('arrival_in_future', { name: scope.candidate.name.display });
  const startAt =
    scope.application.startAt && hongKongDate(scope.application.startAt) === on
      ? scope.application.startAt
      : momentAt(on, unit.settings.workdayStart);
  const application = await moveStage(unit, scope, 'arrived', null, { startAt, promise: null, offerReplyBy: null });
  const plan = await endWaitingPeriod(unit, application._id, 'arrived');
  const arrived = await unit.list('applications', { requisitionId: application.requisitionId, stage: 'arrived' });
  return {
    application,
    withoutContact: plan?.breachAt != null,
    filled: arrived.length,
    headcount: scope.requisition.headcount,
  };
}
