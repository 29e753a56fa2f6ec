import { sealAuditEntries } from '../recruiting/audit/seal-audit-entries.ts';
import type { Job } from './job.ts';

/** Chains the audit entries of the day before, so that a later change of any of them can be proven. */
export const sealAudit: Job = {
  name: 'seal-audit',
  at: '0 3 * * *',
  missed: 'once',
  run: ({ office }) => sealAuditEntries(office),
};
