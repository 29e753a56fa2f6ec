import { Long } from 'bson';
import { bsonTypeOf, type Document, isDocument } from '../../bson-types.ts';
import { MongoError } from '../../mongo-error.ts';
import { isNullish, type OperatorCompiler, type OperatorEntries } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
import { addUnits, isTimeUnit, type TimeUnit, truncateDate, unitsBetween, weekdayNumber } from '../dates/date-units.ts';
import { UTC, zoneFrom } from '../dates/time-zone.ts';
import { asInt64 } from '../numbers/number.ts';
import { type Expression, type Frame, operation, type Scope, type Value } from '../scope.ts';
import { momentOf } from './date-parts.ts';

type Fields = ReadonlyMap<string, Expression>;

function parseFields(
  argument: Document,
  known: readonly string[],
  scope: Scope,
  refuse: (field: string) => MongoError,
): Fields {
  const fields = new Map<string, Expression>();
  for (const [field, value] of Object.entries(argument)) {
    if (!known.includes(field)) throw refuse(field);
    fields.set(field, parseExpression(value, scope));
  }
  return fields;
}

function isDateLike(value: Value): boolean {
  return value instanceof Date || ['timestamp', 'objectId'].includes(bsonTypeOf(value));
}

/** A date MongoDB could keep and JavaScript too. */
function dateAt(ms: number): Date {
  if (!(Math.abs(ms) <= 8.64e15)) throw new MongoError(5166406, 'date result is out of range');
  return new Date(ms);
}

const MOST_UNITS: Readonly<Record<TimeUnit, number>> = {
  year: 584942417,
  quarter: 4 * 584942417,
  month: 12 * 584942417,
  week: 30500568904,
  day: 213503982334,
  hour: 5124095576030,
  minute: 307445734561825,
  second: 18_446_744_073_709_552,
  millisecond: Number.POSITIVE_INFINITY,
};

function moving(direction: 1 | -1): OperatorCompiler {
  return (argument, scope, name) => {
    if (!isDocument(argument)) throw new MongoError(5166400, `${name} expects an object as its argument`);
    const fields = parseFields(
      argument,
      ['startDate', 'unit', 'amount', 'timezone'],
      scope,
      (field) =>
        new MongoError(
          5166401,
          `Unrecognized argument to ${name}: ${field}. Expected arguments are startDate, unit, amount, and optionally timezone.`,
        ),
    );
    const start = fields.get('startDate');
    const unit = fields.get('unit');
    const amount = fields.get('amount');
    if (!start || !unit || !amount) {
      throw new MongoError(5166402, `${name} requires startDate, unit, and amount to be present`);
    }
    const zone = fields.get('timezone');
    return operation(scope, [...fields.values()], (frame) => {
      const date = start.evaluate(frame);
      const wanted = unit.evaluate(frame);
      const count = amount.evaluate(frame);
      if (isNullish(date) || isNullish(wanted) || isNullish(count)) return null;
      const where = zone ? zoneFrom(zone.evaluate(frame)) : UTC;
      if (!where) return null;
      if (!isDateLike(date)) throw new MongoError(5166403, `${name} requires startDate to be convertible to a date`);
      if (typeof wanted !== 'string') throw new MongoError(5166404, `${name} expects string defining the time unit`);
      if (!isTimeUnit(wanted)) throw new MongoError(9, `unknown time unit value: ${wanted}`);
      const whole = asInt64(count);
      if (whole === undefined) throw new MongoError(5166405, `${name} expects integer amount of time units`);
      if (direction === -1 && whole === -(2n ** 63n)) {
        throw new MongoError(6045000, `invalid ${name} 'amount' parameter value: ${whole}`);
      }
      if (Math.abs(Number(whole)) > MOST_UNITS[wanted]) {
        throw new MongoError(5976500, `invalid dateAdd 'amount' parameter value: ${whole} ${wanted}`);
      }
      const moved = addUnits(momentOf(date), wanted, direction * Number(whole), where);
      if (!(Math.abs(moved) < 2 ** 63)) throw new MongoError(159, `Overflow while adding ${whole}ms`);
      return dateAt(moved);
    });
  };
}

interface UnitErrors {
  readonly name: string;
}

function unitOf(value: Value, { name }: UnitErrors): TimeUnit {
  if (typeof value !== 'string') {
    throw new MongoError(5439013, `${name} requires 'unit' to be a string, but got ${bsonTypeOf(value)}`);
  }
  if (!isTimeUnit(value)) {
    throw new MongoError(5439014, `${name} parameter 'unit' value cannot be recognized as a time unit: ${value}`);
  }
  return value;
}

function weekStart(value: Value, name: string): number {
  if (typeof value !== 'string') {
    throw new MongoError(5439015, `${name} requires 'startOfWeek' to be a string, but got ${bsonTypeOf(value)}`);
  }
  const day = weekdayNumber(value);
  if (day === undefined) {
    throw new MongoError(
      5439016,
      `${name} parameter 'startOfWeek' value cannot be recognized as a day of a week: ${value}`,
    );
  }
  return day;
}

