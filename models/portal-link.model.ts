import { recordSchema } from './schema-options.ts';

export const LINK_PURPOSES = [
  'page',
  'pics',
  'story',
  'news',
  'stop',
  'letter',
  'offer',
  'file',
  'export',
  'reply',
] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** A link that somebody holds, or (`reply`) the address that answers to one e-mail go to. `_id` is the SHA-256 (hex) of its secret; the secret itself is nowhere kept. */
export interface PortalLinkRecord {
  _id: string;
  purpose: LinkPurpose;
  candidateId: string | null;
  applicationId: string | null;
  /** The outbox item that carried it. */
  messageId: string | null;
  /** For `file`: which file; for `export`: the name of the list. And the only member of staff it is for. */
  fileId: string | null;
  staffId: string | null;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

export const portalLinkSchema = recordSchema<PortalLinkRecord>(
  {
    _id: { type: String, required: true },
    purpose: { type: String, enum: LINK_PURPOSES, required: true },
    candidateId: { type: String, default: null },
    applicationId: { type: String, default: null },
    messageId: { type: String, default: null },
    fileId: { type: String, default: null },
    staffId: { type: String, default: null },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
  },
  'portalLinks',
);
portalLinkSchema.index({ candidateId: 1 });
