import { smsCost } from '../../hongkong/sms-segments.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { DeliveryChannel } from '../../models/outbox-item.model.ts';
import { sampleSlots } from '../../templates/preview.ts';
import { hasForm } from '../../templates/renderer.ts';
import { isTemplateId } from '../../templates/template-ids.ts';
import type { Office } from '../unit/office.ts';
import { type ComposedMessage, composeMessage, hasSmsText, slotSupplier } from './compose-message.ts';
import { loadMessageFacts } from './message-facts.ts';

/** A message exactly as the candidate would get it now; links are shown as `{link}`, none is made. */
export interface MessagePreview {
  /** The long text; empty for messages that only exist as SMS. */
  text: string;
  sms: string | null;
  smsSegments: number | null;
  /** In Hong Kong dollars, by settings.smsSegmentPriceHkd. */
  smsCostHkd: number | null;
  /** Slots that the records do not fill yet: it could not be sent. The texts show examples in their place. */
  missing: string[];
}

/** What a preview is of. */
export interface PreviewRequest {
  template: string;
  candidateId: string;
  applicationId: string | null;
  interviewId?: string;
  extra?: Record<string, unknown>;
}

/**
 * Writes a message for a candidate without sending it.
 * @throws RuleBroken template_unknown, candidate_unknown
 */
export async function previewMessage(office: Office, wanted: PreviewRequest): Promise<MessagePreview> {
  const { template } = wanted;
  if (!isTemplateId(template)) throw new RuleBroken('template_unknown');
  const item = {
    _id: 'preview',
    what: template,
    recipient: `candidate:${wanted.candidateId}`,
    applicationId: wanted.applicationId,
    payload: { interviewId: wanted.interviewId ?? null, extra: wanted.extra ?? {} },
  };
  const [facts] = await loadMessageFacts(office.models, [item]);
  if (!facts) throw new RuleBroken('candidate_unknown');
  const missing = new Set<string>();
  const write = (channel: DeliveryChannel): ComposedMessage | null => {
    const request = { item, facts, channel, office, now: office.clock.now() };
    const real = composeMessage(request);
    if (!('missing' in real)) return real;
    for (const slot of real.missing) missing.add(slot);
    const filled = composeMessage({ ...request, standIns: sampleSlots(template) });
    return 'missing' in filled ? null : filled;
  };
  const long = hasForm(template, 'portal', sampleSlots(template), VARIANT) ? write('portal') : null;
  const short = hasSmsText(item, facts) ? write('sms') : null;
  return {
    text: long?.body ?? '',
    sms: short?.body ?? null,
    smsSegments: short?.sms?.segments ?? null,
    smsCostHkd: short?.sms ? smsCost(short.sms, office.settings().smsSegmentPriceHkd) : null,
    missing: [...missing].map(slotSupplier),
  };
}

/** Facts with which every message that has a long text shows one. */
const VARIANT = { mode: 'in_person', by: 'us', interviewed: 'yes', reached: 'yes' };
