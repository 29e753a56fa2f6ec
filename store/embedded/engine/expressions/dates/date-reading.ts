import { MongoError } from '../../mongo-error.ts';
import { DAY_MS, daysFromCivil, daysFromIsoWeek, daysInMonth, HOUR_MS, MINUTE_MS, SECOND_MS } from './calendar.ts';
import { fromLocal, type TimeZone, UTC } from './time-zone.ts';

/** The text is no date: `$dateFromString` answers `onError`, if there is one. */
export class DateTextError extends MongoError {
  constructor(text: string, reason: string) {
    super(241, `Error parsing date string '${text}'; ${reason}`);
  }
}

const DATE = '(?<year>\\d{4})-(?<month>\\d{1,2})(?:-(?<day>\\d{1,2}))?';
const COMPACT = '(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})';
const SLASHED = '(?<year>\\d{4})/(?<month>\\d{1,2})/(?<day>\\d{1,2})';
const AMERICAN = '(?<month>\\d{1,2})/(?<day>\\d{1,2})/(?<year>\\d{4})';
const ISO_WEEK = '(?<isoYear>\\d{4})-?W(?<week>\\d{2})(?:-?(?<weekday>[0-7]))?';
const CLOCK = '(?<hour>\\d{1,2}):(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:\\.(?<fraction>\\d{1,9})?)?)?';
const COMPACT_CLOCK = '(?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})';
const ZONE = '\\s*(?<zone>[Zz]|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?';

const FORMS = [
  `${DATE}${ZONE}`,
  `${DATE}(?:[Tt]|\\s+)${CLOCK}${ZONE}`,
  `${DATE}[Tt](?<hour>\\d{2})\\s*(?<zone>[Zz])?`,
  `${DATE}[Tt]${COMPACT_CLOCK}${ZONE}`,
  `${COMPACT}(?:[Tt](?:${COMPACT_CLOCK}|${CLOCK.replaceAll('hour', 'hour2').replaceAll('minute', 'minute2').replaceAll('second', 'second2').replaceAll('fraction', 'fraction2')})${ZONE})?`,
  SLASHED,
  AMERICAN,
  ISO_WEEK,
].map((form) => new RegExp(`^\\s*${form}\\s*$`));

interface Fields {
  year?: number;
  month?: number;
  day?: number;
  isoYear?: number;
  week?: number;
  weekday?: number;
  hour?: number;
  minute?: number;
  second?: number;
  millisecond?: number;
  offsetMs?: number;
}

/**
 * Reads a date in one of the written forms of ISO 8601 and a few common others. A text without a digit is certainly no
 * date; one in a form not known here may be a date for MongoDB, so it is refused whatever `onError` says.
 */
export function readDate(text: string, zone: TimeZone | undefined): Date {
  for (const form of FORMS) {
    const groups = form.exec(text)?.groups;
    if (groups) return momentFrom(text, fieldsFrom(groups), zone);
  }
  if (!/\d/.test(text) || /^\s*(\d{1,5}|\d{1,2}:\d{2})\s*$/.test(text))
    throw new DateTextError(text, 'Unexpected character');
  throw new MongoError(241, `Error parsing date string '${text}'; this form of writing a date is not supported`);
}

function fieldsFrom(groups: Readonly<Record<string, string | undefined>>): Fields {
  const fields: Fields = {};
  const set = (name: keyof Fields, text: string | undefined) => {
    if (text !== undefined) fields[name] = Number(text);
  };
  set('year', groups['year']);
  set('month', groups['month']);
  if (groups['year'] !== undefined) set('day', groups['day'] ?? '1');
  set('isoYear', groups['isoYear']);
  set('week', groups['week']);
  set('weekday', groups['weekday']);
  set('hour', groups['hour'] ?? groups['hour2']);
  set('minute', groups['minute'] ?? groups['minute2']);
  set('second', groups['second'] ?? groups['second2']);
  const fraction = groups['fraction'] ?? groups['fraction2'];
  if (fraction !== undefined) fields.millisecond = Number(fraction.padEnd(3, '0').slice(0, 3));
  const zone = groups['zone'];
  if (zone !== undefined) fields.offsetMs = offsetOf(zone);
  return fields;
}

