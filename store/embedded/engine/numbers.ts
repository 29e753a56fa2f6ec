import { type Decimal128, Double, Int32, Long } from 'bson';
import { BSON_TYPE, typeNumber } from './bson-types.ts';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimalFrom,
  decimalFromDouble,
  decimalFromInteger,
  decimalToDouble,
  exactDecimalFromDouble,
  multiplyDecimals,
  toDecimal128,
} from './decimal.ts';

/** A number of BSON: Int32, Long, Double or Decimal128 (plain JS numbers and bigints are tolerated). */
export type BsonNumber = Int32 | Long | Double | Decimal128 | number | bigint;

export const MAX_INT64 = 9223372036854775807n;
export const MIN_INT64 = -9223372036854775808n;

/** True for the type numbers of int, long, double and decimal. */
export function isNumberType(type: number): boolean {
  return type === BSON_TYPE.int || type === BSON_TYPE.double || type === BSON_TYPE.long || type === BSON_TYPE.decimal;
}

/** True for int, long, double and decimal values. */
export function isNumber(value: unknown): value is BsonNumber {
  return isNumberType(typeNumber(value));
}

/** The value as a double: nearest one where it does not fit exactly. Only for numbers. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long) return value.toNumber();
  return decimalToDouble(decimalFrom(value as Decimal128));
}

/** The exact double of a number, or undefined where it has none (decimals, longs beyond 2^53). */
function exactDouble(value: unknown): number | undefined {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (typeof value === 'number') return value;
  if (value instanceof Long) {
    return value.high < 0x200000 && value.high >= -0x200000 ? value.high * 4294967296 + (value.low >>> 0) : undefined;
  }
  return undefined;
}

/** The exact value of any number as a decimal. */
export function exactDecimal(value: unknown): Decimal {
  if (value instanceof Long) return decimalFromInteger(value.toBigInt());
  if (typeof value === 'bigint') return decimalFromInteger(value);
  const double = exactDouble(value);
  return double === undefined ? decimalFrom(value as Decimal128) : exactDecimalFromDouble(double);
}

/** The value as arithmetic with decimals takes it (a double is rounded to 15 digits first). */
export function arithmeticDecimal(value: unknown): Decimal {
  if (value instanceof Double) return decimalFromDouble(value.value);
  return exactDecimal(value);
}

function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
}

/** Exact order of two numbers of any types; NaN comes first and equals NaN, -0 equals 0. */
export function compareNumbers(a: unknown, b: unknown): number {
  const left = exactDouble(a);
  const right = exactDouble(b);
  if (left !== undefined && right !== undefined) return compareDoubles(left, right);
  if (a instanceof Long && b instanceof Long) return a.compare(b);
  return compareDecimals(exactDecimal(a), exactDecimal(b));
}

/** An integer as int when it fits into 32 bits, else long. */
export function integer(n: bigint): Int32 | Long {
  return n >= -2147483648n && n <= 2147483647n ? new Int32(Number(n)) : Long.fromBigInt(n);
}

/** An int or long as bigint. */
export function toBigInt(value: unknown): bigint {
  if (value instanceof Long) return value.toBigInt();
  if (typeof value === 'bigint') return value;
  return BigInt(Math.trunc(toNumber(value)));
}

/** The wider of two number types, as MongoDB promotes: int, long, double, decimal. */
export function promotedType(a: unknown, b: unknown): number {
  const left = typeNumber(a);
  const right = typeNumber(b);
  for (const type of [BSON_TYPE.decimal, BSON_TYPE.double, BSON_TYPE.long]) {
    if (left === type || right === type) return type;
  }
  return BSON_TYPE.int;
}

function combine(
  a: unknown,
  b: unknown,
  doubles: (x: number, y: number) => number,
  integers: (x: bigint, y: bigint) => bigint,
  decimals: (x: Decimal, y: Decimal) => Decimal,
): BsonNumber | undefined {
  const type = promotedType(a, b);
  if (type === BSON_TYPE.decimal) return toDecimal128(decimals(arithmeticDecimal(a), arithmeticDecimal(b)));
  if (type === BSON_TYPE.double) return new Double(doubles(toNumber(a), toNumber(b)));
  const result = integers(toBigInt(a), toBigInt(b));
  if (type === BSON_TYPE.int) return integer(result);
  return result > MAX_INT64 || result < MIN_INT64 ? undefined : Long.fromBigInt(result);
}

/**
 * Sum with MongoDB's promotion: int + int becomes long when it overflows, any double makes a double, any decimal a
 * decimal. Undefined when two longs overflow 64 bits (updates refuse that, expressions go on with doubles).
 */
export function addNumbers(a: unknown, b: unknown): BsonNumber | undefined {
  if (a instanceof Int32 && b instanceof Int32) {
    const sum = a.value + b.value;
    return (sum | 0) === sum ? new Int32(sum) : Long.fromNumber(sum);
  }
  return combine(
    a,
    b,
    (x, y) => x + y,
    (x, y) => x + y,
    addDecimals,
  );
}

/** Product with MongoDB's promotion; see {@link addNumbers}. */
export function multiplyNumbers(a: unknown, b: unknown): BsonNumber | undefined {
  return combine(
    a,
    b,
    (x, y) => x * y,
    (x, y) => x * y,
    multiplyDecimals,
  );
}

/** True for 0, -0 and decimal zero of any type. */
export function isZero(value: unknown): boolean {
  const double = exactDouble(value);
  if (double !== undefined) return double === 0;
  const decimal = exactDecimal(value);
  return !decimal.special && decimal.coefficient === 0n;
}

/** The number as a 64-bit integer when it is one exactly (2.0 is, 2.5 and 1e300 are not), else undefined. */
export function exactInteger(value: unknown): bigint | undefined {
  const double = exactDouble(value);
  if (double !== undefined && !Number.isInteger(double)) return undefined;
  const decimal = exactDecimal(value);
  if (decimal.special) return undefined;
  let magnitude = decimal.coefficient;
  let exponent = decimal.exponent;
  if (magnitude === 0n) return 0n;
  if (exponent > 20) return undefined;
  for (; exponent > 0; exponent--) magnitude *= 10n;
  for (; exponent < 0; exponent++) {
    if (magnitude % 10n !== 0n) return undefined;
    magnitude /= 10n;
  }
  const signed = decimal.negative ? -magnitude : magnitude;
  return signed > MAX_INT64 || signed < MIN_INT64 ? undefined : signed;
}
