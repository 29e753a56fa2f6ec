import {
  dateRangeText,
  dateShort,
  dateText,
  dateTextWithoutYear,
  dateTimeShort,
  dateTimeText,
  dateTimeTextWithoutYear,
  dayWord,
  timeShort,
  timeText,
} from '../hongkong/date-texts.ts';
import { formatMoney, type Money } from '../hongkong/money.ts';
import { formatPhone } from '../hongkong/phones.ts';
import { type SalutationInput, salutation, withGap } from '../hongkong/salutation.ts';
import { isLocalDate, momentAt } from '../hongkong/zone.ts';
import { enumText } from './slot-words.ts';
import type { RenderChannel, SlotSpec } from './template.ts';

/** A moment: a Date, an ISO text with an offset, or a Hong Kong day `YYYY-MM-DD`. */
export type MomentValue = Date | string;

/**
 * What a caller may give for a slot; its type in the template says which. Undefined, null, '' and [] mean "not known".
 * Enums take a key of values.tsv or one of its texts.
 */
export type SlotValue =
  | string
  | number
  | Date
  | Money
  | SalutationInput
  | { from: MomentValue; to: MomentValue }
  | readonly (string | Date)[]
  | Readonly<Record<string, string>>
  | null
  | undefined;

/** A value that does not fit its slot: a bug or bad data, never sent. */
export class BadSlotValue extends Error {
  override readonly name = 'BadSlotValue';
  readonly slot: string;

  constructor(slot: string, problem: string) {
    super(`${slot}: ${problem}`);
    this.slot = slot;
  }
}

/** What formatting needs besides the value. */
export interface FormatContext {
  channel: RenderChannel;
  form: 'formal' | 'warm';
  /** The moment of sending: day words follow it. */
  now: Date;
}

/** True for a value that says nothing. `salute` alone may be empty. */
export function isEmptyValue(value: SlotValue): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

/**
 * Writes a value as its slot's type wants it, unescaped. SMS get the short forms of dates.
 * @throws BadSlotValue when the value has another type.
 */
export function formatSlot(spec: SlotSpec, value: SlotValue, context: FormatContext): string {
  const short = context.channel === 'sms';
  switch (spec.type) {
    case 'salutation':
      return withGap(typeof value === 'string' ? value.trim() : salutation(personOf(spec, value), context.form));
    case 'text':
      return textOf(spec, value);
    case 'int':
      return String(integerOf(spec, value));
    case 'phone':
      return formatPhone(textOf(spec, value));
    case 'link':
      return linkOf(spec, value);
    case 'date':
      return dateText(momentOf(spec, value));
    case 'datetime':
      return dateTimeText(momentOf(spec, value));
    case 'time':
      return timeText(momentOf(spec, value));
    case 'datetime_short':
      return dateTimeShort(momentOf(spec, value));
    case 'time_short':
      return timeShort(momentOf(spec, value));
    case 'date_range': {
      const { from, to } = rangeOf(spec, value);
      return dateRangeText(from, to);
    }
    case 'money':
      return formatMoney(moneyOf(spec, value));
    case 'list':
      return joined(listOf(spec, value));
    case 'enum_list':
      return joined(listOf(spec, value).map((key) => enumOf(spec, key)));
    case 'lines':
      return listOf(spec, value)
        .map((line, index) => `${index + 1}. ${line}`)
        .join('\n');
    case 'choices':
      return choiceTexts(spec, value).join('\n');
    case 'enum':
      return enumOf(spec, textOf(spec, value));
    case 'day_word': {
      const moment = momentOf(spec, value);
      return dayWord(moment, context.now) ?? (short ? dateShort(moment) : dateTextWithoutYear(moment));
    }
    case 'meet_word': {
      const word = dayWord(momentOf(spec, value), context.now);
      return word === '今日' || word === '明天' ? word : '到時';
    }
    case 'since_word':
      return sinceWord(momentOf(spec, value), context.now, short);
  }
}

/** The times to choose from: `A. 2026年11月26日（星期四）下午3時30分`; four or more leave out the year. */
export function choiceTexts(spec: SlotSpec, value: SlotValue): string[] {
  if (!Array.isArray(value) || value.length < 2 || value.length > 5)
    throw new BadSlotValue(spec.name, 'two to five times');
  const write = value.length > 3 ? dateTimeTextWithoutYear : dateTimeText;
  return value.map((moment, index) => `${String.fromCharCode(65 + index)}. ${write(momentOf(spec, moment))}`);
}

/** 剛才 within two hours of the call, then 今日, 昨日 or the day. */
function sinceWord(moment: Date, now: Date, short: boolean): string {
  const elapsedMs = now.getTime() - moment.getTime();
  if (elapsedMs >= 0 && elapsedMs <= 2 * 60 * 60 * 1000) return '剛才';
  return dayWord(moment, now) ?? (short ? dateShort(moment) : dateTextWithoutYear(moment));
}

/** A、B及C. */
function joined(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join('、')}及${items.at(-1)}`;
}

function textOf(spec: SlotSpec, value: SlotValue): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw new BadSlotValue(spec.name, 'a text is wanted');
  return value.trim();
}

function integerOf(spec: SlotSpec, value: SlotValue): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number))
    throw new BadSlotValue(spec.name, 'a whole number is wanted');
  return number;
}

function linkOf(spec: SlotSpec, value: SlotValue): string {
  const link = textOf(spec, value);
  if (!/^https?:\/\/[\w.:[\]-]+(?:\/[\w./~?&=%-]*)?$/.test(link))
    throw new BadSlotValue(spec.name, 'an address is wanted');
  return link;
}

/** Reads a moment. A day stands for its midnight. */
export function momentOf(spec: Pick<SlotSpec, 'name'>, value: SlotValue): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  if (typeof value === 'string') {
    if (isLocalDate(value)) return momentAt(value);
    const moment = new Date(/(?:Z|[+-]\d{2}:\d{2})$/.test(value) ? value : 'no offset');
    if (!Number.isNaN(moment.getTime())) return moment;
  }
  throw new BadSlotValue(spec.name, 'a moment is wanted');
}

function rangeOf(spec: SlotSpec, value: SlotValue): { from: Date; to: Date } {
  if (typeof value !== 'object' || value === null || !('from' in value) || !('to' in value)) {
    throw new BadSlotValue(spec.name, 'a first and a last day are wanted');
  }
  return { from: momentOf(spec, value.from), to: momentOf(spec, value.to) };
}

function moneyOf(spec: SlotSpec, value: SlotValue): Money {
  if (typeof value === 'object' && value !== null && 'hkd' in value && typeof value.hkd === 'number')
    return value as Money;
  throw new BadSlotValue(spec.name, 'an amount is wanted');
}

function listOf(spec: SlotSpec, value: SlotValue): string[] {
  if (!Array.isArray(value)) throw new BadSlotValue(spec.name, 'a list is wanted');
  return value.map((item) => textOf(spec, item as SlotValue));
}

function personOf(spec: SlotSpec, value: SlotValue): SalutationInput {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || value instanceof Date || Array.isArray(value)) {
    throw new BadSlotValue(spec.name, 'the parts of a name are wanted');
  }
  return value as SalutationInput;
}

function enumOf(spec: SlotSpec, key: string): string {
  const text = enumText(spec.name, key);
  if (text === undefined) throw new BadSlotValue(spec.name, `no such value: ${key}`);
  return text;
}
