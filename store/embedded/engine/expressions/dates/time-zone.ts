import { bsonTypeOf } from '../../bson-types.ts';
import { MongoError } from '../../mongo-error.ts';
import type { Value } from '../scope.ts';
import { DAY_MS, MINUTE_MS } from './calendar.ts';

/** A time zone: a fixed offset, or one of the IANA database. */
export interface TimeZone {
  /** What a wall clock there is ahead of UTC at a moment, in milliseconds. */
  offsetAt(utcMs: number): number;
}

const fixed = (offsetMs: number): TimeZone => ({ offsetAt: () => offsetMs });

export const UTC: TimeZone = fixed(0);

/** MongoDB 6.0.5's tables of clock changes end here; the rule it follows afterwards takes repeated hours the other way. */
const END_OF_TABLES = Date.UTC(2037, 10, 1);

/** A zone of the IANA database by the engine's own tables; offsets are kept per day, since asking is slow. */
class NamedZone implements TimeZone {
  readonly #format: Intl.DateTimeFormat;
  readonly #byDay = new Map<number, number>();

  constructor(id: string) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: id,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  offsetAt(utcMs: number): number {
    const day = Math.floor(utcMs / DAY_MS);
    const start = this.#atDayStart(day);
    // A change within the day: only then the exact moment has to be asked for.
    return start === this.#atDayStart(day + 1) ? start : this.#ask(utcMs);
  }

  #atDayStart(day: number): number {
    let offset = this.#byDay.get(day);
    if (offset === undefined) {
      offset = this.#ask(day * DAY_MS);
      if (this.#byDay.size > 20_000) this.#byDay.clear();
      this.#byDay.set(day, offset);
    }
    return offset;
  }

  #ask(utcMs: number): number {
    const whole = Math.floor(utcMs / 1000) * 1000;
    const parts: Record<string, string> = {};
    for (const { type, value } of this.#format.formatToParts(whole)) parts[type] = value;
    const year = parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year']);
    const local = new Date(0);
    local.setUTCFullYear(year, Number(parts['month']) - 1, Number(parts['day']));
    local.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']));
    return local.getTime() - whole;
  }
}

const zones = new Map<string, TimeZone>([
  ['UTC', UTC],
  ['GMT', UTC],
]);

const OFFSET = /^([+-])(\d\d)(?::?(\d\d))?$/;

/** Small words inside names of zones; every other part begins with a capital letter. */
const SMALL_PARTS = new Set(['of', 'es', 'au']);

function hasCanonicalCase(id: string): boolean {
  return (
    id.split(/[/_-]/).every((part) => SMALL_PARTS.has(part) || /^[A-Z0-9]/.test(part) || part === '') &&
    !/^[A-Z]{4,}$/.test(id)
  );
}

/** The zone of an identifier such as `Asia/Hong_Kong`, `+08:00` or `UTC`. Error 40485 for unknown ones. */
export function timeZoneOf(id: string): TimeZone {
  const known = zones.get(id);
  if (known) return known;
  const zone = makeZone(id);
  if (!zone) throw new MongoError(40485, `unrecognized time zone identifier: "${id}"`);
  if (zones.size > 1000) zones.clear();
  zones.set(id, zone);
  return zone;
}

function makeZone(id: string): TimeZone | undefined {
  const offset = OFFSET.exec(id);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return fixed((offset[1] === '-' ? -minutes : minutes) * MINUTE_MS);
  }
  if (!/^[A-Za-z]/.test(id) || !hasCanonicalCase(id)) return undefined;
  try {
    return new NamedZone(id);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The zone an operator was given: UTC when it was given none, undefined for null and missing. */
export function zoneFrom(value: Value, refuse?: (value: Value) => MongoError): TimeZone | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'string') {
    throw refuse?.(value) ?? new MongoError(40517, `timezone must evaluate to a string, found ${bsonTypeOf(value)}`);
  }
  return timeZoneOf(value);
}

/** The wall clock of a zone at a moment. */
export function toLocal(utcMs: number, zone: TimeZone): number {
  return utcMs + zone.offsetAt(utcMs);
}

/**
 * The moment at which a wall clock shows a time. A time that is skipped counts by the offset before the change, one that
 * occurs twice by the offset after it.
 */
export function fromLocal(localMs: number, zone: TimeZone): number {
  const before = zone.offsetAt(localMs - DAY_MS);
  const after = zone.offsetAt(localMs + DAY_MS);
  if (before === after) return localMs - before;
  const early = localMs - before;
  const late = localMs - after;
  if (zone.offsetAt(late) !== after) return early;
  return localMs >= END_OF_TABLES && zone.offsetAt(early) === before ? early : late;
}
