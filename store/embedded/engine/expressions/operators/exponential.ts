import { Double, Long } from 'bson';
import { bsonTypeOf } from '../../bson-types.ts';
import {
  compareDecimals,
  DECIMAL_NAN,
  type Decimal,
  decimalFromInteger,
  decimalToDouble,
  exactDecimalFromDouble,
  fitDecimal,
  powerOfTen,
  toDecimal128,
} from '../../decimal.ts';
import { MongoError } from '../../mongo-error.ts';
import { arithmeticDecimal, integer, toBigInt, toNumber } from '../../numbers.ts';
import { binary, isNullish, type OperatorEntries, unary } from '../arguments.ts';
import { decimalSquareRoot } from '../numbers/decimal-rounding.ts';
import { DECIMAL, DOUBLE, fitsInt, fitsLong, INT, LONG, numberKind } from '../numbers/number.ts';
import {
  LN10,
  preciseExp,
  preciseLog,
  type Scaled,
  scaledProduct,
  scaledQuotient,
  scaledRatio,
  scaledToDigits,
  scaledToDouble,
} from '../numbers/precise-functions.ts';
import type { Value } from '../scope.ts';
import { notNumeric } from './arithmetic.ts';

/** A finite decimal as numerator and denominator. */
function ratioOf(value: Decimal): { numerator: bigint; denominator: bigint } {
  const signed = value.negative ? -value.coefficient : value.coefficient;
  if (value.exponent >= 0) return { numerator: signed * powerOfTen(value.exponent), denominator: 1n };
  return { numerator: signed, denominator: powerOfTen(-value.exponent) };
}

function logOf(value: Decimal): Scaled {
  const { numerator, denominator } = ratioOf(value);
  return preciseLog(numerator, denominator);
}

/** A scaled number as a decimal of 34 digits. */
function decimalFromScaled(value: Scaled, twos = 0): Decimal {
  if (value === 0n) return decimalFromInteger(0n);
  const { coefficient, exponent } = scaledToDigits(value < 0n ? -value : value, twos);
  return fitDecimal({ special: undefined, negative: value < 0n, coefficient, exponent });
}

