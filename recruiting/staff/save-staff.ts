import { RuleBroken } from '../../lib/errors.ts';
import type { StaffRecord, StaffRole } from '../../models/staff.model.ts';
import type { Unit } from '../unit/unit.ts';
import { staffNameKeys } from './staff-name-keys.ts';

/** What is said about a member of staff; what is left out stays as it is. */
export interface StaffInput {
  staffId: string;
  name?: string | undefined;
  englishName?: string | undefined;
  unionId?: string | null | undefined;
  title?: string | null | undefined;
  /** Replace the roles; empty = as they are. */
  roles?: readonly StaffRole[] | undefined;
  superiorStaffId?: string | undefined;
  branchIds?: readonly string[] | undefined;
  active?: boolean | undefined;
}

/**
 * Adds a member of staff or changes the named fields.
 * @throws RuleBroken `staff_name_missing`, `staff_role_missing`, `staff_own_superior`, `last_hr_manager`
 */
export async function saveStaff(unit: Unit, input: StaffInput): Promise<{ staff: StaffRecord; isNew: boolean }> {
  const known = await unit.get('staff', input.staffId);
  const name = input.name ?? known?.name;
  if (!name) throw new RuleBroken('staff_name_missing', { staffId: input.staffId });
  const roles = input.roles && input.roles.length > 0 ? [...new Set(input.roles)] : (known?.roles ?? []);
  if (roles.length === 0) throw new RuleBroken('staff_role_missing', { name });
  const superiorStaffId = input.superiorStaffId ?? known?.superiorStaffId ?? null;
  if (superiorStaffId === input.staffId) throw new RuleBroken('staff_own_superior', { name });
  const englishName = input.englishName ?? known?.englishName ?? null;
  const active = input.active ?? known?.active ?? true;
  const fields = {
    unionId: input.unionId ?? known?.unionId ?? null,
    name,
    englishName,
    foldedNames: staffNameKeys(name, englishName),
    title: input.title ?? known?.title ?? null,
    roles,
    superiorStaffId,
    branchIds: [...(input.branchIds ?? known?.branchIds ?? [])],
    active,
  };
  if (known?.roles.includes('hr_manager') && (!active || !roles.includes('hr_manager'))) {
    const others = await unit.list(
      'staff',
      { roles: 'hr_manager', active: true, _id: { $ne: known._id } },
      { limit: 1 },
    );
    if (others.length === 0) throw new RuleBroken('last_hr_manager', { name });
  }
  unit.audit(`staff:${input.staffId}`, known ? 'change' : 'add', Object.keys(fields));
  if (known) return { staff: await unit.change('staff', known, fields), isNew: false };
  return { staff: await unit.insert('staff', { _id: input.staffId, ...fields }), isNew: true };
}
