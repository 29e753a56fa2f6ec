import { RuleBroken } from '../../lib/errors.ts';
import type { DeliveryChannel } from '../../models/outbox-item.model.ts';
import { TEMPLATE_IDS } from '../../templates/template-ids.ts';
import type { Office } from '../unit/office.ts';
import { composeMessage, hasSmsText, slotSupplier } from './compose-message.ts';
import { loadMessageFacts } from './message-facts.ts';

/** A message exactly as the candidate would get it now; links are shown as `{link}`, none is made. */
export interface MessagePreview {
  text: string;
  sms: string | null;
  smsSegments: number | null;
  missing: string[];
}

/**
 * Writes a message for a candidate without sending it.
 * @throws RuleBroken template_unknown, candidate_unknown
 */
export async function previewMessage(
  office: Office,
  wanted: {
    template: string;
    candidateId: string;
    applicationId: string | null;
    interviewId?: string;
    extra?: Record<string, unknown>;
  },
): Promise<MessagePreview> {
  if (!TEMPLATE_IDS.some((id) => id === wanted.template)) throw new RuleBroken('template_unknown');
  const item = {
    _id: 'preview',
    what: wanted.template,
    recipient: `candidate:${wanted.candidateId}`,
    applicationId: wanted.applicationId,
    payload: { interviewId: wanted.interviewId ?? null, extra: wanted.extra ?? {} },
  };
  const [facts] = await loadMessageFacts(office.models, [item]);
  if (!facts) throw new RuleBroken('candidate_unknown');
  const write = (channel: DeliveryChannel) => composeMessage({ item, facts, channel, office, now: office.clock.now() });
  const long = wanted.template === 'portal_notice' ? { missing: [] } : write('portal');
  const short = hasSmsText(wanted.template) ? write('sms') : null;
  const missing = [long, short].flatMap((one) => (one && 'missing' in one ? one.missing : []));
  return {
    text: 'body' in long ? long.body : '',
    sms: short && 'body' in short ? short.body : null,
    smsSegments: short && 'body' in short ? (short.smsSegments ?? null) : null,
    missing: [...new Set(missing)].map(slotSupplier),
  };
}
