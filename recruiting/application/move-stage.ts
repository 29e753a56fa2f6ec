import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord, ApplicationStage } from '../../models/application.model.ts';
import type { Unit } from '../unit/unit.ts';
import type { ApplicationScope } from './application-scope.ts';
import { mayMove } from './stage.ts';

/**
 * Moves an application one stage on, with its history. Whoever was on hold is no longer: a step is the decision that
 * was waited for. @throws RuleBroken with what stands in the way (`stage.ts`); slots `name`, `ref`, `from`, `to`
 */
export async function moveStage(
  unit: Unit,
  scope: ApplicationScope,
  to: ApplicationStage,
  reason: string | null,
  further: Partial<ApplicationRecord> = {},
): Promise<ApplicationRecord> {
  const { application } = scope;
  const from = application.stage;
  requireStep(scope, to);
  unit.audit(`application:${application._id}`, `stage:${to}`, ['stage', 'history', ...Object.keys(further)]);
  return unit.change('applications', application, {
    stage: to,
    stageSince: unit.now,
    history: [...application.history, { at: unit.now, from, to, by: unit.by, reason }],
    holdUntil: null,
    holdReason: null,
    ...further,
  });
}

/** @throws RuleBroken with what stands in the way of a step; slots `name`, `ref`, `from`, `to` */
export function requireStep({ application, candidate, requisition }: ApplicationScope, to: ApplicationStage): void {
  const verdict = mayMove(requisition.stageTemplate, application.stage, to);
  if (verdict.allowed) return;
  const names = { name: candidate.name.display, ref: application.ref };
  throw new RuleBroken(verdict.obstacle, { ...names, from: application.stage, to });
}

/** The occasion of something that belongs to an application as it is now: `application:app_7:v4`. */
export function applicationOccasion(application: ApplicationRecord): string {
  return `application:${application._id}:v${application.version}`;
}
