import { addWorkingDays } from '../../hongkong/working-time.ts';
import { hongKongDate, momentAt } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import { applicationScope } from '../application/application-scope.ts';
import { extendRetention } from '../application/extend-retention.ts';
import { moveStage } from '../application/move-stage.ts';
import type { Unit } from '../unit/unit.ts';
import { CHANGE_REASON_TEXTS, type ChangeReason } from './change-reason.ts';
import { keepCalendar, tellCandidate } from './interview-effects.ts';
import { toldAppointment } from './told-appointment.ts';

/**
 * Why an appointment is called off without a new time: one of our reasons, the candidate's own wish (then nothing is
 * sent: they know), or the vacancy is closed (then the application ends, which only a human may order).
 */
export type CancelReason = ChangeReason | 'candidate_wish' | 'vacancy_closed';

export interface CancelOutcome {
  interview: InterviewRecord;
  /** The message that will tell the candidate, if any; none when they know or had not been told of the appointment. */
  message: 'interview_cancelled' | null;
  /** So near that somebody must phone as well. */
  phoneToo: boolean;
}

/**
 * Calls an appointment off. The application goes back to the shortlist (after an earlier round: to the interviewed),
 * with a day by which the candidate hears about the next step; after a closed vacancy it ends.
 * @throws RuleBroken `interview_unknown`, `interview_over`
 */
export async function cancelInterview(
  unit: Unit,
  { interviewId, reason }: { interviewId: string; reason: CancelReason },
): Promise<CancelOutcome> {
  const before = await unit.get('interviews', interviewId);
  if (!before) throw new RuleBroken('interview_unknown', { id: interviewId });
  const scope = await applicationScope(unit, before.applicationId);
  if (before.state !== 'scheduled') throw new RuleBroken('interview_over', { name: scope.candidate.name.display });
  const known = await toldAppointment(unit, before);
  const interview = await callOff(unit, before);
  const closed = reason === 'vacancy_closed';
  const answerBy = momentAt(addWorkingDays(hongKongDate(unit.now), unit.settings.resultWorkingDays));
  if (closed) {
    const application = await moveStage(unit, scope, 'rejected', reason, { promise: null });
    await extendRetention(unit, application);
  } else {
    const earlier = await unit.one('interviews', { applicationId: before.applicationId, state: 'done' });
    await moveStage(unit, scope, earlier ? 'interviewed' : 'shortlisted', reason, {
      promise: reason === 'candidate_wish' ? null : { what: '面試安排', by: answerBy, delays: 0 },
    });
  }
  const tells = known !== null && reason !== 'candidate_wish';
  if (tells) {
    tellCandidate(unit, interview, 'interview_cancelled', {
      extra: {
        old_dt: known.toISOString(),
        closed: closed ? 'yes' : 'no',
        ...(closed ? {} : { reason: CHANGE_REASON_TEXTS[reason as ChangeReason], reply_by: answerBy.toISOString() }),
      },
    });
  }
  const hoursLeft = (before.startAt.getTime() - unit.now.getTime()) / 3_600_000;
  return {
    interview,
    message: tells ? 'interview_cancelled' : null,
    phoneToo: tells && hoursLeft < unit.settings.callWhenCancelledWithinHours,
  };
}

/** Marks an appointment as called off and takes it out of the calendars; says nothing to the candidate. */
export async function callOff(unit: Unit, before: InterviewRecord): Promise<InterviewRecord> {
  const interview = await unit.change('interviews', before, { state: 'cancelled', version: before.version + 1 });
  unit.audit(`application:${before.applicationId}`, 'interview_cancelled', ['interview']);
  keepCalendar(unit, 'calendar_delete', interview);
  return interview;
}
