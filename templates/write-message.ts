import { type SmsSize, smsSize } from '../hongkong/sms-segments.ts';
import { chooseSection, fittingSection, type SlotValues, type VariantFacts } from './choose-section.ts';
import { emailHtml, emailText } from './email-frame.ts';
import { dingtalkText, filledSlots, fillSection, htmlText, keptText, type Piece, plainText } from './filled-text.ts';
import { type LintHit, lintText } from './linter/etiquette.ts';
import { choiceTexts, formatSlot, isEmptyValue } from './slot-format.ts';
import type { ButtonSpec, RenderChannel, Section, SlotSpec, Template } from './template.ts';
import type { TemplateId } from './template-ids.ts';
import { templateSet } from './template-set.ts';

/** What a message needs to be written. */
export interface RenderRequest {
  channel: RenderChannel;
  /** Typed values by slot name; what the text does not use is ignored. */
  slots: SlotValues;
  /** What decides between variants. */
  facts?: VariantFacts;
  /** The moment of sending. */
  now: Date;
  /** Where a button leads; needed for e-mail, DingTalk and texts sent on by hand. */
  buttonUrl?: (buttonId: string) => string | undefined;
  /** False: the filled text is not linted; every text has been, with its samples, when it was loaded. */
  lint?: boolean;
}

/** A button a text offers. `url` where the channel needs one. */
export interface RenderedButton extends ButtonSpec {
  url?: string;
}

/** A message ready for its channel. */
export interface RenderedMessage {
  templateId: TemplateId;
  channel: RenderChannel;
  /** The variant's name in the file; empty for the plain text. */
  variant: string;
  /** Heading for the page, the chat and notifications. */
  title: string;
  /** E-mail only. */
  subject?: string;
  /** Plain text; for DingTalk its markdown. E-mail and `hand`: with a line and a link for each button. */
  text: string;
  /** Portal: paragraphs. E-mail: the whole document. */
  html?: string;
  /** SMS only. */
  sms?: SmsSize;
  buttons: RenderedButton[];
  /** UTF-16 units of the message's own text, without frame and button lines. */
  length: number;
  /** What may be kept: links are `{link}`. */
  keptText: string;
  /** What each `{link}` was, in order: a slot's name, or `button:` and the button's id. */
  keptLinks: string[];
  /** What the linter says about the filled text. */
  lint: LintHit[];
}

/** A message that must not be sent: values are missing. All of them are named. */
export class MissingSlot extends Error {
  override readonly name = 'MissingSlot';
  readonly template: string;
  /** Slot names, and `button:` ids without address. */
  readonly slots: readonly string[];
  /** The slots' Chinese labels, for the person who is asked. */
  readonly labels: readonly string[];

  constructor(template: string, slots: readonly string[], labels: readonly string[]) {
    super(`${template}: missing ${slots.join(', ')}`);
    this.template = template;
    this.slots = slots;
    this.labels = labels;
  }
}

/** One message's declaration. */
export function templateOf(id: TemplateId): Template {
  const template = templateSet().templates.get(id);
  if (!template) throw new Error(`no template: ${id}`);
  return template;
}

/** True when a message can be written for a channel as things are: SMS exist for some messages and variants only. */
export function hasForm(
  id: TemplateId,
  channel: RenderChannel,
  slots: SlotValues = {},
  facts: VariantFacts = {},
): boolean {
  return fittingSection(templateOf(id), channel, slots, facts) !== undefined;
}

/** The slots a caller must give for a message as things are, worked-out ones traced back to their source. */
export function slotsNeeded(
  id: TemplateId,
  channel: RenderChannel,
  slots: SlotValues = {},
  facts: VariantFacts = {},
): string[] {
  const template = templateOf(id);
  const section = chooseSection(template, channel, slots, facts);
  const own = section.used.flatMap((name) => neededFor(template, name, channel));
  const { frame } = templateSet();
  const framed =
    channel === 'email'
      ? frame.sections.flatMap((part) => part.used.flatMap((name) => neededFor(frame, name, channel)))
      : [];
  return [...new Set([...own, ...framed])].filter((name) => name !== 'title');
}

/**
 * Writes a message for a channel.
 * @throws MissingSlot naming everything that is missing, BadSlotValue for a value of the wrong type, NoForm when the
 * channel has no text of this message, VariantUndecided when a deciding fact is missing.
 */
