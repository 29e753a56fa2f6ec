import type Handlebars from 'handlebars';

/** How a message reaches a person; `hand` = HR copies the text into a chat of their own. */
export type RenderChannel = 'portal' | 'email' | 'sms' | 'dingtalk' | 'hand';

/**
 * What a slot's value is and how it is written:
 * - given by the caller: `salutation`, `text`, `int`, `phone`, `link`, `date`, `datetime`, `time`, `date_range`, `money`,
 *   `list` (A、B及C), `lines` (numbered), `choices` (lettered moments, one button each), `enum` and `enum_list` (keys of
 *   values.tsv);
 * - worked out from another slot (`of`): `datetime_short`, `time_short`, an `enum` of another enum's key, and the words
 *   that depend on the moment of sending: `day_word` (今日, 明天 …), `meet_word` (…見！), `since_word` (剛才 …).
 */
export const SLOT_TYPES = [
  'salutation',
  'text',
  'int',
  'phone',
  'link',
  'date',
  'datetime',
  'time',
  'date_range',
  'money',
  'list',
  'lines',
  'choices',
  'enum',
  'enum_list',
  'datetime_short',
  'time_short',
  'day_word',
  'meet_word',
  'since_word',
] as const;

export type SlotType = (typeof SLOT_TYPES)[number];

/** One slot of one template. */
export interface SlotSpec {
  name: string;
  label: string;
  type: SlotType;
  /** The slot it is worked out from; then the caller gives that one. */
  of: string | null;
  /** True when a text exists that does without it. */
  optional: boolean;
  /** The only channel it appears on. */
  only: RenderChannel | null;
  /** True for the last day or moment to do something: 或之前 follows a day, 前 a moment. */
  deadline: boolean;
  /** A typical value, written as in the file; null for slots worked out from another. */
  sample: string | string[] | null;
}

/** What a part of a file is for. */
export type SectionKind = 'text' | 'sms' | 'subject' | 'footer';

/** When a variant is the right one: a fact has one of some values, or a slot has no value. */
export type Condition = { fact: string; values: string[] } | { without: string };

/** One text of a template: the plain one, or a variant under conditions. */
export interface Section {
  kind: SectionKind;
  /** The variant's name in the file, such as 視像、電話; empty for the plain text. */
  name: string;
  conditions: Condition[];
  source: string;
  /** Slots that stand outside of their own `{{#if}}`. */
  required: string[];
  /** All slots used. */
  used: string[];
  fill: Handlebars.TemplateDelegate;
}

/** A button that texts name in 「」; portal, DingTalk and e-mail give it a place to press. */
export interface ButtonSpec {
  id: string;
  label: string;
}

/** A message as its file declares it. */
export interface Template {
  id: string;
  /** Its number in docs/messages.md; null for the texts beside the numbered ones. */
  number: number | null;
  /** Its name for staff. */
  title: string;
  /** The words of the e-mail subject. */
  subject: string;
  /** What makes it leave. */
  moment: string;
  /** `now`: something in the product sends it; `later`: it waits for a part that is not built yet. */
  trigger: 'now' | 'later';
  channels: RenderChannel[];
  form: 'formal' | 'warm';
  /** UTF-16 units of a text with typical values; null when there is no text of that kind. */
  maxLength: number | null;
  smsMaxLength: number | null;
  /** True when its SMS is its ordinary text. */
  smsUsesText: boolean;
  /** True for answers: they go where the person wrote or pressed. */
  sameChannel: boolean;
  /** Words the texts must close with. */
  warmClose: string | null;
  /** True when a person who gets it twice is not misled: it may be sent again after an uncertain attempt. */
  twiceIsHarmless: boolean;
  slots: ReadonlyMap<string, SlotSpec>;
  buttons: ButtonSpec[];
  sections: Section[];
}
