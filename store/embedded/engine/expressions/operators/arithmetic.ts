import { Double, Int32, Long } from 'bson';
import { bsonTypeOf } from '../../bson-types.ts';
import {
  addDecimals,
  decimalFromInteger,
  divideDecimals,
  multiplyDecimals,
  negateDecimal,
  toDecimal128,
} from '../../decimal.ts';
import { MongoError } from '../../mongo-error.ts';
import { arithmeticDecimal, integer, isZero, toBigInt, toNumber } from '../../numbers.ts';
import { binary, binaryRightFirst, isNullish, joined, type OperatorEntries, unary } from '../arguments.ts';
import { decimalToBigInt, remainderDecimals } from '../numbers/decimal-rounding.ts';
import { DECIMAL, DOUBLE, fitsInt, fitsLong, INT, LONG, numberKind } from '../numbers/number.ts';
import { CompensatedSum } from '../numbers/sum.ts';
import type { Value } from '../scope.ts';

function add(values: Iterable<Value>): Value {
  const sum = new CompensatedSum();
  let date: Date | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (date) throw new MongoError(16612, 'only one date allowed in an $add expression');
      date = value;
      // The date is one of the terms: the sum is rounded once, at the end.
      sum.add(Long.fromNumber(value.getTime()));
      continue;
    }
    if (numberKind(value) < 0) {
      throw new MongoError(16554, `$add only supports numeric or date types, not ${bsonTypeOf(value)}`);
    }
    sum.add(value);
  }
  return date ? dateFrom(wholeOf(sum), '$add') : sum.result();
}

function wholeOf(sum: CompensatedSum): bigint | undefined {
  if (sum.kind !== DECIMAL) return sum.long;
  const decimal = sum.decimal;
  if (decimal.special) return undefined;
  return decimalToBigInt(decimal, 'half-even');
}

/** The date of a moment in milliseconds; moments beyond what can be stored are refused. */
function dateFrom(ms: bigint | undefined, name: string): Date {
  if (ms === undefined || Math.abs(Number(ms)) > 8.64e15) throw new MongoError(15, `date overflow in ${name}`);
  return new Date(Number(ms));
}

function multiply(values: Iterable<Value>): Value {
  let kind = INT;
  let double = 1;
  let long: bigint | undefined = 1n;
  let decimal = decimalFromInteger(1n);
  for (const value of values) {
    if (isNullish(value)) return null;
    const own = numberKind(value);
    if (own < 0) throw new MongoError(14, `$multiply only supports numeric types, not ${bsonTypeOf(value)}`);
    if (own === DECIMAL || kind === DECIMAL) {
      if (kind !== DECIMAL)
        decimal = arithmeticDecimal(kind === DOUBLE ? new Double(double) : Long.fromBigInt(long ?? 0n));
      kind = DECIMAL;
      decimal = multiplyDecimals(decimal, arithmeticDecimal(value));
      continue;
    }
    if (own > kind) kind = own;
    double *= toNumber(value);
    if (kind !== DOUBLE && long !== undefined) {
      long *= toBigInt(value);
      if (!fitsLong(long)) {
        long = undefined;
        kind = DOUBLE;
      }
    }
  }
  if (kind === DECIMAL) return toDecimal128(decimal);
  if (kind === DOUBLE || long === undefined) return new Double(double);
  return kind === LONG ? Long.fromBigInt(long) : integer(long);
}

function subtract(left: Value, right: Value): Value {
  if (isNullish(left) || isNullish(right)) return null;
  const kindLeft = numberKind(left);
  const kindRight = numberKind(right);
  if (left instanceof Date) return subtractFromDate(left, right, kindRight);
  if (kindLeft < 0 || kindRight < 0) {
    throw new MongoError(14, `can't $subtract ${bsonTypeOf(right)} from ${bsonTypeOf(left)}`);
  }
  const kind = Math.max(kindLeft, kindRight);
  if (kind === DECIMAL) {
    return toDecimal128(addDecimals(arithmeticDecimal(left), negateDecimal(arithmeticDecimal(right))));
  }
  if (kind === DOUBLE) return new Double(toNumber(left) - toNumber(right));
  const difference = toBigInt(left) - toBigInt(right);
  if (kind === INT) return integer(difference);
  return fitsLong(difference) ? Long.fromBigInt(difference) : new Double(Number(difference));
}

