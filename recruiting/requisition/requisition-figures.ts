import type { ApplicationStage } from '../../models/application.model.ts';
import { APPLICATION_STAGES } from '../../models/application.model.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import type { Unit } from '../unit/unit.ts';

/** How many applications of a vacancy stand in each stage; stages without any are left out. */
export async function requisitionFigures(
  unit: Unit,
  requisition: RequisitionRecord,
): Promise<{ stage: ApplicationStage; count: number }[]> {
  const groups = await unit.models.applications
    .aggregate<{ _id: ApplicationStage; count: number }>([
      { $match: { requisitionId: requisition._id } },
      { $group: { _id: '$stage', count: { $sum: 1 } } },
    ])
    .session(unit.session);
  const counts = new Map(groups.map(({ _id, count }) => [_id, count]));
  return APPLICATION_STAGES.flatMap((stage) => {
    const count = counts.get(stage);
    return count ? [{ stage, count }] : [];
  });
}
