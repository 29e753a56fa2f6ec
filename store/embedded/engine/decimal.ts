import { Decimal128 } from 'bson';

/** A decimal number: `coefficient * 10^exponent`, or a special value. Zero keeps its sign and exponent. */
export interface Decimal {
  readonly special: 'nan' | 'infinity' | undefined;
  readonly negative: boolean;
  /** Never negative. */
  readonly coefficient: bigint;
  readonly exponent: number;
}

const MAX_DIGITS = 34;
const MAX_COEFFICIENT = 10n ** 34n - 1n;
const MIN_EXPONENT = -6176;
const MAX_EXPONENT = 6111;
const EXPONENT_BIAS = 6176;

export const DECIMAL_NAN: Decimal = { special: 'nan', negative: false, coefficient: 0n, exponent: 0 };

function infinity(negative: boolean): Decimal {
  return { special: 'infinity', negative, coefficient: 0n, exponent: 0 };
}

function finite(negative: boolean, coefficient: bigint, exponent: number): Decimal {
  return { special: undefined, negative, coefficient, exponent };
}

const powers: bigint[] = [1n];

/** 10^n for n >= 0. */
export function powerOfTen(n: number): bigint {
  if (n > 400) return 10n ** BigInt(n);
  for (let i = powers.length; i <= n; i++) powers.push((powers[i - 1] ?? 1n) * 10n);
  return powers[n] ?? 1n;
}

/** Number of decimal digits of a non-negative integer (zero has one). */
export function digitsOf(n: bigint): number {
  return n < 10n ? 1 : n.toString().length;
}

/** Reads the 16 bytes of a Decimal128; non-canonical coefficients count as zero, as IEEE 754 says. */
export function decimalFrom(value: Decimal128): Decimal {
  const bytes = value.bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 16);
  const low = view.getBigUint64(0, true);
  const high = view.getBigUint64(8, true);
  const negative = high >> 63n === 1n;
  const top = Number((high >> 58n) & 31n);
  if (top === 31) return { ...DECIMAL_NAN, negative };
  if (top === 30) return infinity(negative);
  if (top >> 3 === 3) return finite(negative, 0n, Number((high >> 47n) & 0x3fffn) - EXPONENT_BIAS);
  const exponent = Number((high >> 49n) & 0x3fffn) - EXPONENT_BIAS;
  const coefficient = ((high & 0x1ffffffffffffn) << 64n) | low;
  return finite(negative, coefficient > MAX_COEFFICIENT ? 0n : coefficient, exponent);
}

/** Half-even rounding of `coefficient / 10^drop`. */
function shiftRight(coefficient: bigint, drop: number): bigint {
  if (drop <= 0) return coefficient;
  const divisor = powerOfTen(drop);
  const quotient = coefficient / divisor;
  const twice = (coefficient % divisor) * 2n;
  if (twice > divisor || (twice === divisor && quotient % 2n === 1n)) return quotient + 1n;
  return quotient;
}

/** Rounds to what a Decimal128 can hold: 34 digits, exponents within range, else infinity or (sub)zero. */
export function fitDecimal(value: Decimal): Decimal {
  if (value.special) return value;
  let { coefficient, exponent } = value;
  const drop = Math.max(digitsOf(coefficient) - MAX_DIGITS, MIN_EXPONENT - exponent);
  if (drop > 0) {
    coefficient = shiftRight(coefficient, drop);
    exponent += drop;
    if (coefficient > MAX_COEFFICIENT) {
      coefficient /= 10n;
      exponent += 1;
    }
  }
  if (exponent > MAX_EXPONENT) {
    if (coefficient === 0n) return finite(value.negative, 0n, MAX_EXPONENT);
    const pad = exponent - MAX_EXPONENT;
    if (digitsOf(coefficient) + pad > MAX_DIGITS) return infinity(value.negative);
    coefficient *= powerOfTen(pad);
    exponent = MAX_EXPONENT;
  }
  return finite(value.negative, coefficient, exponent);
}

/** Writes a decimal as Decimal128, rounding where needed. */
export function toDecimal128(value: Decimal): Decimal128 {
  const fitted = fitDecimal(value);
  let high: bigint;
  let low = 0n;
  if (fitted.special === 'nan') high = 31n << 58n;
  else if (fitted.special === 'infinity') high = 30n << 58n;
  else {
    high = (BigInt(fitted.exponent + EXPONENT_BIAS) << 49n) | (fitted.coefficient >> 64n);
    low = fitted.coefficient & 0xffffffffffffffffn;
  }
  if (fitted.negative) high |= 1n << 63n;
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64LE(low, 0);
  bytes.writeBigUInt64LE(high, 8);
  return new Decimal128(bytes);
}

/** An integer as a decimal. */
export function decimalFromInteger(n: bigint): Decimal {
  return n < 0n ? finite(true, -n, 0) : finite(false, n, 0);
}

const scratch = new DataView(new ArrayBuffer(8));

/** The exact value of a double: every double has a finite decimal expansion. */
export function exactDecimalFromDouble(n: number): Decimal {
  if (Number.isNaN(n)) return DECIMAL_NAN;
  if (!Number.isFinite(n)) return infinity(n < 0);
  const negative = n < 0 || Object.is(n, -0);
  if (Number.isInteger(n)) return finite(negative, BigInt(Math.abs(n)), 0);
  scratch.setFloat64(0, Math.abs(n));
  const bits = scratch.getBigUint64(0);
  const biased = Number(bits >> 52n);
  let mantissa = bits & 0xfffffffffffffn;
  let shift = biased === 0 ? -1074 : biased - 1075;
  if (biased !== 0) mantissa |= 1n << 52n;
  while (mantissa % 2n === 0n) {
    mantissa /= 2n;
    shift += 1;
  }
  return finite(negative, mantissa * 5n ** BigInt(-shift), shift);
}

