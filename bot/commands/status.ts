import { RuleBroken } from '../../lib/errors.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import type { WaitingPlanRecord } from '../../models/waiting-plan.model.ts';
import { phoneFor, sightOf } from '../../recruiting/access/fields.ts';
import { requisitionFigures } from '../../recruiting/requisition/requisition-figures.ts';
import { type ActionContext, type ApplicationInfo, defineCommand } from '../command.ts';
import { messageName } from '../replies/message-name.ts';
import type { Reply } from '../replies/reply.ts';
import type { Lang } from '../replies/said.ts';
import { inLanguage, say, type Texts } from '../replies/said.ts';
import { staffDate, staffDateTime, staffWhen } from '../replies/staff-dates.ts';
import { STAGE_TITLES } from '../replies/stage-titles.ts';

/** Where a person or a vacancy stands, and what comes next. */
export const status = defineCommand({
  name: 'status',
  aliases: { hant: ['狀態', '進度', '情況', '查詢', '點呀'], en: ['status', 'how is', 'progress', 'where is'] },
  summary: say('查看應徵者或職位的進度和下一步。', 'Where a candidate or a vacancy stands, and what comes next.'),
  usage: say('狀態 〈應徵者〉 或 狀態 〈職位〉', 'status <candidate> or status <vacancy>'),
  examples: ['狀態 陳家欣', '狀態 R101', 'status A1003'],
  changes: 'Nothing.',
  readsOnly: true,
  permission: 'see_applications',
  surface: 'any',
  takes: {
    application: { kind: 'application', title: say('應徵者', 'candidate'), optional: true, many: true },
    requisition: { kind: 'requisition', title: say('職位', 'vacancy'), optional: true },
  },
  async action(context, { application, requisition }) {
    const parts: Reply[] = [];
    for (const info of application.slice(0, 5)) parts.push(await personStatus(context, info));
    if (application.length === 0 && requisition) parts.push(await vacancyStatus(context, requisition));
    if (parts.length === 0) throw new RuleBroken('status_of_whom');
    return { text: (lang) => parts.map(({ text }) => inLanguage(text, lang)).join('\n\n') };
  },
});

async function personStatus(context: ActionContext, info: ApplicationInfo): Promise<Reply> {
  const { unit, asker, conversation, now } = context;
  const { application, candidate, requisition } = info;
  const branch = await unit.get('branches', application.branchId ?? requisition.branchId);
  const interview = await unit.one('interviews', { applicationId: application._id, state: 'scheduled' });
  const intake = application.intakeId ? await unit.get('intakes', application.intakeId) : null;
  const plan = await unit.get('waitingPlans', application._id);
  const task = await unit.one('callTasks', { applicationId: application._id, state: { $in: ['open', 'claimed'] } });
  const owner = task ? await unit.get('staff', task.claimedBy ?? task.ownerStaffId) : null;
  const waiting = await unit.list(
    'outbox',
    {
      applicationId: application._id,
      kind: 'candidate_message',
      state: { $in: ['pending', 'held', 'uncertain'] },
    },
    { sort: { dueAt: 1 }, limit: 3 },
  );
  const surface = conversation.kind === 'group' ? 'group' : 'direct';
  const phone = phoneFor(candidate.phone, asker.roles, surface);
  const notes =
    sightOf('note', asker.roles, surface) === 'full'
      ? await unit.list('activities', { candidateId: candidate._id, kind: 'noted' }, { sort: { at: -1 }, limit: 3 })
      : [];
  return {
    text: (lang) => {
      const rows: Texts[] = [];
      const stage = STAGE_TITLES[application.stage];
      rows.push(
        say(
          `${candidate.name.display}（${application.ref}），「${requisition.jobTitle}」${branch ? branch.name : ''}：${stage.hant}，${staffDate(application.stageSince, lang)}起。`,
          `${candidate.name.display} (${application.ref}), "${requisition.jobTitle}"${branch ? `, ${branch.name}` : ''}: ${stage.en} since ${staffDate(application.stageSince, lang)}.`,
        ),
      );
      if (interview) {
        const at = staffDateTime(interview.startAt, lang);
        rows.push(
          say(
            `面試：${at}${replyText(interview.candidateReply).hant}。`,
            `Interview: ${at}${replyText(interview.candidateReply).en}.`,
          ),
        );
      }
      if (application.holdUntil) {
        const until = staffDate(application.holdUntil, lang);
        rows.push(say(`擱置至${until}。`, `On hold until ${until}.`));
      }
      if (application.promise) {
        const by = staffDate(application.promise.by, lang);
        rows.push(
          say(`已承諾${by}或之前告知${application.promise.what}。`, `The candidate was promised an answer by ${by}.`),
        );
      }
      if (intake) {
        const day = intake.firstDayAt
          ? staffDate(intake.firstDayAt, lang)
          : inLanguage(say('日期未定', 'date not fixed'), lang);
        const reply = trainingReply(plan);
        rows.push(say(`培訓班 ${intake.ref}：${day}${reply.hant}。`, `Intake ${intake.ref}: ${day}${reply.en}.`));
      }
      if (application.startAt) {
        const day = staffDate(application.startAt, lang);
        rows.push(say(`上班日：${day}。`, `First day: ${day}.`));
      }
      if (plan?.state === 'active') rows.push(contactRow(plan, lang));
      if (task)
        rows.push(
          say(`有致電跟進待辦，負責：${owner?.name ?? ''}。`, `A call task is open with ${owner?.name ?? ''}.`),
        );
      for (const item of waiting) {
        const when = staffWhen(item.dueAt, now, lang);
        rows.push(
          item.state === 'pending'
            ? say(
                `待發訊息：「${messageName(item.what, lang)}」，${when}。`,
                `Message waiting: "${messageName(item.what, lang)}", ${when}.`,
              )
            : say(
                `訊息「${messageName(item.what, lang)}」需要處理（${item.state}）。`,
                `Message "${messageName(item.what, lang)}" needs attention (${item.state}).`,
              ),
        );
      }
      if (phone) rows.push(say(`電話：${phone}`, `Phone: ${phone}`));
      for (const one of notes)
        rows.push(
          say(
            `備註（${staffDate(one.at, lang)}）：${one.text ?? ''}`,
            `Note (${staffDate(one.at, lang)}): ${one.text ?? ''}`,
          ),
        );
      return rows.map((row) => inLanguage(row, lang)).join('\n');
    },
  };
}

