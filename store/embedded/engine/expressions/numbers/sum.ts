import { type Decimal128, Double, type Int32, Long } from 'bson';
import {
  addDecimals,
  type Decimal,
  decimalFromInteger,
  exactDecimalFromDouble,
  fitDecimal,
  toDecimal128,
} from '../../decimal.ts';
import { arithmeticDecimal, integer, toBigInt, toNumber } from '../../numbers.ts';
import { DECIMAL, DOUBLE, fitsLong, INT, LONG, numberKind, roundHalfEven } from './number.ts';

const DECIMAL_NOUGHT: Decimal = decimalFromInteger(0n);

/**
 * A sum as MongoDB keeps it: doubles in two parts, so that small terms are not lost, decimals apart, and the widest kind
 * of number seen, in which the result is answered.
 */
export class CompensatedSum {
  #high = 0;
  #low = 0;
  #special = 0;
  #decimal: Decimal = DECIMAL_NOUGHT;
  kind = INT;

  /** Adds a number of any kind; everything else is ignored. */
  add(value: unknown): void {
    const kind = numberKind(value);
    if (kind < 0) return;
    if (kind > this.kind) this.kind = kind;
    if (kind === DECIMAL) this.#decimal = addDecimals(this.#decimal, arithmeticDecimal(value));
    else if (kind === LONG) this.#addWhole(toBigInt(value));
    else this.addDouble(toNumber(value));
  }

  /** Adds a double without changing the kind of the result. */
  addDouble(value: number): void {
    this.#special += value;
    // What was lost before goes in first; what is lost now is kept for the next term.
    const [term, lostFirst] = twoSum(value, this.#low);
    const [sum, lost] = twoSum(this.#high, term);
    this.#high = sum;
    this.#low = lost + lostFirst;
  }

  /** A long is added as two doubles, so that none of its digits is lost. */
  #addWhole(value: bigint): void {
    const high = (value / 4294967296n) * 4294967296n;
    this.addDouble(Number(value - high));
    this.addDouble(Number(high));
  }

  /** The sum of everything that is no decimal. */
  get double(): number {
    return Number.isNaN(this.#high) ? this.#special : this.#high;
  }

  /** The sum without decimals as a whole number, rounded; undefined when it does not fit 64 bits. */
  get long(): bigint | undefined {
    if (!Number.isFinite(this.#high)) return undefined;
    const high = Math.trunc(this.#high);
    const rest = this.#high - high + this.#low;
    const whole = BigInt(high) + BigInt(roundHalfEven(rest));
    return fitsLong(whole) ? whole : undefined;
  }

  /** The sum of everything as a decimal. */
  get decimal(): Decimal {
    return addDecimals(this.#decimal, this.#doubleAsDecimal());
  }

  #doubleAsDecimal(): Decimal {
    if (!Number.isFinite(this.#high)) return exactDecimalFromDouble(this.double);
    return addDecimals(fitDecimal(exactDecimalFromDouble(this.#high)), fitDecimal(exactDecimalFromDouble(this.#low)));
  }

  /** The sum in the narrowest kind that holds it and is not narrower than the widest term. */
  result(): Int32 | Long | Double | Decimal128 {
    switch (this.kind) {
      case DECIMAL:
        return toDecimal128(this.decimal);
      case DOUBLE:
        return new Double(this.double);
      default: {
        const whole = this.long;
        if (whole === undefined) return new Double(this.double);
        return this.kind === INT ? integer(whole) : Long.fromBigInt(whole);
      }
    }
  }
}

/** The sum of two doubles and what rounding lost of it. */
function twoSum(left: number, right: number): readonly [number, number] {
  const sum = left + right;
  const part = sum - left;
  return [sum, left - (sum - part) + (right - part)];
}