const compileDateDiff: OperatorCompiler = (argument, scope, name) => {
  if (!isDocument(argument)) throw new MongoError(5166301, '$dateDiff only supports an object as its argument');
  const fields = parseFields(
    argument,
    ['startDate', 'endDate', 'unit', 'timezone', 'startOfWeek'],
    scope,
    (field) => new MongoError(5166302, `Unrecognized argument to $dateDiff: ${field}`),
  );
  const need = (field: string, code: number): Expression => {
    const expression = fields.get(field);
    if (!expression) throw new MongoError(code, `Missing '${field}' parameter to $dateDiff`);
    return expression;
  };
  const start = need('startDate', 5166303);
  const end = need('endDate', 5166304);
  const unit = need('unit', 5166305);
  return operation(scope, [...fields.values()], (frame) => {
    const from = start.evaluate(frame);
    if (isNullish(from)) return null;
    const to = end.evaluate(frame);
    if (isNullish(to)) return null;
    const wanted = unit.evaluate(frame);
    if (isNullish(wanted)) return null;
    const place = settings(fields, frame, wanted, name);
    if (!place) return null;
    for (const [field, value] of [
      ['startDate', from],
      ['endDate', to],
    ] as const) {
      if (!isDateLike(value)) {
        throw new MongoError(5166307, `$dateDiff requires '${field}' to be a date, but got ${bsonTypeOf(value)}`);
      }
    }
    return Long.fromNumber(unitsBetween(momentOf(from), momentOf(to), place.unit, place.zone, place.weekday));
  });
};

/** Unit, zone and first day of the week; undefined when one of those that count is null or missing. */
function settings(fields: Fields, frame: Frame, unit: Value, name: string) {
  const zoneValue = fields.get('timezone')?.evaluate(frame);
  if (fields.has('timezone') && isNullish(zoneValue)) return undefined;
  const isWeek = unit === 'week';
  const startValue = isWeek ? fields.get('startOfWeek')?.evaluate(frame) : undefined;
  if (isWeek && fields.has('startOfWeek') && isNullish(startValue)) return undefined;
  const checked = unitOf(unit, { name });
  const weekday = isWeek && fields.has('startOfWeek') ? weekStart(startValue, name) : 7;
  const zone = fields.has('timezone') ? zoneFrom(zoneValue) : UTC;
  return zone ? { unit: checked, zone, weekday } : undefined;
}

const compileDateTrunc: OperatorCompiler = (argument, scope, name) => {
  if (!isDocument(argument)) throw new MongoError(5439007, '$dateTrunc only supports an object as its argument');
  const fields = parseFields(
    argument,
    ['date', 'unit', 'binSize', 'timezone', 'startOfWeek'],
    scope,
    (field) =>
      new MongoError(
        5439008,
        `Unrecognized argument to $dateTrunc: ${field}. Expected arguments are date, unit, and optionally, binSize, timezone, startOfWeek`,
      ),
  );
  const date = fields.get('date');
  if (!date) throw new MongoError(5439009, "Missing 'date' parameter to $dateTrunc");
  const unit = fields.get('unit');
  if (!unit) throw new MongoError(5439010, "Missing 'unit' parameter to $dateTrunc");
  return operation(scope, [...fields.values()], (frame) => {
    const value = date.evaluate(frame);
    if (isNullish(value)) return null;
    const wanted = unit.evaluate(frame);
    if (isNullish(wanted)) return null;
    const size = fields.get('binSize')?.evaluate(frame);
    if (fields.has('binSize') && isNullish(size)) return null;
    const place = settings(fields, frame, wanted, name);
    if (!place) return null;
    if (!isDateLike(value))
      throw new MongoError(5439012, `$dateTrunc requires 'date' to be a date, but got ${bsonTypeOf(value)}`);
    let count = 1n;
    if (fields.has('binSize')) {
      const whole = asInt64(size);
      if (whole === undefined) {
        throw new MongoError(
          5439017,
          `$dateTrunc requires 'binSize' to be a 64-bit integer, but got value of type ${bsonTypeOf(size)}`,
        );
      }
      if (whole <= 0n)
        throw new MongoError(5439018, `$dateTrunc requires 'binSize' to be greater than 0, but got value ${whole}`);
      count = whole;
    }
    return dateAt(truncateDate(momentOf(value), place.unit, Number(count), place.zone, place.weekday));
  });
};

export const DATE_ARITHMETIC_OPERATORS: OperatorEntries = [
  ['$dateAdd', moving(1)],
  ['$dateDiff', compileDateDiff],
  ['$dateSubtract', moving(-1)],
  ['$dateTrunc', compileDateTrunc],
];
