import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { BSON_TYPE, bsonTypeOf, isDocument, TYPE_ALIASES, typeNumber } from '../../bson-types.ts';
import { truthy } from '../../compare.ts';
import { decimalFromInteger, toDecimal128 } from '../../decimal.ts';
import { MongoError } from '../../mongo-error.ts';
import { arithmeticDecimal, toBigInt, toNumber } from '../../numbers.ts';
import { isNullish, type OperatorCompiler, type OperatorEntries, unary } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
import { readDate } from '../dates/date-reading.ts';
import { doubleText } from '../number-text.ts';
import { decimalToBigInt } from '../numbers/decimal-rounding.ts';
import { asInt32, fitsInt, fitsLong, numberKind } from '../numbers/number.ts';
import { type Expression, operation, type Value } from '../scope.ts';
import { momentOf } from './date-parts.ts';

/** A value that cannot become the wanted type: `onError` answers instead, if there is one. */
function failed(reason: string): MongoError {
  return new MongoError(241, `${reason} in $convert with no onError value`);
}

function unsupported(value: Value, to: number): MongoError {
  return failed(`Unsupported conversion from ${bsonTypeOf(value)} to ${TYPE_ALIASES.get(to) ?? to}`);
}

function unreadable(text: string, reason: string): MongoError {
  return new MongoError(241, `Failed to parse number '${text}' in $convert with no onError value: ${reason}`);
}

/** A number without its fraction. */
function wholeOf(value: Value): bigint {
  const type = typeNumber(value);
  if (type === BSON_TYPE.int || type === BSON_TYPE.long) return toBigInt(value);
  const number = toNumber(value);
  if (Number.isNaN(number)) throw failed('Attempt to convert NaN value to integer type');
  if (type === BSON_TYPE.decimal) {
    const decimal = arithmeticDecimal(value);
    if (decimal.special) throw failed('Attempt to convert infinity value to integer type');
    return decimal.exponent > 40 ? 2n ** 70n : decimalToBigInt(decimal, 'toward-zero');
  }
  if (!Number.isFinite(number)) throw failed('Attempt to convert infinity value to integer type');
  return BigInt(Math.trunc(number));
}

function wholeFromText(text: string): bigint {
  if (/^[+-]?0x/i.test(text))
    throw new MongoError(241, `Illegal hexadecimal input in $convert with no onError value: ${text}`);
  if (!/^[+-]?\d+$/.test(text)) throw unreadable(text, 'Did not consume whole string.');
  return BigInt(text.startsWith('+') ? text.slice(1) : text);
}

function toWhole(bits: 32 | 64): (value: Value) => Value {
  const fits = bits === 32 ? fitsInt : fitsLong;
  const make = (whole: bigint): Value => (bits === 32 ? new Int32(Number(whole)) : Long.fromBigInt(whole));
  const to = bits === 32 ? BSON_TYPE.int : BSON_TYPE.long;
  return (value) => {
    if (typeof value === 'boolean') return make(value ? 1n : 0n);
    if (typeof value === 'string') {
      const whole = wholeFromText(value);
      if (!fits(whole)) throw unreadable(value, 'Overflow');
      return make(whole);
    }
    if (value instanceof Date && bits === 64) return Long.fromNumber(value.getTime());
    if (numberKind(value) < 0) throw unsupported(value, to);
    const whole = wholeOf(value);
    if (!fits(whole)) throw failed('Conversion would overflow target type');
    return make(whole);
  };
}

function toDoubleValue(value: Value): Value {
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (value instanceof Date) return new Double(value.getTime());
  if (typeof value === 'string') return new Double(doubleFromText(value));
  if (numberKind(value) < 0) throw unsupported(value, BSON_TYPE.double);
  const number = toNumber(value);
  if (value instanceof Decimal128 && !Number.isFinite(number) && !arithmeticDecimal(value).special) {
    throw failed('Conversion would overflow target type');
  }
  return new Double(number);
}