function offsetOf(text: string): number {
  const match = /^([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(text);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -minutes : minutes) * MINUTE_MS;
}

function momentFrom(text: string, fields: Fields, zone: TimeZone | undefined): Date {
  const days = daysOf(text, fields);
  const { hour = 0, minute = 0, second = 0, millisecond = 0 } = fields;
  if (hour > 23 || minute > 59 || second > 59) throw new DateTextError(text, 'The parsed time was invalid');
  const local = days * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + millisecond;
  if (fields.offsetMs === undefined) return new Date(fromLocal(local, zone ?? UTC));
  if (zone) {
    throw new DateTextError(
      text,
      'you cannot pass in a date/time string with time zone information together with a timezone argument',
    );
  }
  return new Date(local - fields.offsetMs);
}

function daysOf(text: string, fields: Fields): number {
  const { year, month, day, isoYear, week, weekday } = fields;
  const isIso = isoYear !== undefined || week !== undefined || weekday !== undefined;
  if (isIso && (year !== undefined || month !== undefined || day !== undefined)) {
    throw new DateTextError(text, 'Mixing of ISO dates with natural dates is not allowed');
  }
  if (isIso && isoYear !== undefined) {
    const ofWeek = week ?? 1;
    const ofDay = weekday ?? 1;
    if (ofWeek < 1 || ofWeek > 53 || ofDay > 7) throw new DateTextError(text, 'The parsed date was invalid');
    return daysFromIsoWeek(isoYear, ofWeek, ofDay);
  }
  if (year === undefined || month === undefined || day === undefined) {
    throw new MongoErrorIncomplete(text);
  }
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw new DateTextError(text, 'The parsed date was invalid');
  }
  return daysFromCivil(year, month, day);
}

class MongoErrorIncomplete extends DateTextError {
  override readonly message: string;

  constructor(text: string) {
    super(text, 'incomplete');
    this.message = `an incomplete date/time string has been found, with elements missing: "${text}"`;
  }
}

/** What each letter of a format reads: a pattern, and the field it sets. */
const LETTERS: Readonly<Record<string, { pattern: RegExp; field?: keyof Fields }>> = {
  '%': { pattern: /^%/ },
  d: { pattern: /^\d{1,2}/, field: 'day' },
  G: { pattern: /^\d{1,4}/, field: 'isoYear' },
  H: { pattern: /^\d{1,2}/, field: 'hour' },
  L: { pattern: /^\d{1,3}/, field: 'millisecond' },
  m: { pattern: /^\d{1,2}/, field: 'month' },
  M: { pattern: /^\d{2}/, field: 'minute' },
  S: { pattern: /^\d{2}/, field: 'second' },
  u: { pattern: /^[1-7]/, field: 'weekday' },
  V: { pattern: /^\d{1,2}/, field: 'week' },
  Y: { pattern: /^\d{1,4}/, field: 'year' },
  z: { pattern: /^(?:[Zz]|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)/ },
  Z: { pattern: /^[+-]\d{1,4}/ },
};

/** Reads a date by a checked format. */
export function readDateBy(text: string, format: string, zone: TimeZone | undefined): Date {
  const fields: Fields = {};
  let rest = text;
  for (let i = 0; i < format.length; i += 1) {
    if (format[i] !== '%') {
      if (!rest.startsWith(format[i] as string)) throw new DateTextError(text, 'Format literal not found');
      rest = rest.slice(1);
      continue;
    }
    i += 1;
    const letter = format[i] as string;
    const reader = LETTERS[letter];
    const found = reader?.pattern.exec(rest)?.[0];
    if (found === undefined) throw new DateTextError(text, `Not enough data available to satisfy format`);
    if (letter === 'z') fields.offsetMs = offsetOf(found);
    else if (letter === 'Z') fields.offsetMs = Number(found) * MINUTE_MS;
    else if (letter === 'L') fields.millisecond = Number(found.padEnd(3, '0'));
    else if (reader?.field) fields[reader.field] = Number(found);
    rest = rest.slice(found.length);
  }
  if (rest !== '') throw new DateTextError(text, 'Trailing data');
  return momentFrom(text, fields, zone);
}
