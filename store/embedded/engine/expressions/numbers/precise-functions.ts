/**
 * Exponential and logarithm to far more digits than any result shows, on whole numbers scaled by 2^BITS. Doubles and
 * decimals are rounded from these, so that results do not depend on how exactly the engine's Math functions are written.
 */
const BITS = 320n;
const ONE = 1n << BITS;

/** A real number as `value / 2^BITS`. */
export type Scaled = bigint;

/** numerator / denominator as a scaled number. */
export function scaledRatio(numerator: bigint, denominator: bigint): Scaled {
  return (numerator << BITS) / denominator;
}

/** Product of two scaled numbers. */
export function scaledProduct(left: Scaled, right: Scaled): Scaled {
  return (left * right) >> BITS;
}

/** Quotient of two scaled numbers. */
export function scaledQuotient(left: Scaled, right: Scaled): Scaled {
  return (left << BITS) / right;
}

/** 2 * atanh(numerator / denominator), quick for small ratios. */
function twiceAtanh(numerator: bigint, denominator: bigint): Scaled {
  const ratio = scaledRatio(numerator, denominator);
  const square = scaledProduct(ratio, ratio);
  let power = ratio;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = scaledProduct(power, square);
    if (power === -1n) break;
  }
  return 2n * sum;
}

const LN2 = twiceAtanh(1n, 3n);
export const LN10: Scaled = 3n * LN2 + twiceAtanh(1n, 9n);

function bitLength(value: bigint): number {
  return value.toString(16).length * 4;
}

/** Natural logarithm of numerator / denominator, both > 0. */
export function preciseLog(numerator: bigint, denominator: bigint): Scaled {
  // Bring the ratio near 1 by powers of two, then halve the logarithm by square roots until the series is short.
  let twos = bitLength(numerator) - bitLength(denominator);
  let near =
    twos >= 0
      ? scaledRatio(numerator, denominator << BigInt(twos))
      : scaledRatio(numerator << BigInt(-twos), denominator);
  while (near * 3n > ONE * 4n) {
    near >>= 1n;
    twos += 1;
    if (near * 3n <= ONE * 4n) {
      near =
        twos >= 0
          ? scaledRatio(numerator, denominator << BigInt(twos))
          : scaledRatio(numerator << BigInt(-twos), denominator);
    }
  }
  while (near * 3n < ONE * 2n) {
    twos -= 1;
    near =
      twos >= 0
        ? scaledRatio(numerator, denominator << BigInt(twos))
        : scaledRatio(numerator << BigInt(-twos), denominator);
  }
  return twiceAtanh(near - ONE, near + ONE) + BigInt(twos) * LN2;
}

/** e to the power of a scaled number, as `mantissa * 2^exponent` with a scaled mantissa between 1/2 and 2. */
export function preciseExp(power: Scaled): { mantissa: Scaled; exponent: number } {
  const twos = (power + LN2 / 2n) / LN2 - (power + LN2 / 2n < 0n ? 1n : 0n);
  const rest = power - twos * LN2;
  const HALVINGS = 16n;
  const small = rest >> HALVINGS;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    term = scaledProduct(term, small) / n;
    sum += term;
  }
  for (let n = 0n; n < HALVINGS; n += 1n) sum = scaledProduct(sum, sum);
  return { mantissa: sum, exponent: Number(twos) };
}

/** Rounds `value / 2^BITS * 2^exponent` to the nearest double. */
export function scaledToDouble(value: Scaled, exponent = 0): number {
  if (value === 0n) return 0;
  const negative = value < 0n;
  let digits = negative ? -value : value;
  let power = exponent - Number(BITS);
  const length = digits.toString(2).length;
  // 53 bits are kept, fewer for the smallest doubles; the bits dropped decide by "nearest, ties to even".
  const keep = Math.min(53, length + power + 1074);
  if (keep < 0) return negative ? -0 : 0;
  const drop = length - keep;
  if (drop > 0) {
    const half = 1n << BigInt(drop - 1);
    const rest = digits & ((1n << BigInt(drop)) - 1n);
    digits >>= BigInt(drop);
    if (rest > half || (rest === half && digits % 2n === 1n)) digits += 1n;
    power += drop;
  }
  let result = Number(digits);
  while (power > 0 && Number.isFinite(result)) {
    const step = Math.min(power, 1000);
    result *= 2 ** step;
    power -= step;
  }
  while (power < 0 && result !== 0) {
    const step = Math.min(-power, 1000);
    result /= 2 ** step;
    power += step;
  }
  return negative ? -result : result;
}

/** Decimal digits of a scaled number: `coefficient * 10^exponent`, with about 45 significant digits, cut off. */
export function scaledToDigits(value: Scaled, twos: number): { coefficient: bigint; exponent: number } {
  // value * 2^(twos - BITS): pick a power of ten so that 45 digits stand before the point.
  const bits = value.toString(2).length + twos - Number(BITS);
  const exponent = Math.floor(bits * 0.30103) - 45;
  let numerator = value;
  let denominator = 1n;
  const shift = twos - Number(BITS);
  if (shift >= 0) numerator <<= BigInt(shift);
  else denominator <<= BigInt(-shift);
  if (exponent >= 0) denominator *= 10n ** BigInt(exponent);
  else numerator *= 10n ** BigInt(-exponent);
  return { coefficient: numerator / denominator, exponent };
}
