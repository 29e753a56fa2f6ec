import { RuleBroken } from '../../lib/errors.ts';
import type { CandidateCaseRecord } from '../../models/candidate-case.model.ts';
import type { Unit } from '../unit/unit.ts';
import { wakeNudges } from '../waiting/rest-nudges.ts';

/**
 * A case was answered: it is closed, and nudges go on unless something else still waits for a person.
 * @param ref as people type it: `k1001`
 * @throws RuleBroken `case_unknown`, `case_closed`
 */
export async function closeCase(unit: Unit, ref: string): Promise<CandidateCaseRecord> {
  const found = await unit.one('candidateCases', { ref: ref.trim().toUpperCase() });
  if (!found) throw new RuleBroken('case_unknown');
  if (found.state === 'closed') throw new RuleBroken('case_closed', { ref: found.ref });
  const closed = await unit.change('candidateCases', found, {
    state: 'closed',
    closedAt: unit.now,
    closedBy: unit.by,
  });
  unit.audit(`candidate:${found.candidateId}`, `case_closed:${found.topic}`, ['candidateCases']);
  await wakeNudges(unit, found.candidateId);
  return closed;
}
