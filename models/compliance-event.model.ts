import { recordSchema } from './schema-options.ts';

/** What was met: a ground that may not count, an identity card asked for too early, private details. */
export const COMPLIANCE_EVENT_FLAGS = ['SDO', 'DDO', 'FSDO', 'RDO', 'AGE', 'HKID_EARLY', 'SENSITIVE'] as const;
export type ComplianceEventFlag = (typeof COMPLIANCE_EVENT_FLAGS)[number];

/**
 * One time the robot did not act on a ground, did not ask for an identity card, or left private details out. Counted without
 * what was said and of whom: who, when, which ground. `_id` is made of the message or press, so that it counts once.
 */
export interface ComplianceEventRecord {
  _id: string;
  at: Date;
  staffId: string;
  flag: ComplianceEventFlag;
  /** What was ordered: `reject`, `list`, `note` … */
  act: string;
  outcome: 'refused' | 'left_out';
  purgeAt: Date;
}

export const complianceEventSchema = recordSchema<ComplianceEventRecord>(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    staffId: { type: String, required: true },
    flag: { type: String, enum: COMPLIANCE_EVENT_FLAGS, required: true },
    act: { type: String, required: true },
    outcome: { type: String, enum: ['refused', 'left_out'], required: true },
    purgeAt: { type: Date, required: true },
  },
  'complianceEvents',
);
complianceEventSchema.index({ at: -1 });
complianceEventSchema.index({ purgeAt: 1 });
