import { createHash } from 'node:crypto';
import { redactHkids } from '../../hongkong/hkid.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { CandidateFileRecord } from '../../models/candidate-file.model.ts';
import type { Settings } from '../settings.ts';
import type { Unit } from '../unit/unit.ts';

/** What a file's first bytes say it is. */
const KINDS: readonly { mediaType: string; magic: readonly number[]; endings: readonly string[] }[] = [
  { mediaType: 'application/pdf', magic: [0x25, 0x50, 0x44, 0x46], endings: ['pdf'] },
  { mediaType: 'image/jpeg', magic: [0xff, 0xd8, 0xff], endings: ['jpg', 'jpeg'] },
  { mediaType: 'image/png', magic: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], endings: ['png'] },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    magic: [0x50, 0x4b, 0x03, 0x04],
    endings: ['docx'],
  },
  { mediaType: 'application/msword', magic: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], endings: ['doc'] },
];

/**
 * Checks that a file is a document as its name says, by its first bytes, and not too large.
 * @returns its media type. @throws RuleBroken `file_empty`, `file_too_large` (slot `megabytes`), `file_type_not_allowed`
 */
export function checkCandidateFile(name: string, content: Uint8Array, settings: Settings): string {
  if (content.length === 0) throw new RuleBroken('file_empty');
  if (content.length > settings.cvMaxBytes) {
    throw new RuleBroken('file_too_large', { megabytes: Math.floor(settings.cvMaxBytes / 1_000_000) });
  }
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const kind = KINDS.find(
    ({ magic, endings }) => endings.includes(ending) && magic.every((byte, index) => content[index] === byte),
  );
  if (!kind) throw new RuleBroken('file_type_not_allowed');
  return kind.mediaType;
}

/**
 * Keeps a CV with a candidate. The same content twice is kept once.
 * @throws those of `checkCandidateFile`; RuleBroken `candidate_unknown`
 */
export async function keepCandidateFile(
  unit: Unit,
  input: { candidateId: string; name: string; content: Uint8Array },
): Promise<{ file: CandidateFileRecord; isNew: boolean }> {
  const mediaType = checkCandidateFile(input.name, input.content, unit.settings);
  const candidate = await unit.get('candidates', input.candidateId);
  if (!candidate) throw new RuleBroken('candidate_unknown');
  const sha256 = createHash('sha256').update(input.content).digest('hex');
  const known = await unit.one('candidateFiles', { candidateId: candidate._id, sha256 });
  if (known) return { file: known, isNew: false };
  const file: CandidateFileRecord = {
    _id: unit.newId('file'),
    candidateId: candidate._id,
    kind: 'cv',
    name: redactHkids(input.name).slice(0, 120),
    mediaType,
    size: input.content.length,
    sha256,
    content: Buffer.from(input.content),
    addedAt: unit.now,
    addedBy: unit.by,
  };
  unit.audit(`candidate:${candidate._id}`, 'keep_file', ['candidateFiles']);
  return { file: await unit.insert('candidateFiles', file), isNew: true };
}