function subtractFromDate(date: Date, right: Value, kind: number): Value {
  if (right instanceof Date) return Long.fromNumber(date.getTime() - right.getTime());
  if (kind < 0) throw new MongoError(14, `can't $subtract ${bsonTypeOf(right)} from Date`);
  const ms = coerceToLong(right, kind);
  if (ms === -(2n ** 63n)) throw new MongoError(159, 'Cannot negate the minimum duration');
  return dateFrom(BigInt(date.getTime()) - ms, '$subtract');
}

/** A number as 64 bits: doubles are cut off, decimals rounded. */
function coerceToLong(value: Value, kind: number): bigint {
  if (kind === INT || kind === LONG) return toBigInt(value);
  if (kind === DECIMAL) {
    const decimal = arithmeticDecimal(value);
    const whole = decimal.special ? undefined : decimalToBigInt(decimal, 'half-even');
    return whole !== undefined && fitsLong(whole) ? whole : -(2n ** 63n);
  }
  const double = toNumber(value);
  if (!(double >= -(2 ** 63) && double < 2 ** 63))
    throw new MongoError(31109, `Can't coerce out of range value ${double} to long`);
  return BigInt(Math.trunc(double));
}

function divide(left: Value, right: Value): Value {
  const kindLeft = numberKind(left);
  const kindRight = numberKind(right);
  if (kindLeft >= 0 && kindRight >= 0) {
    if (isZero(right)) throw new MongoError(2, "can't $divide by zero");
    if (kindLeft === DECIMAL || kindRight === DECIMAL) {
      return toDecimal128(divideDecimals(arithmeticDecimal(left), arithmeticDecimal(right)));
    }
    return new Double(toNumber(left) / toNumber(right));
  }
  if (isNullish(left) || isNullish(right)) return null;
  throw new MongoError(14, `$divide only supports numeric types, not ${bsonTypeOf(left)} and ${bsonTypeOf(right)}`);
}

function modulo(left: Value, right: Value): Value {
  const kindLeft = numberKind(left);
  const kindRight = numberKind(right);
  if (kindLeft < 0 || kindRight < 0) {
    if (isNullish(left) || isNullish(right)) return null;
    throw new MongoError(16611, `$mod only supports numeric types, not ${bsonTypeOf(left)} and ${bsonTypeOf(right)}`);
  }
  const decimal = kindLeft === DECIMAL || kindRight === DECIMAL;
  if (isZero(right)) throw new MongoError(decimal ? 5733415 : 16610, "can't $mod by zero");
  if (decimal) return toDecimal128(remainderDecimals(arithmeticDecimal(left), arithmeticDecimal(right)));
  // A double without fraction on the right does not make the result a double.
  const wholeRight = kindRight !== DOUBLE || (Number.isInteger(toNumber(right)) && fitsInt(toNumber(right)));
  if (kindLeft === DOUBLE || !wholeRight) return new Double(toNumber(left) % toNumber(right));
  const rest = toBigInt(left) % toBigInt(kindRight === DOUBLE ? new Int32(toNumber(right)) : right);
  return kindLeft === LONG || kindRight === LONG ? Long.fromBigInt(rest) : integer(rest);
}

function absolute(value: Value, name: string): Value {
  if (isNullish(value)) return null;
  switch (numberKind(value)) {
    case INT:
    case LONG: {
      const whole = toBigInt(value);
      if (whole === -(2n ** 63n)) throw new MongoError(28680, "can't take $abs of long long min");
      const positive = whole < 0n ? -whole : whole;
      return numberKind(value) === INT ? integer(positive) : Long.fromBigInt(positive);
    }
    case DOUBLE:
      return new Double(Math.abs(toNumber(value)));
    case DECIMAL:
      return toDecimal128({ ...arithmeticDecimal(value), negative: false });
    default:
      throw notNumeric(name, value);
  }
}

/** What operators of one number say about anything else. */
export function notNumeric(name: string, value: Value): MongoError {
  return new MongoError(28765, `${name} only supports numeric types, not ${bsonTypeOf(value)}`);
}

export const ARITHMETIC_OPERATORS: OperatorEntries = [
  ['$abs', unary(absolute)],
  ['$add', joined('any-order', add)],
  ['$divide', binaryRightFirst(divide)],
  ['$mod', binary(modulo)],
  ['$multiply', joined('any-order', multiply)],
  ['$subtract', binaryRightFirst(subtract)],
];
