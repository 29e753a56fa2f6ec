import { readdirSync, readFileSync } from 'node:fs';
import { templateProblems } from './linter/template-rules.ts';
import { SLOT_REGISTER } from './slots.ts';
import type { Template } from './template.ts';
import { BadTemplate, readTemplateFile } from './template-file.ts';
import { TEMPLATE_IDS } from './template-ids.ts';

/** All templates of one folder, checked. */
export interface TemplateSet {
  templates: ReadonlyMap<string, Template>;
  /** The e-mail frame: subject and foot of every e-mail. */
  frame: Template;
}

export const FRAME_ID = 'mail_frame';

const DEFAULT_FOLDER = new URL('./zh-HK/', import.meta.url);

/**
 * Reads and checks every template of a folder: heads, slots used and declared, buttons, rules for links, deadlines and
 * SMS. The wording linter runs on the filled samples: load-templates.ts.
 * @throws BadTemplate for the first file that must not be used, or when a message has no file.
 */
export function readTemplates(folder: URL = DEFAULT_FOLDER): TemplateSet {
  const templates = new Map<string, Template>();
  let frame: Template | undefined;
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.hbs')) continue;
    const template = readTemplateFile(file, readFileSync(new URL(file, folder), 'utf8'));
    if (file !== `${template.id.replaceAll('_', '-')}.hbs`) throw new BadTemplate(file, [`holds ${template.id}`]);
    const unknown = [...template.slots.keys()].filter((name) => !SLOT_REGISTER.has(name));
    const problems = [...unknown.map((name) => `slot not in the register: ${name}`), ...templateProblems(template)];
    if (problems.length > 0) throw new BadTemplate(file, problems);
    if (template.id === FRAME_ID) frame = template;
    else templates.set(template.id, template);
  }
  const missing = TEMPLATE_IDS.filter((id) => !templates.has(id));
  if (missing.length > 0) throw new BadTemplate('zh-HK', [`no file for ${missing.join(', ')}`]);
  if (!frame) throw new BadTemplate('zh-HK', ['no e-mail frame']);
  return { templates, frame };
}

let known: TemplateSet | undefined;

/** The product's own templates, read once. @throws BadTemplate */
export function templateSet(): TemplateSet {
  known ??= readTemplates();
  return known;
}
