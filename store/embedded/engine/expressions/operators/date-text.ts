import { bsonTypeOf, type Document, isDocument } from '../../bson-types.ts';
import { MongoError } from '../../mongo-error.ts';
import { isNullish, type OperatorCompiler, type OperatorEntries } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
import { checkDateFormat, printDate } from '../dates/date-format.ts';
import { DateTextError, readDate, readDateBy } from '../dates/date-reading.ts';
import { type TimeZone, UTC, zoneFrom } from '../dates/time-zone.ts';
import { type Expression, operation, type Scope, type Value } from '../scope.ts';
import { momentOf } from './date-parts.ts';

/** Parses the named expressions of an operator that are there. */
function parseFields(argument: Document, scope: Scope): ReadonlyMap<string, Expression> {
  return new Map(Object.entries(argument).map(([field, value]) => [field, parseExpression(value, scope)]));
}

/** Finds mistakes in constants that MongoDB reports even where no date is there to be formatted. */
function checkConstantFormat(format: Expression | undefined, use: 'print' | 'read', scope: Scope): void {
  const value = format?.constant?.value;
  if (typeof value !== 'string') return;
  try {
    checkDateFormat(value, use);
  } catch (error) {
    scope.noteFoldingError(error);
  }
}

const compileDateToString: OperatorCompiler = (argument, scope) => {
  if (!isDocument(argument)) throw new MongoError(18629, '$dateToString only supports an object as its argument');
  for (const field of Object.keys(argument)) {
    if (!['date', 'format', 'timezone', 'onNull'].includes(field)) {
      throw new MongoError(18534, `Unrecognized argument to $dateToString: ${field}`);
    }
  }
  const fields = parseFields(argument, scope);
  const date = fields.get('date');
  if (!date) throw new MongoError(18628, "Missing 'date' parameter to $dateToString");
  const format = fields.get('format');
  const zone = fields.get('timezone');
  const onNull = fields.get('onNull');
  checkConstantFormat(format, 'print', scope);
  return operation(scope, [...fields.values()], (frame) => {
    const value = date.evaluate(frame);
    let wanted: Value;
    if (format) {
      wanted = format.evaluate(frame);
      if (!isNullish(wanted) && typeof wanted !== 'string') {
        throw new MongoError(18533, `$dateToString requires that 'format' be a string, found: ${bsonTypeOf(wanted)}`);
      }
      if (typeof wanted === 'string') checkDateFormat(wanted, 'print');
    }
    const where = zone ? zoneFrom(zone.evaluate(frame)) : UTC;
    if (isNullish(value)) return onNull ? onNull.evaluate(frame) : null;
    if (!where || (format && isNullish(wanted))) return null;
    return printDate(momentOf(value), where, typeof wanted === 'string' ? wanted : '%Y-%m-%dT%H:%M:%S.%LZ');
  });
};

const compileDateFromString: OperatorCompiler = (argument, scope) => {
  if (!isDocument(argument)) {
    throw new MongoError(
      40540,
      `$dateFromString only supports an object as an argument, found: ${bsonTypeOf(argument)}`,
    );
  }
  for (const field of Object.keys(argument)) {
    if (!['dateString', 'format', 'timezone', 'onNull', 'onError'].includes(field)) {
      throw new MongoError(40541, `Unrecognized argument to $dateFromString: ${field}`);
    }
  }
  const fields = parseFields(argument, scope);
  const source = fields.get('dateString');
  if (!source) throw new MongoError(40542, "Missing 'dateString' parameter to $dateFromString");
  const format = fields.get('format');
  const zone = fields.get('timezone');
  const onNull = fields.get('onNull');
  const onError = fields.get('onError');
  checkConstantFormat(format, 'read', scope);
  return operation(scope, [...fields.values()], (frame) => {
    const text = source.evaluate(frame);
    let wanted: Value;
    if (format) {
      wanted = format.evaluate(frame);
      if (!isNullish(wanted)) {
        if (typeof wanted !== 'string') {
          throw new MongoError(
            40684,
            `$dateFromString requires that 'format' be a string, found: ${bsonTypeOf(wanted)}`,
          );
        }
        checkDateFormat(wanted, 'read');
      }
    }
    const where: TimeZone | undefined = zone ? zoneFrom(zone.evaluate(frame)) : UTC;
    if (isNullish(text)) return onNull ? onNull.evaluate(frame) : null;
    try {
      if (typeof text !== 'string') {
        throw new DateTextError(
          String(text),
          `$dateFromString requires that 'dateString' be a string, found: ${bsonTypeOf(text)}`,
        );
      }
      if (!where || (format && isNullish(wanted))) return null;
      const given = zone ? where : undefined;
      return typeof wanted === 'string' ? readDateBy(text, wanted, given) : readDate(text, given);
    } catch (error) {
      if (onError && error instanceof DateTextError) return onError.evaluate(frame);
      throw error;
    }
  });
};

export const DATE_TEXT_OPERATORS: OperatorEntries = [
  ['$dateFromString', compileDateFromString],
  ['$dateToString', compileDateToString],
];
