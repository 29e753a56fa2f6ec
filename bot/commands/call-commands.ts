import type { CallOutcome, CallTaskRecord } from '../../models/call-task.model.ts';
import { CALL_OUTCOME_TEXT, CALL_REASON_TEXT } from '../../recruiting/call-task/call-task-face.ts';
import { claimCallTask } from '../../recruiting/call-task/claim-call-task.ts';
import { recordCall, recordCallForTask } from '../../recruiting/call-task/record-call.ts';
import { refreshCallCards } from '../../recruiting/call-task/show-call-task.ts';
import type { Unit } from '../../recruiting/unit/unit.ts';
import { type AnyCommand, type ApplicationInfo, type Choice, defineCommand } from '../command.ts';
import { lines, say } from '../replies/said.ts';
import { staffDateTime } from '../replies/staff-dates.ts';

/** Ways to say what a call came to. */
const OUTCOMES: readonly (Choice & { id: CallOutcome })[] = [
  { id: 'reached_accepted', title: say('會上班', 'joins'), aliases: ['會返工', '肯返', '接受', 'accepted', 'joining'] },
  {
    id: 'reached_undecided',
    title: say('猶豫', 'hesitates'),
    aliases: ['考慮中', '未決定', '諗緊', 'undecided', 'thinking'],
  },
  { id: 'no_answer', title: say('無人接聽', 'no answer'), aliases: ['冇人聽', '無人聽', '關機', 'no reply'] },
  { id: 'voicemail', title: say('已留言', 'left a message'), aliases: ['留言', '留咗言', 'voicemail'] },
  { id: 'callback', title: say('稍後再致電', 'call back'), aliases: ['遲啲再打', '再打', 'callback', 'call later'] },
  { id: 'wrong_number', title: say('號碼錯誤', 'wrong number'), aliases: ['錯號碼', '打錯'] },
  { id: 'reached_declined', title: say('退出', 'withdraws'), aliases: ['唔做', '唔返', '不來', 'declined'] },
];
const CONCERNS: readonly Choice[] = [
  { id: 'intensity', title: say('工作強度', 'intensity'), aliases: ['太辛苦', '辛苦'] },
  { id: 'pay', title: say('薪酬', 'pay'), aliases: ['人工', '薪金', 'salary'] },
  { id: 'distance', title: say('路程', 'distance'), aliases: ['太遠', '地點', 'far'] },
  { id: 'other_offer', title: say('另有聘書', 'other offer'), aliases: ['第二份工', '另一份工'] },
];

const callOutcome = defineCommand({
  name: 'call_outcome',
  aliases: { hant: ['致電結果', '電話結果', '打咗', '已致電'], en: ['call outcome', 'called', 'phoned'] },
  summary: say('記錄致電應徵者的結果。', 'Record what a call to a candidate came to.'),
  usage: say(
    '致電結果 〈應徵者〉 〈會上班／猶豫／無人接聽／已留言／稍後再致電／號碼錯誤／退出〉 顧慮 〈…〉 重點 〈…〉 跟進 〈…〉',
    'call outcome <candidate> <joins/hesitates/no answer/left a message/call back/wrong number/withdraws> concern <…> summary <…> action <…>',
  ),
  examples: [
    '致電結果 家欣 會上班',
    '致電結果 家欣 猶豫 顧慮 路程 重點 想轉近屋企的分店 跟進 查詢旺角店空缺',
    'call outcome Kelly no answer',
  ],
  changes:
    'Counts as the human contact when the person was reached; `human_call_followup` with your summary, or that you phoned in vain. 退出 withdraws the application.',
  permission: 'record_call',
  surface: 'any',
  takes: {
    who: { kind: 'application', title: say('應徵者', 'candidate') },
    outcome: {
      kind: 'choice',
      title: say('結果', 'outcome'),
      choices: OUTCOMES,
      question: say('結果如何？', 'What did the call come to?'),
    },
    concern: {
      kind: 'choice',
      title: say('顧慮', 'concern'),
      optional: true,
      choices: CONCERNS,
      labels: ['顧慮', 'concern'],
    },
    summary: {
      kind: 'text',
      title: say('重點', 'summary'),
      optional: true,
      labels: ['重點', 'summary'],
      labelled: true,
    },
    action: { kind: 'text', title: say('跟進', 'action'), optional: true, labels: ['跟進', 'action'], labelled: true },
    nextAt: {
      kind: 'moment',
      title: say('下次', 'next time'),
      optional: true,
      labels: ['下次', 'next'],
      labelled: true,
    },
  },
  async action({ unit, asker, eventId }, args) {
    const outcome = args.outcome as CallOutcome;
    const report = {
      staffId: asker._id,
      outcome,
      concern: args.concern ?? null,
      summary: args.summary ?? null,
      action: args.action ?? null,
      nextAt: args.nextAt ?? null,
    };
    const task = await openTaskOf(unit, args.who);
    const applicationId = args.who.application._id;
    const after = task ? await recordCallForTask(unit, task._id, report) : null;
    if (after) await refreshCallCards(unit, after, null);
    else await recordCall(unit, { applicationId, occasion: eventId }, report);
    const name = args.who.candidate.name.display;
    const still = after && after.state !== 'done' ? after.dueAt : null;
    return {
      text: lines(
        say(
          `已記錄致電 ${name}：${CALL_OUTCOME_TEXT[outcome]}。`,
          `Recorded: called ${name}, ${outcome.replaceAll('_', ' ')}.`,
        ),
        still
          ? (lang) =>
              lang === 'en'
                ? `The task stays open; next call ${staffDateTime(still, lang)}.`
                : `跟進未完，下次致電：${staffDateTime(still, lang)}。`
          : undefined,
      ),
      did: `致電結果 ${name} ${CALL_OUTCOME_TEXT[outcome]}`,
    };
  },
});

