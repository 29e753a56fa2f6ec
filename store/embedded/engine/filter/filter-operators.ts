import { Binary } from 'bson';
import {
  BSON_TYPE,
  binaryOf,
  type Document,
  exactDecimal,
  exactInteger,
  isDocument,
  isNumberType,
  MongoError,
  powerOfTen,
  regexParts,
  TYPE_ALIASES,
  toNumber,
  truthy,
  typeNumber,
} from '../values.ts';
import { describeElement } from './describe-value.ts';
import type { BitsType, FilterNode, RegexSpec } from './filter-node.ts';
import { compileRegex } from './regex.ts';

/** A refusal of a value that an operator cannot take (MongoDB's BadValue). */
export function badValue(message: string): never {
  throw new MongoError(2, message);
}

/** A regular expression value as a usable one. */
export function regexOf(value: unknown): RegexSpec {
  const { pattern, options } = regexParts(value);
  return compileRegex(pattern, options);
}

/** True for values that act as a pattern in equality and `$in`. */
export function isRegexValue(value: unknown): boolean {
  return typeNumber(value) === BSON_TYPE.regex;
}

/** `$gt` and its kind. */
export function parseComparison(type: 'lt' | 'lte' | 'gt' | 'gte', path: string, value: unknown): FilterNode {
  if (isRegexValue(value)) badValue(`Can't have RegEx as arg to predicate over field '${path}'.`);
  return { type, path, value };
}

/** `$in` (and what `$nin` negates). */
export function parseIn(path: string, operand: unknown): FilterNode {
  if (!Array.isArray(operand)) badValue('$in needs an array');
  const values: unknown[] = [];
  const regexes: RegexSpec[] = [];
  for (const item of operand as unknown[]) {
    if (isOperatorDocument(item)) badValue('cannot nest $ under $in');
    if (isRegexValue(item)) regexes.push(regexOf(item));
    else values.push(item);
  }
  return { type: 'in', path, values, regexes };
}

const DB_REF_FIELDS = new Set(['$ref', '$id', '$db']);

/** True when the document consists of operators: its first name starts with `$`, and it is no DBRef. */
export function isOperatorDocument(value: unknown, incompleteDbRefCounts = false): value is Document {
  if (!isDocument(value)) return false;
  const names = Object.keys(value);
  const first = names[0];
  if (first === undefined || !first.startsWith('$')) return false;
  if (!DB_REF_FIELDS.has(first)) return true;
  if (incompleteDbRefCounts) return !names.some((name) => DB_REF_FIELDS.has(name));
  return !('$ref' in value && '$id' in value);
}

/** `$exists`: anything but false, 0 and null asks for the field to be there. */
export function parseExists(path: string, operand: unknown): FilterNode {
  const node: FilterNode = { type: 'exists', path };
  return truthy(operand) ? node : { type: 'not', child: node };
}

const NUMBER_TYPES = [BSON_TYPE.double, BSON_TYPE.int, BSON_TYPE.long, BSON_TYPE.decimal];
const TYPE_BY_ALIAS: ReadonlyMap<string, number> = new Map(
  [...TYPE_ALIASES].filter(([type]) => type !== BSON_TYPE.missing).map(([type, name]) => [name, type]),
);

/** `$type`: one type or several, by number or by name; `number` stands for all four kinds. */
export function parseType(path: string, operand: unknown): FilterNode {
  const types = new Set<number>();
  const items = Array.isArray(operand) ? operand : [operand];
  if (items.length === 0) throw new MongoError(9, `${path} must match at least one type`);
  for (const item of items) {
    if (item === 'number') for (const type of NUMBER_TYPES) types.add(type);
    else types.add(typeOfName(item));
  }
  return { type: 'type', path, types };
}

function typeOfName(item: unknown): number {
  if (typeof item === 'string') {
    if (item === 'missing') {
      badValue("'missing' is not a legal type name. To query for non-existence of a field, use {$exists:false}.");
    }
    return TYPE_BY_ALIAS.get(item) ?? badValue(`Unknown type name alias: ${item}`);
  }
  if (!isNumberType(typeNumber(item))) throw new MongoError(14, 'type must be represented as a number or a string');
  const code = toNumber(item);
  if (code === 0) badValue('Invalid numerical type code: 0. Instead use {$exists:false}.');
  if (!TYPE_ALIASES.has(code)) badValue(`Invalid numerical type code: ${code}`);
  return code;
}

