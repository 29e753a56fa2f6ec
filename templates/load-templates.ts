import type { LintHit } from './linter/etiquette.ts';
import { previewSample, type SamplePreview } from './preview.ts';
import type { Template } from './template.ts';
import { BadTemplate } from './template-file.ts';
import { TEMPLATE_IDS } from './template-ids.ts';
import { type TemplateSet, templateSet } from './template-set.ts';

let checked = false;

/**
 * All templates, read and checked as a reader would: every variant is written from its samples, the linter runs over it
 * and its length is compared with its limit. The check runs once; `render` asks for it, start-up should.
 * @throws BadTemplate naming everything wrong with the first file at fault.
 */
export function loadTemplates(): TemplateSet {
  const set = templateSet();
  if (checked) return set;
  for (const id of TEMPLATE_IDS) {
    const template = set.templates.get(id);
    const problems = template ? previewSample(id).flatMap((preview) => sampleProblems(template, preview)) : [];
    if (problems.length > 0) throw new BadTemplate(id, problems);
  }
  checked = true;
  return set;
}

/** What is wrong with one variant written from its samples: whatever the linter finds, and a text over its limit. */
export function sampleProblems(template: Template, { channel, variant, message }: SamplePreview): string[] {
  const where = `${channel}${variant ? ` ${variant}` : ''}: `;
  const limit = channel === 'sms' ? template.smsMaxLength : template.maxLength;
  const length = message.sms?.units ?? message.length;
  const tooLong = limit !== null && length > limit ? [`${where}${length} units, at most ${limit}`] : [];
  return [...message.lint.map((hit) => where + describeHit(hit)), ...tooLong];
}

/** One finding of the linter as a line for a person. */
export function describeHit({ rule, found, note, instead }: LintHit): string {
  const better = instead.length > 0 ? ` -> ${instead.join('、')}` : '';
  return `${rule} 「${found}」${better}${note ? ` (${note})` : ''}`;
}
