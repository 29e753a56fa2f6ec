/**
 * Hong Kong's calendar and clock. The zone is UTC+8 and has had no summer time since 1979, so plain arithmetic is exact
 * for every moment the product meets and does not depend on the machine's own zone.
 */

/** A day of the Hong Kong calendar, `YYYY-MM-DD`. Sorts and compares as text. */
export type LocalDate = string;

/** A time of day, `HH:mm` on the 24-hour clock. */
export type LocalTime = string;

/** A moment as the wall in Hong Kong shows it. */
export interface HongKongParts {
  year: number;
  /** 1 to 12. */
  month: number;
  /** 1 to 31. */
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 0 Sunday to 6 Saturday. */
  weekday: number;
}

const OFFSET_MS = 8 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

const two = (value: number): string => String(value).padStart(2, '0');

/** What calendar and clock show in Hong Kong at a moment. */
export function hongKongParts(moment: Date): HongKongParts {
  const shifted = new Date(moment.getTime() + OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay(),
  };
}

/** The Hong Kong day a moment falls on. */
export function hongKongDate(moment: Date): LocalDate {
  const { year, month, day } = hongKongParts(moment);
  return localDate(year, month, day);
}

/** The Hong Kong time of day of a moment, without seconds. */
export function hongKongTime(moment: Date): LocalTime {
  const { hour, minute } = hongKongParts(moment);
  return `${two(hour)}:${two(minute)}`;
}

/** Puts a day together; overflowing days and months roll over as in a calendar. */
export function localDate(year: number, month: number, day: number): LocalDate {
  const at = new Date(Date.UTC(year, month - 1, day));
  return `${String(at.getUTCFullYear()).padStart(4, '0')}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
}

/** True for a day that exists, written `YYYY-MM-DD`. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/**
 * The moment of a time of day on a Hong Kong day.
 * @throws RangeError when either does not exist.
 */
export function momentAt(date: LocalDate, time: LocalTime = '00:00'): Date {
  const at = new Date(`${date}T${time}:00+08:00`);
  if (!isLocalDate(date) || Number.isNaN(at.getTime())) throw new RangeError(`no such moment: ${date} ${time}`);
  return at;
}

/** The day `days` later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day of the month `months` later; the month's last day where it is shorter. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = localDate(year, month + months, 1);
  const [y = 0, m = 1] = first.split('-').map(Number);
  const lastDay = new Date(Date.UTC(y, m, 0)).getUTCDate();
  return localDate(y, m, Math.min(day, lastDay));
}

/** Calendar days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** 0 Sunday to 6 Saturday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** Minutes since midnight of `HH:mm`. */
export function minutesOfDay(time: LocalTime): number {
  const match = /^(\d{1,2}):(\d{2})$/.exec(time);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  if (!(minutes >= 0 && minutes <= 24 * 60)) throw new RangeError(`no such time of day: ${time}`);
  return minutes;
}