/** The number as an integer cut towards zero, for `$mod`. */
function modInteger(value: unknown, what: string): bigint {
  const decimal = exactDecimal(value);
  if (decimal.special)
    badValue(`malformed mod, ${what} value is invalid :: caused by :: Unable to coerce NaN/Inf to integral type`);
  const magnitude =
    decimal.exponent >= 0
      ? decimal.coefficient * powerOfTen(Math.min(decimal.exponent, 40))
      : decimal.coefficient / powerOfTen(-decimal.exponent);
  if (magnitude > 9223372036854775807n) {
    badValue(`malformed mod, ${what} value is invalid :: caused by :: Out of bounds coercing to integral value`);
  }
  return decimal.negative ? -magnitude : magnitude;
}

/** `$mod: [divisor, remainder]`. */
export function parseMod(path: string, operand: unknown): FilterNode {
  if (!Array.isArray(operand)) badValue('malformed mod, needs to be an array');
  const [divisor, remainder] = operand as unknown[];
  const count = (operand as unknown[]).length;
  if (count < 2) badValue('malformed mod, not enough elements');
  if (count > 2) badValue('malformed mod, too many elements');
  if (!isNumberType(typeNumber(divisor))) badValue('malformed mod, divisor not a number');
  if (!isNumberType(typeNumber(remainder))) badValue('malformed mod, remainder not a number');
  const by = modInteger(divisor, 'divisor');
  if (by === 0n) badValue('divisor cannot be 0');
  return { type: 'mod', path, divisor: by, remainder: modInteger(remainder, 'remainder') };
}

/** `$size`: a whole number, not negative. */
export function parseSize(path: string, operand: unknown): FilterNode {
  const prefix = 'Failed to parse $size. ';
  if (!isNumberType(typeNumber(operand))) {
    badValue(`${prefix}Expected a number in: ${describeElement('$size', operand)}`);
  }
  const size = exactInteger(operand);
  if (size === undefined) badValue(`${prefix}Expected an integer: ${describeElement('$size', operand)}`);
  if ((size as bigint) < 0n)
    badValue(`${prefix}Expected a non-negative number in: ${describeElement('$size', operand)}`);
  return { type: 'size', path, size: Number(size) };
}

/** `$bitsAllSet` and its kind: positions, a mask, or the bits of a binary. */
export function parseBits(type: BitsType, path: string, operand: unknown): FilterNode {
  const name = `$${type}`;
  if (Array.isArray(operand)) {
    return { type, path, bits: operand.map((item, i) => bitPosition(item, i)) };
  }
  if (isNumberType(typeNumber(operand))) {
    const mask = exactInteger(operand);
    if (mask === undefined) throw new MongoError(9, `Expected an integer: ${describeElement(name, operand)}`);
    if (mask < 0n) throw new MongoError(9, `Expected a non-negative number in: ${describeElement(name, operand)}`);
    const bits: number[] = [];
    for (let i = 0; i < 63; i++) if ((mask >> BigInt(i)) & 1n) bits.push(i);
    return { type, path, bits };
  }
  if (operand instanceof Binary) {
    const { bytes } = binaryOf(operand);
    const bits: number[] = [];
    for (let i = 0; i < bytes.length * 8; i++) if (((bytes[i >> 3] ?? 0) >> (i & 7)) & 1) bits.push(i);
    return { type, path, bits };
  }
  return badValue(`${path} takes an Array, a number, or a BinData but received: ${describeElement(name, operand)}`);
}

function bitPosition(item: unknown, index: number): number {
  if (!isNumberType(typeNumber(item))) {
    badValue(`Failed to parse bit position. Expected a number in: ${describeElement(String(index), item)}`);
  }
  const position = exactInteger(item);
  if (position === undefined || position > 2147483647n) {
    badValue(`Failed to parse bit position. Expected an integer: ${describeElement(String(index), item)}`);
  }
  if ((position as bigint) < 0n) {
    badValue(
      `Failed to parse bit position. Expected a non-negative number in: ${describeElement(String(index), item)}`,
    );
  }
  return Number(position);
}

/** `$regex` with `$options`, in either order. */
export function parseRegex(path: string, operators: Document): FilterNode {
  const operand = operators.$regex;
  const options = operators.$options;
  if (options !== undefined && typeof options !== 'string') badValue('$options has to be a string');
  if (operand === undefined) badValue('$options needs a $regex');
  if (isRegexValue(operand)) {
    const parts = regexParts(operand);
    if (typeof options === 'string' && parts.options !== '') {
      throw new MongoError(
        '$regex' === Object.keys(operators)[0] ? 51075 : 51074,
        'options set in both $regex and $options',
      );
    }
    return { type: 'regex', path, regex: compileRegex(parts.pattern, parts.options || ((options as string) ?? '')) };
  }
  if (typeof operand !== 'string') badValue('$regex has to be a string');
  return { type: 'regex', path, regex: compileRegex(operand as string, (options as string | undefined) ?? '') };
}
