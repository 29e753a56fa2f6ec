import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { matchName, parseName } from '../../hongkong/names.ts';
import type { StaffRole } from '../../models/staff.model.ts';
import { saveStaff } from '../staff/save-staff.ts';
import { type Columns, namedRows } from '../table/columns.ts';
import type { TableRow } from '../table/decode-table.ts';
import type { Reader } from '../unit/reader.ts';
import type { Unit } from '../unit/unit.ts';
import { saveBranch } from './save-branch.ts';

export type StaffField = 'staffId' | 'name' | 'englishName' | 'roles' | 'superior' | 'branches';
export type BranchField = 'code' | 'name' | 'shortName' | 'address' | 'landmark' | 'manager';

/** Headers of a list of staff, in Chinese and English. */
export const STAFF_COLUMNS: Columns<StaffField> = {
  staffId: ['釘釘編號', 'staffid', 'userid', '員工編號', '釘釘id', 'dingtalk id', 'staff id', 'user id'],
  name: ['姓名', '名字', 'name'],
  englishName: ['英文名', '英文姓名', 'english name'],
  roles: ['角色', 'role', 'roles'],
  superior: ['上司', '上級', 'superior', 'reports to'],
  branches: ['分店', '所屬分店', 'branch', 'branches', 'store'],
};

/** Headers of a list of branches, in Chinese and English. */
export const BRANCH_COLUMNS: Columns<BranchField> = {
  code: ['代號', '分店代號', '編號', '分店編號', 'code', 'branch code'],
  name: ['分店', '名稱', '分店名稱', 'name', 'branch', 'branch name'],
  shortName: ['簡稱', '短名', 'short', 'short name'],
  address: ['地址', '分店地址', 'address'],
  landmark: ['地標', '港鐵站', 'landmark', 'mtr'],
  manager: ['經理', '店長', '分店經理', 'manager', 'store manager'],
};

export type OrganisationFault =
  | 'staff_id_missing'
  | 'not_in_directory'
  | 'role_missing'
  | 'role_unknown'
  | 'person_unknown'
  | 'branch_unknown'
  | 'code_wrong'
  | 'name_missing'
  | 'address_missing'
  | 'too_long'
  | 'twice_in_file';

interface RowBase {
  line: number;
  name: string;
  verdict: 'create' | 'change' | 'wrong';
  reason?: OrganisationFault;
}

export interface StaffRow extends RowBase {
  input?: {
    staffId: string;
    name: string;
    englishName?: string;
    unionId?: string;
    title?: string;
    roles: StaffRole[];
    superiorStaffId?: string;
    branchIds?: string[];
  };
}

export interface BranchRow extends RowBase {
  input?: {
    code: string;
    name: string;
    shortName?: string;
    address: string;
    landmark?: string;
    managerStaffId?: string;
  };
}

/** What the address book says of a member of the organisation. */
export interface FoundPerson {
  name: string;
  unionId: string;
  title?: string;
}

const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[、,，;；/]+/)
    .map((one) => one.trim())
    .filter(Boolean);

/** Looks at a list of staff without changing anything. Superiors may stand in the same list. */
export async function planStaffImport(
  reader: Reader,
  rows: readonly TableRow[],
  help: { roleOf(typed: string): StaffRole | undefined; find(staffId: string): Promise<FoundPerson | undefined> },
): Promise<StaffRow[]> {
  const named = namedRows(rows, STAFF_COLUMNS, ['staffId']);
  const known = await reader.list('staff', {});
  const branches = await reader.list('branches', {});
  const people = [
    ...known.map(({ _id, name, englishName }) => ({ id: _id, name, englishName })),
    ...named.map(({ values }) => ({
      id: values.staffId ?? '',
      name: values.name ?? '',
      englishName: values.englishName ?? null,
    })),
  ];
  const seen = new Set<string>();
  const planned: StaffRow[] = [];
  for (const { line, values } of named) {
    const staffId = values.staffId ?? '';
    const before = known.find(({ _id }) => _id === staffId);
    const found = staffId && !before ? await help.find(staffId) : undefined;
    const name = values.name ?? before?.name ?? found?.name ?? '';
    const wrong = (reason: OrganisationFault): void => {
      planned.push({ line, name: name || staffId, verdict: 'wrong', reason });
    };
    const roles = listed(values.roles).map(help.roleOf);
    const superiorIds = values.superior ? idsNamed(people, values.superior) : [];
    const branchIds = listed(values.branches).map(
      (typed) =>
        branches.find((branch) =>
          [branch.code, branch.name, branch.shortName].some((form) => foldForMatching(form) === foldForMatching(typed)),
        )?._id,
    );
    if (!staffId) wrong('staff_id_missing');
    else if (seen.has(staffId)) wrong('twice_in_file');
    else if (!before && !found) wrong('not_in_directory');
    else if (roles.includes(undefined)) wrong('role_unknown');
    else if (roles.length === 0 && !before) wrong('role_missing');
    else if (values.superior && superiorIds.length !== 1) wrong('person_unknown');
    else if (branchIds.includes(undefined)) wrong('branch_unknown');
    else {
      const [superiorStaffId] = superiorIds;
      planned.push({
        line,
        name,
        verdict: before ? 'change' : 'create',
        input: {
          staffId,
          name,
          roles: roles.filter((role) => role !== undefined),
          ...(values.englishName ? { englishName: values.englishName } : {}),
          ...(found?.unionId ? { unionId: found.unionId } : {}),
          ...(found?.title ? { title: found.title } : {}),
          ...(superiorStaffId ? { superiorStaffId } : {}),
          ...(branchIds.length > 0 ? { branchIds: branchIds.filter((id) => id !== undefined) } : {}),
        },
      });
    }
    if (staffId) seen.add(staffId);
  }
  return planned;
}

