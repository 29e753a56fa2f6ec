import type { SmsSize } from '../../hongkong/sms-segments.ts';
import type { DeliveryChannel, OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { LinkPurpose, PortalLinkRecord } from '../../models/portal-link.model.ts';
import type { VariantFacts } from '../../templates/choose-section.ts';
import { loadTemplates } from '../../templates/load-templates.ts';
import { hasForm, MissingSlot, type RenderedButton, render, templateOf } from '../../templates/renderer.ts';
import type { SlotValue as TemplateValue } from '../../templates/slot-format.ts';
import { SLOT_REGISTER } from '../../templates/slots.ts';
import type { Template } from '../../templates/template.ts';
import { TEMPLATE_IDS, type TemplateId } from '../../templates/template-ids.ts';
import type { Office } from '../unit/office.ts';
import { LINK_SLOTS, type MintedLink, mintLink } from './links.ts';
import type { MessageFacts } from './message-facts.ts';
import { slotValues } from './slot-values.ts';

/** A message written for one channel, with the links that were minted for it. */
export interface ComposedMessage {
  text: string;
  title: string;
  subject?: string;
  html?: string;
  buttons: RenderedButton[];
  /** Records of the links in it; their secrets are in the texts only. */
  links: PortalLinkRecord[];
  /** What is kept: `{link}` instead of every link, and what each led to. */
  body: string;
  bodyLinks: string[];
  /** Where messages can be stopped, for the header of e-mails. */
  stopUrl?: string;
  sms?: SmsSize;
}

/** What is to be written. */
export interface ComposeRequest {
  item: Pick<OutboxItemRecord, '_id' | 'what' | 'payload' | 'applicationId'>;
  facts: MessageFacts;
  channel: DeliveryChannel;
  office: Pick<Office, 'ids' | 'settings' | 'pagesUrl'>;
  now: Date;
  /** Values for slots that the records do not fill, for previews only. Never given when something is sent. */
  standIns?: Readonly<Record<string, TemplateValue>>;
}

/** Writes a message, or says which slots are missing. Links are minted here and nowhere else. */
export function composeMessage(request: ComposeRequest): ComposedMessage | { missing: string[] } {
  const { item, facts, channel, office, now } = request;
  const extra = extraOf(item.payload);
  const id = templateFor(item, facts, channel);
  const minted = new Map<LinkPurpose, MintedLink>();
  const linkTo = (purpose: LinkPurpose): string => {
    const known = minted.get(purpose);
    if (known) return known.url;
    const link = mintLink(
      { ids: office.ids, publicUrl: office.pagesUrl(), now, settings: office.settings() },
      { purpose, candidateId: facts.candidate._id, applicationId: item.applicationId, messageId: item._id },
    );
    minted.set(purpose, link);
    return link.url;
  };
  const { standIns = {} } = request;
  const slots: Record<string, TemplateValue> = slotValues(facts, extra, { now, settings: office.settings() }) as Record<
    string,
    TemplateValue
  >;
  for (const [name, value] of Object.entries(standIns)) slots[name] ??= value;
  for (const name of linkSlots(templateOf(id))) {
    const purpose = LINK_SLOTS[name];
    if (purpose) slots[name] = linkTo(purpose);
  }
  try {
    const message = render(id, {
      channel,
      slots,
      facts: variantFacts(facts, extra),
      now,
      lint: false,
      buttonUrl: (button) => `${linkTo('page')}?do=${encodeURIComponent(button)}`,
    });
    const composed: ComposedMessage = {
      text: message.text,
      title: message.title,
      buttons: message.buttons,
      links: [],
      body: message.keptText,
      bodyLinks: message.keptLinks,
    };
    if (message.subject) composed.subject = message.subject;
    if (message.html) composed.html = message.html;
    if (message.sms) composed.sms = message.sms;
    if (channel === 'email') composed.stopUrl = linkTo('stop');
    composed.links = [...minted.values()].map((link) => link.record);
    return composed;
  } catch (error) {
    if (error instanceof MissingSlot) return { missing: [...error.slots] };
    throw error;
  }
}

/** The template an outbox item stands for on a channel: without an SMS text of its own a notice goes by SMS. */
function templateFor(item: ComposeRequest['item'], facts: MessageFacts, channel: DeliveryChannel): TemplateId {
  const id = asTemplateId(item.what);
  return channel === 'sms' && !hasSmsText(item, facts) ? 'portal_notice' : id;
}

function asTemplateId(what: string): TemplateId {
  const id = TEMPLATE_IDS.find((known) => known === what);
  if (!id) throw new Error(`no template: ${what}`);
  return id;
}

/** Link slots that the text can use; others are not minted. */
function linkSlots(template: Template): string[] {
  return [...template.slots.values()].filter((slot) => slot.type === 'link').map((slot) => slot.name);
}

/** What decides between variants: the kind of interview, whose wish, reached or not … */
function variantFacts(facts: MessageFacts, extra: Readonly<Record<string, unknown>>): VariantFacts {
  const mode = facts.interview?.kind === 'trial' ? 'in_person' : facts.interview?.kind;
  const metSomebody = facts.application?.history.some((change) => change.to === 'interviewed') ?? false;
  const said = Object.fromEntries(
    ['mode', 'by', 'interviewed', 'reached', 'closed', 'act', 'asked'].flatMap((name) =>
      typeof extra[name] === 'string' ? [[name, extra[name] as string]] : [],
    ),
  );
  return { mode, interviewed: metSomebody ? 'yes' : 'no', closed: 'no', reached: 'yes', by: 'us', ...said };
}

function extraOf(payload: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { extra } = payload;
  return typeof extra === 'object' && extra !== null ? (extra as Record<string, unknown>) : {};
}

/** True when a message, as things are, has an SMS text of its own. */
export function hasSmsText(item: Pick<OutboxItemRecord, 'what' | 'payload'>, facts: MessageFacts): boolean {
  const extra = extraOf(item.payload);
  const scope = typeof extra.scope === 'string' ? { scope: extra.scope } : {};
  return hasForm(asTemplateId(item.what), 'sms', scope, variantFacts(facts, extra));
}

/** The declaration of a message; undefined for what is no message to candidates. */
export function template(what: string): Template | undefined {
  return loadTemplates().templates.get(what);
}

/** The name of a message for staff. */
export function messageTitle(what: string): string {
  return template(what)?.title ?? '訊息';
}

/** A missing slot in words: its Chinese name and who can supply it. */
export function slotSupplier(slot: string): string {
  const entry = SLOT_REGISTER.get(slot);
  if (!entry) return slot;
  const [name = slot] = entry.aliases;
  return `${name}（由${entry.supplier}補上）`;
}
