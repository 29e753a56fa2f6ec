import { addDays, hongKongDate } from '../../hongkong/zone.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import { parseInterviewOccasion } from './interview-occasion.ts';

/** What the rule looks at; the records as they are at the moment of sending. */
export interface InterviewMessageQuestion {
  template: string;
  occasion: string;
  facts: { interview: InterviewRecord | null; application: ApplicationRecord | null };
  now: Date;
}

/** Messages about an appointment that lies ahead. */
const AHEAD: readonly string[] = [
  'interview_invitation',
  'interview_confirmed',
  'rescheduled',
  'reminder_day_before',
  'reminder_2h',
  'late_reply',
];

/**
 * Whether a message about an interview still says something true: not when the appointment was moved since (its version
 * is another), called off, held or begun. @returns null when it is true, else why it is dropped
 */
export function interviewMessageIsTrue({ template, occasion, facts, now }: InterviewMessageQuestion): string | null {
  const { interview } = facts;
  if (!interview) return 'the interview is gone';
  const version = parseInterviewOccasion(occasion)?.version;
  if (version !== undefined && version !== interview.version) return 'the appointment has changed since';
  if (AHEAD.includes(template)) return whyNotAhead(template, interview, now);
  switch (template) {
    case 'interview_cancelled':
      if (interview.state !== 'cancelled') return `the interview is ${interview.state}`;
      return interview.startAt <= now ? 'the cancelled time has passed' : null;
    case 'no_show_followup':
      if (interview.state !== 'no_show') return `the interview is ${interview.state}`;
      return facts.application?.stage === 'no_show' ? null : 'the application has gone on';
    case 'thank_you_after_interview':
      if (interview.state !== 'done') return `the interview is ${interview.state}`;
      // It promises a result; who has one already, or the next interview, is not promised it again.
      return facts.application?.stage === 'interviewed' ? null : 'the application has gone on';
    default:
      return null;
  }
}

function whyNotAhead(template: string, interview: InterviewRecord, now: Date): string | null {
  if (interview.state !== 'scheduled') return `the interview is ${interview.state}`;
  // Somebody who says that they are late may do so while the interview has begun.
  if (template !== 'late_reply' && interview.startAt <= now) return 'the interview has begun';
  if (template === 'interview_confirmed' && interview.candidateReply !== 'attend') return 'no longer confirmed';
  if (template === 'reminder_day_before') {
    const day = hongKongDate(interview.startAt);
    const today = hongKongDate(now);
    if (today < addDays(day, -1)) return 'the interview is not tomorrow';
  }
  return null;
}
