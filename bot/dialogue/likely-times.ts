import { addDays, hongKongDate, isLocalDate, momentAt, weekdayOf } from '../../hongkong/zone.ts';
import type { QuickReply } from '../replies/reply.ts';
import { staffDate, staffTime } from '../replies/staff-dates.ts';
import type { Piece } from '../understand/frame.ts';

/** Days offered: the next ones on which offices and shops interview. */
const DAYS = 3;
/** Hours of the day at which interviews usually begin. */
const CLOCKS = ['10:30', '11:30', '14:30', '15:30', '16:30'];
const SUNDAY = 0;

/** Days or, once the day is known, times of day that may be tapped when an appointment's time is asked; any other can be typed. */
export function likelyTimes(half: Piece | undefined, now: Date): QuickReply[] {
  const known = half && 'typed' in half ? half.typed : '';
  if (isLocalDate(known)) {
    return CLOCKS.map((clock) => ({ clock, moment: momentAt(known, clock) }))
      .filter(({ moment }) => moment > now)
      .map(({ clock, moment }) => ({ label: (lang) => staffTime(moment, lang), sends: clock }));
  }
  const days: string[] = [];
  for (let day = addDays(hongKongDate(now), 1); days.length < DAYS; day = addDays(day, 1)) {
    if (weekdayOf(day) !== SUNDAY) days.push(day);
  }
  return days.map((day) => ({ label: (lang) => staffDate(momentAt(day), lang), sends: day }));
}
