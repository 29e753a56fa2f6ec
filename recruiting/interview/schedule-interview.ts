import { RuleBroken } from '../../lib/errors.ts';
import type { InterviewKind, InterviewRecord } from '../../models/interview.model.ts';
import { type ApplicationScope, applicationScope, requireOpenVacancy } from '../application/application-scope.ts';
import { moveStage } from '../application/move-stage.ts';
import { STAGE_RULES } from '../application/stage.ts';
import { closeOpenDecisions, refuseAfterRejection } from '../decision/close-decisions.ts';
import type { Unit } from '../unit/unit.ts';
import { type BusyStretch, type Conflict, findConflicts } from './find-conflicts.ts';
import { keepCalendar, remindCandidate, tellCandidate } from './interview-effects.ts';
import { invitationReplyBy } from './interview-times.ts';

/** What HR says about an appointment; what is left out follows from the vacancy. */
export interface AppointmentWish {
  startAt: Date;
  minutes?: number | undefined;
  kind?: InterviewKind | undefined;
  /** Where, when people meet; the vacancy's branch when left out. */
  branchId?: string | undefined;
  /** The hiring manager when left out. */
  interviewerIds?: readonly string[] | undefined;
  /** The interviewers' busy times, asked before the unit. */
  busy?: readonly BusyStretch[];
  /** True when somebody has seen the conflicts and wants the time all the same. */
  despiteConflicts?: boolean;
}

export type ScheduleOutcome =
  | { outcome: 'scheduled'; interview: InterviewRecord; conflicts: Conflict[]; replyBy: Date }
  | { outcome: 'conflict'; conflicts: Conflict[] };

/**
 * Makes an appointment: the candidate is invited and reminded, the interviewers get it in their calendars. With a
 * conflict nothing happens unless it was accepted.
 * @throws RuleBroken `interview_in_past`, `interview_exists`, `kind_not_allowed`, `staff_unknown`, `branch_unknown`,
 * `rejected_by_manager`, `vacancy_not_open` and the obstacles of `stage.ts`
 */
export async function scheduleInterview(
  unit: Unit,
  input: AppointmentWish & { applicationId: string; organizerId: string },
): Promise<ScheduleOutcome> {
  const scope = await applicationScope(unit, input.applicationId);
  const { application, candidate, requisition } = scope;
  requireOpenVacancy(scope);
  await refuseSecondAppointment(unit, scope);
  await refuseAfterRejection(unit, application);
  const plan = await checkWish(unit, scope, {
    startAt: input.startAt,
    minutes: input.minutes ?? unit.settings.interviewMinutes,
    kind: input.kind ?? 'in_person',
    branchId: input.branchId ?? requisition.branchId,
    interviewerIds: [...new Set(input.interviewerIds?.length ? input.interviewerIds : [requisition.hiringManagerId])],
  });
  const conflicts = await findConflicts(unit, { ...plan, candidateId: candidate._id }, input.busy ?? []);
  if (conflicts.length > 0 && !input.despiteConflicts) return { outcome: 'conflict', conflicts };

  // Already in stage `interview` with nothing ahead: the last appointment was called off or has passed unmarked.
  if (application.stage === 'interview') await unit.change('applications', application, { promise: null });
  else await moveStage(unit, scope, 'interview', null, { promise: null });
  await closeOpenDecisions(unit, application._id, 'interview_scheduled');
  const earlier = await unit.list('interviews', { applicationId: application._id, state: 'done' });
  const interview = await unit.insert('interviews', {
    _id: unit.newId('int'),
    applicationId: application._id,
    candidateId: candidate._id,
    round: Math.max(0, ...earlier.map(({ round }) => round)) + 1,
    version: 1,
    state: 'scheduled',
    ...plan,
    organizerId: input.organizerId,
    calendarEntryId: null,
    candidateReply: null,
    candidateReplyAt: null,
    createdAt: unit.now,
    createdBy: unit.by,
  });
  unit.audit(`application:${application._id}`, 'interview_scheduled', ['interview']);
  const replyBy = invitationReplyBy(interview.startAt, unit.now, unit.settings);
  tellCandidate(unit, interview, 'interview_invitation', { extra: { reply_by: replyBy.toISOString() } });
  remindCandidate(unit, interview);
  keepCalendar(unit, 'calendar_create', interview);
  return { outcome: 'scheduled', interview, conflicts, replyBy };
}

/** The facts of an appointment, complete. */
export type Appointment = Pick<InterviewRecord, 'startAt' | 'minutes' | 'kind' | 'branchId' | 'interviewerIds'>;

/** Checks time, kind, place and people of an appointment. @returns it with the place only where people meet */
export async function checkWish(unit: Unit, scope: ApplicationScope, wish: Appointment): Promise<Appointment> {
  const { requisition, candidate } = scope;
  if (wish.startAt <= unit.now) throw new RuleBroken('interview_in_past', { name: candidate.name.display });
  if (!STAGE_RULES[requisition.stageTemplate].interviewKinds.includes(wish.kind)) {
    throw new RuleBroken('kind_not_allowed', { kind: wish.kind, job: requisition.jobTitle });
  }
  for (const staffId of wish.interviewerIds) {
    const person = await unit.get('staff', staffId);
    if (!person?.active) throw new RuleBroken('staff_unknown', { id: staffId });
  }
  const meets = wish.kind === 'in_person' || wish.kind === 'trial';
  if (meets && !(wish.branchId && (await unit.get('branches', wish.branchId)))) {
    throw new RuleBroken('branch_unknown', { id: wish.branchId ?? '' });
  }
  return { ...wish, branchId: meets ? wish.branchId : null };
}

async function refuseSecondAppointment(unit: Unit, { application, candidate }: ApplicationScope): Promise<void> {
  const ahead = await unit.one('interviews', { applicationId: application._id, state: 'scheduled' });
  if (!ahead) return;
  throw new RuleBroken('interview_exists', {
    name: candidate.name.display,
    ref: application.ref,
    at: ahead.startAt.toISOString(),
  });
}
