import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import type { Unit } from '../unit/unit.ts';

/** An application with the person and the vacancy it joins, as read in one unit. */
export interface ApplicationScope {
  application: ApplicationRecord;
  candidate: CandidateRecord;
  requisition: RequisitionRecord;
}

/** Reads an application with its person and vacancy. @throws RuleBroken `application_unknown` */
export async function applicationScope(unit: Unit, applicationId: string): Promise<ApplicationScope> {
  const application = await unit.get('applications', applicationId);
  if (!application) throw new RuleBroken('application_unknown', { id: applicationId });
  const candidate = await unit.get('candidates', application.candidateId);
  const requisition = await unit.get('requisitions', application.requisitionId);
  if (!candidate || !requisition) throw new RuleBroken('application_unknown', { id: applicationId });
  return { application, candidate, requisition };
}

/**
 * A vacancy that is frozen, filled or closed takes nobody further: no shortlist, no new appointment.
 * @throws RuleBroken `vacancy_not_open`
 */
export function requireOpenVacancy({ requisition }: Pick<ApplicationScope, 'requisition'>): void {
  if (requisition.state === 'open') return;
  throw new RuleBroken('vacancy_not_open', { job: requisition.jobTitle, ref: requisition.ref });
}
