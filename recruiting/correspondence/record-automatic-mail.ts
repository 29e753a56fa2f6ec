import { RuleBroken } from '../../lib/errors.ts';
import { tellResponsible } from '../portal/responsible-person.ts';
import type { Unit } from '../unit/unit.ts';
import { recordActivity } from '../waiting/record-activity.ts';
import { concernedApplication } from './concerned-application.ts';

/** A mail that a machine sent in somebody's name. */
export interface AutomaticMail {
  candidateId: string;
  replyTo?: { template: string; itemId: string };
  kind: 'auto_reply' | 'returned';
  /** The same event again changes nothing. */
  eventId: string;
}

/**
 * Writes an out-of-office note or a returned mail down. It is no sign of life, nobody answers it, and its text is not
 * kept; when a mail came back, the responsible person hears of it.
 * @throws RuleBroken `candidate_unknown`
 */
export async function recordAutomaticMail(unit: Unit, mail: AutomaticMail): Promise<void> {
  const candidate = await unit.get('candidates', mail.candidateId);
  if (!candidate) throw new RuleBroken('candidate_unknown');
  const id = `mail_${mail.eventId}`;
  if (await unit.get('activities', id)) return;
  const application = await concernedApplication(unit, mail);
  await recordActivity(unit, candidate, {
    id,
    candidateId: candidate._id,
    applicationId: application?._id ?? null,
    kind: mail.kind === 'returned' ? 'mail_returned' : 'auto_reply',
    signOfLife: false,
  });
  if (mail.kind !== 'returned') return;
  await tellResponsible(unit, {
    application,
    candidate,
    what: 'mail_returned',
    occasion: mail.eventId,
    happened: '：發出的電郵被退回，對方可能收不到電郵，請核對電郵地址或致電',
    urgent: true,
  });
}
