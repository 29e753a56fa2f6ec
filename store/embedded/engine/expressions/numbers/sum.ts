import type { Decimal128 } from 'bson';
import { Double, type Int32, type Long } from 'bson';
import {
  addDecimals,
  type Decimal,
  decimalFromInteger,
  exactDecimalFromDouble,
  fitDecimal,
  toDecimal128,
} from '../../decimal.ts';
import {
  DECIMAL,
  DOUBLE,
  fitsLong,
  INT,
  LONG,
  makeIntOrLong,
  makeLong,
  numberKind,
  toBigInt,
  toDecimal,
  toDouble,
} from './number.ts';

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
    if (kind === DECIMAL) this.#decimal = addDecimals(this.#decimal, toDecimal(value));
    else if (kind === LONG) this.#addWhole(toBigInt(value));
    else this.addDouble(toDouble(value));
  }

  /** Adds a double without changing the kind of the result. */
  addDouble(value: number): void {
    this.#special += value;
    const sum = this.#high + value;
    const part = sum - this.#high;
    const rest = this.#high - (sum - part) + (value - part);
    this.#high = sum;
    this.#low += rest;
    const normal = this.#high + this.#low;
    this.#low = this.#high - normal + this.#low;
    this.#high = normal;
  }

  #addWhole(value: bigint): void {
    const high = Number(value);
    const low = Number(value - BigInt(high));
    this.addDouble(high);
    if (low !== 0) this.addDouble(low);
  }

  /** The sum of everything that is no decimal. */
  get double(): number {
    if (!Number.isFinite(this.#special) && !Number.isFinite(this.#high)) return this.#special;
    return this.#high + this.#low;
  }

  /** The sum without decimals as a whole number, rounded; undefined when it does not fit 64 bits. */
  get long(): bigint | undefined {
    if (!Number.isFinite(this.#high)) return undefined;
    const high = Math.trunc(this.#high);
    const rest = this.#high - high + this.#low;
    const whole = BigInt(high) + BigInt(Math.sign(rest) * Math.round(Math.abs(rest)));
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
        return this.kind === INT ? makeIntOrLong(whole) : makeLong(whole);
      }
    }
  }
}
