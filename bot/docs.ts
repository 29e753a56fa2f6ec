import { PERMISSION_TABLE } from '../recruiting/access/permissions.ts';
import type { AnyCommand, Argument } from './command.ts';
import { COMMANDS } from './commands/index.ts';

/** Pages made from the command declarations; `tests/bot/docs.test.ts` keeps them true. */

const HEAD = '<!-- Made from bot/commands/ by bot/docs.ts: `UPDATE=1 npx vitest run tests/bot/docs.test.ts`. -->';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', '⏎');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const code = (text: string): string => `\`${text.replaceAll('\n', '⏎')}\``;

/** `docs/commands.md`: every command's exact form, who may use it, and what it changes. */
export function commandsPage(): string {
  const listed = COMMANDS.filter(({ hidden }) => !hidden);
  return `${HEAD}

# Commands

${listed.length} commands. The first word begins the command; full-width characters, missing spaces (入圍陳家欣), Simplified
characters and any order of arguments are understood. People go by name (陳家欣, 家欣, 陳小姐, Kelly Ng) or number (C1001 a
candidate, A1001 an application), vacancies by title or R101, intakes by T2612, branches by name or code. Several people
are separated by 、 or "and". Dates are day/month (26/11), 聽日, 下星期三, next Wed; times 3點半, 下午3:30, 15:30, 3pm. When
several fit, or something is missing, the robot asks; when a part is not understood, nothing is done.

These are the exact forms. The same can be said in any words: decision 0013 says how the two go together, and
\`bot/orders/commands-of.ts\` which commands free language reaches.

- **confirmed**: shown first with 確認 and 取消, for the asker only; a question waits \`questionMinutes\` (30).
- **undo**: 復原 takes it back within \`undoSeconds\` (120); until then nothing reaches the candidate.
- **1:1**: only in the one-to-one chat with the robot. The others work there and, with a mention, in the HR group.

${row(['command', 'summary', 'who', 'where', 'confirmed'])}
${row(['---', '---', '---', '---', '---'])}
${listed.map(overviewRow).join('\n')}

${listed.map(commandSection).join('\n\n')}
`;
}

function overviewRow(command: AnyCommand): string {
  return row([
    `[${command.aliases.hant[0] ?? command.name}](#${command.name})`,
    command.summary.en,
    whoMay(command),
    command.surface === 'direct' ? '1:1' : command.anywhere ? 'anywhere' : '1:1, HR group',
    command.consequential ? 'yes' : '',
  ]);
}

function whoMay(command: AnyCommand): string {
  const roles = Object.entries(PERMISSION_TABLE[command.permission]);
  return roles.map(([role, reach]) => (reach === 'own' ? `${role} (own)` : role)).join(', ');
}

function commandSection(command: AnyCommand): string {
  const takes = Object.entries(command.takes);
  return [
    `## ${command.name}`,
    `${command.summary.en} ${command.summary.hant}`,
    `- Form: ${code(command.usage.hant)}`,
    `- Form: ${code(command.usage.en)}`,
    `- Begins with: ${[...command.aliases.hant, ...command.aliases.en].map(code).join(', ')}`,
    `- Examples: ${command.examples.map(code).join(', ')}`,
    ...(takes.length > 0
      ? [`- Takes: ${takes.map(([name, argument]) => argumentText(name, argument)).join('; ')}`]
      : []),
    `- Who: ${whoMay(command)}`,
    `- Changes: ${command.changes}`,
  ].join('\n');
}

function argumentText(name: string, argument: Argument): string {
  const notes = [
    argument.kind,
    argument.many ? 'several' : '',
    argument.optional ? 'optional' : '',
    argument.labels && argument.labels.length > 0 ? `behind ${argument.labels.join(' / ')}` : '',
    argument.choices ? argument.choices.map(({ title }) => title.hant).join('／') : '',
  ].filter(Boolean);
  return `${name} (${notes.join(', ')})`;
}