function idsNamed(
  people: readonly { id: string; name: string; englishName: string | null }[],
  typed: string,
): string[] {
  const exact = people.filter(({ id }) => id === typed);
  const hits =
    exact.length > 0
      ? exact
      : people.filter(
          ({ name, englishName }) =>
            matchName(typed, { ...parseName(name), ...(englishName ? { englishName } : {}) }) !== undefined,
        );
  return [...new Set(hits.map(({ id }) => id))];
}

/** Looks at a list of branches without changing anything. */
export async function planBranchImport(reader: Reader, rows: readonly TableRow[]): Promise<BranchRow[]> {
  const named = namedRows(rows, BRANCH_COLUMNS, ['code']);
  const known = await reader.list('branches', {});
  const staff = (await reader.list('staff', { active: true })).map(({ _id, name, englishName }) => ({
    id: _id,
    name,
    englishName,
  }));
  const seen = new Set<string>();
  return named.map(({ line, values }): BranchRow => {
    const code = (values.code ?? '').toUpperCase();
    const before = known.find((branch) => branch.code === code);
    const name = values.name ?? before?.name ?? '';
    const address = values.address ?? before?.address ?? '';
    const managers = values.manager ? idsNamed(staff, values.manager) : [];
    const short = [values.shortName ?? (before ? '' : name), values.landmark ?? ''];
    const wrong = (reason: OrganisationFault): BranchRow => ({ line, name: name || code, verdict: 'wrong', reason });
    if (!/^[A-Z][A-Z0-9]{1,7}$/.test(code)) return wrong('code_wrong');
    if (seen.has(code)) return wrong('twice_in_file');
    seen.add(code);
    if (!name) return wrong('name_missing');
    if (!address) return wrong('address_missing');
    if (short.some((text) => text.length > 8)) return wrong('too_long');
    if (values.manager && managers.length !== 1) return wrong('person_unknown');
    const [managerStaffId] = managers;
    return {
      line,
      name,
      verdict: before ? 'change' : 'create',
      input: {
        code,
        name,
        address,
        ...(values.shortName ? { shortName: values.shortName } : {}),
        ...(values.landmark ? { landmark: values.landmark } : {}),
        ...(managerStaffId ? { managerStaffId } : {}),
      },
    };
  });
}

/** Stores the good rows of a confirmed list of staff. @returns how many */
export async function importStaff(unit: Unit, rows: readonly StaffRow[]): Promise<number> {
  const inputs = rows.flatMap(({ input }) => input ?? []);
  for (const input of inputs) await saveStaff(unit, input);
  return inputs.length;
}

/** Stores the good rows of a confirmed list of branches. @returns how many */
export async function importBranches(unit: Unit, rows: readonly BranchRow[]): Promise<number> {
  const inputs = rows.flatMap(({ input }) => input ?? []);
  for (const { managerStaffId, ...input } of inputs) {
    const manager = managerStaffId ? await unit.get('staff', managerStaffId) : null;
    await saveBranch(unit, { ...input, ...(manager ? { manager } : {}) });
  }
  return inputs.length;
}
