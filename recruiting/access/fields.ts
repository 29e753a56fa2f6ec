import { formatPhone, maskPhone } from '../../hongkong/phones.ts';
import type { StaffRole } from '../../models/staff.model.ts';

/** Where something is shown. `portal` and `email` are the candidate's own page and mail, or the HR board and mails to staff. */
export const SURFACES = ['group', 'direct', 'portal', 'email'] as const;
export type Surface = (typeof SURFACES)[number];

/** Everybody who reads something: the staff roles, and the candidate about himself. */
export const READERS = [
  'recruiter',
  'hr_manager',
  'hiring_manager',
  'superior',
  'interviewer',
  'hr_director',
  'it',
  'candidate',
] as const;
export type ReaderRole = StaffRole | 'candidate';

/** Fields about a person that are not for everybody. What is not listed here (name, job, stage) goes with the permission. */
export const FIELDS = ['phone', 'email', 'pay', 'cv', 'note', 'reject_reason', 'call_history', 'audit'] as const;
export type Field = (typeof FIELDS)[number];

/** How much of a field is shown: all of it, its masked form, or nothing. */
export type Sight = 'full' | 'masked' | 'hidden';

const HR: readonly ReaderRole[] = ['recruiter', 'hr_manager', 'hr_director'];
const MANAGERS: readonly ReaderRole[] = ['hiring_manager', 'superior'];

interface FieldRule {
  /** Who reads it in full in the 1:1 chat and on the HR board. */
  full: readonly ReaderRole[];
  /** Who sees the masked form there. */
  masked?: readonly ReaderRole[];
  /** What everybody who may see it at all sees of it in a group, where others read along. */
  inGroup: Exclude<Sight, 'full'>;
  /** Whether the candidate sees it on the own page and in own mails. */
  candidate: boolean;
}

/**
 * The field table. Recruiters never see pay; IT sees no personal field, only the audit; nothing beyond a masked telephone
 * number stands in a group, pay least of all; mails to staff carry what the group may see.
 */
export const FIELD_TABLE: Readonly<Record<Field, FieldRule>> = {
  phone: { full: [...HR, 'hiring_manager'], masked: ['superior', 'interviewer'], inGroup: 'masked', candidate: true },
  email: { full: [...HR], masked: [], inGroup: 'hidden', candidate: true },
  pay: { full: ['hr_manager', 'hr_director', ...MANAGERS], inGroup: 'hidden', candidate: true },
  cv: { full: [...HR, ...MANAGERS, 'interviewer'], inGroup: 'hidden', candidate: false },
  note: { full: [...HR, ...MANAGERS, 'interviewer'], inGroup: 'hidden', candidate: false },
  reject_reason: { full: [...HR, ...MANAGERS], inGroup: 'hidden', candidate: false },
  call_history: { full: [...HR, ...MANAGERS], inGroup: 'hidden', candidate: false },
  audit: { full: ['hr_manager', 'hr_director', 'it'], inGroup: 'hidden', candidate: false },
};

/** How much of a field somebody with these roles sees on a surface. The widest role wins. */
export function sightOf(field: Field, roles: readonly ReaderRole[], surface: Surface): Sight {
  const rule = FIELD_TABLE[field];
  if (roles.includes('candidate')) {
    return rule.candidate && (surface === 'portal' || surface === 'email') ? 'full' : 'hidden';
  }
  const own: Sight = roles.some((role) => rule.full.includes(role))
    ? 'full'
    : roles.some((role) => rule.masked?.includes(role))
      ? 'masked'
      : 'hidden';
  if (own === 'hidden' || surface === 'direct' || surface === 'portal') return own;
  return rule.inGroup;
}

/** A telephone number as somebody may see it on a surface; undefined = not at all. */
export function phoneFor(e164: string | null, roles: readonly ReaderRole[], surface: Surface): string | undefined {
  if (e164 === null) return undefined;
  const sight = sightOf('phone', roles, surface);
  if (sight === 'hidden') return undefined;
  return sight === 'full' ? formatPhone(e164) : maskPhone(e164);
}