/** Exact small results are answered without a tail of zeros. */
function shortened(value: Decimal): Decimal {
  if (value.special || value.coefficient === 0n) return value;
  let { coefficient, exponent } = value;
  while (exponent < 0 && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return exponent === 0 ? { ...value, coefficient, exponent } : value;
}

/** e^x as the nearest double. */
export function exponentialDouble(power: number): number {
  if (Number.isNaN(power)) return power;
  if (power > 710) return Number.POSITIVE_INFINITY;
  if (power < -746) return 0;
  const { numerator, denominator } = ratioOf(exactDecimalFromDouble(power));
  const { mantissa, exponent } = preciseExp(scaledRatio(numerator, denominator));
  return scaledToDouble(mantissa, exponent);
}

/** ln x as the nearest double, for x > 0. */
export function logarithmDouble(value: number): number {
  if (!Number.isFinite(value)) return value;
  return value === 1 ? 0 : scaledToDouble(logOf(exactDecimalFromDouble(value)));
}

function log10Double(value: number): number {
  if (!Number.isFinite(value)) return value;
  return Math.log10(value);
}

function exponential(value: Value, name: string): Value {
  if (isNullish(value)) return null;
  const kind = numberKind(value);
  if (kind < 0) throw notNumeric(name, value);
  if (kind !== DECIMAL) return new Double(exponentialDouble(toNumber(value)));
  const decimal = arithmeticDecimal(value);
  if (decimal.special === 'nan') return toDecimal128(decimal);
  if (decimal.special || Math.abs(decimalToDouble(decimal)) > 14500) {
    return toDecimal128(
      decimal.negative ? { ...decimalFromInteger(0n), exponent: -6176 } : { ...DECIMAL_NAN, special: 'infinity' },
    );
  }
  if (decimal.coefficient === 0n) return toDecimal128(decimalFromInteger(1n));
  const { numerator, denominator } = ratioOf(decimal);
  const { mantissa, exponent } = preciseExp(scaledRatio(numerator, denominator));
  return toDecimal128(decimalFromScaled(mantissa, exponent));
}

function logarithm(base: 'e' | '10', code: number): (value: Value, name: string) => Value {
  return (value, name) => {
    if (isNullish(value)) return null;
    const kind = numberKind(value);
    if (kind < 0) throw notNumeric(name, value);
    const number = toNumber(value);
    if (kind === DECIMAL) {
      const decimal = arithmeticDecimal(value);
      if (decimal.special === 'nan') return new Double(Number.NaN);
      if (decimal.negative || decimal.coefficient === 0n) {
        if (!(decimal.special && !decimal.negative)) throw notPositive(name, 'argument', code, value);
      }
      if (decimal.special) return toDecimal128(decimal);
      const log = logOf(decimal);
      return toDecimal128(shortened(decimalFromScaled(base === 'e' ? log : scaledQuotient(log, LN10))));
    }
    if (number <= 0) throw notPositive(name, 'argument', code, value);
    return new Double(base === 'e' ? logarithmDouble(number) : log10Double(number));
  };
}

function notPositive(name: string, what: string, code: number, value: Value): MongoError {
  const extra = what === 'base' ? ' not equal to 1' : '';
  return new MongoError(code, `${name}'s ${what} must be a positive number${extra}, but is ${value}`);
}

function logarithmToBase(value: Value, base: Value): Value {
  if (isNullish(value) || isNullish(base)) return null;
  if (numberKind(value) < 0) throw new MongoError(28756, `$log's argument must be numeric, not ${bsonTypeOf(value)}`);
  if (numberKind(base) < 0) throw new MongoError(28757, `$log's base must be numeric, not ${bsonTypeOf(base)}`);
  const number = toNumber(value);
  const radix = toNumber(base);
  if (number <= 0) throw notPositive('$log', 'argument', 28758, value);
  if (radix <= 0 || radix === 1) throw notPositive('$log', 'base', 28759, base);
  if (numberKind(value) === DECIMAL || numberKind(base) === DECIMAL) {
    const left = arithmeticDecimal(value);
    const right = arithmeticDecimal(base);
    if (left.special || right.special) return toDecimal128(DECIMAL_NAN);
    return toDecimal128(shortened(decimalFromScaled(decimalLogToBase(left, right))));
  }
  return new Double(logarithmDouble(number) / logarithmDouble(radix));
}

/** MongoDB 6.0.5 knows the bases 2 and 10 for decimals; for others it divides by the base itself, not by its logarithm. */
function decimalLogToBase(value: Decimal, base: Decimal): Scaled {
  const log = logOf(value);
  if (compareDecimals(base, decimalFromInteger(2n)) === 0) return scaledQuotient(log, preciseLog(2n, 1n));
  if (compareDecimals(base, decimalFromInteger(10n)) === 0) return scaledQuotient(log, LN10);
  const { numerator, denominator } = ratioOf(base);
  return scaledQuotient(log, scaledRatio(numerator, denominator));
}

function power(base: Value, exponent: Value): Value {
  if (isNullish(base) || isNullish(exponent)) return null;
  const kindBase = numberKind(base);
  const kindExponent = numberKind(exponent);
  if (kindBase < 0) throw new MongoError(28762, `$pow's base must be numeric, not ${bsonTypeOf(base)}`);
  if (kindExponent < 0) throw new MongoError(28763, `$pow's exponent must be numeric, not ${bsonTypeOf(exponent)}`);
  if (toNumber(base) === 0 && toNumber(exponent) < 0) {
    throw new MongoError(28764, '$pow cannot take a base of 0 and a negative exponent');
  }
  // MongoDB's last digit of such powers follows its decimal library and no rule; rather none than another one.
  if (kindBase === DECIMAL || kindExponent === DECIMAL) throw new MongoError(238, '$pow of decimals is not supported');
  if (kindBase === DOUBLE || kindExponent === DOUBLE)
    return new Double(powerDouble(toNumber(base), toNumber(exponent)));
  const whole = powerOfIntegers(toBigInt(base), toBigInt(exponent));
  if (whole === undefined) return new Double(powerDouble(toNumber(base), toNumber(exponent)));
  return kindBase === LONG || kindExponent === LONG
    ? Long.fromBigInt(whole)
    : fitsInt(whole) || kindBase === INT
      ? integer(whole)
      : Long.fromBigInt(whole);
}

/** The power as a whole number, or undefined when it is no whole number of 64 bits. */
function powerOfIntegers(base: bigint, exponent: bigint): bigint | undefined {
  if (base === 1n) return 1n;
  if (base === -1n) return exponent % 2n === 0n ? 1n : -1n;
  if (exponent < 0n) return undefined;
  if (base === 0n) return exponent === 0n ? 1n : 0n;
  if (exponent > 63n) return undefined;
  const result = base ** exponent;
  return fitsLong(result) ? result : undefined;
}

function powerDouble(base: number, exponent: number): number {
  const quick = base ** exponent;
  // Where C's pow and JavaScript's differ by definition.
  if (base === 1) return 1;
  if (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent)) return 1;
  if (!Number.isFinite(quick) || quick === 0 || !Number.isFinite(base) || !Number.isFinite(exponent)) return quick;
  if (Number.isInteger(base) && Number.isInteger(exponent) && exponent >= 0 && Math.abs(quick) <= 2 ** 53) return quick;
  const log = logOf(exactDecimalFromDouble(Math.abs(base)));
  const { numerator, denominator } = ratioOf(exactDecimalFromDouble(exponent));
  const { mantissa, exponent: twos } = preciseExp(scaledProduct(log, scaledRatio(numerator, denominator)));
  const magnitude = scaledToDouble(mantissa, twos);
  return quick < 0 ? -magnitude : magnitude;
}

function squareRoot(value: Value, name: string): Value {
  if (isNullish(value)) return null;
  const kind = numberKind(value);
  if (kind < 0) throw notNumeric(name, value);
  if (toNumber(value) < 0) throw new MongoError(28714, "$sqrt's argument must be greater than or equal to 0");
  if (kind !== DECIMAL) return new Double(Math.sqrt(toNumber(value)));
  return toDecimal128(decimalSquareRoot(arithmeticDecimal(value)));
}

export const EXPONENTIAL_OPERATORS: OperatorEntries = [
  ['$exp', unary(exponential)],
  ['$ln', unary(logarithm('e', 28766))],
  ['$log', binary(logarithmToBase)],
  ['$log10', unary(logarithm('10', 28761))],
  ['$pow', binary(power)],
  ['$sqrt', unary(squareRoot)],
];
