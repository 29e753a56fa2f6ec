import { LINK_SLOTS } from '../slots.ts';
import type { Section, SlotSpec, Template } from '../template.ts';

/**
 * Rules about the sentences themselves, checked when a template is loaded: where links, deadlines, brackets and the
 * employer's name stand.
 */

const SLOT = /\{\{(\w+)\}\}/g;
const DATE_TYPES = new Set(['date', 'datetime', 'date_range', 'datetime_short', 'choices']);
const ADDRESS_SLOTS = new Set(['place', 'store_addr', 'office_addr']);

/** Everything wrong with a template's sentences, in words for its writer. */
export function templateProblems(template: Template): string[] {
  const problems: string[] = [];
  for (const section of template.sections) {
    const source = section.source.replace(/\{\{(?:#if \w+|\/if)\}\}/g, '');
    const where = `${section.kind}${section.name ? ` ${section.name}` : ''}: `;
    const found = [
      ...linkProblems(source, section),
      ...deadlineProblems(source, template.slots),
      ...bracketProblems(source, template.slots),
      ...dayWordProblems(source),
      ...(section.kind === 'sms' ? smsProblems(source) : []),
      ...(section.kind === 'text' ? textProblems(source, template) : []),
    ];
    problems.push(...found.map((problem) => where + problem));
  }
  return problems;
}

/** A link stands behind a space or ：, nothing but a space or a new line behind it; in an SMS it is last. */
function linkProblems(source: string, { kind }: Section): string[] {
  const problems: string[] = [];
  for (const match of source.matchAll(SLOT)) {
    const [whole, name = ''] = match;
    if (!LINK_SLOTS.has(name)) continue;
    const before = source[match.index - 1] ?? '\n';
    const after = source[match.index + whole.length] ?? '\n';
    if (!/[ \n：]/.test(before)) problems.push(`a space or ： belongs before {{${name}}}`);
    if (!/[ \n]/.test(after)) problems.push(`a space or a new line belongs behind {{${name}}}`);
    if (kind === 'sms' && match.index + whole.length !== source.length) problems.push(`{{${name}}} is not last`);
  }
  return problems;
}

/** 或之前 follows a day, 前 a moment; 「於12月3日前」 would leave open whether the 3rd counts. */
function deadlineProblems(source: string, slots: ReadonlyMap<string, SlotSpec>): string[] {
  const problems: string[] = [];
  for (const match of source.matchAll(SLOT)) {
    const [whole, name = ''] = match;
    const spec = slots.get(name);
    if (!spec?.deadline) continue;
    const after = source.slice(match.index + whole.length);
    const before = source.slice(0, match.index);
    const fits =
      spec.type === 'date'
        ? after.startsWith('或之前')
        : after.startsWith('前') || after.startsWith('截止') || before.endsWith('期限為');
    if (!fits) problems.push(`behind the deadline {{${name}}} stands ${spec.type === 'date' ? '或之前' : '前'}`);
  }
  return problems;
}

/** Dates bring brackets of their own, addresses may; neither stands inside （ ）. */
function bracketProblems(source: string, slots: ReadonlyMap<string, SlotSpec>): string[] {
  const problems: string[] = [];
  for (const [, inside = ''] of source.matchAll(/（([^（）]*)）/g)) {
    for (const [, name = ''] of inside.matchAll(SLOT)) {
      if (DATE_TYPES.has(slots.get(name)?.type ?? '') || ADDRESS_SLOTS.has(name)) {
        problems.push(`{{${name}}} stands inside brackets`);
      }
    }
  }
  return problems;
}

/** Brand, date, phone, link: previews are cut, and the number must survive for people who press no links. */
function smsProblems(source: string): string[] {
  const problems: string[] = [];
  if (!source.startsWith('{{brand}}')) problems.push('an SMS begins with {{brand}}');
  const first = (...names: string[]): number => {
    const places = names.map((name) => source.indexOf(`{{${name}}}`)).filter((at) => at >= 0);
    return places.length > 0 ? Math.min(...places) : -1;
  };
  const date = first('dt_short', 'by_short', 'time_short');
  const phone = first('hr_phone');
  const link = first('link');
  if (phone < 0) problems.push('an SMS names {{hr_phone}}');
  if (date >= 0 && phone >= 0 && phone < date) problems.push('the date stands before the phone number');
  if (link >= 0 && link < phone) problems.push('the phone number stands before the link');
  return problems;
}

function textProblems(source: string, template: Template): string[] {
  const problems: string[] = [];
  const introduces = source.includes('我是');
  if (((template.channels.includes('email') && !template.sameChannel) || introduces) && !source.includes('{{brand}}')) {
    problems.push('a text that goes by e-mail or introduces a person names {{brand}}');
  }
  if (source.includes('{{salute}}') && !/^\{\{salute\}\}您好[：，]/.test(source)) {
    problems.push('the greeting is {{salute}}您好');
  }
  if (template.warmClose && !source.slice(-140).includes(template.warmClose)) {
    problems.push(`the warm close is missing: ${template.warmClose}`);
  }
  return problems;
}

/** A text held past midnight would lie. */
function dayWordProblems(source: string): string[] {
  return ['今日', '明天', '剛才', '昨日']
    .filter((word) => source.includes(word))
    .map((word) => `${word} is worked out when sending: use a slot`);
}
