import { bsonTypeOf, isDocument } from '../../bson-types.ts';
import { MongoError } from '../../mongo-error.ts';
import { isNullish, type OperatorCompiler, type OperatorEntries } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
import { DAY_MS, daysFromCivil, daysFromIsoWeek, HOUR_MS, MINUTE_MS, SECOND_MS } from '../dates/calendar.ts';
import { fromLocal, UTC, zoneFrom } from '../dates/time-zone.ts';
import { asInt64 } from '../numbers/number.ts';
import { type Expression, type Frame, operation, type Value } from '../scope.ts';

const NATURAL = ['year', 'month', 'day'];
const ISO = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'];
const CLOCK = ['hour', 'minute', 'second', 'millisecond'];
/** Parts that may lie far outside their range; the others are kept to 16 bits. */
const WIDE = new Set(['second', 'millisecond']);

function partOf(expression: Expression | undefined, name: string, otherwise: number, frame: Frame): number | null {
  if (!expression) return otherwise;
  const value: Value = expression.evaluate(frame);
  if (isNullish(value)) return null;
  const whole = asInt64(value);
  if (whole === undefined) {
    throw new MongoError(
      40515,
      `'${name}' must evaluate to an integer, found ${bsonTypeOf(value)} with value ${JSON.stringify(value)}`,
    );
  }
  const number = Number(whole);
  if (name === 'year' || name === 'isoWeekYear') {
    if (number < 1 || number > 9999) {
      throw new MongoError(
        name === 'year' ? 40523 : 31095,
        `'${name}' must evaluate to an integer in the range 1 to 9999, found ${number}`,
      );
    }
  } else if (!WIDE.has(name) && (number < -32768 || number > 32767)) {
    throw new MongoError(
      31034,
      `'${name}' must evaluate to a value in the range [-32768, 32767]; value ${number} is not in range`,
    );
  }
  return number;
}

const compileDateFromParts: OperatorCompiler = (argument, scope) => {
  if (!isDocument(argument)) throw new MongoError(40519, '$dateFromParts only supports an object as its argument');
  const fields = new Map<string, Expression>();
  for (const [field, value] of Object.entries(argument)) {
    if (![...NATURAL, ...ISO, ...CLOCK, 'timezone'].includes(field)) {
      throw new MongoError(40518, `Unrecognized argument to $dateFromParts: ${field}`);
    }
    fields.set(field, parseExpression(value, scope));
  }
  if (!fields.has('year') && !fields.has('isoWeekYear')) {
    throw new MongoError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  }
  if (fields.has('year') && ISO.some((field) => fields.has(field))) {
    throw new MongoError(40489, '$dateFromParts does not allow mixing natural dates with ISO dates');
  }
  if (fields.has('isoWeekYear') && NATURAL.some((field) => fields.has(field))) {
    throw new MongoError(40525, '$dateFromParts does not allow mixing ISO dates with natural dates');
  }
  const isIso = fields.has('isoWeekYear');
  return operation(scope, [...fields.values()], (frame) => {
    const clock = CLOCK.map((name) => partOf(fields.get(name), name, 0, frame));
    const zone = fields.get('timezone');
    const where = zone ? zoneFrom(zone.evaluate(frame)) : UTC;
    const date = (isIso ? ISO : NATURAL).map((name) => partOf(fields.get(name), name, 1, frame));
    if (!where || date.includes(null) || clock.includes(null)) return null;
    const [year, middle, day] = date as [number, number, number];
    const [hour, minute, second, millisecond] = clock as [number, number, number, number];
    const days = isIso ? daysFromIsoWeek(year, middle, day) : daysFromCivil(year, middle, day);
    const local = days * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + millisecond;
    const moment = fromLocal(local, where);
    if (!(Math.abs(moment) <= 8.64e15)) throw new MongoError(159, 'date result is out of range');
    return new Date(moment);
  });
};

export const DATE_BUILDING_OPERATORS: OperatorEntries = [['$dateFromParts', compileDateFromParts]];
