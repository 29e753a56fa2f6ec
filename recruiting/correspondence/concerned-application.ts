import type { ApplicationRecord } from '../../models/application.model.ts';
import type { Reader } from '../unit/reader.ts';

/** The application that the answered message was about, else the person's latest one. */
export async function concernedApplication(
  reader: Reader,
  { candidateId, replyTo }: { candidateId: string; replyTo?: { itemId: string } },
): Promise<ApplicationRecord | null> {
  const item = replyTo ? await reader.get('outbox', replyTo.itemId) : null;
  const named = item?.applicationId ? await reader.get('applications', item.applicationId) : null;
  if (named?.candidateId === candidateId) return named;
  const [latest] = await reader.list('applications', { candidateId }, { sort: { appliedAt: -1 }, limit: 1 });
  return latest ?? null;
}
