import { holidayOn } from './holidays.ts';
import { addDays, hongKongDate, type LocalDate, type LocalTime, minutesOfDay, momentAt, weekdayOf } from './zone.ts';

/** When an office works on a working day. */
export interface OfficeHours {
  dayStart: LocalTime;
  dayEnd: LocalTime;
}

/** Monday to Friday, 9 to 6: what HR's and managers' deadlines are counted in. Lunch is not taken out. */
export const OFFICE_HOURS: OfficeHours = { dayStart: '09:00', dayEnd: '18:00' };

const MINUTE_MS = 60_000;

/** True for Monday to Friday without public holidays: an office working day. Takes a Hong Kong day or a moment on it. */
export function isWorkingDay(day: LocalDate | Date): boolean {
  const date = typeof day === 'string' ? day : hongKongDate(day);
  const weekday = weekdayOf(date);
  return weekday >= 1 && weekday <= 5 && !holidayOn(date);
}

/** True when the office is at work: a working day, from `dayStart` up to but not at `dayEnd`. */
export function isWorkingTime(moment: Date, hours: OfficeHours = OFFICE_HOURS): boolean {
  if (!isWorkingDay(moment)) return false;
  const { start, end } = spanOf(hongKongDate(moment), hours);
  return moment >= start && moment < end;
}

/** The moment itself when the office is at work, else the next opening. */
export function nextWorkingMoment(moment: Date, hours: OfficeHours = OFFICE_HOURS): Date {
  let date = hongKongDate(moment);
  if (isWorkingDay(date)) {
    const { start, end } = spanOf(date, hours);
    if (moment < start) return start;
    if (moment < end) return new Date(moment);
  }
  do date = addDays(date, 1);
  while (!isWorkingDay(date));
  return spanOf(date, hours).start;
}

/**
 * The moment after a number of office hours (fractions allowed) has passed. A span used up exactly at closing time
 * ends at closing time, not at the next morning's opening.
 * @throws RangeError for a negative number.
 */
export function addWorkingHours(moment: Date, workingHours: number, hours: OfficeHours = OFFICE_HOURS): Date {
  if (!(workingHours >= 0)) throw new RangeError(`not a length: ${workingHours} working hours`);
  let at = nextWorkingMoment(moment, hours);
  let leftMs = Math.round(workingHours * 60 * MINUTE_MS);
  for (;;) {
    const { end } = spanOf(hongKongDate(at), hours);
    const roomMs = end.getTime() - at.getTime();
    if (leftMs <= roomMs) return new Date(at.getTime() + leftMs);
    leftMs -= roomMs;
    at = nextWorkingMoment(end, hours);
  }
}

/** Office hours between two moments; 0 when `to` is not later. */
export function workingHoursBetween(from: Date, to: Date, hours: OfficeHours = OFFICE_HOURS): number {
  let sumMs = 0;
  for (let date = hongKongDate(from); date <= hongKongDate(to); date = addDays(date, 1)) {
    if (!isWorkingDay(date)) continue;
    const { start, end } = spanOf(date, hours);
    const begin = Math.max(start.getTime(), from.getTime());
    const finish = Math.min(end.getTime(), to.getTime());
    if (finish > begin) sumMs += finish - begin;
  }
  return sumMs / (60 * MINUTE_MS);
}

/** The `days`-th working day after a day (0 = the day itself when it works, else the next that does). */
export function addWorkingDays(date: LocalDate, days: number): LocalDate {
  if (days < 0) return workingDaysBefore(date, -days);
  let at = date;
  if (days === 0) {
    while (!isWorkingDay(at)) at = addDays(at, 1);
    return at;
  }
  for (let left = days; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkingDay(at)) left -= 1;
  }
  return at;
}

/** The `days`-th working day before a day (0 = the day itself when it works, else the last one that did). */
export function workingDaysBefore(date: LocalDate, days: number): LocalDate {
  let at = date;
  if (days <= 0) {
    while (!isWorkingDay(at)) at = addDays(at, -1);
    return at;
  }
  for (let left = days; left > 0; ) {
    at = addDays(at, -1);
    if (isWorkingDay(at)) left -= 1;
  }
  return at;
}

/** Working days after `from` up to and with `to`; 0 when `to` is not later. */
export function workingDaysBetween(from: LocalDate, to: LocalDate): number {
  let count = 0;
  for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (isWorkingDay(at)) count += 1;
  return count;
}

function spanOf(date: LocalDate, hours: OfficeHours): { start: Date; end: Date } {
  if (minutesOfDay(hours.dayEnd) <= minutesOfDay(hours.dayStart)) {
    throw new RangeError(`office hours end before they start: ${hours.dayStart}-${hours.dayEnd}`);
  }
  return { start: momentAt(date, hours.dayStart), end: momentAt(date, hours.dayEnd) };
}
