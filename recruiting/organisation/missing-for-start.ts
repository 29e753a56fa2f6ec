import type { Reader } from '../unit/reader.ts';

/** Something without which a message cannot be sent or a person not be found. */
export type MissingPiece =
  | {
      piece:
        | 'brand'
        | 'legalEntity'
        | 'officeAddress'
        | 'hrPhone'
        | 'dataLocation'
        | 'hrGroup'
        | 'branch'
        | 'requisition';
    }
  | { piece: 'recruiter' }
  | { piece: 'branchManager'; names: string[] }
  | { piece: 'branchLandmark'; names: string[] }
  | { piece: 'managerSuperior'; names: string[] };

/** What is still missing before the first candidate can live through the whole story. `needed` stops the start. */
export async function missingForStart(reader: Reader): Promise<{ needed: MissingPiece[]; advised: MissingPiece[] }> {
  const needed: MissingPiece[] = [];
  const advised: MissingPiece[] = [];
  const organisation = await reader.get('organisation', 'organisation');
  for (const piece of ['brand', 'legalEntity', 'officeAddress', 'hrPhone', 'dataLocation'] as const) {
    if (!organisation?.[piece]) needed.push({ piece });
  }
  if (!organisation?.hrGroupId) needed.push({ piece: 'hrGroup' });
  const staff = await reader.list('staff', { active: true });
  if (!staff.some(({ roles }) => roles.includes('recruiter'))) advised.push({ piece: 'recruiter' });
  const branches = await reader.list('branches', {}, { sort: { code: 1 } });
  if (branches.length === 0) needed.push({ piece: 'branch' });
  const unmanaged = branches.filter(({ managerStaffId }) => managerStaffId === null);
  if (unmanaged.length > 0) needed.push({ piece: 'branchManager', names: unmanaged.map(({ name }) => name) });
  const unmarked = branches.filter(({ landmark }) => landmark === null);
  if (unmarked.length > 0) advised.push({ piece: 'branchLandmark', names: unmarked.map(({ name }) => name) });
  const managers = staff.filter(
    ({ roles, superiorStaffId }) => roles.includes('hiring_manager') && superiorStaffId === null,
  );
  if (managers.length > 0) advised.push({ piece: 'managerSuperior', names: managers.map(({ name }) => name) });
  const open = await reader.list('requisitions', { state: 'open' }, { limit: 1 });
  if (open.length === 0) advised.push({ piece: 'requisition' });
  return { needed, advised };
}
