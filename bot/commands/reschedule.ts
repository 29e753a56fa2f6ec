import type { InterviewKind } from '../../models/interview.model.ts';
import { resumeAfterUndo } from '../../recruiting/application/resume-after-undo.ts';
import type { ChangeReason } from '../../recruiting/interview/change-reason.ts';
import { rescheduleInterview } from '../../recruiting/interview/reschedule-interview.ts';
import { ArgumentNeeded } from '../argument-needed.ts';
import { defineCommand } from '../command.ts';
import { ANOTHER_TIME, conflictLines, unknownCalendars } from '../replies/conflict-lines.ts';
import { lines, say } from '../replies/said.ts';
import { staffDateTime } from '../replies/staff-dates.ts';
import { CHANGE_REASON_CHOICES } from './change-reason-choices.ts';
import { appointmentOf } from './interview-ahead.ts';
import {
  ANYWAY_ARGUMENT,
  askCalendars,
  type Calendars,
  INTERVIEWERS_ARGUMENT,
  KIND_ARGUMENT,
  MINUTES_ARGUMENT,
} from './interview-arguments.ts';
import { appointmentLine, typedDetails } from './schedule.ts';
import { typedMoment } from './typed-moment.ts';

/** Moves an interview. */
export const reschedule = defineCommand({
  name: 'reschedule',
  aliases: { hant: ['改期', '改約', '改面試'], en: ['reschedule', 'move interview', 'move'] },
  summary: say('更改已約的面試時間、地點或面試官。', 'Move an interview to another time, place or interviewer.'),
  usage: say(
    '改期 〈應徵者〉 〈新日期時間〉 〔應徵者要求／接見同事有要務／場地調動／分店安排〕',
    'reschedule <candidate> <new day and time> [candidate asked|interviewer busy|venue|branch]',
  ),
  examples: ['改期 家欣 星期五上午11點', '改期 A1003 27/11 11:00 應徵者要求', 'reschedule Kelly Fri 11am'],
  changes:
    'The interview has a new version; `rescheduled` names old and new time; reminders and calendar follow the new time.',
  permission: 'schedule_interview',
  surface: 'any',
  takes: {
    who: { kind: 'application', title: say('應徵者', 'candidate'), stages: ['interview'] },
    when: { kind: 'moment', title: say('新日期時間', 'new day and time') },
    why: { kind: 'choice', title: say('原因', 'reason'), optional: true, choices: CHANGE_REASON_CHOICES },
    interviewers: INTERVIEWERS_ARGUMENT,
    branch: { kind: 'branch', title: say('分店', 'branch'), optional: true },
    kind: KIND_ARGUMENT,
    minutes: MINUTES_ARGUMENT,
    anyway: ANYWAY_ARGUMENT,
  },
  async prepare(context, { who, when, interviewers, minutes }): Promise<Calendars> {
    const before = await appointmentOf(context.reader, who);
    const ids = interviewers.length > 0 ? interviewers.map(({ _id }) => _id) : before.interviewerIds;
    return askCalendars(context, ids, when, minutes ?? before.minutes);
  },
  async action({ unit }, { who, when, why, interviewers, branch, kind, minutes, anyway }, calendars) {
    const before = await appointmentOf(unit, who);
    const name = who.candidate.name.display;
    const whose =
      why === 'candidate_wish'
        ? ({ wishedBy: 'candidate' } as const)
        : ({ wishedBy: 'us', reason: (why ?? 'branch_arrangement') as ChangeReason } as const);
    const result = await rescheduleInterview(unit, {
      interviewId: before._id,
      startAt: when,
      minutes,
      kind: kind as InterviewKind | undefined,
      branchId: branch?._id,
      interviewerIds: interviewers.map(({ _id }) => _id),
      busy: calendars.busy,
      despiteConflicts: anyway !== undefined,
      ...whose,
    });
    if (result.outcome === 'conflict') {
      const reason = CHANGE_REASON_CHOICES.find(({ id }) => id === why)?.aliases[0];
      const wish = [
        `改期 ${who.application.ref} ${typedMoment(when)}`,
        ...(reason ? [reason] : []),
        ...typedDetails({ interviewers, branch, kind, minutes }),
        '照約',
      ];
      throw new ArgumentNeeded('when', lines(await conflictLines(unit, result.conflicts, name), ANOTHER_TIME), [
        { label: say('照約', 'Move anyway'), sends: wish.join(' ') },
      ]);
    }
    const reason = CHANGE_REASON_CHOICES.find(({ id }) => id === (why ?? 'branch_arrangement'));
    return {
      text: lines(
        await appointmentLine(unit, who, result.interview),
        result.told
          ? (lang) =>
              lang === 'en'
                ? `The message replaces ${staffDateTime(result.before.startAt, lang)}; reason given: ${reason?.title.en ?? ''}.`
                : `改期通知會取代原定的${staffDateTime(result.before.startAt, lang)}，原因寫作：${reason?.title.hant ?? ''}。`
          : say(
              '原定邀請尚未發出，會直接以新時間邀請。',
              'The first invitation had not left; only the new time will be sent.',
            ),
        await unknownCalendars(unit, calendars.unknown),
      ),
      did: `改期 ${name} 面試`,
    };
  },
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return undefined;
  },
  remedy: say('可再輸入「改期」改回原定時間。', 'Type "reschedule" again to move it back.'),
});
