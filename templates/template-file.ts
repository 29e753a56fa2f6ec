import Handlebars from 'handlebars';
import { z } from 'zod';
import { readFrontMatter } from './front-matter.ts';
import { SLOT_ALIASES } from './slots.ts';
import {
  type Condition,
  type Section,
  type SectionKind,
  SLOT_TYPES,
  type SlotSpec,
  type Template,
} from './template.ts';

const CHANNEL = z.enum(['portal', 'email', 'sms', 'dingtalk', 'hand']);
const YES = z
  .literal('true')
  .transform(() => true)
  .optional();
const COUNT = z.string().regex(/^\d+$/).transform(Number);

const SLOT = z.strictObject({
  label: z.string().min(1),
  type: z.enum(SLOT_TYPES),
  of: z.string().optional(),
  optional: YES,
  only: CHANNEL.optional(),
  deadline: YES,
  sample: z.union([z.string(), z.array(z.string())]).optional(),
});

const HEAD = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  number: COUNT.optional(),
  title: z.string().min(1),
  subject: z.string().optional(),
  moment: z.string().min(1),
  trigger: z.enum(['now', 'later']),
  channels: z.array(CHANNEL).min(1),
  form: z.enum(['formal', 'warm']).default('formal'),
  maxLength: COUNT.optional(),
  smsMaxLength: COUNT.optional(),
  smsUsesText: YES,
  sameChannel: YES,
  warmClose: z.string().optional(),
  twiceIsHarmless: YES,
  slots: z.record(z.string(), SLOT),
  buttons: z.record(z.string().regex(/^[a-z_]+$/), z.string().min(1)).default({}),
});

/** A template file that must not be used. The message names the file and everything wrong with it. */
export class BadTemplate extends Error {
  override readonly name = 'BadTemplate';
  readonly problems: readonly string[];

