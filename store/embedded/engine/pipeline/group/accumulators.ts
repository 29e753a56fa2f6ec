import { Double, Int32 } from 'bson';
import { bsonTypeOf, type Document, isDocument, setField } from '../../bson-types.ts';
import { compareValues } from '../../compare.ts';
import { decimalFromInteger, divideDecimals, toDecimal128 } from '../../decimal.ts';
import { DECIMAL, numberKind } from '../../expressions/numbers/number.ts';
import { CompensatedSum } from '../../expressions/numbers/sum.ts';
import type { Value } from '../../expressions/scope.ts';
import { encodeKey, isTruncatedKey } from '../../key-encoding.ts';
import { MongoError } from '../../mongo-error.ts';
import { toNumber } from '../../numbers.ts';

/** Gathers values one by one and answers what they come to. */
export interface Accumulator {
  add(value: Value): void;
  result(): Value;
}

/** Accumulators of one value per document. */
export type AccumulatorKind =
  | '$addToSet'
  | '$avg'
  | '$first'
  | '$last'
  | '$max'
  | '$mergeObjects'
  | '$min'
  | '$push'
  | '$stdDevPop'
  | '$stdDevSamp'
  | '$sum';

class Sum implements Accumulator {
  readonly #sum = new CompensatedSum();

  add(value: Value): void {
    this.#sum.add(value);
  }

  result(): Value {
    return this.#sum.result();
  }
}

class Average implements Accumulator {
  readonly #sum = new CompensatedSum();
  #count = 0;

  add(value: Value): void {
    if (numberKind(value) < 0) return;
    this.#sum.add(value);
    this.#count += 1;
  }

  result(): Value {
    if (this.#count === 0) return null;
    if (this.#sum.kind === DECIMAL) {
      return toDecimal128(divideDecimals(this.#sum.decimal, decimalFromInteger(BigInt(this.#count))));
    }
    return new Double(this.#sum.double / this.#count);
  }
}

/** Least (direction 1) or greatest (-1) value; null and missing do not count. */
class Extreme implements Accumulator {
  readonly #direction: 1 | -1;
  /** What a comparison must stay below for a value to take over: 0 keeps the first of equal values, 1 the last. */
  readonly #below: 0 | 1;
  #value: Value;

  constructor(direction: 1 | -1, keepsLastEqual: boolean) {
    this.#direction = direction;
    this.#below = keepsLastEqual ? 1 : 0;
  }

  add(value: Value): void {
    if (value === undefined || value === null) return;
    if (this.#value === undefined || compareValues(value, this.#value) * this.#direction < this.#below)
      this.#value = value;
  }

  result(): Value {
    return this.#value === undefined ? null : this.#value;
  }
}

class First implements Accumulator {
  #value: Value;
  #seen = false;

  add(value: Value): void {
    if (this.#seen) return;
    this.#seen = true;
    this.#value = value;
  }

  result(): Value {
    return this.#value === undefined ? null : this.#value;
  }
}

class Last implements Accumulator {
  #value: Value;

  add(value: Value): void {
    this.#value = value;
  }

  result(): Value {
    return this.#value === undefined ? null : this.#value;
  }
}

class Push implements Accumulator {
  readonly #values: Value[] = [];

  add(value: Value): void {
    if (value !== undefined) this.#values.push(value);
  }

  result(): Value {
    return this.#values;
  }
}

class AddToSet implements Accumulator {
  readonly #byKey = new Map<string, Value[]>();
  readonly #values: Value[] = [];

  add(value: Value): void {
    if (value === undefined) return;
    const key = groupKey(value);
    const same = this.#byKey.get(key);
    // Keys of very long values are cut, so equal keys need a second look.
    if (same?.some((other) => compareValues(other, value) === 0)) return;
    if (same) same.push(value);
    else this.#byKey.set(key, [value]);
    this.#values.push(value);
  }

  result(): Value {
    return this.#values;
  }
}

/** Text that is equal for equal values; cut off for very long ones, see `isTruncatedKey`. */
export function groupKey(value: Value): string {
  const key = encodeKey([value]);
  return isTruncatedKey(key) ? `+${key.toString('latin1')}` : key.toString('latin1');
}

class MergeObjects implements Accumulator {
  readonly #merged: Document = {};

  add(value: Value): void {
    if (value === undefined || value === null) return;
    if (!isDocument(value)) {
      throw new MongoError(
        40400,
        `$mergeObjects requires object inputs, but input ${JSON.stringify(value)} is of type ${bsonTypeOf(value)}`,
      );
    }
    for (const name of Object.keys(value)) setField(this.#merged, name, value[name]);
  }

  result(): Value {
    return this.#merged;
  }
}

/** Standard deviation by Welford's method, of a whole population or of a sample. */
class StandardDeviation implements Accumulator {
  readonly #isSample: boolean;
  #count = 0;
  #mean = 0;
  #squares = 0;

  constructor(isSample: boolean) {
    this.#isSample = isSample;
  }

  add(value: Value): void {
    if (numberKind(value) < 0) return;
    const number = toNumber(value);
    this.#count += 1;
    const delta = number - this.#mean;
    if (delta !== 0) {
      this.#mean += delta / this.#count;
      this.#squares += delta * (number - this.#mean);
    }
  }

  result(): Value {
    const count = this.#isSample ? this.#count - 1 : this.#count;
    return count <= 0 ? null : new Double(Math.sqrt(this.#squares / count));
  }
}

/**
 * A fresh accumulator of a kind. `keepsLastEqual`: of equal values `$max` and `$min` answer the last one (seen where their
 * types differ), not the first.
 */
export function createAccumulator(kind: AccumulatorKind, keepsLastEqual = false): Accumulator {
  switch (kind) {
    case '$addToSet':
      return new AddToSet();
    case '$avg':
      return new Average();
    case '$first':
      return new First();
    case '$last':
      return new Last();
    case '$max':
      return new Extreme(-1, keepsLastEqual);
    case '$mergeObjects':
      return new MergeObjects();
    case '$min':
      return new Extreme(1, keepsLastEqual);
    case '$push':
      return new Push();
    case '$stdDevPop':
      return new StandardDeviation(false);
    case '$stdDevSamp':
      return new StandardDeviation(true);
    default:
      return new Sum();
  }
}

/** The number of documents, as `$count` answers it. */
export function countValue(count: number): Value {
  return new Int32(count);
}
