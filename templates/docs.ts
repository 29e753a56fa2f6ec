import { previewSample } from './preview.ts';
import { enumKeys, enumTexts } from './slot-words.ts';
import { SLOT_REGISTER } from './slots.ts';
import type { Template } from './template.ts';
import { TEMPLATE_IDS } from './template-ids.ts';
import { templateSet } from './template-set.ts';
import { templateOf } from './write-message.ts';

/** Pages made from the templates; `tests/templates/docs.test.ts` keeps them true. */

const HEAD = '<!-- Made from templates/ by templates/docs.ts: `UPDATE=1 npx vitest run tests/templates`. -->';

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly string[][]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** `docs/messages.md`: every message, what sends it, whether something sends it today, and how long it is. */
export function messagesPage(): string {
  const templates = TEMPLATE_IDS.map(templateOf);
  const waiting = templates.filter(({ trigger }) => trigger === 'later');
  return `${HEAD}

# Messages to candidates

${templates.length} texts in \`templates/zh-HK/\`, one file each. \`now\`: something in the product sends it; \`later\`: the text is
ready and can be previewed, but the part that would send it is not built yet (${waiting.length} texts). Lengths are UTF-16
units with the typical values in the files; SMS with a link may grow to two segments with real values.

${table(
  ['No.', 'id', 'title', 'sent when', 'trigger', 'channels', 'text: length / limit', 'SMS: length / limit', 'buttons'],
  templates.map(messageRow),
)}

Every e-mail wears the frame \`mail-frame.hbs\`: subject, foot with the employer's names, a person and the telephone number.
How each message reaches a person, and what follows when it is not opened: \`recruiting/message/delivery-rules.ts\`.

## Changing or adding a text

1. Write a file in \`templates/zh-HK/\`, named after the id with hyphens: a head (title, moment, trigger, channels, lengths, slots with samples, buttons) and
   sections: \`=== text\` for page, chat and e-mail, \`=== sms\` for SMS. A variant carries its condition:
   \`=== text 視像 when mode is video\`, \`=== text 未定日期 when no next_date\`. A word that may be left out stands in
   \`{{#if slot}}…{{/if}}\`; nothing else of Handlebars is understood.
2. A new message gets its id in \`templates/template-ids.ts\`, a new slot a line in \`templates/slots.ts\`, a fixed choice its
   texts in \`templates/zh-HK/values.tsv\`.
3. \`UPDATE=1 npx vitest run tests/templates\` writes the golden text and these pages; read the difference before you commit.
   The linter refuses wording that Hong Kong does not print (\`templates/linter/wording.tsv\`), Simplified characters, links
   glued to Chinese, dates in brackets, deadlines that leave their day open, and texts over their length.
`;
}

function messageRow(template: Template): string[] {
  const previews = previewSample(template.id as (typeof TEMPLATE_IDS)[number]);
  const lengths = (sms: boolean): string =>
    previews
      .filter(({ channel }) => (channel === 'sms') === sms)
      .map(({ variant, message }) => `${variant ? `${variant} ` : ''}${message.sms?.units ?? message.length}`)
      .join('; ');
  const limited = (text: string, limit: number | null): string => (text && limit ? `${text} / ${limit}` : text);
  return [
    template.number === null ? '' : String(template.number),
    `\`${template.id}\``,
    template.title,
    `\`${template.moment}\``,
    template.trigger,
    template.channels.join(', '),
    limited(lengths(false), template.maxLength),
    limited(lengths(true), template.smsMaxLength),
    template.buttons.map(({ id, label }) => `${label} \`${id}\``).join(', '),
  ];
}

/** `docs/slots.md`: every slot, where its value comes from and who can supply it when it is missing. */
export function slotsPage(): string {
  const all = [...TEMPLATE_IDS.map(templateOf), templateSet().frame];
  const rows = [...SLOT_REGISTER].map(([name, entry]) => {
    const users = all.filter((template) => template.slots.has(name));
    const specs = users.flatMap((template) => template.slots.get(name) ?? []);
    const used = users.map((template) => (template.number === null ? `\`${template.id}\`` : String(template.number)));
    return [
      `\`${name}\``,
      [...new Set(specs.map(({ label }) => label)), ...entry.aliases.map((alias) => `{{${alias}}}`)].join(' '),
      [...new Set(specs.map(({ type }) => type))].join(', '),
      entry.source,
      entry.supplier,
      used.join(', '),
    ];
  });
  const choices = [
    'scope',
    'stage',
    'warning',
    'warning_short',
    'event',
    'reason',
    'what',
    'waiting_for',
    'topic',
    'wage_period',
    'docs',
  ];
  return `${HEAD}

# Slots of the messages

A message with a missing slot is not sent; the person in the column "who supplies it" is asked. Only \`salute\` may be
empty, and slots that a text has a variant without. Names in {{ }} may be written in a template instead.

${table(['slot', 'Chinese', 'type', 'where the value comes from', 'who supplies it', 'messages'], rows)}

## Fixed choices

Callers give the key; candidates read the text (\`templates/zh-HK/values.tsv\`).

${table(
  ['slot', 'keys and texts'],
  choices.map((slot) => {
    const texts = enumTexts(slot);
    return [
      `\`${slot}\``,
      enumKeys(slot)
        .map((key, index) => `\`${key}\` ${texts[index] ?? ''}`)
        .join('; '),
    ];
  }),
)}
`;
}
