import type { ApplicationRecord } from '../../models/application.model.ts';
import type { Unit } from '../unit/unit.ts';
import { purgeDay } from './retention.ts';
import { hasEnded } from './stage.ts';

/**
 * Sets the day on which the data of somebody must go, counted from now, the end of an application. Data that another
 * application still needs stay at least as long as they would have.
 * @returns the day that the candidate is told
 */
export async function extendRetention(unit: Unit, ended: ApplicationRecord): Promise<Date> {
  const day = purgeDay(unit.now, unit.settings.retentionMonths);
  const candidate = await unit.get('candidates', ended.candidateId);
  if (!candidate) return day;
  const others = await unit.list('applications', { candidateId: ended.candidateId, _id: { $ne: ended._id } });
  const stillNeeded = others.some((other) => other.stage === 'arrived' || !hasEnded(other.stage));
  const purgeAfter = stillNeeded && candidate.purgeAfter > day ? candidate.purgeAfter : day;
  if (purgeAfter.getTime() !== candidate.purgeAfter.getTime()) {
    unit.audit(`candidate:${candidate._id}`, 'retention', ['purgeAfter']);
    await unit.change('candidates', candidate, { purgeAfter });
  }
  return day;
}
