import { resumeAfterUndo } from '../../recruiting/application/resume-after-undo.ts';
import { type CancelReason, cancelInterview } from '../../recruiting/interview/cancel-interview.ts';
import { toldAppointment } from '../../recruiting/interview/told-appointment.ts';
import { defineCommand } from '../command.ts';
import { lines, say } from '../replies/said.ts';
import { staffDateTime } from '../replies/staff-dates.ts';
import { CHANGE_REASON_CHOICES, VACANCY_CLOSED_CHOICE } from './change-reason-choices.ts';
import { appointmentOf } from './interview-ahead.ts';

const REASONS = [...CHANGE_REASON_CHOICES, VACANCY_CLOSED_CHOICE] as const;

/** Calls an interview off without a new time. */
export const cancel = defineCommand({
  name: 'cancel',
  aliases: { hant: ['取消面試', '取消約會', '唔好再約'], en: ['cancel interview', 'cancel'] },
  summary: say('取消已約的面試（未有新時間）。', 'Call an interview off without a new time.'),
  usage: say(
    '取消面試 〈應徵者〉 〈接見同事有要務／場地調動／分店安排／應徵者要求／停止招聘〉',
    'cancel interview <candidate> <interviewer busy|venue|branch|candidate asked|vacancy closed>',
  ),
  examples: ['取消面試 家欣 面試官有事', 'cancel interview A1003 vacancy closed'],
  changes:
    'The interview is cancelled and leaves the calendars; `interview_cancelled` tells the candidate not to come; a closed vacancy ends the application.',
  permission: 'schedule_interview',
  surface: 'any',
  consequential: true,
  takes: {
    who: { kind: 'application', title: say('應徵者', 'candidate'), stages: ['interview'] },
    why: {
      kind: 'choice',
      title: say('原因', 'reason'),
      choices: REASONS,
      question: say(
        '以甚麼原因取消？應徵者會看到這個原因。',
        'Why is it called off? The candidate will read this reason.',
      ),
    },
  },
  async confirmation({ unit }, { who, why }) {
    const interview = await appointmentOf(unit, who);
    const told = await toldAppointment(unit, interview);
    const reason = REASONS.find(({ id }) => id === why);
    const name = who.candidate.name.display;
    const leaves = told !== null && why !== 'candidate_wish';
    return lines(
      (lang) =>
        lang === 'en'
          ? `Call off the interview with ${name} on ${staffDateTime(interview.startAt, lang)}. Reason: ${reason?.title.en}.`
          : `取消 ${name} 於${staffDateTime(interview.startAt, lang)}的面試。原因：${reason?.title.hant}。`,
      why === 'vacancy_closed' ? say('申請會同時結束。', 'The application ends with it.') : undefined,
      leaves
        ? say(
            '會發出：「面試取消」通知應徵者毋須前來。',
            'The candidate gets "interview cancelled": there is no need to come.',
          )
        : say('不會發訊息給應徵者。', 'Nothing is sent to the candidate.'),
    );
  },
  async action({ unit }, { who, why }) {
    const interview = await appointmentOf(unit, who);
    const name = who.candidate.name.display;
    const outcome = await cancelInterview(unit, { interviewId: interview._id, reason: why as CancelReason });
    return {
      text: lines(
        say(`已取消 ${name} 的面試。`, `The interview with ${name} is called off.`),
        outcome.phoneToo
          ? say(
              `距離面試不足${unit.settings.callWhenCancelledWithinHours}小時，請同時致電應徵者。`,
              `It is less than ${unit.settings.callWhenCancelledWithinHours} hours away: please phone the candidate as well.`,
            )
          : undefined,
      ),
      did: `取消 ${name} 面試`,
    };
  },
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return undefined;
  },
  remedy: say('可輸入「約」再安排面試。', 'Type "schedule" to arrange it again.'),
});
