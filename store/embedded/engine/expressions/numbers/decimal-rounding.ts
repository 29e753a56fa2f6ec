import { DECIMAL_NAN, type Decimal, digitsOf, fitDecimal, powerOfTen } from '../../decimal.ts';

/** How digits that do not fit are dropped. */
export type Rounding = 'half-even' | 'toward-zero' | 'up' | 'down';

/** `numerator / denominator`, both >= 0, as a whole number. */
function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding, negative: boolean): bigint {
  const quotient = numerator / denominator;
  const rest = numerator - quotient * denominator;
  if (rest === 0n || rounding === 'toward-zero') return quotient;
  if (rounding === 'up') return negative ? quotient : quotient + 1n;
  if (rounding === 'down') return negative ? quotient + 1n : quotient;
  const twice = rest * 2n;
  return twice > denominator || (twice === denominator && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** Rounds to a multiple of ten to the power of `exponent`; a coarser number is padded with zeros, NaN if they do not fit. */
export function quantizeDecimal(value: Decimal, exponent: number, rounding: Rounding): Decimal {
  if (value.special) return value;
  if (value.exponent >= exponent) {
    const padding = value.exponent - exponent;
    if (value.coefficient !== 0n && padding + digitsOf(value.coefficient) > 34) return DECIMAL_NAN;
    return { ...value, coefficient: value.coefficient === 0n ? 0n : value.coefficient * powerOfTen(padding), exponent };
  }
  const dropped = exponent - value.exponent;
  return {
    ...value,
    coefficient: divideRounded(value.coefficient, powerOfTen(dropped), rounding, value.negative),
    exponent,
  };
}

/** A finite number as a whole number. */
export function decimalToBigInt(value: Decimal, rounding: Rounding): bigint {
  const whole =
    value.exponent >= 0
      ? value.coefficient * powerOfTen(value.exponent)
      : divideRounded(value.coefficient, powerOfTen(-value.exponent), rounding, value.negative);
  return value.negative ? -whole : whole;
}

function modularPower(base: bigint, exponent: number, modulus: bigint): bigint {
  let result = 1n % modulus;
  let square = base % modulus;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Remainder with the sign of the dividend (as C's fmod). */
export function remainderDecimals(left: Decimal, right: Decimal): Decimal {
  if (left.special || right.special === 'nan') return DECIMAL_NAN;
  if (right.special) return left;
  if (right.coefficient === 0n) return DECIMAL_NAN;
  const exponent = Math.min(left.exponent, right.exponent);
  const divisor = right.coefficient * powerOfTen(right.exponent - exponent);
  const factor = modularPower(10n, left.exponent - exponent, divisor);
  return fitDecimal({
    special: undefined,
    negative: left.negative,
    coefficient: ((left.coefficient % divisor) * factor) % divisor,
    exponent,
  });
}

/** Square root of a number >= 0, with the exponent nearest to half of the number's where it is exact. */
export function decimalSquareRoot(value: Decimal): Decimal {
  if (value.special) return value;
  const wished = Math.floor(value.exponent / 2);
  if (value.coefficient === 0n) return { ...value, exponent: wished };
  // An even exponent and 72 digits under the root leave 36 digits, two more than are kept.
  let shift = Math.max(0, 72 - digitsOf(value.coefficient));
  if ((value.exponent - shift) % 2 !== 0) shift += 1;
  const scaled = value.coefficient * powerOfTen(shift);
  let root = integerSquareRoot(scaled);
  let exponent = (value.exponent - shift) / 2;
  if (root * root !== scaled) return fitDecimal({ ...value, coefficient: root * 10n + 1n, exponent: exponent - 1 });
  while (exponent < wished && root % 10n === 0n) {
    root /= 10n;
    exponent += 1;
  }
  return fitDecimal({ ...value, coefficient: root, exponent });
}

function integerSquareRoot(value: bigint): bigint {
  let guess = BigInt(Math.floor(Math.sqrt(Number(value))));
  for (;;) {
    const next = (guess + value / guess) / 2n;
    if (next === guess || next === guess + 1n) {
      let root = next;
      while (root * root > value) root -= 1n;
      while ((root + 1n) * (root + 1n) <= value) root += 1n;
      return root;
    }
    guess = next;
  }
}