const claim = defineCommand({
  name: 'claim_call',
  aliases: { hant: ['認領', '我打', '由我致電'], en: ['claim call', 'claim', 'i will call'] },
  summary: say('認領一個致電跟進。', 'Take over a call task.'),
  usage: say('認領 〈應徵者〉', 'claim call <candidate>'),
  examples: ['認領 家欣', 'claim call Kelly'],
  changes: 'The call is yours; the others see it. No message leaves.',
  permission: 'record_call',
  surface: 'any',
  takes: { who: { kind: 'application', title: say('應徵者', 'candidate') } },
  async action({ unit, asker }, { who }) {
    const name = who.candidate.name.display;
    const open = await openTaskOf(unit, who);
    if (!open) return { text: say(`${name} 現時沒有待辦的致電跟進。`, `There is no call to make for ${name} now.`) };
    const task = await claimCallTask(unit, { taskId: open._id, staffId: asker._id });
    await refreshCallCards(unit, task, null);
    return {
      text: (lang) =>
        lang === 'en'
          ? `The call to ${name} is yours; please make it by ${staffDateTime(task.dueAt, lang)}.`
          : `${name} 由您致電，請於${staffDateTime(task.dueAt, lang)}前完成。`,
      did: `認領 ${name}`,
    };
  },
});

const listCalls = defineCommand({
  name: 'list_calls',
  aliases: { hant: ['致電名單', '要打電話', '電話名單'], en: ['calls', 'call list', 'who to call'] },
  summary: say('查看要致電的應徵者。', 'Show whom to phone.'),
  usage: say('致電名單', 'calls'),
  examples: ['致電名單', 'calls'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'record_call',
  surface: 'any',
  takes: {},
  async action({ unit }) {
    const tasks = await unit.list(
      'callTasks',
      { state: { $in: ['open', 'claimed'] } },
      { sort: { dueAt: 1 }, limit: 20 },
    );
    if (tasks.length === 0) return { text: say('現時沒有要致電的應徵者。', 'Nobody needs to be phoned now.') };
    const rows: { task: CallTaskRecord; name: string; who: string }[] = [];
    for (const task of tasks) {
      const candidate = await unit.get('candidates', task.candidateId);
      const person = await unit.get('staff', task.claimedBy ?? task.ownerStaffId);
      rows.push({ task, name: candidate?.name.display ?? '', who: person?.name ?? '' });
    }
    return {
      text: (lang) =>
        rows
          .map(
            ({ task, name, who }) =>
              `${name}　${CALL_REASON_TEXT[task.reason]}　${who}　${staffDateTime(task.dueAt, lang)}`,
          )
          .join('\n'),
    };
  },
});

async function openTaskOf(unit: Unit, who: ApplicationInfo): Promise<CallTaskRecord | null> {
  return unit.one('callTasks', { applicationId: who.application._id, state: { $in: ['open', 'claimed'] } });
}

/** Human calls: whom, by whom, and what came of it. */
export const CALL_COMMANDS: readonly AnyCommand[] = [callOutcome, claim, listCalls];
