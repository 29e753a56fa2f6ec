import { RuleBroken } from '../../lib/errors.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import { applicationScope } from '../application/application-scope.ts';
import type { Unit } from '../unit/unit.ts';
import { CHANGE_REASON_TEXTS, type ChangeReason } from './change-reason.ts';
import { type Conflict, findConflicts } from './find-conflicts.ts';
import { keepCalendar, remindCandidate, tellCandidate } from './interview-effects.ts';
import { invitationReplyBy } from './interview-times.ts';
import { type AppointmentWish, checkWish } from './schedule-interview.ts';
import { toldAppointment } from './told-appointment.ts';

/** Whose wish a change is: only when it is ours does the message apologise and give a reason. */
export type WhoseWish = { wishedBy: 'candidate' } | { wishedBy: 'us'; reason: ChangeReason };

export type RescheduleOutcome =
  | {
      outcome: 'rescheduled';
      interview: InterviewRecord;
      before: InterviewRecord;
      conflicts: Conflict[];
      told: boolean;
    }
  | { outcome: 'conflict'; conflicts: Conflict[] };

/**
 * Moves an appointment. Its version grows, so that everything said about the old time falls away; the candidate is told
 * old and new time, unless nothing about it has left the house yet: then they are simply invited to the new one.
 * @throws RuleBroken `interview_unknown`, `interview_over`, `same_time` and those of `scheduleInterview`
 */
export async function rescheduleInterview(
  unit: Unit,
  input: AppointmentWish & WhoseWish & { interviewId: string },
): Promise<RescheduleOutcome> {
  const before = await unit.get('interviews', input.interviewId);
  if (!before) throw new RuleBroken('interview_unknown', { id: input.interviewId });
  const scope = await applicationScope(unit, before.applicationId);
  const name = scope.candidate.name.display;
  if (before.state !== 'scheduled') throw new RuleBroken('interview_over', { name });
  const plan = await checkWish(unit, scope, {
    startAt: input.startAt,
    minutes: input.minutes ?? before.minutes,
    kind: input.kind ?? before.kind,
    branchId: input.branchId ?? before.branchId ?? scope.requisition.branchId,
    interviewerIds: input.interviewerIds?.length ? [...new Set(input.interviewerIds)] : before.interviewerIds,
  });
  if (isSameAppointment(before, plan)) throw new RuleBroken('same_time', { name });
  const conflicts = await findConflicts(unit, { ...plan, candidateId: before.candidateId }, input.busy ?? [], before);
  if (conflicts.length > 0 && !input.despiteConflicts) return { outcome: 'conflict', conflicts };

  const known = await toldAppointment(unit, before);
  const interview = await unit.change('interviews', before, {
    ...plan,
    version: before.version + 1,
    candidateReply: null,
    candidateReplyAt: null,
  });
  // The application is written too, so that two people changing one appointment meet.
  await unit.change('applications', scope.application, {});
  unit.audit(`application:${before.applicationId}`, 'interview_rescheduled', ['interview']);
  tellAboutMove(unit, interview, known, input);
  remindCandidate(unit, interview);
  keepCalendar(unit, 'calendar_change', interview);
  return { outcome: 'rescheduled', interview, before, conflicts, told: known !== null };
}

function tellAboutMove(unit: Unit, interview: InterviewRecord, known: Date | null, whose: WhoseWish): void {
  if (known === null) {
    const replyBy = invitationReplyBy(interview.startAt, unit.now, unit.settings);
    tellCandidate(unit, interview, 'interview_invitation', { extra: { reply_by: replyBy.toISOString() } });
    return;
  }
  tellCandidate(unit, interview, 'rescheduled', {
    extra: {
      old_dt: known.toISOString(),
      by: whose.wishedBy,
      ...(whose.wishedBy === 'us' ? { reason: CHANGE_REASON_TEXTS[whose.reason] } : {}),
    },
  });
}

function isSameAppointment(
  a: InterviewRecord,
  b: Pick<InterviewRecord, 'startAt' | 'minutes' | 'kind' | 'branchId' | 'interviewerIds'>,
): boolean {
  return (
    a.startAt.getTime() === b.startAt.getTime() &&
    a.minutes === b.minutes &&
    a.kind === b.kind &&
    a.branchId === b.branchId &&
    [...a.interviewerIds].sort().join() === [...b.interviewerIds].sort().join()
  );
}
