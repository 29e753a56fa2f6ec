import type { ComplianceEventFlag, ComplianceEventRecord } from '../../models/compliance-event.model.ts';
import type { Reader } from '../unit/reader.ts';

/** Counted events of a stretch of time, by ground and by person; the most frequent first. */
export interface ComplianceFigures {
  total: number;
  byFlag: { flag: ComplianceEventFlag; refused: number; leftOut: number }[];
  byStaff: { staffId: string; refused: number; leftOut: number }[];
  newest: ComplianceEventRecord[];
}

/** How many of the newest events are listed one by one. */
const NEWEST = 5;

/** @param from the first moment that counts */
export async function complianceFigures(reader: Reader, from: Date): Promise<ComplianceFigures> {
  const events = await reader.list('complianceEvents', { at: { $gte: from } }, { sort: { at: -1 } });
  const tally = <Key extends string>(keyOf: (event: ComplianceEventRecord) => Key) => {
    const counts = new Map<Key, { refused: number; leftOut: number }>();
    for (const event of events) {
      const count = counts.get(keyOf(event)) ?? { refused: 0, leftOut: 0 };
      if (event.outcome === 'refused') count.refused += 1;
      else count.leftOut += 1;
      counts.set(keyOf(event), count);
    }
    return [...counts].sort(([, a], [, b]) => b.refused + b.leftOut - (a.refused + a.leftOut));
  };
  return {
    total: events.length,
    byFlag: tally(({ flag }) => flag).map(([flag, count]) => ({ flag, ...count })),
    byStaff: tally(({ staffId }) => staffId).map(([staffId, count]) => ({ staffId, ...count })),
    newest: events.slice(0, NEWEST),
  };
}
