import { RuleBroken } from '../../lib/errors.ts';
import type { Unit } from '../unit/unit.ts';
import { addCandidate } from './add-candidate.ts';
import type { ImportRow } from './plan-import.ts';

/**
 * Stores the rows of a confirmed dry run. Rows that meanwhile became impossible (somebody was added in between) are left
 * out and named; the others are stored all together or not at all.
 */
export async function importCandidates(
  unit: Unit,
  rows: readonly ImportRow[],
): Promise<{ added: string[]; leftOut: { line: number; code: string }[] }> {
  const added: string[] = [];
  const leftOut: { line: number; code: string }[] = [];
  for (const row of rows) {
    if (row.verdict !== 'create' && row.verdict !== 'apply') continue;
    const requisition = await unit.get('requisitions', row.requisitionId);
    if (!requisition) {
      leftOut.push({ line: row.line, code: 'requisition_not_open' });
      continue;
    }
    try {
      const { application } = await addCandidate(unit, row.person, requisition);
      added.push(application.ref);
    } catch (error) {
      // Rules are checked before anything is written for the row.
      if (!(error instanceof RuleBroken)) throw error;
      leftOut.push({ line: row.line, code: error.code });
    }
  }
  return { added, leftOut };
}
