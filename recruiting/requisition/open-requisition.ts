import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { redactHkids } from '../../hongkong/hkid.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { BranchRecord } from '../../models/branch.model.ts';
import type { RequisitionRecord, StageTemplate } from '../../models/requisition.model.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import type { Unit } from '../unit/unit.ts';

/**
 * Opens a vacancy. Its hiring manager is the one named, else the branch's; who answers for it in HR is the opener when
 * they are in HR, else the first recruiter or HR manager.
 * @throws RuleBroken `headcount_invalid`, `job_title_invalid`, `hiring_manager_missing`, `recruiter_missing`
 */
export async function openRequisition(
  unit: Unit,
  input: {
    jobTitle: string;
    headcount: number;
    branch: BranchRecord;
    hiringManager?: StaffRecord | undefined;
    stageTemplate: StageTemplate;
    opener: StaffRecord;
  },
): Promise<RequisitionRecord> {
  const jobTitle = redactHkids(input.jobTitle).replace(/\s+/g, ' ').trim();
  // Titles stand inside messages of limited length; 20 characters are plenty (店務員, 樓面部長, Assistant Manager).
  if (jobTitle === '' || jobTitle.length > 20) throw new RuleBroken('job_title_invalid', { job: jobTitle, limit: 20 });
  if (!Number.isInteger(input.headcount) || input.headcount < 1 || input.headcount > 999) {
    throw new RuleBroken('headcount_invalid', { headcount: input.headcount });
  }
  const hiringManagerId = input.hiringManager?._id ?? input.branch.managerStaffId;
  if (!hiringManagerId) throw new RuleBroken('hiring_manager_missing', { branch: input.branch.name });
  const requisition: RequisitionRecord = {
    _id: unit.newId('req'),
    ref: `R${await unit.nextNumber('requisition', 101)}`,
    jobTitle,
    foldedTitle: foldForMatching(jobTitle),
    headcount: input.headcount,
    branchId: input.branch._id,
    hiringManagerId,
    recruiterId: await recruiterFor(unit, input.opener),
    stageTemplate: input.stageTemplate,
    state: 'open',
    openedAt: unit.now,
    openedBy: unit.by,
  };
  unit.audit(`requisition:${requisition._id}`, 'open', ['jobTitle', 'headcount', 'branchId', 'hiringManagerId']);
  return unit.insert('requisitions', requisition);
}

async function recruiterFor(unit: Unit, opener: StaffRecord): Promise<string> {
  if (opener.roles.some((role) => role === 'recruiter' || role === 'hr_manager')) return opener._id;
  for (const role of ['recruiter', 'hr_manager'] as const) {
    const [person] = await unit.list('staff', { roles: role, active: true }, { sort: { _id: 1 }, limit: 1 });
    if (person) return person._id;
  }
  throw new RuleBroken('recruiter_missing');
}

/** Closes, freezes or reopens a vacancy; running applications go on. @throws RuleBroken `requisition_state_same` */
export async function setRequisitionState(
  unit: Unit,
  requisition: RequisitionRecord,
  state: RequisitionRecord['state'],
): Promise<RequisitionRecord> {
  const current = (await unit.get('requisitions', requisition._id)) ?? requisition;
  if (current.state === state) {
    throw new RuleBroken('requisition_state_same', { job: current.jobTitle, ref: current.ref });
  }
  unit.audit(`requisition:${current._id}`, `state:${state}`, ['state']);
  return unit.change('requisitions', current, { state });
}
