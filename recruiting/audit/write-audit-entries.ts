import type { AuditEntryRecord } from '../../models/audit-entry.model.ts';
import type { AuditLine } from '../unit/commit.ts';
import type { Unit } from '../unit/unit.ts';

/**
 * Writes audit lines with each subject's own running number, inside the unit's transaction.
 * @returns the first and the last number written for every subject that was touched
 */
export async function writeAuditEntries(
  unit: Unit,
  lines: readonly AuditLine[],
): Promise<{ subject: string; from: number; number: number }[]> {
  if (lines.length === 0) return [];
  const bySubject = new Map<string, AuditLine[]>();
  for (const line of lines) bySubject.set(line.subject, [...(bySubject.get(line.subject) ?? []), line]);
  const entries: AuditEntryRecord[] = [];
  const last: { subject: string; from: number; number: number }[] = [];
  for (const [subject, own] of bySubject) {
    const counter = await unit.models.counters
      .findOneAndUpdate(
        { _id: `audit:${subject}` },
        { $inc: { value: own.length } },
        { upsert: true, returnDocument: 'after', session: unit.session },
      )
      .lean();
    const end = counter?.value ?? own.length;
    own.forEach((line, index) => {
      const number = end - own.length + index + 1;
      entries.push({
        _id: `${subject}#${number}`,
        subject,
        number,
        at: unit.now,
        by: unit.by,
        act: line.act,
        fields: [...line.fields],
        sealNumber: null,
        seal: null,
      });
    });
    last.push({ subject, from: end - own.length + 1, number: end });
  }
  await unit.models.auditEntries.insertMany(entries, { session: unit.session });
  return last;
}
