import { recordSchema } from './schema-options.ts';

/** What a member of staff may be. One person may have several roles. */
export const STAFF_ROLES = [
  'recruiter',
  'hr_manager',
  'hiring_manager',
  'superior',
  'interviewer',
  'hr_director',
  'it',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** A member of staff who works with the robot. `_id` is DingTalk's staffId (userId). */
export interface StaffRecord {
  _id: string;
  unionId: string | null;
  name: string;
  englishName: string | null;
  /** Folded forms under which people call them (hongkong: name folding). */
  foldedNames: string[];
  title: string | null;
  roles: StaffRole[];
  superiorStaffId: string | null;
  branchIds: string[];
  active: boolean;
}

export const staffSchema = recordSchema<StaffRecord>(
  {
    _id: { type: String, required: true },
    unionId: { type: String, default: null },
    name: { type: String, required: true },
    englishName: { type: String, default: null },
    foldedNames: { type: [String], default: [] },
    title: { type: String, default: null },
    roles: { type: [{ type: String, enum: STAFF_ROLES }], default: [] },
    superiorStaffId: { type: String, default: null },
    branchIds: { type: [String], default: [] },
    active: { type: Boolean, default: true },
  },
  'staff',
);
staffSchema.index({ foldedNames: 1 });
staffSchema.index({ roles: 1, active: 1 });