function doubleFromText(text: string): number {
  if (/^[+-]?0x/i.test(text))
    throw new MongoError(241, `Illegal hexadecimal input in $convert with no onError value: ${text}`);
  const special = /^([+-]?)(?:(inf|infinity)|(nan))$/i.exec(text);
  if (special)
    return special[3] ? Number.NaN : special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text))
    throw unreadable(text, 'Did not consume whole string.');
  const number = Number(text);
  const isZero = !/[1-9]/.test(text.split(/[eE]/)[0] ?? '');
  if (!Number.isFinite(number) || (number === 0 && !isZero)) throw unreadable(text, 'Out of range');
  return number;
}

function toDecimalValue(value: Value): Value {
  if (typeof value === 'boolean') return toDecimal128(decimalFromInteger(value ? 1n : 0n));
  if (value instanceof Date) return toDecimal128(decimalFromInteger(BigInt(value.getTime())));
  if (typeof value === 'string') return decimalFromText(value);
  if (numberKind(value) < 0) throw unsupported(value, BSON_TYPE.decimal);
  return toDecimal128(arithmeticDecimal(value));
}

function decimalFromText(text: string): Value {
  if (/^[+-]?0x/i.test(text))
    throw new MongoError(241, `Illegal hexadecimal input in $convert with no onError value: ${text}`);
  const number = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (number && (number[2] || number[3])) {
    const digits = `${number[2]}${number[3] ?? ''}`;
    const exponent = Number(number[4] ?? 0) - (number[3]?.length ?? 0);
    const decimal = toDecimal128({
      special: undefined,
      negative: number[1] === '-',
      coefficient: BigInt(digits),
      exponent,
    });
    if (decimal.toString().includes('Infinity'))
      throw unreadable(text, 'Conversion from string to decimal would overflow');
    return decimal;
  }
  if (/^[+-]?(?:inf|infinity|nan)$/i.test(text)) {
    return Decimal128.fromString(/nan/i.test(text) ? 'NaN' : text.startsWith('-') ? '-Infinity' : 'Infinity');
  }
  throw unreadable(text, 'Failed to parse string to decimal');
}

function toText(value: Value): Value {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  switch (typeNumber(value)) {
    case BSON_TYPE.double:
      return doubleText(toNumber(value));
    case BSON_TYPE.int:
    case BSON_TYPE.long:
    case BSON_TYPE.decimal:
      return String(value);
    case BSON_TYPE.objectId:
      return (value as ObjectId).toHexString();
    default:
      throw unsupported(value, BSON_TYPE.string);
  }
}

function toDateValue(value: Value): Value {
  switch (typeNumber(value)) {
    case BSON_TYPE.date:
    case BSON_TYPE.objectId:
    case BSON_TYPE.timestamp:
      return new Date(momentOf(value));
    case BSON_TYPE.string:
      return readDate(value as string, undefined);
    case BSON_TYPE.long:
    case BSON_TYPE.double:
    case BSON_TYPE.decimal: {
      const whole = wholeOf(value);
      if (!fitsLong(whole)) throw failed('Conversion would overflow target type');
      const date = new Date(Number(whole));
      if (Number.isNaN(date.getTime())) throw failed('Conversion would overflow target type');
      return date;
    }
    default:
      throw unsupported(value, BSON_TYPE.date);
  }
}

function toObjectIdValue(value: Value): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') throw unsupported(value, BSON_TYPE.objectId);
  if (!/^[0-9a-fA-F]{24}$/.test(value)) {
    throw new MongoError(241, `Failed to parse objectId '${value}' in $convert with no onError value`);
  }
  return new ObjectId(value);
}

