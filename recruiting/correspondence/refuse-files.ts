import { hongKongDate } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import { tellResponsible } from '../portal/responsible-person.ts';
import type { Unit } from '../unit/unit.ts';
import { recordActivity } from '../waiting/record-activity.ts';
import { concernedApplication } from './concerned-application.ts';

/** Files that came with a candidate's mail. */
export interface RefusedFiles {
  candidateId: string;
  replyTo?: { template: string; itemId: string };
  /** How many. */
  count: number;
  /** The event they came with; the same one again changes nothing. */
  eventId: string;
  /** False when the mail said nothing else: then this is the sign of life. */
  hasText: boolean;
}

/**
 * Files by e-mail are not kept: nobody has checked them, and papers of identity do not belong into mailboxes. The person
 * is told kindly, once a day at most, and the responsible person hears of it.
 * @throws RuleBroken `candidate_unknown`
 */
export async function refuseFiles(unit: Unit, files: RefusedFiles): Promise<void> {
  const candidate = await unit.get('candidates', files.candidateId);
  if (!candidate) throw new RuleBroken('candidate_unknown');
  const application = await concernedApplication(unit, files);
  const activity = `files_${files.eventId}`;
  if (await unit.get('activities', activity)) return;
  await recordActivity(unit, candidate, {
    id: activity,
    candidateId: candidate._id,
    applicationId: application?._id ?? null,
    kind: 'sent_files',
    detail: `${files.count}個附件，沒有接收`,
    signOfLife: !files.hasText,
  });
  unit.effect({
    kind: 'candidate_message',
    candidateId: candidate._id,
    applicationId: application?._id ?? null,
    template: 'files_not_taken',
    occasion: `files:${hongKongDate(unit.now)}`,
    via: 'email',
    atOnce: true,
  });
  await tellResponsible(unit, {
    application,
    candidate,
    what: 'files_refused',
    occasion: files.eventId,
    happened: `以電郵寄來${files.count}個附件，系統沒有接收，已告知對方。${files.hasText ? '' : '電郵沒有其他文字。'}`,
  });
}
