import { escapeMarkdown } from '../../lib/escape-markdown.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import type { Reader } from '../unit/reader.ts';
import type { Unit } from '../unit/unit.ts';

/**
 * The HR person who answers for a candidate: the owner of the waiting period, else the recruiter of the vacancy; who has
 * left the company is stood in for by the first HR manager.
 */
export async function responsiblePerson(
  reader: Reader,
  application: ApplicationRecord | null,
): Promise<StaffRecord | null> {
  const plan = application ? await reader.get('waitingPlans', application._id) : null;
  const requisition = application ? await reader.get('requisitions', application.requisitionId) : null;
  const id = plan?.ownerStaffId ?? requisition?.recruiterId;
  const owner = id ? await reader.get('staff', id) : null;
  if (owner?.active) return owner;
  return reader.one('staff', { roles: 'hr_manager', active: true });
}

/** Something a candidate did on their page that the responsible person should hear of. */
export interface PageNews {
  application: ApplicationRecord | null;
  candidate: CandidateRecord;
  /** Short name of what it is, for the ledger. */
  what: string;
  occasion: string;
  /** What happened, in words of ours: 「想多了解」. */
  happened: string;
  /** The person's own words, already cleaned of identity card numbers. */
  words?: string | null;
  urgent?: boolean;
}

/** Tells the responsible person 1:1. @returns who is told; null when there is nobody in HR yet */
export async function tellResponsible(unit: Unit, news: PageNews): Promise<StaffRecord | null> {
  const person = await responsiblePerson(unit, news.application);
  if (!person) return null;
  const name = news.candidate.name.display;
  const ref = news.application?.ref ?? news.candidate.ref;
  unit.effect({
    kind: 'direct_message',
    staffId: person._id,
    what: news.what,
    occasion: news.occasion,
    applicationId: news.application?._id ?? null,
    ...(news.urgent ? { callClass: 'urgent' as const } : {}),
    body: {
      format: 'markdown',
      title: `${name}：${news.happened}`,
      text: `**${escapeMarkdown(name)}**（${ref}）${news.happened}${news.words ? `\n\n> ${escapeMarkdown(news.words)}` : ''}`,
    },
  });
  return person;
}
