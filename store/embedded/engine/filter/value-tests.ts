import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import {
  BSON_TYPE,
  compareNumbers,
  compareValues,
  type Document,
  decimalFrom,
  encodeKey,
  exactDecimal,
  exactInteger,
  isNumberType,
  isTruncatedKey,
  MIN_INT64,
  powerOfTen,
  rankOfType,
  regexParts,
  roundToInt64,
  toNumber,
  typeNumber,
} from '../values.ts';
import type { BitsType, ComparisonType, ElemMatchNode, PathNode, RegexSpec } from './filter-node.ts';
import type { ValueTest } from './path-match.ts';

function isNaNValue(value: unknown): boolean {
  return isNumberType(typeNumber(value)) && Number.isNaN(toNumber(value));
}

const ACCEPTS: Readonly<Record<ComparisonType, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
};

/** Comparison with one value: within the value's own type only; a missing value counts as null for eq, lte and gte. */
export function comparisonTest(type: ComparisonType, operand: unknown): ValueTest {
  if (type === 'eq') {
    const quick = quickEquality(operand);
    if (quick) return quick;
  }
  const accepts = ACCEPTS[type];
  const operandType = typeNumber(operand);
  const rank = rankOfType(operandType);
  const withEquality = type !== 'lt' && type !== 'gt';
  if (operandType === BSON_TYPE.null) return (value) => (value === null || value === undefined) && withEquality;
  if (operandType === BSON_TYPE.minKey || operandType === BSON_TYPE.maxKey) {
    const below = operandType === BSON_TYPE.maxKey ? type === 'lt' || type === 'lte' : type === 'gt' || type === 'gte';
    return (value) => (typeNumber(value) === operandType ? withEquality : below);
  }
  if (isNumberType(operandType)) {
    if (isNaNValue(operand)) return (value) => withEquality && isNaNValue(value);
    return (value) => {
      if (!isNumberType(typeNumber(value))) return false;
      if (value instanceof Int32) return accepts(compareNumbers(value, operand));
      return !isNaNValue(value) && accepts(compareNumbers(value, operand));
    };
  }
  if (operand instanceof Date) {
    const time = operand.getTime();
    return (value) => value instanceof Date && accepts(value.getTime() - time);
  }
  return (value) => rankOfType(typeNumber(value)) === rank && accepts(compareValues(value, operand));
}

function quickEquality(operand: unknown): ValueTest | undefined {
  if (typeof operand === 'string')
    return (value) => value === operand || (typeof value === 'object' && compareValues(value, operand) === 0);
  if (typeof operand === 'boolean') return (value) => value === operand;
  if (operand instanceof ObjectId) return (value) => value instanceof ObjectId && operand.equals(value);
  if (operand instanceof Date) {
    const time = operand.getTime();
    return (value) => value instanceof Date && value.getTime() === time;
  }
  if (operand instanceof Int32) {
    const number = operand.value;
    return (value) => {
      if (value instanceof Int32 || value instanceof Double) return value.value === number;
      if (value instanceof Long || value instanceof Decimal128) return compareNumbers(value, operand) === 0;
      return false;
    };
  }
  return undefined;
}

/** `$in`: equality with any of the values, or any of the regular expressions. Null takes missing values too. */
export function inTest(values: readonly unknown[], regexes: readonly RegexSpec[]): ValueTest {
  const takesNull = values.includes(null);
  const membership = membershipTest(values);
  const patterns = regexes.map(regexTest);
  if (patterns.length === 0) return (value) => (value === undefined ? takesNull : membership(value));
  return (value) => (value === undefined ? takesNull : membership(value) || patterns.some((pattern) => pattern(value)));
}

function membershipTest(values: readonly unknown[]): ValueTest {
  const strings = new Set<string>();
  const ids = new Set<string>();
  const others: unknown[] = [];
  for (const value of values) {
    if (typeof value === 'string') strings.add(value);
    else if (value instanceof ObjectId) ids.add(value.toHexString());
    else others.push(value);
  }
  const other = otherMembershipTest(others);
  return (value) => {
    if (typeof value === 'string') return strings.has(value) || other(value);
    if (value instanceof ObjectId) return ids.has(value.toHexString());
    return other(value) || (typeNumber(value) === BSON_TYPE.symbol && strings.has(String(value)));
  };
}

