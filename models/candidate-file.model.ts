import { recordSchema } from './schema-options.ts';

/** A document of a candidate, for example a CV. */
export interface CandidateFileRecord {
  _id: string;
  candidateId: string;
  kind: 'cv';
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
  content: Buffer;
  addedAt: Date;
  addedBy: string;
}

export const candidateFileSchema = recordSchema<CandidateFileRecord>(
  {
    _id: { type: String, required: true },
    candidateId: { type: String, required: true },
    kind: { type: String, enum: ['cv'], required: true },
    name: { type: String, required: true },
    mediaType: { type: String, required: true },
    size: { type: Number, required: true },
    sha256: { type: String, required: true },
    content: { type: Buffer, required: true },
    addedAt: { type: Date, required: true },
    addedBy: { type: String, required: true },
  },
  'candidateFiles',
);
candidateFileSchema.index({ candidateId: 1, addedAt: -1 });
