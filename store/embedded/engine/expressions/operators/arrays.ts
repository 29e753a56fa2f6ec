import { Int32 } from 'bson';
import { bsonTypeOf } from '../../bson-types.ts';
import { compareValues } from '../../compare.ts';
import { MongoError } from '../../mongo-error.ts';
import { toNumber } from '../../numbers.ts';
import { binary, isNullish, joined, type OperatorCompiler, type OperatorEntries, ranged, unary } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
import { asInt32, numberKind } from '../numbers/number.ts';
import type { Value } from '../scope.ts';

function size(value: Value): Value {
  if (Array.isArray(value)) return new Int32(value.length);
  throw new MongoError(17124, `The argument to $size must be an array, but was of type: ${bsonTypeOf(value)}`);
}

function elementAt(array: Value, index: Value): Value {
  if (isNullish(array) || isNullish(index)) return null;
  if (!Array.isArray(array)) {
    throw new MongoError(28689, `$arrayElemAt's first argument must be an array, but is ${bsonTypeOf(array)}`);
  }
  if (numberKind(index) < 0) {
    throw new MongoError(28690, `$arrayElemAt's second argument must be a numeric value, but is ${bsonTypeOf(index)}`);
  }
  const at = asInt32(index);
  if (at === undefined) {
    throw new MongoError(28691, `$arrayElemAt's second argument must be representable as a 32-bit integer: ${index}`);
  }
  return array[at < 0 ? array.length + at : at];
}

function endElement(at: 0 | -1): (value: Value, name: string) => Value {
  return (value, name) => {
    if (isNullish(value)) return null;
    if (!Array.isArray(value)) {
      throw new MongoError(28689, `${name}'s argument must be an array, but is ${bsonTypeOf(value)}`);
    }
    return value.at(at);
  };
}

function slice(values: readonly Value[]): Value {
  const [array, second, third] = values;
  if (isNullish(array) || isNullish(second)) return null;
  if (!Array.isArray(array)) {
    throw new MongoError(28724, `First argument to $slice must be an array, but is of type: ${bsonTypeOf(array)}`);
  }
  const first = sliceNumber(second, 'Second', 'a numeric value', 28725, 28726);
  if (values.length < 3) return first < 0 ? array.slice(first) : array.slice(0, first);
  if (isNullish(third)) return null;
  const count = sliceNumber(third, 'Third', 'numeric', 28727, 28728);
  if (count <= 0) throw new MongoError(28729, `Third argument to $slice must be positive: ${third}`);
  const start = first < 0 ? Math.max(0, array.length + first) : Math.min(first, array.length);
  return array.slice(start, start + count);
}

function sliceNumber(value: Value, which: string, wanted: string, typeCode: number, rangeCode: number): number {
  if (numberKind(value) < 0) {
    throw new MongoError(
      typeCode,
      `${which} argument to $slice must be ${wanted}, but is of type: ${bsonTypeOf(value)}`,
    );
  }
  const number = asInt32(value);
  if (number === undefined) {
    throw new MongoError(rangeCode, `${which} argument to $slice can't be represented as a 32-bit integer: ${value}`);
  }
  return number;
}

function concatenate(arrays: Iterable<Value>): Value {
  const all: Value[] = [];
  for (const array of arrays) {
    if (isNullish(array)) return null;
    if (!Array.isArray(array))
      throw new MongoError(28664, `$concatArrays only supports arrays, not ${bsonTypeOf(array)}`);
    for (const element of array) all.push(element);
  }
  return all;
}

function isIn(value: Value, array: Value): Value {
  if (!Array.isArray(array)) {
    throw new MongoError(40081, `$in requires an array as a second argument, found: ${bsonTypeOf(array)}`);
  }
  return array.some((element) => compareValues(element, value) === 0);
}

