import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import type { Reader } from '../unit/reader.ts';
import { type Permission, reachOf } from './permissions.ts';

/** An application as rights look at it. */
export interface ReachSubject {
  application: Pick<ApplicationRecord, '_id' | 'branchId'>;
  requisition: Pick<RequisitionRecord, 'hiringManagerId' | 'recruiterId' | 'branchId'>;
}

/**
 * Whether an application is among a person's own: they hire for the vacancy, are the superior of who does, run the
 * branch, or interview the person.
 */
export async function isOwn(reader: Reader, asker: StaffRecord, subject: ReachSubject): Promise<boolean> {
  const { application, requisition } = subject;
  if (requisition.hiringManagerId === asker._id || requisition.recruiterId === asker._id) return true;
  const branches = [requisition.branchId, application.branchId].filter((id) => id !== null);
  if (branches.some((id) => asker.branchIds.includes(id))) return true;
  for (const branchId of new Set(branches)) {
    if ((await reader.get('branches', branchId))?.managerStaffId === asker._id) return true;
  }
  const manager = await reader.get('staff', requisition.hiringManagerId);
  if (manager?.superiorStaffId === asker._id) return true;
  const interview = await reader.one('interviews', { applicationId: application._id, interviewerIds: asker._id });
  return interview !== null;
}

/** Whether a person may do something with this application. */
export async function mayReach(
  reader: Reader,
  asker: StaffRecord,
  permission: Permission,
  subject: ReachSubject,
): Promise<boolean> {
  const reach = reachOf(asker.roles, permission);
  if (reach === undefined) return false;
  return reach === 'all' || isOwn(reader, asker, subject);
}

/** @throws RuleBroken `not_allowed` when the person's roles do not allow it anywhere */
export function requirePermission(asker: Pick<StaffRecord, 'roles' | 'active'>, permission: Permission): void {
  if (!asker.active || reachOf(asker.roles, permission) === undefined) {
    throw new RuleBroken('not_allowed', { permission });
  }
}
