import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { BranchRecord } from '../../models/branch.model.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import type { Unit } from '../unit/unit.ts';

/** What is said about a branch; what is left out stays as it is. */
export interface BranchInput {
  code: string;
  name?: string | undefined;
  shortName?: string | undefined;
  address?: string | undefined;
  landmark?: string | undefined;
  manager?: StaffRecord | undefined;
}

/** SMS texts are measured with at most this many characters for a branch and a landmark. */
const LONGEST_SHORT = 8;

/**
 * Creates a branch or changes the named fields of the one with this code. Its manager becomes a hiring manager.
 * @throws RuleBroken `branch_code_wrong`, `branch_name_missing`, `branch_address_missing`, `branch_short_too_long`
 */
export async function saveBranch(unit: Unit, input: BranchInput): Promise<{ branch: BranchRecord; isNew: boolean }> {
  const code = input.code.trim().toUpperCase();
  if (!/^[A-Z][A-Z0-9]{1,7}$/.test(code)) throw new RuleBroken('branch_code_wrong', { code: input.code });
  const known = await unit.one('branches', { code });
  const name = input.name ?? known?.name;
  const address = input.address ?? known?.address;
  if (!name) throw new RuleBroken('branch_name_missing', { code });
  if (!address) throw new RuleBroken('branch_address_missing', { name });
  const shortName = input.shortName ?? known?.shortName ?? name;
  const landmark = input.landmark ?? known?.landmark ?? null;
  for (const text of [shortName, landmark ?? '']) {
    if (text.length > LONGEST_SHORT) throw new RuleBroken('branch_short_too_long', { text, limit: LONGEST_SHORT });
  }
  const fields = {
    name,
    shortName,
    address,
    landmark,
    managerStaffId: input.manager?._id ?? known?.managerStaffId ?? null,
    foldedNames: [...new Set([name, shortName, code].map(foldForMatching))],
  };
  if (input.manager) await makeManager(unit, input.manager);
  if (known) {
    unit.audit(`branch:${known._id}`, 'change', Object.keys(fields));
    return { branch: await unit.change('branches', known, fields), isNew: false };
  }
  const branch: BranchRecord = { _id: unit.newId('branch'), code, ...fields };
  unit.audit(`branch:${branch._id}`, 'add', Object.keys(fields));
  return { branch: await unit.insert('branches', branch), isNew: true };
}

async function makeManager(unit: Unit, manager: StaffRecord): Promise<void> {
  const current = (await unit.get('staff', manager._id)) ?? manager;
  if (current.roles.includes('hiring_manager')) return;
  unit.audit(`staff:${current._id}`, 'change', ['roles']);
  await unit.change('staff', current, { roles: [...current.roles, 'hiring_manager'] });
}
