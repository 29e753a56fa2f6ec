import { recordSchema } from './schema-options.ts';

/** Who changed what, when. Ids and field names only, never values. `_id` is `subject#number`. */
export interface AuditEntryRecord {
  _id: string;
  /** `candidate:ID`, `application:ID`, `intake:ID` … */
  subject: string;
  /** The subject's own running number, without gaps. */
  number: number;
  at: Date;
  /** `staff:ID`, `candidate:ID`, `job:NAME`. */
  by: string;
  act: string;
  fields: string[];
  /** Place in the sealed chain, once sealed. */
  sealNumber: number | null;
  seal: string | null;
}

export const auditEntrySchema = recordSchema<AuditEntryRecord>(
  {
    _id: { type: String, required: true },
    subject: { type: String, required: true },
    number: { type: Number, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    act: { type: String, required: true },
    fields: { type: [String], default: [] },
    sealNumber: { type: Number, default: null },
    seal: { type: String, default: null },
  },
  'auditEntries',
);
auditEntrySchema.index({ subject: 1, number: 1 }, { unique: true });
auditEntrySchema.index({ sealNumber: 1 });
auditEntrySchema.index({ at: 1 });