const CONVERTERS: ReadonlyMap<number, (value: Value) => Value> = new Map<number, (value: Value) => Value>([
  [BSON_TYPE.bool, truthy],
  [BSON_TYPE.date, toDateValue],
  [BSON_TYPE.decimal, toDecimalValue],
  [BSON_TYPE.double, toDoubleValue],
  [BSON_TYPE.int, toWhole(32)],
  [BSON_TYPE.long, toWhole(64)],
  [BSON_TYPE.objectId, toObjectIdValue],
  [BSON_TYPE.string, toText],
]);

function convertTo(value: Value, to: number): Value {
  const convert = CONVERTERS.get(to);
  if (!convert) throw unsupported(value, to);
  return convert(value);
}

function converting(to: number): OperatorCompiler {
  const convert = unary((value) => (isNullish(value) ? null : convertTo(value, to)));
  return (argument, scope, name) => {
    if (Array.isArray(argument) && argument.length !== 1) {
      throw new MongoError(50723, `${name} requires a single argument, got ${argument.length}`);
    }
    return convert(argument, scope, name);
  };
}

const TYPES_BY_NAME: ReadonlyMap<string, number> = new Map([...TYPE_ALIASES].map(([number, name]) => [name, number]));

/** The type `$convert` is asked for; undefined for null and missing. */
function targetOf(value: Value): number | undefined {
  if (isNullish(value)) return undefined;
  if (typeof value === 'string') {
    const type = TYPES_BY_NAME.get(value);
    if (type === undefined) throw new MongoError(2, `Unknown type name: ${value}`);
    return type;
  }
  if (numberKind(value) < 0) {
    throw new MongoError(9, `$convert's 'to' argument must be a string or number, but is ${bsonTypeOf(value)}`);
  }
  const number = asInt32(value);
  if (number === undefined) throw new MongoError(9, "In $convert, numeric 'to' argument is not an integer");
  if (!TYPE_ALIASES.has(number)) {
    throw new MongoError(9, `In $convert, numeric value for 'to' does not correspond to a BSON type: ${number}`);
  }
  return number;
}

const compileConvert: OperatorCompiler = (argument, scope) => {
  if (!isDocument(argument)) {
    throw new MongoError(9, `$convert expects an object of named arguments but found: ${bsonTypeOf(argument)}`);
  }
  const fields = new Map<string, Expression>();
  for (const [field, value] of Object.entries(argument)) {
    if (!['input', 'to', 'onError', 'onNull'].includes(field)) {
      throw new MongoError(9, `$convert found an unknown argument: ${field}`);
    }
    fields.set(field, parseExpression(value, scope));
  }
  const input = fields.get('input');
  const to = fields.get('to');
  if (!input) throw new MongoError(9, "Missing 'input' parameter to $convert");
  if (!to) throw new MongoError(9, "Missing 'to' parameter to $convert");
  const onNull = fields.get('onNull');
  const onError = fields.get('onError');
  return operation(scope, [...fields.values()], (frame) => {
    const target = to.evaluate(frame);
    const value = input.evaluate(frame);
    const type = targetOf(target);
    if (isNullish(value)) return onNull ? onNull.evaluate(frame) : null;
    if (type === undefined) return null;
    try {
      return convertTo(value, type);
    } catch (error) {
      if (onError && error instanceof MongoError && error.code === 241) return onError.evaluate(frame);
      throw error;
    }
  });
};

export const CONVERSION_OPERATORS: OperatorEntries = [
  ['$convert', compileConvert],
  ['$isNumber', unary((value) => numberKind(value) >= 0)],
  ['$toBool', converting(BSON_TYPE.bool)],
  ['$toDate', converting(BSON_TYPE.date)],
  ['$toDecimal', converting(BSON_TYPE.decimal)],
  ['$toDouble', converting(BSON_TYPE.double)],
  ['$toInt', converting(BSON_TYPE.int)],
  ['$toLong', converting(BSON_TYPE.long)],
  ['$toObjectId', converting(BSON_TYPE.objectId)],
  ['$toString', converting(BSON_TYPE.string)],
  ['$type', unary((value) => bsonTypeOf(value))],
];
