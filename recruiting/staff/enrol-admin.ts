import type { StaffRecord } from '../../models/staff.model.ts';
import type { Unit } from '../unit/unit.ts';
import { staffNameKeys } from './staff-name-keys.ts';

/** Makes somebody who is named in the settings the first HR manager of an organisation. Known people stay as they are. */
export async function enrolAdmin(
  unit: Unit,
  person: { staffId: string; name: string; unionId: string | null; title: string | null },
): Promise<StaffRecord> {
  const known = await unit.get('staff', person.staffId);
  if (known) return known;
  unit.audit(`staff:${person.staffId}`, 'enrol', ['roles']);
  return unit.insert('staff', {
    _id: person.staffId,
    unionId: person.unionId,
    name: person.name,
    englishName: null,
    foldedNames: staffNameKeys(person.name, null),
    title: person.title,
    roles: ['hr_manager'],
    superiorStaffId: null,
    branchIds: [],
    active: true,
  });
}
