import { bsonTypeOf } from '../../bson-types.ts';
import { compareValues, truthy } from '../../compare.ts';
import { MongoError } from '../../mongo-error.ts';
import {
  binary,
  isNullish,
  joined,
  type OperatorCompiler,
  type OperatorEntries,
  parseFixed,
  parseOperands,
  unary,
} from '../arguments.ts';
import { type Expression, type Frame, operation, type Value } from '../scope.ts';

/** Values in BSON's order, each once; of equal values the first one stays. */
function distinctSorted(values: readonly Value[]): Value[] {
  const sorted = values.toSorted(compareValues);
  return sorted.filter((value, i) => i === 0 || compareValues(sorted[i - 1], value) !== 0);
}

/** A set of values by BSON's equality. */
class ValueSet {
  readonly #sorted: Value[];

  constructor(values: readonly Value[]) {
    this.#sorted = distinctSorted(values);
  }

  get size(): number {
    return this.#sorted.length;
  }

  has(value: Value): boolean {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compareValues(this.#sorted[middle], value);
      if (order === 0) return true;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return false;
  }

  equals(other: ValueSet): boolean {
    return this.size === other.size && this.#sorted.every((value, i) => compareValues(value, other.#sorted[i]) === 0);
  }
}

function union(arrays: Iterable<Value>): Value {
  const all: Value[] = [];
  for (const array of arrays) {
    if (isNullish(array)) return null;
    if (!Array.isArray(array)) {
      throw new MongoError(
        17043,
        `All operands of $setUnion must be arrays. One argument is of type: ${bsonTypeOf(array)}`,
      );
    }
    all.push(...array);
  }
  return distinctSorted(all);
}

function intersection(arrays: Iterable<Value>): Value {
  let common: Value[] | undefined;
  for (const array of arrays) {
    if (isNullish(array)) return null;
    if (!Array.isArray(array)) {
      throw new MongoError(
        17047,
        `All operands of $setIntersection must be arrays. One argument is of type: ${bsonTypeOf(array)}`,
      );
    }
    if (!common) common = distinctSorted(array);
    else if (common.length > 0) {
      // Of equal values of different types the smaller set's stay.
      const next = distinctSorted(array);
      const [from, other] = next.length < common.length ? [next, common] : [common, next];
      const known = new ValueSet(other);
      common = from.filter((value) => known.has(value));
    }
  }
  return common ?? [];
}

function difference(left: Value, right: Value): Value {
  if (isNullish(left) || isNullish(right)) return null;
  if (!Array.isArray(left)) {
    throw new MongoError(
      17048,
      `both operands of $setDifference must be arrays. First argument is of type: ${bsonTypeOf(left)}`,
    );
  }
  if (!Array.isArray(right)) {
    throw new MongoError(
      17049,
      `both operands of $setDifference must be arrays. Second argument is of type: ${bsonTypeOf(right)}`,
    );
  }
  const removed = new ValueSet(right);
  const remaining = left.filter((value) => !removed.has(value));
  const seen: Value[] = [];
  return remaining.filter((value) => {
    if (seen.some((other) => compareValues(other, value) === 0)) return false;
    seen.push(value);
    return true;
  });
}

const compileEquals: OperatorCompiler = (argument, scope) => {
  const operands = parseOperands(argument, scope);
  if (operands.length < 2) {
    throw new MongoError(17045, `$setEquals needs at least two arguments had: ${operands.length}`);
  }
  // A constant that is no array is refused before anything runs, with its own code.
  for (const [i, operand] of operands.entries()) {
    if (operand.constant && !Array.isArray(operand.constant.value)) {
      scope.noteFoldingError(notArray(i, operand.constant.value, 5887502));
    }
  }
  // Even of constants it is computed only when a document comes.
  const evaluate = (frame: Frame): Value => {
    let first: ValueSet | undefined;
    for (const [i, operand] of operands.entries()) {
      const value = operand.evaluate(frame);
      if (!Array.isArray(value)) throw notArray(i, value, 17044);
      const set = new ValueSet(value);
      if (first && !first.equals(set)) return false;
      first ??= set;
    }
    return true;
  };
  return { evaluate };
};

function notArray(i: number, value: Value, code: number): MongoError {
  return new MongoError(
    code,
    `All operands of $setEquals must be arrays. ${i + 1}-th argument is of type: ${bsonTypeOf(value)}`,
  );
}

const compileSubset: OperatorCompiler = (argument, scope, name) => {
  const operands = parseFixed(argument, scope, name, 2) as [Expression, Expression];
  const [left, right] = operands;
  const refuse = (which: string, code: number, value: Value) =>
    new MongoError(
      code,
      `both operands of $setIsSubset must be arrays. ${which} argument is of type: ${bsonTypeOf(value)}`,
    );
  const known = right.constant && !left.constant;
  if (known && !Array.isArray(right.constant.value)) {
    scope.noteFoldingError(refuse('Second', 17311, right.constant.value));
  }
  const knownSet = known && Array.isArray(right.constant.value) ? new ValueSet(right.constant.value) : undefined;
  return operation(scope, operands, (frame) => {
    const inner = left.evaluate(frame);
    const outer = right.evaluate(frame);
    if (!Array.isArray(inner)) throw refuse('First', known ? 17310 : 17046, inner);
    if (!Array.isArray(outer)) throw refuse('Second', known ? 17311 : 17042, outer);
    const set = knownSet ?? new ValueSet(outer);
    return inner.every((value) => set.has(value));
  });
};

function elements(code: number, test: (array: readonly Value[]) => boolean): OperatorCompiler {
  return unary((value, name) => {
    if (!Array.isArray(value))
      throw new MongoError(code, `${name}'s argument must be an array, but is ${bsonTypeOf(value)}`);
    return test(value);
  });
}

export const SET_OPERATORS: OperatorEntries = [
  ['$allElementsTrue', elements(17040, (array) => array.every(truthy))],
  ['$anyElementTrue', elements(17041, (array) => array.some(truthy))],
  ['$setDifference', binary(difference)],
  ['$setEquals', compileEquals],
  ['$setIntersection', joined('any-order', intersection)],
  ['$setIsSubset', compileSubset],
  ['$setUnion', joined('any-order', union)],
];
