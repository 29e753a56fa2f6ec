import {
  civilFromDays,
  DAY_MS,
  dayOf,
  daysFromCivil,
  daysInMonth,
  HOUR_MS,
  isoDayOfWeek,
  MINUTE_MS,
  SECOND_MS,
} from './calendar.ts';
import { fromLocal, type TimeZone, toLocal } from './time-zone.ts';

const UNITS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;

/** A unit of time of `$dateAdd`, `$dateDiff` and `$dateTrunc`. */
export type TimeUnit = (typeof UNITS)[number];

/** True for the name of a unit, in lower case and singular. */
export function isTimeUnit(text: string): text is TimeUnit {
  return (UNITS as readonly string[]).includes(text);
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** 1 (Monday) to 7 (Sunday) of a name or its first three letters, in any case. */
export function weekdayNumber(text: string): number | undefined {
  const name = text.toLowerCase();
  const at = WEEKDAYS.findIndex((day) => day === name || day.slice(0, 3) === name);
  return at < 0 ? undefined : at + 1;
}

const FIXED_MS: Partial<Record<TimeUnit, number>> = {
  hour: HOUR_MS,
  minute: MINUTE_MS,
  second: SECOND_MS,
  millisecond: 1,
};

const MONTHS: Partial<Record<TimeUnit, number>> = { year: 12, quarter: 3, month: 1 };

/** Moves a moment. Days and longer units keep the wall clock of the zone; the day is cut to the length of the month. */
export function addUnits(moment: number, unit: TimeUnit, amount: number, zone: TimeZone): number {
  // MongoDB 6.0.5 loses a second of moments before 1970 that are not on a whole second, unless it adds milliseconds.
  const utcMs = unit !== 'millisecond' && moment < 0 && moment % SECOND_MS !== 0 ? moment - SECOND_MS : moment;
  const fixed = FIXED_MS[unit];
  if (fixed !== undefined) return utcMs + amount * fixed;
  const local = toLocal(utcMs, zone);
  const days = dayOf(local);
  const time = local - days * DAY_MS;
  const months = MONTHS[unit];
  if (months === undefined) return fromLocal((days + amount * (unit === 'week' ? 7 : 1)) * DAY_MS + time, zone);
  const { year, month, day } = civilFromDays(days);
  const total = year * 12 + month - 1 + amount * months;
  const newYear = Math.floor(total / 12);
  const newMonth = total - newYear * 12 + 1;
  const newDay = Math.min(day, daysInMonth(newYear, newMonth));
  return fromLocal(daysFromCivil(newYear, newMonth, newDay) * DAY_MS + time, zone);
}

/** How many boundaries of a unit lie between two moments; weeks begin on `weekday` (1 Monday to 7 Sunday). */
export function unitsBetween(from: number, to: number, unit: TimeUnit, zone: TimeZone, weekday: number): number {
  const start = toLocal(from, zone);
  const end = toLocal(to, zone);
  switch (unit) {
    case 'millisecond':
      return to - from;
    case 'second':
      return Math.floor(to / SECOND_MS) - Math.floor(from / SECOND_MS);
    case 'minute':
    case 'hour': {
      // Boundaries of the wall clock, but hours that are repeated or skipped count as they pass.
      const ms = unit === 'hour' ? HOUR_MS : MINUTE_MS;
      return Math.floor(end / ms) - Math.floor(start / ms) + Math.trunc((start - from - (end - to)) / ms);
    }
    case 'day':
      return dayOf(end) - dayOf(start);
    case 'week':
      return weekIndex(dayOf(end), weekday) - weekIndex(dayOf(start), weekday);
    default: {
      const per = MONTHS[unit] ?? 1;
      return Math.floor(monthIndex(dayOf(end)) / per) - Math.floor(monthIndex(dayOf(start)) / per);
    }
  }
}

function weekIndex(days: number, weekday: number): number {
  return Math.floor((days - ((((isoDayOfWeek(days) - weekday) % 7) + 7) % 7)) / 7);
}

function monthIndex(days: number): number {
  const { year, month } = civilFromDays(days);
  return year * 12 + month - 1;
}

const REFERENCE_DAY = daysFromCivil(2000, 1, 1);

function floorTo(value: number, size: number): number {
  return Math.floor(value / size) * size;
}

/** The start of the bin of `size` units a moment lies in; bins are counted from 2000-01-01 of the zone. */
export function truncateDate(utcMs: number, unit: TimeUnit, size: number, zone: TimeZone, weekday: number): number {
  const fixed = FIXED_MS[unit];
  if (fixed !== undefined) {
    const reference = fromLocal(REFERENCE_DAY * DAY_MS, zone);
    return reference + floorTo(utcMs - reference, size * fixed);
  }
  const days = dayOf(toLocal(utcMs, zone));
  if (unit === 'day') return fromLocal((REFERENCE_DAY + floorTo(days - REFERENCE_DAY, size)) * DAY_MS, zone);
  if (unit === 'week') {
    // The first such weekday on or after the reference day begins the first bin.
    const first = REFERENCE_DAY + ((((weekday - isoDayOfWeek(REFERENCE_DAY)) % 7) + 7) % 7);
    return fromLocal((first + floorTo(days - first, size * 7)) * DAY_MS, zone);
  }
  const months = floorTo(monthIndex(days) - 2000 * 12, size * (MONTHS[unit] ?? 1)) + 2000 * 12;
  const year = Math.floor(months / 12);
  return fromLocal(daysFromCivil(year, months - year * 12 + 1, 1) * DAY_MS, zone);
}
