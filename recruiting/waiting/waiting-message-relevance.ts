import { addDays, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { MessageFacts } from '../message/message-facts.ts';

/** Messages of the waiting period, which must not reach somebody who is no longer waiting. */
const WAITING_TEMPLATES = new Set([
  'passed_welcome_pack',
  'prep_tips_day3',
  'employee_story_friday',
  'training_notice',
  'training_changed',
  'training_unread_reminder',
  'first_day_reminder',
  'silence_checkin',
  'waiting_progress',
]);
/** What keeps warm without being asked for. */
const NUDGES = new Set(['prep_tips_day3', 'employee_story_friday', 'silence_checkin', 'waiting_progress']);
const TRAINING_TEMPLATES = new Set(['training_notice', 'training_changed', 'training_unread_reminder']);

/**
 * Whether a message of the waiting period still says something true at the moment of sending.
 * @returns null when it does, else why it is dropped
 */
export function waitingMessageIsTrue(question: {
  template: string;
  occasion: string;
  facts: MessageFacts;
  now: Date;
}): string | null {
  const { template, occasion, facts, now } = question;
  if (!WAITING_TEMPLATES.has(template)) return null;
  const { plan, intake } = facts;
  if (plan?.state !== 'active') return 'the waiting period is over';
  if (NUDGES.has(template) && plan.withPersonSince) return 'a person deals with what they wrote';
  if (TRAINING_TEMPLATES.has(template)) {
    if (intake?.state !== 'fixed' || !intake.firstDayAt) return 'the training has no fixed date any more';
    const named = /:v(\d+)(?::|$)/.exec(occasion)?.[1];
    if (named && Number(named) !== intake.version) return 'the training was changed after this was written';
    if (intake.firstDayAt <= now) return 'the training has begun';
  }
  if (template === 'training_unread_reminder' && plan.trainingReply !== null) return 'the notice was answered';
  if (template === 'first_day_reminder') {
    if (!plan.firstDayAt || plan.firstDayAt <= now) return 'day 1 has begun or is not known';
    if (!occasion.endsWith(hongKongDate(plan.firstDayAt))) {
      return 'day 1 was moved';
    }
  }
  if (template === 'silence_checkin' && plan.lastActivityAt > writtenFor(occasion)) return 'the person has shown life';
  return null;
}

/** The end of the day from which a silence step counts: `…silent:2026-11-23:checkin`. */
function writtenFor(occasion: string): Date {
  const day = /silent:(\d{4}-\d{2}-\d{2})/.exec(occasion)?.[1];
  return day ? momentAt(addDays(day, 1)) : new Date(8.64e15);
}