function otherMembershipTest(values: readonly unknown[]): ValueTest {
  if (values.length <= 8) return (value) => values.some((other) => compareValues(value, other) === 0);
  const keys = new Map<string, unknown[]>();
  for (const value of values) {
    const key = encodeKey([value]).toString('latin1');
    const same = keys.get(key);
    if (same) same.push(value);
    else keys.set(key, [value]);
  }
  return (value) => {
    const key = encodeKey([value]);
    const same = keys.get(key.toString('latin1'));
    if (!same) return false;
    return !isTruncatedKey(key) || same.some((other) => compareValues(value, other) === 0);
  };
}

/** A regular expression finds texts it matches, and regular expressions that are the same as itself. */
export function regexTest(spec: RegexSpec): ValueTest {
  const { compiled } = spec;
  return (value) => {
    if (typeof value === 'string') return compiled.test(value);
    const type = typeNumber(value);
    if (type === BSON_TYPE.symbol) return compiled.test(String(value));
    if (type !== BSON_TYPE.regex) return false;
    const { pattern, options } = regexParts(value);
    return pattern === spec.pattern && options === spec.options;
  };
}

/** The integer part of a number when it fits into 64 bits; decimals and doubles are cut towards zero. */
function truncated(value: unknown): bigint | undefined {
  if (value instanceof Int32) return BigInt(value.value);
  if (value instanceof Long) return value.toBigInt();
  const decimal = exactDecimal(value);
  if (decimal.special || decimal.exponent > 20) return undefined;
  const magnitude =
    decimal.exponent >= 0
      ? decimal.coefficient * powerOfTen(decimal.exponent)
      : decimal.coefficient / powerOfTen(-decimal.exponent);
  const signed = decimal.negative ? -magnitude : magnitude;
  return signed > 9223372036854775807n || signed < -9223372036854775808n ? undefined : signed;
}

function modTest(divisor: bigint, remainder: bigint): ValueTest {
  return (value) => {
    if (!isNumberType(typeNumber(value))) return false;
    const dividend = truncated(value);
    return dividend !== undefined && dividend % divisor === remainder;
  };
}

function bitsTest(type: BitsType, positions: readonly number[]): ValueTest {
  return (value) => {
    const isSet = bitReader(value);
    if (!isSet) return false;
    switch (type) {
      case 'bitsAllSet':
        return positions.every(isSet);
      case 'bitsAllClear':
        return !positions.some(isSet);
      case 'bitsAnySet':
        return positions.some(isSet);
      default:
        return !positions.every(isSet);
    }
  };
}

/** How to read single bits of a value: of 64-bit integers (sign extended) and of binaries; other values have none. */
function bitReader(value: unknown): ((position: number) => boolean) | undefined {
  if (value instanceof Binary) {
    return (position) => {
      const index = Math.floor(position / 8);
      return index < value.position && (((value.buffer[index] ?? 0) >> (position % 8)) & 1) === 1;
    };
  }
  if (!isNumberType(typeNumber(value))) return undefined;
  const integer = value instanceof Decimal128 ? decimalBits(value) : exactInteger(value);
  if (integer === undefined) return undefined;
  return (position) => ((integer >> BigInt(Math.min(position, 63))) & 1n) === 1n;
}

/** A decimal's bits are those of the nearest 64-bit integer; what has none counts as the least one. */
function decimalBits(value: Decimal128): bigint {
  return roundToInt64(decimalFrom(value)) ?? MIN_INT64;
}

/** True for values `$elemMatch` with conditions on fields can look into: documents, and arrays by their positions. */
export function asDocument(value: unknown): Document | undefined {
  if (Array.isArray(value)) return Object.fromEntries(value.entries());
  return typeNumber(value) === BSON_TYPE.object ? (value as Document) : undefined;
}

/** The test of a single value for those path nodes that need no other compiler. */
export function simpleValueTest(node: Exclude<PathNode, ElemMatchNode>): ValueTest {
  switch (node.type) {
    case 'in':
      return inTest(node.values, node.regexes);
    case 'regex':
      return regexTest(node.regex);
    case 'exists':
      return (value) => value !== undefined;
    case 'type':
      return (value) => node.types.has(typeNumber(value));
    case 'mod':
      return modTest(node.divisor, node.remainder);
    case 'size':
      return (value) => Array.isArray(value) && value.length === node.size;
    case 'bitsAllSet':
    case 'bitsAllClear':
    case 'bitsAnySet':
    case 'bitsAnyClear':
      return bitsTest(node.type, node.bits);
    default:
      return comparisonTest(node.type, node.value);
  }
}