function replyText(reply: 'attend' | 'reschedule' | 'decline' | null): Texts {
  if (reply === 'attend') return say('，對方已確認出席', ', confirmed by the candidate');
  if (reply === 'reschedule') return say('，對方要求改期', ', the candidate asks to move it');
  if (reply === 'decline') return say('，對方表示不能出席', ', the candidate cannot come');
  return say('，對方未回覆', ', no answer yet');
}

async function vacancyStatus({ unit }: ActionContext, requisition: RequisitionRecord): Promise<Reply> {
  const figures = await requisitionFigures(unit, requisition);
  const branch = await unit.get('branches', requisition.branchId);
  const manager = await unit.get('staff', requisition.hiringManagerId);
  const hired = figures
    .filter(({ stage }) => ['offer_accepted', 'arrived'].includes(stage))
    .reduce((sum, { count }) => sum + count, 0);
  const counts = (lang: Lang): string =>
    figures
      .map(({ stage, count }) => `${inLanguage(STAGE_TITLES[stage], lang)} ${count}`)
      .join(lang === 'en' ? ', ' : '、');
  return {
    text: (lang) =>
      inLanguage(
        say(
          `「${requisition.jobTitle}」（${requisition.ref}）${branch?.name ?? ''}：請${requisition.headcount}人，已接受或到職${hired}人，用人經理${manager?.name ?? ''}。\n${counts(lang) || '未有應徵者'}`,
          `"${requisition.jobTitle}" (${requisition.ref}), ${branch?.name ?? ''}: ${requisition.headcount} to hire, ${hired} accepted or arrived, hiring manager ${manager?.name ?? ''}.\n${counts(lang) || 'No applications yet'}`,
        ),
        lang,
      ),
  };
}

/** What the person has answered to the training notice. */
function trainingReply(plan: WaitingPlanRecord | null): Texts {
  if (plan?.trainingReply === 'attend') return say('，對方已確認出席', ', confirmed by the candidate');
  if (plan?.trainingReply === 'cannot') return say('，對方表示未能出席', ', the candidate cannot come');
  return say('，對方未回覆', ', no answer yet');
}

/** Whether a human has talked to the person while they wait: owed before day 1. */
function contactRow(plan: WaitingPlanRecord, lang: Lang): Texts {
  if (plan.humanContactAt === null)
    return say('等候期內未有同事致電。', 'Nobody has phoned during the waiting period yet.');
  const day = staffDate(plan.humanContactAt, lang);
  return say(`同事於${day}聯絡過。`, `A colleague talked to them on ${day}.`);
}
