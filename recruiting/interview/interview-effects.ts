import type { InterviewRecord } from '../../models/interview.model.ts';
import type { CandidateMessageEffect } from '../message/effect.ts';
import type { Unit } from '../unit/unit.ts';
import { interviewOccasion } from './interview-occasion.ts';
import { dayBeforeReminderAt, shortReminderAt } from './interview-times.ts';

/** Puts a message to the candidate about an appointment into the outbox. */
export function tellCandidate(
  unit: Unit,
  interview: InterviewRecord,
  template: string,
  more: Pick<CandidateMessageEffect, 'extra' | 'dueAt' | 'atOnce' | 'via'> & { occasionEnd?: string } = {},
): void {
  const { occasionEnd, ...effect } = more;
  unit.effect({
    kind: 'candidate_message',
    candidateId: interview.candidateId,
    applicationId: interview.applicationId,
    interviewId: interview._id,
    template,
    occasion: interviewOccasion(interview) + (occasionEnd ? `:${occasionEnd}` : ''),
    ...effect,
  });
}

/** The two reminders of an appointment, as far as their time lies ahead. Those of earlier versions fall away when due. */
export function remindCandidate(unit: Unit, interview: InterviewRecord): void {
  const dayBefore = dayBeforeReminderAt(interview.startAt, unit.now, unit.settings);
  if (dayBefore) tellCandidate(unit, interview, 'reminder_day_before', { dueAt: dayBefore });
  const short = shortReminderAt(interview.startAt, unit.now, unit.settings);
  if (short) tellCandidate(unit, interview, 'reminder_2h', { dueAt: short });
}

/** Brings the interviewers' calendar in line with the appointment. */
export function keepCalendar(
  unit: Unit,
  kind: 'calendar_create' | 'calendar_change' | 'calendar_delete',
  interview: InterviewRecord,
): void {
  unit.effect({
    kind,
    interviewId: interview._id,
    applicationId: interview.applicationId,
    occasion: interviewOccasion(interview),
  });
}
