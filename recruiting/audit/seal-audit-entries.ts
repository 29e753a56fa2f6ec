import { createHash } from 'node:crypto';
import type { AuditEntryRecord } from '../../models/audit-entry.model.ts';
import type { Models } from '../../models/index.ts';
import type { Office } from '../unit/office.ts';

/** How many entries one look takes. */
const BATCH = 500;
/** What the first seal stands on. */
const GENESIS = 'ziuping audit chain';

/** What a seal vouches for: every field of the entry and the seal before it. */
export function sealOf(entry: AuditEntryRecord, sealNumber: number, before: string): string {
  const content = JSON.stringify([
    before,
    sealNumber,
    entry.subject,
    entry.number,
    entry.at.toISOString(),
    entry.by,
    entry.act,
    entry.fields,
  ]);
  return createHash('sha256').update(content).digest('hex');
}

/** Chains all entries that are not sealed yet, oldest first. @returns how many */
export async function sealAuditEntries({ models }: Pick<Office, 'models'>): Promise<number> {
  const last = await models.auditEntries
    .findOne({ sealNumber: { $ne: null } })
    .sort({ sealNumber: -1 })
    .lean();
  let number = last?.sealNumber ?? 0;
  let seal = last?.seal ?? GENESIS;
  let count = 0;
  for (;;) {
    const open = (await models.auditEntries
      .find({ sealNumber: null })
      .sort({ at: 1, subject: 1, number: 1 })
      .limit(BATCH)
      .lean()) as AuditEntryRecord[];
    if (open.length === 0) return count;
    const writes = open.map((entry) => {
      number += 1;
      seal = sealOf(entry, number, seal);
      return {
        updateOne: { filter: { _id: entry._id, sealNumber: null }, update: { $set: { sealNumber: number, seal } } },
      };
    });
    await models.auditEntries.bulkWrite(writes);
    count += open.length;
  }
}

/** What a check of the trail found. */
export interface AuditVerdict {
  sealed: number;
  unsealed: number;
  /** The first entry that was changed, removed or put in; null when the chain holds. */
  firstAltered: { id: string; sealNumber: number; problem: string } | null;
}

/** Walks the chain from its start, and each subject's running numbers, and names the first entry that does not fit. */
export async function verifyAuditTrail(models: Models): Promise<AuditVerdict> {
  let before = GENESIS;
  let expected = 1;
  const cursor = models.auditEntries
    .find({ sealNumber: { $ne: null } })
    .sort({ sealNumber: 1 })
    .lean()
    .cursor();
  for await (const entry of cursor as AsyncIterable<AuditEntryRecord>) {
    const problem = whatIsWrong(entry, expected, before);
    if (problem) {
      return {
        sealed: expected - 1,
        unsealed: 0,
        firstAltered: { id: entry._id, sealNumber: entry.sealNumber ?? 0, problem },
      };
    }
    before = entry.seal ?? '';
    expected += 1;
  }
  return {
    sealed: expected - 1,
    unsealed: await models.auditEntries.countDocuments({ sealNumber: null }),
    firstAltered: null,
  };
}

function whatIsWrong(entry: AuditEntryRecord, expected: number, before: string): string | null {
  if (entry.sealNumber !== expected) return `entry number ${expected} of the chain is missing`;
  if (sealOf(entry, expected, before) !== entry.seal) return 'its content was changed';
  return null;
}
