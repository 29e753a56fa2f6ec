import { dateTextWithoutYear, dayWord } from '../hongkong/date-texts.ts';
import { isWorkingDay, isWorkingTime } from '../hongkong/working-time.ts';
import { addDays, hongKongDate, momentAt } from '../hongkong/zone.ts';
import type { Settings } from '../recruiting/settings.ts';
import { say } from './words.ts';

/** A time a candidate may choose to be phoned at. */
export interface CallTime {
  /** `now` or `2026-11-24:am`. */
  value: string;
  label: string;
}

/** Half days that are offered, and when each is no longer worth offering. */
const HALVES = [
  { id: 'am', endsAt: '11:30' },
  { id: 'pm', endsAt: '17:30' },
] as const;
const OFFERED = 5;

/** The next times at which somebody in the office can phone; 「盡快」 first while the office is open. */
export function callTimes(now: Date, settings: Pick<Settings, 'workdayStart' | 'workdayEnd'>): CallTime[] {
  const times: CallTime[] = [];
  if (isWorkingTime(now, { dayStart: settings.workdayStart, dayEnd: settings.workdayEnd })) {
    times.push({ value: 'now', label: say('call.now') });
  }
  const today = hongKongDate(now);
  for (let ahead = 0; times.length < OFFERED && ahead < 14; ahead += 1) {
    const day = addDays(today, ahead);
    if (!isWorkingDay(day)) continue;
    for (const half of HALVES) {
      if (times.length >= OFFERED || momentAt(day, half.endsAt) <= now) continue;
      const at = momentAt(day);
      times.push({
        value: `${day}:${half.id}`,
        label: say(`call.${half.id}`, { day: dayWord(at, now) ?? dateTextWithoutYear(at) }),
      });
    }
  }
  return times;
}
