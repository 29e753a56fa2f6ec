import { parseMoney } from '../hongkong/money.ts';
import type { SlotValues, VariantFacts } from './choose-section.ts';
import type { SlotValue } from './slot-format.ts';
import type { RenderChannel, Section, SlotSpec, Template } from './template.ts';
import type { TemplateId } from './template-ids.ts';
import { templateSet } from './template-set.ts';
import { type RenderedMessage, templateOf, writeMessage } from './write-message.ts';

/** One variant of one message on one channel, written from the samples in its file. */
export interface SamplePreview {
  channel: RenderChannel;
  /** The variant's name in the file; empty for the plain text. */
  variant: string;
  message: RenderedMessage;
}

/** Samples are written as on a Hong Kong clock: `2026-11-26T15:30`, ranges `from..to`, amounts `17000/month`. */
function sampleValue(spec: SlotSpec): SlotValue {
  const { sample, type } = spec;
  if (sample === null) return undefined;
  if (Array.isArray(sample)) return type === 'choices' ? sample.map(moment) : sample;
  switch (type) {
    case 'datetime':
    case 'time':
      return moment(sample);
    case 'date_range': {
      const [from = '', to = ''] = sample.split('..');
      return { from, to };
    }
    case 'money':
      return parseMoney(sample);
    case 'int':
      return Number(sample);
    default:
      return sample;
  }
}

const moment = (text: string): Date => new Date(`${text}:00+08:00`);

/** Typed sample values of a message and of the e-mail frame. */
export function sampleSlots(id: TemplateId): SlotValues {
  const values: Record<string, SlotValue> = {};
  for (const template of [templateSet().frame, templateOf(id)]) {
    for (const spec of template.slots.values()) if (!spec.of) values[spec.name] = sampleValue(spec);
  }
  return values;
}

/** The moment at which samples are written: late enough for 剛才, early enough for 明天 and 今日 (see `sampleNow`). */
function sampleNow(template: Template): Date {
  const day = [...template.slots.values()].find((spec) => spec.type === 'day_word' || spec.type === 'since_word');
  const of = day?.of ? template.slots.get(day.of)?.sample : null;
  if (typeof of !== 'string') return moment('2026-11-23T10:00');
  // Reminders of the day before are written the evening before; the others on the day itself.
  const dayBefore = template.moment.includes('day_before');
  const afterMs = template.moment.includes('two_hours_before') ? -2 * 3_600_000 : 3_600_000;
  const at = moment(of).getTime();
  return new Date(dayBefore ? at - 20 * 3_600_000 : at + afterMs);
}

/** Values and facts under which a variant is the chosen one. */
export function sampleFor(id: TemplateId, section: Section): { slots: SlotValues; facts: VariantFacts; now: Date } {
  const slots: Record<string, SlotValue> = { ...sampleSlots(id) };
  const facts: Record<string, string> = {};
  for (const rule of section.conditions) {
    if ('without' in rule) slots[rule.without] = undefined;
    else {
      facts[rule.fact] = rule.values[0] ?? '';
      if (rule.fact === 'mode') {
        slots.place = rule.values[0] === 'video' ? '視像面試' : '電話面試';
        slots.place_short = rule.values[0] === 'video' ? '視像' : '電話';
      }
    }
  }
  return { slots, facts, now: sampleNow(templateOf(id)) };
}

/**
 * Every variant of a message, written from its samples on the channels it has: for the documentation, the golden texts
 * and the check at start-up (load-templates.ts).
 */
export function previewSample(id: TemplateId): SamplePreview[] {
  const template = templateOf(id);
  const previews: SamplePreview[] = [];
  for (const section of template.sections) {
    const channel: RenderChannel =
      section.kind === 'sms' ? 'sms' : template.channels[0] === 'dingtalk' ? 'dingtalk' : 'portal';
    const { slots, facts, now } = sampleFor(id, section);
    const message = writeMessage(id, { channel, slots, facts, now, buttonUrl: () => 'https://hr.kamkee.hk' });
    previews.push({ channel, variant: section.name, message });
  }
  return previews;
}
