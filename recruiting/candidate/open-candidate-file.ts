import { RuleBroken } from '../../lib/errors.ts';
import type { CandidateFileRecord } from '../../models/candidate-file.model.ts';
import type { PortalLinkRecord } from '../../models/portal-link.model.ts';
import type { Unit } from '../unit/unit.ts';
import { recordActivity } from '../waiting/record-activity.ts';

/**
 * The one member of staff a file link is for opens the file. Every opening is written down: who, when, which file.
 * @throws RuleBroken `file_gone` when the file or the person is no longer kept, or the reader has left the company
 */
export async function openCandidateFile(unit: Unit, link: PortalLinkRecord): Promise<CandidateFileRecord> {
  const file = link.fileId ? await unit.get('candidateFiles', link.fileId) : null;
  const candidate = file ? await unit.get('candidates', file.candidateId) : null;
  const reader = link.staffId ? await unit.get('staff', link.staffId) : null;
  if (!file || !candidate || !reader?.active) throw new RuleBroken('file_gone');
  await recordActivity(unit, candidate, {
    candidateId: candidate._id,
    applicationId: link.applicationId,
    kind: 'file_opened',
    detail: file.kind,
    signOfLife: false,
  });
  unit.audit(`candidate:${candidate._id}`, 'open_file', ['candidateFiles']);
  return file;
}
