import type { InterviewKind, InterviewRecord } from '../../models/interview.model.ts';
import { resumeAfterUndo } from '../../recruiting/application/resume-after-undo.ts';
import { scheduleInterview } from '../../recruiting/interview/schedule-interview.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import { ArgumentNeeded } from '../argument-needed.ts';
import { type ActionContext, type ApplicationInfo, defineCommand } from '../command.ts';
import { ANOTHER_TIME, conflictLines, unknownCalendars } from '../replies/conflict-lines.ts';
import type { Reply } from '../replies/reply.ts';
import { lines, type Said, say } from '../replies/said.ts';
import { staffDateTime, staffWhen } from '../replies/staff-dates.ts';
import {
  ANYWAY_ARGUMENT,
  askCalendars,
  type Calendars,
  INTERVIEWERS_ARGUMENT,
  KIND_ARGUMENT,
  KIND_WORDS,
  MINUTES_ARGUMENT,
} from './interview-arguments.ts';
import { typedMoment } from './typed-moment.ts';

/** Makes an appointment for an interview. */
export const schedule = defineCommand({
  name: 'schedule',
  aliases: { hant: ['約面試', '安排面試', '約'], en: ['schedule', 'book', 'arrange'] },
  summary: say(
    '約應徵者面試：邀請、提示及行事曆會自動處理。',
    'Arrange an interview: invitation, reminders and calendar follow.',
  ),
  usage: say(
    '約 〈應徵者〉 〈日期時間〉 〔面試官〕 〔分店〕 〔視像／電話／試工〕 〔30分鐘〕',
    'schedule <candidate> <day and time> [interviewer] [branch] [video|phone|trial] [30 min]',
  ),
  examples: ['約 家欣 聽日下午3點半', '約 A1003 26/11 15:00 面試官 Gloria', 'schedule Kelly next Wed 3pm video'],
  changes:
    'The application moves to interview; `interview_invitation` leaves after the time to undo, `reminder_day_before` and `reminder_2h` later; the interviewers get a calendar entry.',
  permission: 'schedule_interview',
  surface: 'any',
  takes: {
    who: {
      kind: 'application',
      title: say('應徵者', 'candidate'),
      stages: ['applied', 'shortlisted', 'interview', 'interviewed', 'no_show'],
    },
    when: { kind: 'moment', title: say('日期時間', 'day and time') },
    interviewers: INTERVIEWERS_ARGUMENT,
    branch: { kind: 'branch', title: say('分店', 'branch'), optional: true },
    kind: KIND_ARGUMENT,
    minutes: MINUTES_ARGUMENT,
    anyway: ANYWAY_ARGUMENT,
  },
  async prepare(context, { who, when, interviewers, minutes }): Promise<Calendars> {
    const ids = interviewers.length > 0 ? interviewers.map(({ _id }) => _id) : [who.requisition.hiringManagerId];
    return askCalendars(context, ids, when, minutes ?? context.office.settings().interviewMinutes);
  },
  async action(context, { who, when, interviewers, branch, kind, minutes, anyway }, calendars): Promise<Reply> {
    const { unit, asker } = context;
    const name = who.candidate.name.display;
    const result = await scheduleInterview(unit, {
      applicationId: who.application._id,
      organizerId: asker._id,
      startAt: when,
      minutes,
      kind: kind as InterviewKind | undefined,
      branchId: branch?._id,
      interviewerIds: interviewers.map(({ _id }) => _id),
      busy: calendars.busy,
      despiteConflicts: anyway !== undefined,
    });
    if (result.outcome === 'conflict') {
      const wish = [
        `約 ${who.application.ref} ${typedMoment(when)}`,
        ...typedDetails({ interviewers, branch, kind, minutes }),
      ];
      throw new ArgumentNeeded('when', lines(await conflictLines(unit, result.conflicts, name), ANOTHER_TIME), [
        { label: say('照約', 'Arrange anyway'), sends: [...wish, '照約'].join(' ') },
      ]);
    }
    const { interview, replyBy } = result;
    const unknown = await unknownCalendars(unit, calendars.unknown);
    return {
      text: lines(
        await appointmentLine(unit, who, interview),
        (lang) =>
          lang === 'en'
            ? `The invitation leaves ${staffWhen(undoEnd(context), context.now, lang)} at the earliest and asks for an answer by ${staffDateTime(replyBy, lang)}.`
            : `邀請最早於${staffWhen(undoEnd(context), context.now, lang)}發出，請應徵者於${staffDateTime(replyBy, lang)}前回覆。`,
        unknown,
      ),
      did: `約 ${name} 面試`,
    };
  },
  async undone({ unit, undone }) {
    await resumeAfterUndo(unit, undone);
    return undefined;
  },
  remedy: say(
    '如要更改，請輸入「改期」或「取消面試」加姓名。',
    'To change it, type "reschedule" or "cancel interview" with the name.',
  ),
});

const undoEnd = ({ unit, now }: ActionContext): Date => new Date(now.getTime() + unit.settings.undoSeconds * 1000);

/** The further details of an appointment as they can be typed again. */
export function typedDetails(wish: {
  interviewers: readonly { _id: string }[];
  branch: { code: string } | undefined;
  kind: string | undefined;
  minutes: number | undefined;
}): string[] {
  const kinds = KIND_ARGUMENT.choices.find(({ id }) => id === wish.kind)?.aliases[0];
  return [
    ...(wish.interviewers.length > 0 ? [`面試官 ${wish.interviewers.map(({ _id }) => _id).join(' ')}`] : []),
    ...(wish.branch ? [wish.branch.code] : []),
    ...(kinds ? [kinds] : []),
    ...(wish.minutes !== undefined ? [`${wish.minutes}分鐘`] : []),
  ];
}

/** An appointment in one line: who, when, where, with whom. */
export async function appointmentLine(reader: Reader, who: ApplicationInfo, interview: InterviewRecord): Promise<Said> {
  const branch = interview.branchId ? await reader.get('branches', interview.branchId) : null;
  const people = await reader.list('staff', { _id: { $in: [...interview.interviewerIds] } });
  const names = people.map((person) => person.name).join('、');
  const name = who.candidate.name.display;
  const words = KIND_WORDS[interview.kind];
  return (lang) =>
    lang === 'en'
      ? `${name}: ${words.en} (round ${interview.round}) on ${staffDateTime(interview.startAt, lang)}${branch ? `, ${branch.name}` : ''}, ${interview.minutes} minutes, with ${names}.`
      : `已約 ${name} 於${staffDateTime(interview.startAt, lang)}第${interview.round}次${words.hant}${branch ? `，地點：${branch.name}` : ''}，約${interview.minutes}分鐘，面試官：${names}。`;
}
