import { putOnHold, resumeApplication } from '../../recruiting/application/hold-application.ts';
import { resumeAfterUndo } from '../../recruiting/application/resume-after-undo.ts';
import { defineCommand } from '../command.ts';
import { say } from '../replies/said.ts';
import { staffDate } from '../replies/staff-dates.ts';

/** Puts somebody on hold. */
export const hold = defineCommand({
  name: 'hold',
  aliases: { hant: ['擺住', '擱置', '暫緩', '先放一放'], en: ['hold', 'kiv', 'park'] },
  summary: say('擱置應徵者至某日再決定。', 'Put a candidate on hold until a day.'),
  usage: say('擺住 〈應徵者〉 〔日期〕 〔原因〕', 'hold <candidate> [day] [reason]'),
  examples: ['擺住 家欣 下星期一', '擺住 A1003 等第二輪結果', 'KIV Kelly till 7/12'],
  changes: 'The application is on hold until the day; nothing is sent; an open decision is not reminded before.',
  permission: 'decide',
  surface: 'any',
  takes: {
    who: { kind: 'application', title: say('應徵者', 'candidate') },
    until: { kind: 'date', title: say('日期', 'day'), optional: true },
    reason: { kind: 'text', title: say('原因', 'reason'), labels: ['原因', 'reason', 'because'], optional: true },
  },
  async action({ unit }, { who, until, reason }) {
    const application = await putOnHold(unit, { applicationId: who.application._id, until, reason });
    const name = who.candidate.name.display;
    const day = application.holdUntil ?? unit.now;
    return {
      text: (lang) =>
        lang === 'en'
          ? `${name} is on hold until ${staffDate(day, lang)}. Nothing is sent to them.`
          : `已擱置 ${name} 至${staffDate(day, lang)}，不會發訊息給應徵者。`,
      did: `擱置 ${name}`,
    };
  },
});

/** Takes somebody up again. */
export const unhold = defineCommand({
  name: 'unhold',
  aliases: { hant: ['取消擺住', '取消擱置', '恢復處理'], en: ['unhold', 'resume application', 'take up'] },
  summary: say('恢復處理被擱置的應徵者。', 'Take a candidate up again who is on hold.'),
  usage: say('取消擺住 〈應徵者〉', 'unhold <candidate>'),
  examples: ['取消擺住 家欣', 'unhold A1003'],
  changes: 'The application is no longer on hold.',
  permission: 'decide',
  surface: 'any',
  takes: { who: { kind: 'application', title: say('應徵者', 'candidate') } },
  async action({ unit }, { who }) {
    await resumeApplication(unit, { applicationId: who.application._id });
    const name = who.candidate.name.display;
    return { text: say(`已恢復處理 ${name}。`, `${name} is taken up again.`), did: `恢復處理 ${name}` };
  },
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return undefined;
  },
});
