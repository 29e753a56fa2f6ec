import type { ApplicationRecord } from '../../models/application.model.ts';
import type { Unit } from '../unit/unit.ts';
import { startWaitingPeriod } from '../waiting/start-waiting-period.ts';
import type { ApplicationScope } from './application-scope.ts';
import { moveStage } from './move-stage.ts';

/** Somebody passed their interview: the waiting period begins, and with it the plan that welcomes them. */
export async function passApplication(
  unit: Unit,
  scope: ApplicationScope,
  reason: string | null,
): Promise<ApplicationRecord> {
  const application = await moveStage(unit, scope, 'passed', reason, { promise: null });
  await startWaitingPeriod(unit, { application, requisition: scope.requisition });
  return application;
}