/** Bounds of a search: whole numbers that are not negative. Shared with the searches in texts. */
export function searchBound(value: Value, name: string, which: 'starting' | 'ending'): number {
  const bound = asInt32(value);
  if (bound === undefined) {
    throw new MongoError(
      40096,
      `${name}requires an integral ${which} index, found a value of type: ${bsonTypeOf(value)}, with value: ${JSON.stringify(value)}`,
    );
  }
  if (bound < 0) throw new MongoError(40097, `${name} requires a nonnegative ${which} index, found: ${bound}`);
  return bound;
}

function indexOf(values: Value[], name: string): Value {
  const [array, wanted] = values;
  if (isNullish(array)) return null;
  if (!Array.isArray(array)) {
    throw new MongoError(40090, `$indexOfArray requires an array as a first argument, found: ${bsonTypeOf(array)}`);
  }
  const start = values.length > 2 ? searchBound(values[2], name, 'starting') : 0;
  const end = values.length > 3 ? Math.min(searchBound(values[3], name, 'ending'), array.length) : array.length;
  for (let i = start; i < end; i += 1) if (compareValues(array[i], wanted) === 0) return new Int32(i);
  return new Int32(-1);
}

function range(values: readonly Value[]): Value {
  const start = rangeNumber(values[0], 'a starting value', 'starting value, found value of type: ', 34443, 34444);
  const end = rangeNumber(values[1], 'an ending value', 'ending value, found value of type: ', 34445, 34446);
  const step =
    values.length > 2 ? rangeNumber(values[2], 'a step value', 'step value, found value of type:', 34447, 34448) : 1;
  if (step === 0) throw new MongoError(34449, '$range requires a non-zero step value');
  if ((end - start) / step > 64 * 1024 * 1024) {
    throw new MongoError(146, '$range would use too much memory');
  }
  const numbers: Int32[] = [];
  for (let i = start; step > 0 ? i < end : i > end; i += step) numbers.push(new Int32(i));
  return numbers;
}

function rangeNumber(value: Value, which: string, typeText: string, typeCode: number, rangeCode: number): number {
  if (numberKind(value) < 0)
    throw new MongoError(typeCode, `$range requires a numeric ${typeText}${bsonTypeOf(value)}`);
  const number = asInt32(value);
  if (number === undefined) {
    throw new MongoError(
      rangeCode,
      `$range requires ${which} that can be represented as a 32-bit integer, found value: ${toNumber(value)}`,
    );
  }
  return number;
}

function reverse(value: Value): Value {
  if (isNullish(value)) return null;
  if (!Array.isArray(value)) {
    throw new MongoError(
      34435,
      `The argument to $reverseArray must be an array, but was of type: ${bsonTypeOf(value)}`,
    );
  }
  return value.toReversed();
}

const compileIndexOf: OperatorCompiler = (argument, scope, name) => {
  // A constant that is no array is refused with a code of its own.
  const [first] = Array.isArray(argument) ? argument : [argument];
  const expression = ranged(2, 4, indexOf)(argument, scope, name);
  const known = expression.constant ? undefined : parseExpression(first, scope).constant;
  if (known && !Array.isArray(known.value) && !isNullish(known.value)) {
    scope.noteFoldingError(
      new MongoError(
        50809,
        `First operand of $indexOfArray must be an array. First argument is of type: ${bsonTypeOf(known.value)}`,
      ),
    );
  }
  return expression;
};

export const ARRAY_OPERATORS: OperatorEntries = [
  ['$arrayElemAt', binary(elementAt)],
  ['$concatArrays', joined('adjacent', concatenate)],
  ['$first', unary(endElement(0))],
  ['$in', binary(isIn)],
  ['$indexOfArray', compileIndexOf],
  ['$isArray', unary((value) => Array.isArray(value))],
  ['$last', unary(endElement(-1))],
  ['$range', ranged(2, 3, range)],
  ['$reverseArray', unary(reverse)],
  ['$size', unary(size)],
  ['$slice', ranged(2, 3, slice)],
];
