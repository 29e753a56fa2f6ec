import { BSON_TYPE, typeNumber } from '../../bson-types.ts';
import { exactInteger, MAX_INT64, MIN_INT64 } from '../../numbers.ts';

/** The four kinds of number, narrowest first: an operation on two kinds answers in the wider one. */
export const INT = 0;
export const LONG = 1;
export const DOUBLE = 2;
export const DECIMAL = 3;
const NO_NUMBER = -1;

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

/** True when a whole number fits into 64 bits. */
export function fitsLong(value: bigint): boolean {
  return value >= MIN_INT64 && value <= MAX_INT64;
}

/** True when a whole number fits into 32 bits. */
export function fitsInt(value: bigint | number): boolean {
  return value >= -2147483648 && value <= 2147483647;
}

/** A number of any kind that is whole and fits 32 bits; undefined for everything else. */
export function asInt32(value: unknown): number | undefined {
  const whole = asInt64(value);
  return whole !== undefined && fitsInt(whole) ? Number(whole) : undefined;
}

/** A number of any kind that is whole and fits 64 bits; undefined for everything else. */
export function asInt64(value: unknown): bigint | undefined {
  return numberKind(value) === NO_NUMBER ? undefined : exactInteger(value);
}

/** Rounds to the nearest whole number, ties to even. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
