import { recordSchema } from './schema-options.ts';

/** A shop, restaurant or office where people work (分店). */
export interface BranchRecord {
  _id: string;
  /** Short code that HR types, unique, for example `MK`. */
  code: string;
  name: string;
  /** For SMS, at most 8 characters. */
  shortName: string;
  foldedNames: string[];
  address: string;
  /** A landmark for SMS, at most 8 characters: 旺角站E2. */
  landmark: string | null;
  managerStaffId: string | null;
}

export const branchSchema = recordSchema<BranchRecord>(
  {
    _id: { type: String, required: true },
    code: { type: String, required: true },
    name: { type: String, required: true },
    shortName: { type: String, required: true },
    foldedNames: { type: [String], default: [] },
    address: { type: String, required: true },
    landmark: { type: String, default: null },
    managerStaffId: { type: String, default: null },
  },
  'branches',
);
branchSchema.index({ code: 1 }, { unique: true });
branchSchema.index({ foldedNames: 1 });
