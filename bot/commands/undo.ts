import { RuleBroken } from '../../lib/errors.ts';
import type { ActRecord } from '../../models/act.model.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import { takeBackAct } from '../../recruiting/unit/take-back-act.ts';
import {
  type ActionContext,
  type ApplicationInfo,
  type Choice,
  type CommandContext,
  defineCommand,
} from '../command.ts';
import { messageName } from '../replies/message-name.ts';
import { inLanguage, lines, type Said, say } from '../replies/said.ts';
import { staffWhen } from '../replies/staff-dates.ts';

/** What can be named to be taken back. */
export const UNDOABLE_ACTS: readonly Choice[] = [
  { id: 'shortlist', title: say('入圍', 'shortlist'), aliases: ['入圍'] },
  { id: 'schedule', title: say('約面試', 'schedule'), aliases: ['約面試', '約'] },
  { id: 'reschedule', title: say('改期', 'reschedule'), aliases: ['改期'] },
  { id: 'cancel', title: say('取消面試', 'cancel interview'), aliases: ['取消面試', 'cancel'] },
  { id: 'approve', title: say('批准', 'approve'), aliases: ['批准', '批'] },
  { id: 'reject', title: say('婉拒', 'reject'), aliases: ['婉拒', '拒絕', '唔要'] },
  { id: 'hold', title: say('擱置', 'hold'), aliases: ['擺住', '擱置'] },
  { id: 'offer', title: say('聘書', 'offer'), aliases: ['聘書'] },
  { id: 'note', title: say('備註', 'note'), aliases: ['備註'] },
  { id: 'no_show', title: say('缺席', 'no show'), aliases: ['缺席', '冇嚟'] },
  { id: 'call_outcome', title: say('致電結果', 'call outcome'), aliases: ['致電結果'] },
  { id: 'assign_store', title: say('派店', 'assign store'), aliases: ['派店'] },
  { id: 'pause_nudges', title: say('暫停訊息', 'pause messages'), aliases: ['暫停訊息'] },
  { id: 'resume_nudges', title: say('恢復訊息', 'resume messages'), aliases: ['恢復訊息'] },
  { id: 'open_requisition', title: say('開職位', 'open vacancy'), aliases: ['開職位'] },
];

/** Takes back the person's last act while nothing has left; later says what has gone out and what can still be done. */
export const undo = defineCommand({
  name: 'undo',
  aliases: { hant: ['復原', '撤回', '收回', '還原', '撤銷'], en: ['undo', 'take back', 'revert'] },
  summary: say('收回您剛才的操作（限時內）。', 'Take back what you just did, while there is time.'),
  usage: say('復原 〔操作〕 〔應徵者〕', 'undo [act] [candidate]'),
  examples: ['復原', 'undo', '復原 入圍'],
  changes: 'Everything your last act changed becomes as it was; its messages that have not left are dropped.',
  permission: 'use_robot',
  surface: 'any',
  takes: {
    what: { kind: 'choice', title: say('操作', 'act'), optional: true, choices: UNDOABLE_ACTS },
    who: { kind: 'application', title: say('應徵者', 'candidate'), optional: true },
  },
  async action(context, { what, who }) {
    const { unit, asker, commands } = context;
    const result = await takeBackAct(unit, asker._id, await meantAct(context, what, who));
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

/** Acts looked through for the one that was named. */
const LOOKED_THROUGH = 20;

/**
 * The act that was named by what it did or to whom, the latest such one; undefined when nothing was named. Never another
 * one instead. @throws RuleBroken `undo_other`
 */
async function meantAct(
  { unit, asker }: ActionContext,
  what: string | undefined,
  who: ApplicationInfo | undefined,
): Promise<ActRecord | undefined> {
  if (what === undefined && !who) return undefined;
  const acts = await unit.list(
    'acts',
    { staffId: asker._id, state: 'done' },
    { sort: { number: -1 }, limit: LOOKED_THROUGH },
  );
  const [last] = acts;
  if (!last) return undefined;
  const meant = acts.find((act) => (what === undefined || act.name === what) && (!who || concerns(act, who)));
  if (!meant) throw new RuleBroken('undo_other', { summary: last.summary });
  return meant;
}

function concerns({ before, summary }: ActRecord, { application, candidate }: ApplicationInfo): boolean {
  return (
    before.some(({ id }) => id === application._id || id === candidate._id) || summary.includes(candidate.name.display)
  );
}

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
