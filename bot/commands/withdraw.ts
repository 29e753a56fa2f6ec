import { resumeAfterUndo } from '../../recruiting/application/resume-after-undo.ts';
import { withdrawApplication } from '../../recruiting/application/withdraw-application.ts';
import { defineCommand } from '../command.ts';
import { say } from '../replies/said.ts';
import { staffDate } from '../replies/staff-dates.ts';

/** A candidate told staff that they leave. */
export const withdraw = defineCommand({
  name: 'withdraw',
  aliases: { hant: ['退出', '退出申請', '唔嚟做'], en: ['withdraw', 'withdrawn', 'pulled out'] },
  summary: say('記錄應徵者退出申請。', 'Record that a candidate withdraws.'),
  usage: say('退出 〈應徵者〉 〔原因〕', 'withdraw <candidate> [reason]'),
  examples: ['退出 家欣', '退出 A1003 已找到其他工作', 'withdraw Kelly'],
  changes:
    'The application moves to withdrawn; interviews, decisions and the waiting period stop; `withdrawal_ack` confirms; the day on which the data go is set.',
  permission: 'record_call',
  surface: 'any',
  takes: {
    who: { kind: 'application', title: say('應徵者', 'candidate') },
    reason: { kind: 'text', title: say('原因', 'reason'), labels: ['原因', 'reason', 'because'], optional: true },
  },
  async action({ unit }, { who, reason }) {
    const { purgeDay } = await withdrawApplication(unit, { applicationId: who.application._id, reason });
    const name = who.candidate.name.display;
    return {
      text: (lang) =>
        lang === 'en'
          ? `${name} has withdrawn; everything arranged has stopped. They get a confirmation; the data go by ${staffDate(purgeDay, lang)} ${purgeDay.getUTCFullYear()}.`
          : `已記錄 ${name} 退出申請，所有安排已停止，並會發出確認。資料會於${purgeDay.getUTCFullYear()}年${staffDate(purgeDay, lang)}或之前刪除。`,
      did: `退出 ${name}`,
    };
  },
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return undefined;
  },
  remedy: say(
    '如應徵者改變主意，可輸入「入圍」重新處理。',
    'If they change their mind, type "shortlist" to take them up again.',
  ),
});
