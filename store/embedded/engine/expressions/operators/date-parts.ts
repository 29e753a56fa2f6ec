import { Int32, Long, type ObjectId, type Timestamp } from 'bson';
import { bsonTypeOf, isDocument } from '../../bson-types.ts';
import { MongoError } from '../../mongo-error.ts';
import { isNullish, type OperatorCompiler, type OperatorEntries } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
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
} from '../dates/calendar.ts';
import { toLocal, UTC, zoneFrom } from '../dates/time-zone.ts';
import { type Expression, operation, type Value } from '../scope.ts';

/** A date, or what carries one: a timestamp, an ObjectId. In milliseconds since 1970 UTC. Error 16006 for the rest. */
export function momentOf(value: Value): number {
  if (value instanceof Date) return value.getTime();
  switch (bsonTypeOf(value)) {
    case 'timestamp':
      return (value as Timestamp).t * 1000;
    case 'objectId':
      return (value as ObjectId).getTimestamp().getTime();
    default:
      throw new MongoError(16006, `can't convert from BSON type ${bsonTypeOf(value)} to Date`);
  }
}

/** Milliseconds since the local midnight. */
export function timeOfDay(localMs: number): number {
  return localMs - dayOf(localMs) * DAY_MS;
}

const int = (read: (localMs: number) => number) => (localMs: number) => new Int32(read(localMs));

const PARTS: Readonly<Record<string, (localMs: number) => Value>> = {
  $dayOfMonth: int((ms) => civilFromDays(dayOf(ms)).day),
  $dayOfWeek: int((ms) => (isoDayOfWeek(dayOf(ms)) % 7) + 1),
  $dayOfYear: int((ms) => dayOfYear(dayOf(ms))),
  $hour: int((ms) => Math.floor(timeOfDay(ms) / HOUR_MS)),
  $isoDayOfWeek: int((ms) => isoDayOfWeek(dayOf(ms))),
  $isoWeek: int((ms) => isoWeekOf(dayOf(ms)).week),
  $isoWeekYear: (ms) => Long.fromNumber(isoWeekOf(dayOf(ms)).year),
  $millisecond: int((ms) => timeOfDay(ms) % SECOND_MS),
  $minute: int((ms) => Math.floor(timeOfDay(ms) / MINUTE_MS) % 60),
  $month: int((ms) => civilFromDays(dayOf(ms)).month),
  $second: int((ms) => Math.floor(timeOfDay(ms) / SECOND_MS) % 60),
  $week: int((ms) => sundayWeekOf(dayOf(ms))),
  $year: int((ms) => civilFromDays(dayOf(ms)).year),
};

function parsePartArgument(argument: unknown, name: string): { date: unknown; timezone: unknown; zoned: boolean } {
  if (Array.isArray(argument)) {
    if (argument.length !== 1) {
      throw new MongoError(
        40536,
        `${name} accepts exactly one argument if given an array, but was given ${argument.length}`,
      );
    }
    return { date: argument[0], timezone: undefined, zoned: false };
  }
  const isNamed = isDocument(argument) && !Object.keys(argument)[0]?.startsWith('$');
  if (!isNamed) return { date: argument, timezone: undefined, zoned: false };
  for (const field of Object.keys(argument)) {
    if (field !== 'date' && field !== 'timezone') {
      throw new MongoError(40535, `unrecognized option to ${name}: "${field}"`);
    }
  }
  if (!Object.hasOwn(argument, 'date')) throw new MongoError(40539, `missing 'date' argument to ${name}`);
  return { date: argument['date'], timezone: argument['timezone'], zoned: Object.hasOwn(argument, 'timezone') };
}

function datePart(name: string, read: (localMs: number) => Value): OperatorCompiler {
  return (argument, scope) => {
    const { date, timezone, zoned } = parsePartArgument(argument, name);
    const source = parseExpression(date, scope);
    const zone = zoned ? parseExpression(timezone, scope) : undefined;
    const operands: Expression[] = zone ? [source, zone] : [source];
    return operation(scope, operands, (frame) => {
      const value = source.evaluate(frame);
      if (isNullish(value)) return null;
      const ms = momentOf(value);
      const where = zone
        ? zoneFrom(
            zone.evaluate(frame),
            (given) =>
              new MongoError(
                40533,
                `${name} requires a string for the timezone argument, but was given a ${bsonTypeOf(given)} (${JSON.stringify(given)})`,
              ),
          )
        : UTC;
      return where ? read(toLocal(ms, where)) : null;
    });
  };
}

const compileDateToParts: OperatorCompiler = (argument, scope) => {
  if (!isDocument(argument)) throw new MongoError(40524, '$dateToParts only supports an object as its argument');
  for (const field of Object.keys(argument)) {
    if (!['date', 'timezone', 'iso8601'].includes(field)) {
      throw new MongoError(40520, `Unrecognized argument to $dateToParts: ${field}`);
    }
  }
  if (!Object.hasOwn(argument, 'date')) throw new MongoError(40522, "Missing 'date' parameter to $dateToParts");
  const part = (field: string) =>
    Object.hasOwn(argument, field) ? parseExpression(argument[field], scope) : undefined;
  const date = parseExpression(argument['date'], scope);
  const zone = part('timezone');
  const iso = part('iso8601');
  const operands = [date, zone, iso].filter((operand) => operand !== undefined);
  return operation(scope, operands, (frame) => {
    const value = date.evaluate(frame);
    const where = zone ? zoneFrom(zone.evaluate(frame)) : UTC;
    if (!where) return null;
    const isIso = iso ? iso.evaluate(frame) : false;
    if (isNullish(isIso)) return null;
    if (typeof isIso !== 'boolean')
      throw new MongoError(40521, `iso8601 must evaluate to a bool, found ${bsonTypeOf(isIso)}`);
    if (isNullish(value)) return null;
    return partsOf(toLocal(momentOf(value), where), isIso);
  });
};

function partsOf(localMs: number, isIso: boolean): Value {
  const days = dayOf(localMs);
  const time = timeOfDay(localMs);
  const clock = {
    hour: new Int32(Math.floor(time / HOUR_MS)),
    minute: new Int32(Math.floor(time / MINUTE_MS) % 60),
    second: new Int32(Math.floor(time / SECOND_MS) % 60),
    millisecond: new Int32(time % SECOND_MS),
  };
  if (isIso) {
    const { year, week } = isoWeekOf(days);
    return {
      isoWeekYear: new Int32(year),
      isoWeek: new Int32(week),
      isoDayOfWeek: new Int32(isoDayOfWeek(days)),
      ...clock,
    };
  }
  const { year, month, day } = civilFromDays(days);
  return { year: new Int32(year), month: new Int32(month), day: new Int32(day), ...clock };
}

export const DATE_PART_OPERATORS: OperatorEntries = [
  ...Object.entries(PARTS).map(([name, read]) => [name, datePart(name, read)] as const),
  ['$dateToParts', compileDateToParts],
];