/** A double as MongoDB's arithmetic takes it into decimals: rounded to 15 significant digits, all 15 kept. */
export function decimalFromDouble(n: number): Decimal {
  const exact = exactDecimalFromDouble(n);
  if (exact.special || exact.coefficient === 0n) return exact;
  const digits = digitsOf(exact.coefficient);
  if (digits < 15) {
    return finite(exact.negative, exact.coefficient * powerOfTen(15 - digits), exact.exponent - (15 - digits));
  }
  let drop = digits - 15;
  let coefficient = shiftRight(exact.coefficient, drop);
  if (coefficient >= powerOfTen(15)) {
    coefficient /= 10n;
    drop += 1;
  }
  return finite(exact.negative, coefficient, exact.exponent + drop);
}

/** The nearest double. */
export function decimalToDouble(value: Decimal): number {
  if (value.special === 'nan') return Number.NaN;
  const sign = value.negative ? -1 : 1;
  if (value.special === 'infinity') return sign * Number.POSITIVE_INFINITY;
  return sign * Number(`${value.coefficient}e${value.exponent}`);
}

/** Exact order of two decimals; NaN comes before everything and equals itself. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.special === 'nan' || b.special === 'nan') return a.special === b.special ? 0 : a.special === 'nan' ? -1 : 1;
  const signA = signOf(a);
  const signB = signOf(b);
  if (signA !== signB) return signA < signB ? -1 : 1;
  if (signA === 0) return 0;
  const magnitude = compareMagnitudes(a, b);
  return signA < 0 ? -magnitude : magnitude;
}

function signOf(value: Decimal): number {
  if (!value.special && value.coefficient === 0n) return 0;
  return value.negative ? -1 : 1;
}

function compareMagnitudes(a: Decimal, b: Decimal): number {
  if (a.special || b.special) return a.special === b.special ? 0 : a.special ? 1 : -1;
  const sizeA = digitsOf(a.coefficient) + a.exponent;
  const sizeB = digitsOf(b.coefficient) + b.exponent;
  if (sizeA !== sizeB) return sizeA < sizeB ? -1 : 1;
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.coefficient * powerOfTen(a.exponent - exponent);
  const right = b.coefficient * powerOfTen(b.exponent - exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Sum, rounded half-even to 34 digits. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.special === 'nan' || b.special === 'nan') return DECIMAL_NAN;
  if (a.special && b.special) return a.negative === b.negative ? a : DECIMAL_NAN;
  if (a.special) return a;
  if (b.special) return b;
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.coefficient * powerOfTen(a.exponent - exponent) * (a.negative ? -1n : 1n);
  const right = b.coefficient * powerOfTen(b.exponent - exponent) * (b.negative ? -1n : 1n);
  const sum = left + right;
  const negative = sum === 0n ? a.negative && b.negative : sum < 0n;
  const magnitude = sum < 0n ? -sum : sum;
  return fitDecimal(finite(negative, magnitude, exponent));
}

/** `-value`. */
export function negateDecimal(value: Decimal): Decimal {
  return { ...value, negative: !value.negative };
}

/** Product, rounded half-even to 34 digits. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.special === 'nan' || b.special === 'nan') return DECIMAL_NAN;
  const negative = a.negative !== b.negative;
  if (a.special || b.special) {
    const other = a.special ? b : a;
    return !other.special && other.coefficient === 0n ? DECIMAL_NAN : infinity(negative);
  }
  return fitDecimal(finite(negative, a.coefficient * b.coefficient, a.exponent + b.exponent));
}

/** Quotient, rounded half-even to 34 digits; an exact one keeps the exponent nearest to the difference of exponents. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.special === 'nan' || b.special === 'nan') return DECIMAL_NAN;
  const negative = a.negative !== b.negative;
  if (a.special) return b.special ? DECIMAL_NAN : infinity(negative);
  if (b.special) return finite(negative, 0n, MIN_EXPONENT);
  if (b.coefficient === 0n) return a.coefficient === 0n ? DECIMAL_NAN : infinity(negative);
  const wished = a.exponent - b.exponent;
  if (a.coefficient === 0n) return fitDecimal(finite(negative, 0n, wished));
  const shift = Math.max(0, MAX_DIGITS + 2 + digitsOf(b.coefficient) - digitsOf(a.coefficient));
  const numerator = a.coefficient * powerOfTen(shift);
  let quotient = numerator / b.coefficient;
  let exponent = wished - shift;
  if (numerator % b.coefficient !== 0n) {
    // A sticky digit: whatever lies beyond only decides that the half is not exactly a half.
    return fitDecimal(finite(negative, quotient * 10n + 1n, exponent - 1));
  }
  while (exponent < wished && quotient % 10n === 0n) {
    quotient /= 10n;
    exponent += 1;
  }
  return fitDecimal(finite(negative, quotient, exponent));
}

/** The nearest 64-bit integer (half to even), or undefined where there is none. */
export function roundToInt64(value: Decimal): bigint | undefined {
  if (value.special || digitsOf(value.coefficient) + value.exponent > 20) return undefined;
  const magnitude =
    value.exponent >= 0
      ? value.coefficient * powerOfTen(value.exponent)
      : shiftRight(value.coefficient, -value.exponent);
  const signed = value.negative ? -magnitude : magnitude;
  return signed > 9223372036854775807n || signed < -9223372036854775808n ? undefined : signed;
}
