import type { InterviewRecord } from '../../models/interview.model.ts';
import type { Unit } from '../unit/unit.ts';
import { keepCalendar, remindCandidate, tellCandidate } from './interview-effects.ts';
import { invitationReplyBy } from './interview-times.ts';
import { toldAppointment } from './told-appointment.ts';

/**
 * Sets an appointment right after an act was taken back that had made, moved or ended it. The record is as before the act
 * (or gone, when the act had made it); calendar and reminders are brought in line with it under a new version.
 * @param undone the record as it was while the act stood
 */
export async function restoreInterview(unit: Unit, undone: InterviewRecord): Promise<void> {
  const restored = await unit.get('interviews', undone._id);
  const version = Math.max(undone.version, restored?.version ?? 0) + 1;
  if (!restored) {
    // Kept as called off, so that an entry that is in the calendars already can be taken out again.
    const gone = await unit.insert('interviews', { ...undone, state: 'cancelled', version });
    keepCalendar(unit, 'calendar_delete', gone);
    return;
  }
  const { calendarEntryId } = undone;
  if (restored.state !== 'scheduled') {
    await unit.change('interviews', restored, { calendarEntryId, version: restored.version });
    return;
  }
  const told = await toldAppointment(unit, restored);
  const interview = await unit.change('interviews', restored, { calendarEntryId, version });
  if (told === null) {
    const replyBy = invitationReplyBy(interview.startAt, unit.now, unit.settings);
    tellCandidate(unit, interview, 'interview_invitation', { extra: { reply_by: replyBy.toISOString() } });
  }
  remindCandidate(unit, interview);
  keepCalendar(unit, 'calendar_change', interview);
}
