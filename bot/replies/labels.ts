import type { BranchRecord } from '../../models/branch.model.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import type { ApplicationInfo } from '../command.ts';
import { inLanguage, type Lang } from './said.ts';
import { STAGE_TITLES } from './stage-titles.ts';

/** An application in one line for choosing: 陳家欣（店務員，已入圍，A1003）. */
export function applicationLabel(info: ApplicationInfo, lang: Lang): string {
  const stage = inLanguage(STAGE_TITLES[info.application.stage], lang);
  const { candidate, requisition, application } = info;
  return lang === 'en'
    ? `${candidate.name.display} (${requisition.jobTitle}, ${stage}, ${application.ref})`
    : `${candidate.name.display}（${requisition.jobTitle}，${stage}，${application.ref}）`;
}

export function requisitionLabel(requisition: RequisitionRecord, branch: BranchRecord | null): string {
  return `${requisition.jobTitle}（${branch ? `${branch.name}，` : ''}${requisition.ref}）`;
}

export function staffLabel(staff: StaffRecord): string {
  const english = staff.englishName && staff.englishName !== staff.name ? ` ${staff.englishName}` : '';
  return `${staff.name}${english}${staff.title ? `（${staff.title}）` : ''}`;
}
