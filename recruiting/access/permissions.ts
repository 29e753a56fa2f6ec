import type { StaffRole } from '../../models/staff.model.ts';

/** Everything staff may be allowed to do. One word per kind of act, the same for command, card and form. */
export const PERMISSIONS = [
  'use_robot',
  'see_applications',
  'shortlist',
  'schedule_interview',
  'decide',
  'record_arrival',
  'record_offer',
  'manage_intake',
  'assign_branch',
  'pause_messages',
  'send_message',
  'record_call',
  'write_note',
  'add_candidate',
  'import_candidates',
  'keep_file',
  'open_requisition',
  'see_compliance',
  'review_readings',
  'see_organisation',
  'manage_organisation',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** How far a permission reaches: every application, or those of the person's own vacancies and branches. */
export type Reach = 'all' | 'own';

/**
 * Who may do what: the whole table. A role that is not named may not. A manager's reach is `own`: vacancies they hire for
 * or are the superior of, people they interview, branches they run.
 */
export const PERMISSION_TABLE: Readonly<Record<Permission, Readonly<Partial<Record<StaffRole, Reach>>>>> = {
  use_robot: {
    recruiter: 'all',
    hr_manager: 'all',
    hiring_manager: 'all',
    superior: 'all',
    interviewer: 'all',
    hr_director: 'all',
    it: 'all',
  },
  see_applications: {
    recruiter: 'all',
    hr_manager: 'all',
    hr_director: 'all',
    hiring_manager: 'own',
    superior: 'own',
    interviewer: 'own',
  },
  shortlist: { recruiter: 'all', hr_manager: 'all', hiring_manager: 'own', superior: 'own' },
  schedule_interview: { recruiter: 'all', hr_manager: 'all', hiring_manager: 'own', superior: 'own' },
  decide: { recruiter: 'all', hr_manager: 'all', hr_director: 'all', hiring_manager: 'own', superior: 'own' },
  record_arrival: { recruiter: 'all', hr_manager: 'all', hiring_manager: 'own', superior: 'own', interviewer: 'own' },
  record_offer: { recruiter: 'all', hr_manager: 'all', hr_director: 'all' },
  manage_intake: { recruiter: 'all', hr_manager: 'all' },
  assign_branch: { recruiter: 'all', hr_manager: 'all', hiring_manager: 'own', superior: 'own' },
  pause_messages: { recruiter: 'all', hr_manager: 'all' },
  send_message: { recruiter: 'all', hr_manager: 'all' },
  record_call: { recruiter: 'all', hr_manager: 'all', hiring_manager: 'own' },
  write_note: {
    recruiter: 'all',
    hr_manager: 'all',
    hr_director: 'all',
    hiring_manager: 'own',
    superior: 'own',
    interviewer: 'own',
  },
  add_candidate: { recruiter: 'all', hr_manager: 'all', hiring_manager: 'own' },
  import_candidates: { recruiter: 'all', hr_manager: 'all' },
  keep_file: { recruiter: 'all', hr_manager: 'all' },
  open_requisition: { recruiter: 'all', hr_manager: 'all', hr_director: 'all' },
  see_compliance: { hr_manager: 'all', hr_director: 'all' },
  review_readings: { recruiter: 'all', hr_manager: 'all', hr_director: 'all' },
  see_organisation: { recruiter: 'all', hr_manager: 'all', hr_director: 'all', it: 'all' },
  manage_organisation: { hr_manager: 'all', it: 'all' },
};

/** How far a person with these roles may go; undefined = not at all. The widest role wins. */
export function reachOf(roles: readonly StaffRole[], permission: Permission): Reach | undefined {
  const row = PERMISSION_TABLE[permission];
  const reaches = roles.map((role) => row[role]);
  return reaches.includes('all') ? 'all' : reaches.find((reach) => reach === 'own');
}