export function writeMessage(id: TemplateId, request: RenderRequest): RenderedMessage {
  const { channel, slots, facts = {} } = request;
  const template = templateOf(id);
  const section = chooseSection(template, channel, slots, facts);
  const missing = new Map<string, string>();
  const pieces = filled(template, section, request, missing);
  const framed = channel === 'email' ? framePieces(template, request, missing) : undefined;
  const buttons = pieces ? buttonsOf(template, section, pieces, request, missing) : [];
  if (!pieces || missing.size > 0 || (channel === 'email' && !framed)) {
    throw new MissingSlot(id, [...missing.keys()], [...missing.values()]);
  }
  const body = plainText(pieces);
  const kept = keptText(pieces);
  const isSms = channel === 'sms';
  const message: RenderedMessage = {
    templateId: id,
    channel,
    variant: section.name,
    title: template.subject,
    text: body,
    buttons,
    length: body.length,
    keptText: kept.text,
    keptLinks: kept.links,
    lint:
      request.lint === false
        ? []
        : lintText({ text: body, sms: isSms, filled: filledSlots(pieces), maxLength: limitOf(template, body, isSms) }),
  };
  if (isSms) message.sms = smsSize(body);
  if (channel === 'portal') message.html = htmlText(pieces);
  if (channel === 'dingtalk') message.text = dingtalkText(pieces);
  const pressable = buttons.flatMap(({ id: button, label, url }) => (url ? [{ id: button, label, url }] : []));
  if (channel === 'hand' && pressable.length > 0) {
    message.text = `${body}\n\n${pressable.map(({ label, url }) => `${label}：${url}`).join('\n')}`;
    keepButtons(message, pressable);
  }
  if (framed) {
    const { subject, footer, brand } = framed;
    const parts = { subject, footer, brand, bodyText: body, bodyHtml: htmlText(pieces), buttons: pressable };
    message.subject = subject;
    message.text = emailText(parts);
    message.html = emailHtml(parts);
    keepButtons(message, pressable);
  }
  return message;
}

/** The kept text shows that there was a link for each button. */
function keepButtons(message: RenderedMessage, pressable: readonly { id: string; label: string }[]): void {
  if (pressable.length === 0) return;
  message.keptText += `\n\n${pressable.map(({ label }) => `${label}：{link}`).join('\n')}`;
  message.keptLinks.push(...pressable.map(({ id }) => `button:${id}`));
}

/** Typical values decide the written limit; an SMS with a link may take two segments. */
function limitOf(template: Template, text: string, isSms: boolean): number | null {
  if (!isSms) return template.maxLength;
  return /https?:\/\//.test(text) || template.smsUsesText ? 134 : template.smsMaxLength;
}

/** Fills a section; undefined when something is missing (then named in `missing`). */
function filled(
  template: Template,
  section: Section,
  request: RenderRequest,
  missing: Map<string, string>,
): Piece[] | undefined {
  const values = new Map<string, string | null>();
  for (const name of section.used) {
    const spec = template.slots.get(name);
    if (!spec) continue;
    const source = spec.of ?? name;
    const value = request.slots[source];
    if (spec.only && spec.only !== request.channel) values.set(name, null);
    else if (!isEmptyValue(value)) {
      values.set(name, formatSlot(spec, value, { channel: request.channel, form: template.form, now: request.now }));
    } else if (spec.type === 'salutation') values.set(name, '');
    else if (spec.optional) values.set(name, null);
    else missing.set(source, template.slots.get(source)?.label ?? spec.label);
  }
  return missing.size > 0 ? undefined : fillSection(section, values);
}

function framePieces(
  template: Template,
  request: RenderRequest,
  missing: Map<string, string>,
): { subject: string; footer: string; brand: string } | undefined {
  const { frame } = templateSet();
  const framed: RenderRequest = { ...request, slots: { ...request.slots, title: template.subject } };
  const own = new Map<string, string>();
  const texts = (['subject', 'footer'] as const).map((kind) => {
    const part = frame.sections.find((section) => section.kind === kind);
    const pieces = part && filled(frame, part, framed, own);
    return pieces ? plainText(pieces) : '';
  });
  for (const [name, label] of own) missing.set(name, label);
  const [subject = '', footer = ''] = texts;
  return own.size > 0 ? undefined : { subject, footer, brand: String(request.slots.brand) };
}

/** The buttons a text names, and one for each time to choose from. */
function buttonsOf(
  template: Template,
  section: Section,
  pieces: readonly Piece[],
  { channel, slots, buttonUrl }: RenderRequest,
  missing: Map<string, string>,
): RenderedButton[] {
  if (channel === 'sms') return [];
  const named = plainText(pieces.filter((piece) => !piece.slot));
  const offered: ButtonSpec[] = [
    ...choiceButtons(template, section, slots),
    ...template.buttons.filter(({ label }) => named.includes(`「${label}」`)),
  ];
  if (channel === 'portal') return offered;
  return offered.map((button) => {
    const url = buttonUrl?.(button.id);
    if (!url) missing.set(`button:${button.id}`, `「${button.label}」`);
    return url ? { ...button, url } : button;
  });
}

function choiceButtons(template: Template, section: Section, slots: SlotValues): ButtonSpec[] {
  return section.used.flatMap((name) => {
    const spec: SlotSpec | undefined = template.slots.get(name);
    if (spec?.type !== 'choices') return [];
    return choiceTexts(spec, slots[name]).map((label, index) => ({ id: `slot_${index + 1}`, label }));
  });
}

function neededFor(template: Template, name: string, channel: RenderChannel): string[] {
  const spec = template.slots.get(name);
  if (!spec || spec.optional || spec.type === 'salutation' || (spec.only && spec.only !== channel)) return [];
  return [spec.of ?? name];
}
