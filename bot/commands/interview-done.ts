import { resumeAfterUndo } from '../../recruiting/application/resume-after-undo.ts';
import { finishInterview } from '../../recruiting/interview/finish-interview.ts';
import { defineCommand } from '../command.ts';
import { lines, say } from '../replies/said.ts';
import { staffDate } from '../replies/staff-dates.ts';
import { lastInterviewOf } from './interview-ahead.ts';

/** An interview has taken place; the managers are asked to decide. */
export const interviewDone = defineCommand({
  name: 'interview_done',
  aliases: { hant: ['面完', '面試完成', '完成面試', '面試完畢'], en: ['interview done', 'done'] },
  summary: say('記錄面試已完成，並請經理決定。', 'Record that an interview took place and ask the manager to decide.'),
  usage: say('面完 〈應徵者〉 〔由誰決定〕…', 'done <candidate> [who decides]…'),
  examples: ['面完 家欣', '面完 A1003 Gloria Ivan', 'done Kelly'],
  changes:
    'The application moves to interviewed; each manager gets a decision card; `thank_you_after_interview` leaves two hours later and promises a date.',
  permission: 'record_arrival',
  surface: 'any',
  takes: {
    who: { kind: 'application', title: say('應徵者', 'candidate'), stages: ['interview', 'no_show'] },
    deciders: { kind: 'staff', title: say('由誰決定', 'who decides'), optional: true, many: true },
  },
  async action({ unit }, { who, deciders }) {
    const interview = await lastInterviewOf(unit, who);
    const { request, resultBy } = await finishInterview(unit, {
      interviewId: interview._id,
      askedOf: deciders.map(({ _id }) => _id),
    });
    const asked = await unit.list('staff', { _id: { $in: request?.askedOf ?? [] } });
    const names = asked.map((person) => person.name).join('、');
    const name = who.candidate.name.display;
    return {
      text: lines(
        say(`已記錄 ${name} 面試完成，決定卡已發給：${names}。`, `${name} was interviewed. Asked to decide: ${names}.`),
        (lang) =>
          lang === 'en'
            ? `The thank-you note promises the result by ${staffDate(resultBy, lang)}.`
            : `致謝訊息會說明於${staffDate(resultBy, lang)}或之前通知結果。`,
      ),
      did: `面完 ${name}`,
    };
  },
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return undefined;
  },
});
