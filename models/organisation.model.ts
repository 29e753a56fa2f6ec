import { Schema } from 'mongoose';
import { recordSchema } from './schema-options.ts';

/** The employer: one document with the id `organisation`. */
export interface OrganisationRecord {
  _id: 'organisation';
  /** A database remembers whose it is: a sandbox database is never opened with live credentials, nor the reverse. */
  mode: 'sandbox' | 'live';
  corpId: string | null;
  brand: string | null;
  legalEntity: string | null;
  officeAddress: string | null;
  hrPhone: string | null;
  /** The DingTalk group in which HR talks to the robot. */
  hrGroupId: string | null;
  /** Registered SMS sender name, starts with `#`. */
  smsSender: string | null;
  /** Where personal data lie; printed in the personal information collection statement. */
  dataLocation: string | null;
  /** Overrides of recruiting/settings.ts by name. */
  settings: Record<string, unknown>;
}

export const organisationSchema = recordSchema<OrganisationRecord>(
  {
    _id: { type: String, required: true },
    mode: { type: String, enum: ['sandbox', 'live'], required: true },
    corpId: { type: String, default: null },
    brand: { type: String, default: null },
    legalEntity: { type: String, default: null },
    officeAddress: { type: String, default: null },
    hrPhone: { type: String, default: null },
    hrGroupId: { type: String, default: null },
    smsSender: { type: String, default: null },
    dataLocation: { type: String, default: null },
    settings: { type: Schema.Types.Mixed, default: {} },
  },
  'organisation',
);