  constructor(file: string, problems: readonly string[]) {
    super(`${file}: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/**
 * Reads one template file. Slot names may be written in Chinese ({{姓名}}, {{職位}}).
 * @throws BadTemplate for a head that does not fit, an unknown slot, a slot declared and not used, a button without text.
 */
export function readTemplateFile(file: string, source: string): Template {
  try {
    return readTemplate(source);
  } catch (error) {
    if (error instanceof BadTemplate) throw new BadTemplate(file, error.problems);
    throw new BadTemplate(file, [error instanceof z.ZodError ? z.prettifyError(error) : String(error)]);
  }
}

function readTemplate(source: string): Template {
  const { head, body } = readFrontMatter(source);
  const front = HEAD.parse(head);
  const slots = new Map<string, SlotSpec>();
  for (const [name, spec] of Object.entries(front.slots)) {
    slots.set(name, {
      name,
      label: spec.label,
      type: spec.type,
      of: spec.of ?? null,
      optional: spec.optional ?? false,
      only: spec.only ?? null,
      deadline: spec.deadline ?? false,
      sample: spec.sample ?? null,
    });
  }
  const template: Template = {
    id: front.id,
    number: front.number ?? null,
    title: front.title,
    subject: front.subject ?? front.title,
    moment: front.moment,
    trigger: front.trigger,
    channels: front.channels,
    form: front.form,
    maxLength: front.maxLength ?? null,
    smsMaxLength: front.smsMaxLength ?? null,
    smsUsesText: front.smsUsesText ?? false,
    sameChannel: front.sameChannel ?? false,
    warmClose: front.warmClose ?? null,
    twiceIsHarmless: front.twiceIsHarmless ?? false,
    slots,
    buttons: Object.entries(front.buttons).map(([id, label]) => ({ id, label })),
    sections: readSections(body),
  };
  const problems = [...slotProblems(template), ...buttonProblems(template)];
  if (problems.length > 0) throw new BadTemplate(front.id, problems);
  return template;
}

const SECTION_HEAD = /^=== (text|sms|subject|footer)(?: (?!when )(\S+))?(?: when (.+))?$/;

function readSections(body: string): Section[] {
  const sections: Section[] = [];
  let open: { match: RegExpExecArray; lines: string[] } | undefined;
  const close = (): void => {
    if (open) sections.push(section(open.match, open.lines.join('\n').replace(/\n+$/, '')));
  };
  for (const line of body.split('\n')) {
    if (line.startsWith('===')) {
      close();
      const match = SECTION_HEAD.exec(line);
      if (!match) throw new SyntaxError(`not a section line: ${line}`);
      open = { match, lines: [] };
    } else if (open) open.lines.push(line);
    else if (line.trim()) throw new SyntaxError(`text before the first section: ${line}`);
  }
  close();
  if (sections.length === 0) throw new SyntaxError('no section');
  return sections;
}

function section(match: RegExpExecArray, written: string): Section {
  if (/\{\{\{|\}\}\}/.test(written)) throw new SyntaxError('not a slot: three braces');
  const [, kind = 'text', name = '', when = ''] = match;
  const source = written.replace(/\{\{(#if |\/?)?([^{}]+)\}\}/g, (_, mark = '', slot: string) => {
    const word = slot.trim();
    return `{{${mark}${SLOT_ALIASES.get(word) ?? word}}}`;
  });
  const { used, required } = slotsOf(source);
  return {
    kind: kind as SectionKind,
    name,
    conditions: when ? when.split(' and ').map(condition) : [],
    source,
    used,
    required,
    // A missing value throws instead of leaving a hole; escaping belongs to the channel, so none happens here.
    fill: Handlebars.compile(source, {
      strict: true,
      noEscape: true,
      knownHelpersOnly: true,
      knownHelpers: { if: true },
    }),
  };
}

function condition(text: string): Condition {
  const without = /^no (\w+)$/.exec(text);
  if (without?.[1]) return { without: without[1] };
  const fact = /^(\w+) is (.+)$/.exec(text);
  if (!fact?.[1] || !fact[2]) throw new SyntaxError(`not a condition: ${text}`);
  return { fact: fact[1], values: fact[2].split(',').map((value) => value.trim()) };
}

/** Slots in a source, and those that stand unguarded. Only `{{slot}}` and `{{#if slot}}…{{/if}}` are allowed. */
function slotsOf(source: string): { used: string[]; required: string[] } {
  const used = new Set<string>();
  const required = new Set<string>();
  const guards: string[] = [];
  for (const [, mark = '', name = ''] of source.matchAll(/\{\{(#if |\/)?([^{}]*)\}\}/g)) {
    if (mark === '/') {
      if (name !== 'if' || guards.pop() === undefined) throw new SyntaxError(`closes nothing: {{/${name}}}`);
      continue;
    }
    if (!/^\w+$/.test(name)) throw new SyntaxError(`not a slot: {{${mark}${name}}}`);
    used.add(name);
    if (mark === '#if ') guards.push(name);
    else if (!guards.includes(name)) required.add(name);
  }
  if (guards.length > 0) throw new SyntaxError(`never closed: {{#if ${guards.at(-1)}}}`);
  return { used: [...used], required: [...required] };
}

function slotProblems({ slots, sections }: Template): string[] {
  const problems: string[] = [];
  const used = new Set(sections.flatMap((part) => part.used));
  for (const name of used) if (!slots.has(name)) problems.push(`slot used and not declared: ${name}`);
  const sources = new Set([...slots.values()].map((slot) => slot.of));
  for (const [name, slot] of slots) {
    if (!used.has(name) && !sources.has(name)) problems.push(`slot declared and not used: ${name}`);
    if (slot.of && !slots.has(slot.of)) problems.push(`${name} is worked out from an undeclared slot: ${slot.of}`);
    if (!slot.of && slot.sample === null) problems.push(`no sample: ${name}`);
  }
  for (const part of sections) {
    const excluded = new Set(part.conditions.flatMap((rule) => ('without' in rule ? [rule.without] : [])));
    const siblings = sections.filter((other) => other.kind === part.kind && other !== part);
    for (const name of part.required) {
      const covered = siblings.some((other) =>
        other.conditions.some((rule) => 'without' in rule && rule.without === name),
      );
      if (excluded.has(name)) problems.push(`text ${part.name} uses the slot it does without: ${name}`);
      if (slots.get(name)?.optional && !covered) problems.push(`optional slot without {{#if}} or other text: ${name}`);
    }
  }
  return problems;
}

/** Every button stands in some text as 「label」, and every 「label」 a text asks to press is a button. */
function buttonProblems({ buttons, sections }: Template): string[] {
  const all = sections.map((part) => part.source).join('\n');
  const problems = buttons
    .filter(({ label }) => !all.includes(`「${label}」`))
    .map(({ label }) => `button that no text names: ${label}`);
  for (const [, run = ''] of all.matchAll(/[請可]?按((?:最貼近的一項：)?(?:「[^」{}]+」或?)+)/g)) {
    for (const [, label = ''] of run.matchAll(/「([^」]+)」/g)) {
      if (!buttons.some((button) => button.label === label)) problems.push(`text names an undeclared button: ${label}`);
    }
  }
  return problems;
}
