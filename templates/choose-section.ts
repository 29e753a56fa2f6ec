import { isEmptyValue, type SlotValue } from './slot-format.ts';
import type { RenderChannel, Section, Template } from './template.ts';

/** Values by slot name. */
export type SlotValues = Readonly<Record<string, SlotValue>>;

/**
 * What decides which variant is right and is no slot: `mode` (in_person, video, phone), `by` (us, candidate),
 * `interviewed`, `reached`, `closed` (yes, no), `act` (what was done with a candidate's words), `asked` (which of their
 * questions is answered). A text under `scope is all` looks at the slot of that name.
 */
export type VariantFacts = Readonly<Record<string, string | undefined>>;

/** A message has no text for a channel, such as an SMS of a message that only lives on the page. */
export class NoForm extends Error {
  override readonly name = 'NoForm';
  readonly template: string;
  readonly channel: RenderChannel;

  constructor(template: string, channel: RenderChannel) {
    super(`${template} has no text for ${channel}`);
    this.template = template;
    this.channel = channel;
  }
}

/** A message exists in variants only, and the fact that decides was not given. */
export class VariantUndecided extends Error {
  override readonly name = 'VariantUndecided';
  readonly template: string;
  readonly facts: readonly string[];

  constructor(template: string, facts: readonly string[]) {
    super(`${template}: which variant depends on ${facts.join(', ')}`);
    this.template = template;
    this.facts = facts;
  }
}

/**
 * The text for a channel: the first variant whose conditions hold, else the plain one.
 * @throws NoForm, VariantUndecided
 */
export function chooseSection(
  template: Template,
  channel: RenderChannel,
  slots: SlotValues,
  facts: VariantFacts,
): Section {
  const chosen = fittingSection(template, channel, slots, facts);
  if (chosen) return chosen;
  const sections = sectionsFor(template, channel);
  const open = sections.flatMap((part) =>
    part.conditions.flatMap((rule) => ('fact' in rule && !factOf(rule.fact, slots, facts) ? [rule.fact] : [])),
  );
  if (channel !== 'sms' && open.length > 0) throw new VariantUndecided(template.id, [...new Set(open)]);
  throw new NoForm(template.id, channel);
}

/** As `chooseSection`, undefined instead of an error. */
export function fittingSection(
  template: Template,
  channel: RenderChannel,
  slots: SlotValues,
  facts: VariantFacts,
): Section | undefined {
  return sectionsFor(template, channel).find((part) =>
    part.conditions.every((rule) => {
      if ('without' in rule) return isEmptyValue(slots[rule.without]);
      const value = factOf(rule.fact, slots, facts);
      return value !== undefined && rule.values.includes(value);
    }),
  );
}

/** Variants with conditions stand before plain texts, whatever their order in the file. */
function sectionsFor(template: Template, channel: RenderChannel): Section[] {
  const texts = template.sections.filter((part) => part.kind === 'text');
  const short = template.sections.filter((part) => part.kind === 'sms');
  const fitting = channel === 'sms' && !template.smsUsesText ? short : texts.length > 0 ? texts : short;
  return [...fitting].sort((a, b) => Number(b.conditions.length > 0) - Number(a.conditions.length > 0));
}

function factOf(fact: string, slots: SlotValues, facts: VariantFacts): string | undefined {
  const value = facts[fact] ?? slots[fact];
  return typeof value === 'string' ? value : undefined;
}
