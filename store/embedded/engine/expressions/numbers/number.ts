import { Decimal128, Double, Int32, Long } from 'bson';
import { BSON_TYPE, typeNumber } from '../../bson-types.ts';
import { type Decimal, decimalFrom, decimalFromDouble, decimalFromInteger, decimalToDouble } from '../../decimal.ts';

/** The four kinds of number, narrowest first: an operation on two kinds answers in the wider one. */
export const INT = 0;
export const LONG = 1;
export const DOUBLE = 2;
export const DECIMAL = 3;
const NO_NUMBER = -1;

const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

/** The kind of a number, -1 for everything else. */
export function numberKind(value: unknown): number {
  switch (typeNumber(value)) {
    case BSON_TYPE.int:
      return INT;
    case BSON_TYPE.long:
      return LONG;
    case BSON_TYPE.double:
      return DOUBLE;
    case BSON_TYPE.decimal:
      return DECIMAL;
    default:
      return NO_NUMBER;
  }
}

/** True for Int32, Long, Double and Decimal128. */
export function isNumber(value: unknown): boolean {
  return numberKind(value) !== NO_NUMBER;
}

/** Any number as a double. */
export function toDouble(value: unknown): number {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long) return value.toNumber();
  if (value instanceof Decimal128) return decimalToDouble(decimalFrom(value));
  return Number(value);
}

/** An Int32 or Long as a whole number. */
export function toBigInt(value: unknown): bigint {
  if (value instanceof Long) return value.toBigInt();
  return BigInt(value instanceof Int32 ? value.value : Number(value));
}

/** Any number as a decimal; doubles give 15 digits. */
export function toDecimal(value: unknown): Decimal {
  if (value instanceof Decimal128) return decimalFrom(value);
  if (value instanceof Double) return decimalFromDouble(value.value);
  return typeof value === 'number' && !Number.isInteger(value)
    ? decimalFromDouble(value)
    : decimalFromInteger(toBigInt(value));
}

/** True when a whole number fits into 64 bits. */
export function fitsLong(value: bigint): boolean {
  return value >= MIN_LONG && value <= MAX_LONG;
}

/** True when a whole number fits into 32 bits. */
export function fitsInt(value: bigint | number): boolean {
  return value >= -2147483648 && value <= 2147483647;
}

/** A Long; the value must fit. */
export function makeLong(value: bigint): Long {
  return Long.fromBigInt(value);
}

/** An Int32 when it fits, else a Long. */
export function makeIntOrLong(value: bigint): Int32 | Long {
  return fitsInt(value) ? new Int32(Number(value)) : Long.fromBigInt(value);
}

/** A number that is whole and fits 32 bits, whatever its kind; undefined for everything else. */
export function asInt32(value: unknown): number | undefined {
  const kind = numberKind(value);
  if (kind === NO_NUMBER) return undefined;
  const number = toDouble(value);
  return Number.isInteger(number) && fitsInt(number) ? number : undefined;
}

/** A number that is whole and fits 64 bits; undefined for everything else. */
export function asInt64(value: unknown): bigint | undefined {
  const kind = numberKind(value);
  if (kind === INT || kind === LONG) return toBigInt(value);
  if (kind === NO_NUMBER) return undefined;
  const number = toDouble(value);
  if (!Number.isInteger(number)) return undefined;
  const whole = BigInt(number);
  return fitsLong(whole) ? whole : undefined;
}
