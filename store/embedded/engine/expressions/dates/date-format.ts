import { MongoError } from '../../mongo-error.ts';
import {
  civilFromDays,
  DAY_MS,
  dayOf,
  dayOfYear,
  HOUR_MS,
  isoDayOfWeek,
  isoWeekOf,
  MINUTE_MS,
  SECOND_MS,
  sundayWeekOf,
} from './calendar.ts';
import { type TimeZone, toLocal } from './time-zone.ts';

const PRINTED = 'dGHjLmMSwuUVYzZ%';
const READ = 'dGHLmMSuVYzZ%';

/** Checks a format text of `$dateToString` or `$dateFromString`. Errors 18535 and 18536. */
export function checkDateFormat(format: string, use: 'print' | 'read'): void {
  const known = use === 'print' ? PRINTED : READ;
  for (let i = 0; i < format.length; i += 1) {
    if (format[i] !== '%') continue;
    i += 1;
    const letter = format[i];
    if (letter === undefined) throw new MongoError(18535, "Unmatched '%' at end of format string");
    if (!known.includes(letter)) {
      throw new MongoError(18536, `Invalid format character '%${letter}' in format string`);
    }
  }
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function yearText(year: number): string {
  if (year < 0 || year > 9999) {
    throw new MongoError(
      18537,
      `Could not convert date to string: date component was outside the supported range of 0-9999: ${year}`,
    );
  }
  return digits(year, 4);
}

/** Prints a moment by a checked format. */
export function printDate(utcMs: number, zone: TimeZone, format: string): string {
  const local = toLocal(utcMs, zone);
  const days = dayOf(local);
  const time = local - days * DAY_MS;
  const civil = civilFromDays(days);
  const offsetMinutes = Math.trunc(zone.offsetAt(utcMs) / MINUTE_MS);
  const print: Record<string, () => string> = {
    '%': () => '%',
    d: () => digits(civil.day, 2),
    G: () => yearText(isoWeekOf(days).year),
    H: () => digits(Math.floor(time / HOUR_MS), 2),
    j: () => digits(dayOfYear(days), 3),
    L: () => digits(time % SECOND_MS, 3),
    m: () => digits(civil.month, 2),
    M: () => digits(Math.floor(time / MINUTE_MS) % 60, 2),
    S: () => digits(Math.floor(time / SECOND_MS) % 60, 2),
    u: () => String(isoDayOfWeek(days)),
    U: () => digits(sundayWeekOf(days), 2),
    V: () => digits(isoWeekOf(days).week, 2),
    w: () => String((isoDayOfWeek(days) % 7) + 1),
    Y: () => yearText(civil.year),
    z: () => {
      const minutes = Math.abs(offsetMinutes);
      return `${offsetMinutes < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60), 2)}${digits(minutes % 60, 2)}`;
    },
    Z: () => String(offsetMinutes),
  };
  return format.replace(/%(.)/gs, (_, letter: string) => print[letter]?.() ?? '');
}
