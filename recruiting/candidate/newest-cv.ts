import type { CandidateFileRecord } from '../../models/candidate-file.model.ts';
import type { Unit } from '../unit/unit.ts';

/** The newest CV of a candidate, without its content; null when none is kept. */
export async function newestCv(
  unit: Pick<Unit, 'models' | 'session'>,
  candidateId: string,
): Promise<Pick<CandidateFileRecord, '_id' | 'name'> | null> {
  return unit.models.candidateFiles
    .findOne({ candidateId, kind: 'cv' }, { name: 1 })
    .sort({ addedAt: -1 })
    .session(unit.session)
    .lean();
}
