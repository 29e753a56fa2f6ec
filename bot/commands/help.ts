import { foldForMatching } from '../../hongkong/chinese-text.ts';
import { reachOf } from '../../recruiting/access/permissions.ts';
import { type AnyCommand, type CommandContext, defineCommand } from '../command.ts';
import { inLanguage, say } from '../replies/said.ts';

/** What the person may ask for, or one command in detail. */
export const help = defineCommand({
  name: 'help',
  aliases: { hant: ['幫助', '說明', '指令', '點用', '有咩指令', '幫手', '可以做咩'], en: ['help', 'commands', '?'] },
  summary: say('查看您可用的指令。', 'Show the commands you may use.'),
  usage: say('幫助 〈指令〉', 'help <command>'),
  examples: ['幫助', '幫助 入圍'],
  changes: 'Nothing.',
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

function listOf(commands: readonly AnyCommand[], { asker, lang, conversation }: CommandContext): string {
  const here = commands.filter(({ surface }) => conversation.kind === 'direct' || surface === 'any');
  const intro = say(`${asker.name}您好，您可以：`, `Hello ${asker.englishName ?? asker.name}, you can:`);
  const rows = here.map((command) => `· ${inLanguage(command.usage, lang)}：${inLanguage(command.summary, lang)}`);
  const more =
    here.length < commands.length
      ? say(
          '其他指令涉及個人資料，請在一對一對話中輸入「幫助」查看。',
          'Other commands involve personal data: type "help" in our 1:1 chat to see them.',
        )
      : say('輸入「幫助 入圍」等可看例子。', 'Type "help shortlist" and the like for examples.');
  return [inLanguage(intro, lang), ...rows, inLanguage(more, lang)].join('\n');
}
