import { addDays, daysBetween, type LocalDate, localDate, weekdayOf } from '../../../hongkong/zone.ts';

/** Arithmetic on days that the rules share. Weeks start on Monday. */

export function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

export function monthOf(date: LocalDate): number {
  return Number(date.slice(5, 7));
}

export function dayOf(date: LocalDate): number {
  return Number(date.slice(8, 10));
}

export function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, -((weekdayOf(date) + 6) % 7));
}

/** A weekday of the week that begins `weeks` after this Monday. */
export function inWeek(monday: LocalDate, weekday: number, weeks: number): LocalDate {
  return addDays(monday, weeks * 7 + ((weekday + 6) % 7));
}

/** The next such weekday after a day. */
export function nextWeekday(day: LocalDate, weekday: number): LocalDate {
  return addDays(day, ((weekday - weekdayOf(day) + 6) % 7) + 1);
}

/** The last such weekday before a day. */
export function lastWeekday(day: LocalDate, weekday: number): LocalDate {
  return addDays(day, -(((weekdayOf(day) - weekday + 6) % 7) + 1));
}

/** A day that exists; undefined otherwise (31/11). */
export function existingDay(year: number, month: number, day: number): LocalDate | undefined {
  if (!(year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return undefined;
  const date = localDate(year, month, day);
  return dayOf(date) === day ? date : undefined;
}

export function lastDayOfMonth(year: number, month: number): LocalDate {
  return addDays(localDate(year, month + 1, 1), -1);
}

/** `YYYY-MM`; months roll over. */
export function monthText(year: number, month: number): string {
  return localDate(year, month, 1).slice(0, 7);
}

/**
 * Day and month without a year: this year while it is still ahead (or today), else the next; told as past, the last one.
 */
export function dayInSomeYear(today: LocalDate, month: number, day: number, past: boolean): LocalDate | undefined {
  const year = yearOf(today);
  const step = past ? -1 : 1;
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const date = existingDay(year + ahead * step, month, day);
    if (date && (past ? date <= today : date >= today)) return date;
    if (ahead >= 1 && !(month === 2 && day === 29)) return undefined;
  }
  return undefined;
}

/** A day of the month without a month: this month while still ahead (or today), else the next month that has it. */
export function dayInSomeMonth(today: LocalDate, day: number, past: boolean): LocalDate | undefined {
  for (let step = 0; step <= 2; step += 1) {
    const first = localDate(yearOf(today), monthOf(today) + (past ? -step : step), 1);
    const date = existingDay(yearOf(first), monthOf(first), day);
    if (date && (past ? date <= today : date >= today)) return date;
  }
  return undefined;
}

/** Days from first to last, both counted. */
export function countDays(from: LocalDate, to: LocalDate): number {
  return daysBetween(from, to) + 1;
}
