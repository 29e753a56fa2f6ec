import type { StaffRole } from '../../models/staff.model.ts';
import type { Choice } from '../command.ts';
import { say } from './said.ts';

/** What staff call the roles, and how they type them. */
export const ROLE_CHOICES: readonly (Choice & { id: StaffRole })[] = [
  {
    id: 'hr_manager',
    title: say('HR經理', 'HR manager'),
    aliases: ['人事經理', '人力資源經理', 'hr manager', 'HR主管'],
  },
  { id: 'hr_director', title: say('HR總監', 'HR director'), aliases: ['人力資源總監', '人事總監', 'hr director'] },
  { id: 'recruiter', title: say('招聘主任', 'recruiter'), aliases: ['招聘專員', '招聘', 'HR主任', 'HR'] },
  {
    id: 'hiring_manager',
    title: say('用人經理', 'hiring manager'),
    aliases: ['分店經理', '店長', '部門經理', '經理', 'store manager', 'manager'],
  },
  { id: 'superior', title: say('區域經理', 'area manager'), aliases: ['上級', 'superior', 'regional manager'] },
  { id: 'interviewer', title: say('面試官', 'interviewer'), aliases: ['面試員'] },
  { id: 'it', title: say('IT', 'IT'), aliases: ['資訊科技', '系統管理員'] },
];
