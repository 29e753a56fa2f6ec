import type { ComplianceEventFlag, ComplianceEventRecord } from '../../models/compliance-event.model.ts';
import type { Unit } from '../unit/unit.ts';

/** What was met in one message or press. */
export interface MetCompliance {
  flag: ComplianceEventFlag;
  /** What was ordered. */
  act: string;
  outcome: ComplianceEventRecord['outcome'];
}

/**
 * Counts that the robot kept to the rules: who, when, which ground, never what was said. The same message counts each ground
 * once, however often it is worked off.
 * @param source the inbox item or press
 */
export async function countCompliance(
  unit: Unit,
  source: string,
  staffId: string,
  met: readonly MetCompliance[],
): Promise<void> {
  const seen = new Set<string>();
  for (const { flag, act, outcome } of met) {
    const id = `${source}:${flag}:${outcome}`;
    if (seen.has(id) || (await unit.get('complianceEvents', id))) continue;
    seen.add(id);
    await unit.insert('complianceEvents', {
      _id: id,
      at: unit.now,
      staffId,
      flag,
      act,
      outcome,
      purgeAt: addMonths(unit.now, unit.settings.complianceEventMonths),
    });
  }
}

function addMonths(from: Date, months: number): Date {
  const day = new Date(from);
  day.setUTCMonth(day.getUTCMonth() + months);
  return day;
}
