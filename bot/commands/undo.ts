import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import { takeBackLastAct } from '../../recruiting/unit/take-back-act.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { messageName } from '../replies/message-name.ts';
import { inLanguage, lines, type Said, say } from '../replies/said.ts';
import { staffWhen } from '../replies/staff-dates.ts';

/** Takes back the person's last act while nothing has left; later says what has gone out and what can still be done. */
export const undo = defineCommand({
  name: 'undo',
  aliases: { hant: ['復原', '撤回', '收回', '還原', '撤銷'], en: ['undo', 'take back', 'revert'] },
  summary: say('收回您剛才的操作（限時內）。', 'Take back what you just did, while there is time.'),
  usage: say('復原', 'undo'),
  examples: ['復原', 'undo'],
  changes: 'Everything your last act changed becomes as it was; its messages that have not left are dropped.',
  permission: 'use_robot',
  surface: 'any',
  takes: {},
  async action(context) {
    const { unit, asker, commands } = context;
    const result = await takeBackLastAct(unit, asker._id);
    const command = commands.find(({ name }) => name === result.act.name);
    if (result.outcome === 'too_late') {
      return { text: lines(tooLate(result.act.summary, result.gone, context), command?.remedy) };
    }
    const further = await command?.undone?.({ ...context, act: result.act, undone: result.undone });
    const count = result.dropped.length;
    return {
      text: lines(
        say(`已復原「${result.act.summary}」。`, `"${result.act.summary}" has been undone.`),
        count > 0
          ? say(
              `原定發給應徵者的${count}則訊息不會發出。`,
              `${count} message${count === 1 ? '' : 's'} to the candidate will not leave.`,
            )
          : undefined,
        further?.text,
      ),
      ...(further?.quickReplies ? { quickReplies: further.quickReplies } : {}),
    };
  },
});

function tooLate(summary: string, gone: readonly OutboxItemRecord[], context: CommandContext): Said {
  if (gone.length === 0) {
    return say(
      `「${summary}」已過了可復原的時間，未有作出任何更改。`,
      `It is too late to undo "${summary}"; nothing has been changed.`,
    );
  }
  return (lang) => {
    const sent = gone.map((item) => {
      const at = item.deliveries.find(({ sentAt }) => sentAt !== null)?.sentAt ?? item.doneAt;
      const when = at ? staffWhen(at, context.now, lang) : '';
      return `「${messageName(item.what, lang)}」${when}`;
    });
    return inLanguage(
      say(
        `「${summary}」不能復原：${sent.join('、')}已向應徵者發出。`,
        `"${summary}" cannot be undone: ${sent.join(', ')} has already gone to the candidate.`,
      ),
      lang,
    );
  };
}
