import { dateTimeTextWithoutYear, timeText } from '../../hongkong/date-texts.ts';
import { redactHkids } from '../../hongkong/hkid.ts';
import { RuleBroken } from '../../lib/errors.ts';
import { escapeMarkdown } from '../../lib/escape-markdown.ts';
import type { CandidateReply, InterviewRecord } from '../../models/interview.model.ts';
import { type ApplicationScope, applicationScope } from '../application/application-scope.ts';
import { moveStage } from '../application/move-stage.ts';
import type { CandidateMessageEffect } from '../message/effect.ts';
import type { Unit } from '../unit/unit.ts';
import { callOff } from './cancel-interview.ts';
import { tellCandidate } from './interview-effects.ts';
import { interviewOccasion } from './interview-occasion.ts';

/** What a candidate answers to an appointment, with the version they were looking at. */
export interface InterviewAnswer {
  interviewId: string;
  version: number;
  reply: CandidateReply;
  /** Their own words about another time; identity card numbers are taken out. */
  wish?: string | undefined;
  /** Times they propose, in words: 「11月27日（星期五）下午2時至6時」. */
  proposed?: string | undefined;
}

/**
 * A candidate answers an appointment: attends (and gets the confirmation at once), asks for another time (HR is told,
 * the appointment stands until it is moved) or does not come (it is called off, the application goes on).
 * The same answer twice changes nothing.
 * @throws RuleBroken `interview_unknown`, `interview_changed` (they looked at an earlier time), `interview_over`
 */
export async function replyToInterview(unit: Unit, answer: InterviewAnswer): Promise<InterviewRecord> {
  const { before, scope } = await currentAppointment(unit, answer);
  if (before.candidateReply === answer.reply && answer.reply !== 'reschedule') return before;
  const replied = { candidateReply: answer.reply, candidateReplyAt: unit.now };
  unit.audit(`application:${before.applicationId}`, `interview_reply:${answer.reply}`, ['candidateReply']);
  if (answer.reply === 'decline') {
    const declined = await unit.change('interviews', before, { ...replied, version: before.version });
    const interview = await callOff(unit, declined);
    const earlier = await unit.one('interviews', { applicationId: before.applicationId, state: 'done' });
    await moveStage(unit, scope, earlier ? 'interviewed' : 'shortlisted', 'candidate_wish', { promise: null });
    tellRecruiter(unit, scope, before, '不出席', answer.wish);
    return interview;
  }
  const interview = await unit.change('interviews', before, { ...replied, version: before.version });
  if (answer.reply === 'attend') tellCandidate(unit, interview, 'interview_confirmed', { atOnce: true });
  else
    tellRecruiter(unit, scope, before, `想改期${answer.proposed ? `（提出：${answer.proposed}）` : ''}`, answer.wish);
  return interview;
}

/**
 * A candidate will be late: the interviewers and the recruiter hear it at once, with the minutes; the candidate is told so.
 * @param etaAt when they think they will arrive
 * @param via the way the candidate is answered; their page when left out
 */
export async function reportLate(
  unit: Unit,
  input: { interviewId: string; version: number; etaAt?: Date | undefined; via?: CandidateMessageEffect['via'] },
): Promise<InterviewRecord> {
  const { before, scope } = await currentAppointment(unit, input);
  const name = escapeMarkdown(scope.candidate.name.display);
  const minutes = input.etaAt ? Math.round((input.etaAt.getTime() - before.startAt.getTime()) / 60_000) : 0;
  const eta = input.etaAt ? `${minutes > 0 ? `約${minutes}分鐘` : ''}，預計${timeText(input.etaAt)}到` : '';
  for (const staffId of new Set([...before.interviewerIds, scope.requisition.recruiterId])) {
    unit.effect({
      kind: 'direct_message',
      staffId,
      what: 'candidate_late',
      occasion: `${interviewOccasion(before)}:late:${unit.now.getTime()}`,
      applicationId: before.applicationId,
      callClass: 'urgent',
      body: {
        format: 'markdown',
        title: `${scope.candidate.name.display} 會遲到`,
        text: `**${name}** 會遲到${eta}（原定${dateTimeTextWithoutYear(before.startAt)}面試）。`,
      },
    });
  }
  tellCandidate(unit, before, 'late_reply', {
    atOnce: true,
    ...(input.via ? { via: input.via } : {}),
    occasionEnd: `late:${unit.now.getTime()}`,
    ...(input.etaAt ? { extra: { eta: input.etaAt.toISOString() } } : {}),
  });
  unit.audit(`application:${before.applicationId}`, 'interview_late', []);
  return before;
}

async function currentAppointment(
  unit: Unit,
  { interviewId, version }: { interviewId: string; version: number },
): Promise<{ before: InterviewRecord; scope: ApplicationScope }> {
  const before = await unit.get('interviews', interviewId);
  if (!before) throw new RuleBroken('interview_unknown', { id: interviewId });
  const scope = await applicationScope(unit, before.applicationId);
  if (before.version !== version) throw new RuleBroken('interview_changed', { at: before.startAt.toISOString() });
  if (before.state !== 'scheduled') throw new RuleBroken('interview_over', { name: scope.candidate.name.display });
  return { before, scope };
}

function tellRecruiter(
  unit: Unit,
  { application, candidate, requisition }: ApplicationScope,
  interview: InterviewRecord,
  what: string,
  wish: string | undefined,
): void {
  const words = wish ? `\n\n> ${escapeMarkdown(redactHkids(wish))}` : '';
  unit.effect({
    kind: 'direct_message',
    staffId: requisition.recruiterId,
    what: 'interview_reply',
    occasion: `${interviewOccasion(interview)}:reply:${unit.now.getTime()}`,
    applicationId: application._id,
    callClass: 'urgent',
    body: {
      format: 'markdown',
      title: `${candidate.name.display} ${what}`,
      text:
        `**${escapeMarkdown(candidate.name.display)}**（${application.ref}，${escapeMarkdown(requisition.jobTitle)}）` +
        `${what}：${dateTimeTextWithoutYear(interview.startAt)}的面試。${words}`,
    },
  });
}
