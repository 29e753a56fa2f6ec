import { addDays, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import type { Settings } from '../settings.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** When an interview is over. */
export function interviewEnd({ startAt, minutes }: Pick<InterviewRecord, 'startAt' | 'minutes'>): Date {
  return new Date(startAt.getTime() + minutes * MINUTE_MS);
}

/** True when two stretches of time share a moment; one that begins as the other ends does not. */
export function overlaps(a: { startAt: Date; endAt: Date }, b: { startAt: Date; endAt: Date }): boolean {
  return a.startAt < b.endAt && b.startAt < a.endAt;
}

/** When the reminder of the day before goes out; null when that moment has passed. Weekends too. */
export function dayBeforeReminderAt(startAt: Date, now: Date, settings: Settings): Date | null {
  const at = momentAt(addDays(hongKongDate(startAt), -1), settings.dayBeforeReminderAt);
  return at > now ? at : null;
}

/**
 * When the reminder of the same day goes out: two hours before, never before 07:30; null when that has passed or when
 * the interview begins no later than that.
 */
export function shortReminderAt(startAt: Date, now: Date, settings: Settings): Date | null {
  const wished = new Date(startAt.getTime() - settings.shortReminderHours * HOUR_MS);
  const earliest = momentAt(hongKongDate(startAt), settings.earlyReminderStart);
  const at = wished < earliest ? earliest : wished;
  return at > now && at < startAt ? at : null;
}

/**
 * Until when a candidate is asked to answer an invitation: some calendar days, at the end of the office day, but four hours
 * before the interview at the latest; where that leaves less than half of the time, half of it.
 */
export function invitationReplyBy(startAt: Date, now: Date, settings: Settings): Date {
  const wished = momentAt(addDays(hongKongDate(now), settings.replyCalendarDays), settings.workdayEnd);
  const fourHoursBefore = new Date(startAt.getTime() - 4 * HOUR_MS);
  const half = new Date(now.getTime() + (startAt.getTime() - now.getTime()) / 2);
  const latest = fourHoursBefore > half ? fourHoursBefore : wholeMinutes(half);
  return wished < latest ? wished : latest;
}

/** The last calendar day on which a candidate is asked to answer. */
export function replyDay(now: Date, settings: Settings): Date {
  return momentAt(addDays(hongKongDate(now), settings.replyCalendarDays));
}

function wholeMinutes(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / MINUTE_MS) * MINUTE_MS);
}
