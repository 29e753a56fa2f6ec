import { foldForMatching } from '../../hongkong/chinese-text.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import { reachOf } from '../../recruiting/access/permissions.ts';
import type { AnyCommand } from '../command.ts';
import { isNo, isYes } from '../dialogue/answers.ts';
import type { Reply } from './reply.ts';
import { inLanguage, type Lang, type Said, say } from './said.ts';

const HELP = { label: say('查看指令', 'Show commands'), sends: say('幫助', 'help') };
const GREETING = /^(?:你好|您好|hi|hello|hey|早晨|早安|午安|good (?:morning|afternoon)|在嗎|喂)[\s!！。.~～]*$/i;
const THANKS = /^(?:多謝晒?|謝謝|谢谢|唔該晒?|thanks?(?: you)?|thx|ty|cheers)[\s!！。.~～]*$/i;

/** Answers what is no command: greetings warmly, everything else with a way on. */
export function didNotUnderstand(text: string, asker: StaffRecord, commands: readonly AnyCommand[]): Reply {
  const plain = foldForMatching(text);
  if (GREETING.test(plain)) {
    return {
      text: say(
        `${asker.name}您好！需要辦甚麼？輸入「幫助」可查看您可用的指令。`,
        `Hello ${asker.englishName ?? asker.name}! What can I do for you? Type "help" for your commands.`,
      ),
      quickReplies: [HELP],
    };
  }
  if (isYes(text) || isNo(text)) {
    return {
      text: say(
        '目前沒有等您確認的事項，未有作出任何更改。',
        'Nothing is waiting for your answer; nothing has been changed.',
      ),
    };
  }
  if (THANKS.test(plain)) return { text: say('不用客氣！', 'You are welcome!') };
  const near = commands
    .filter((command) => !command.hidden && reachOf(asker.roles, command.permission) !== undefined)
    .filter((command) => command.aliases.hant.some((alias) => plain.includes(foldForMatching(alias))))
    .slice(0, 2);
  const first = near[0];
  if (first) {
    return {
      text: (lang: Lang) =>
        inLanguage(
          say(
            `我未能肯定您的意思，所以未有執行。如想${inLanguage(first.summary, 'hant').replace(/。$/, '')}，請輸入：${first.usage.hant}`,
            `I am not sure what you mean, so nothing was done. To ${first.summary.en.replace(/\.$/, '').replace(/^./, (char) => char.toLowerCase())}, type: ${first.usage.en}`,
          ),
          lang,
        ),
      quickReplies: [HELP],
    };
  }
  return {
    text: say(
      '不好意思，我未明白這句，未有作出任何更改。輸入「幫助」可查看您可用的指令。',
      'Sorry, I did not understand that; nothing has been changed. Type "help" for your commands.',
    ),
    quickReplies: [HELP],
  };
}

/** A confirmation that was put to somebody else: nobody confirms in another's name. */
export function notYours({ name, englishName }: Pick<StaffRecord, 'name' | 'englishName'>): Said {
  return say(
    `這項要由${name}本人確認。您沒有等候確認的事項，未有作出任何更改。`,
    `${englishName ?? name} was asked and has to confirm in person. Nothing waits for you; nothing has been changed.`,
  );
}

/** A command of which a part was not understood: nothing is done on half an understanding. */
export function leftoverReply(leftover: readonly string[], command: AnyCommand, lang: Lang): Reply {
  const unclear = leftover.join(lang === 'en' ? '", "' : '」、「');
  const example = command.examples[0];
  return {
    text: say(
      `我不明白「${unclear}」，所以未有執行。請用：${command.usage.hant}${example ? `\n例如：${example}` : ''}`,
      `I do not understand "${unclear}", so nothing was done. Please use: ${command.usage.en}${example ? `\nFor example: ${example}` : ''}`,
    ),
  };
}
