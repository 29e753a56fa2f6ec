import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { type Permission, reachOf } from '../../recruiting/access/permissions.ts';
import { type AnyCommand, type CommandContext, defineCommand } from '../command.ts';
import { inLanguage, type Lang, say, type Texts } from '../replies/said.ts';

/** What the person may ask for, or one command in detail. */
export const help = defineCommand({
  name: 'help',
  aliases: { hant: ['幫助', '說明', '指令', '點用', '有咩指令', '幫手', '可以做咩'], en: ['help', 'commands', '?'] },
  summary: say('查看您可用的指令。', 'Show the commands you may use.'),
  usage: say('幫助 〈指令〉', 'help <command>'),
  examples: ['幫助', '幫助 入圍'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'use_robot',
  surface: 'any',
  anywhere: true,
  takes: { topic: { kind: 'text', title: say('指令', 'command'), optional: true } },
  async action(context, { topic }) {
    const mine = context.commands.filter(
      (command) => !command.hidden && reachOf(context.asker.roles, command.permission) !== undefined,
    );
    const asked = topic === undefined ? undefined : named(mine, topic);
    if (asked) return { text: (lang) => detailOf(asked, lang) };
    return { text: () => listOf(mine, context) };
  },
});

function named(commands: readonly AnyCommand[], topic: string): AnyCommand | undefined {
  const word = foldForMatching(topic);
  return commands.find(({ aliases, name }) =>
    [...aliases.hant, ...aliases.en, name].some((alias) => foldForMatching(alias) === word),
  );
}

function detailOf(command: AnyCommand, lang: CommandContext['lang']): string {
  const examples = command.examples.map((example) => `· ${example}`).join('\n');
  return [
    inLanguage(command.summary, lang),
    inLanguage(say(`格式：${command.usage.hant}`, `Form: ${command.usage.en}`), lang),
    inLanguage(say('例如：', 'For example:'), lang) + (examples ? `\n${examples}` : ''),
  ].join('\n');
}

/** Under which heading a command is listed, by the permission it needs. */
const HEADINGS: readonly { title: Texts; permissions: readonly Permission[] }[] = [
  {
    title: say('應徵者', 'Candidates'),
    permissions: ['see_applications', 'add_candidate', 'import_candidates', 'keep_file', 'write_note', 'send_message'],
  },
  { title: say('入圍和面試', 'Shortlist and interviews'), permissions: ['shortlist', 'schedule_interview'] },
  { title: say('決定和聘書', 'Decisions and offers'), permissions: ['decide', 'record_offer'] },
  {
    title: say('等候上班', 'Until day 1'),
    permissions: ['manage_intake', 'assign_branch', 'pause_messages', 'record_call', 'record_arrival'],
  },
  { title: say('職位', 'Vacancies'), permissions: ['open_requisition'] },
  { title: say('公司設定', 'Company'), permissions: ['see_organisation', 'manage_organisation'] },
  { title: say('其他', 'Other'), permissions: ['use_robot'] },
];

function listOf(commands: readonly AnyCommand[], { asker, lang, conversation }: CommandContext): string {
  const here = commands.filter(({ surface }) => conversation.kind === 'direct' || surface === 'any');
  const intro = say(`${asker.name}您好，您可以輸入：`, `Hello ${asker.englishName ?? asker.name}, you can type:`);
  const rows = HEADINGS.flatMap(({ title, permissions }) => {
    const words = here.filter(({ permission }) => permissions.includes(permission)).map((one) => firstWord(one, lang));
    const joined = words.join(lang === 'en' ? ', ' : '、');
    return words.length > 0 ? [`${inLanguage(title, lang)}${lang === 'en' ? ': ' : '：'}${joined}`] : [];
  });
  const more = say(
    '輸入「幫助 〈指令〉」可看格式和例子，例如「幫助 狀態」。',
    'Type "help <command>" for its form and examples, such as "help status".',
  );
  const privately =
    here.length < commands.length
      ? [
          inLanguage(
            say(
              '另有涉及個人資料的指令，請在一對一對話中查看。',
              'Commands that involve personal data are listed in our 1:1 chat.',
            ),
            lang,
          ),
        ]
      : [];
  return [inLanguage(intro, lang), ...rows, inLanguage(more, lang), ...privately].join('\n');
}

function firstWord(command: AnyCommand, lang: Lang): string {
  const [hant = command.name] = command.aliases.hant;
  if (lang === 'en') return command.aliases.en[0] ?? hant;
  return inLanguage(say(hant, ''), lang);
}
