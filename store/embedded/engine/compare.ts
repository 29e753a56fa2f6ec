import { Binary, BSONRegExp, type Code, DBRef, Double, type ObjectId, type Timestamp } from 'bson';
import { BSON_TYPE, type Document, rankOfType, typeNumber } from './bson-types.ts';
import { compareNumbers, isNumberType, isZero } from './numbers.ts';

/** Code units in the order of the code points they stand for: surrogates after U+E000 to U+FFFF. */
function codeUnitWeight(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** Order of two texts by their UTF-8 bytes, as BSON compares them. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return codeUnitWeight(left) < codeUnitWeight(right) ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

/** Bytes and subtype of a binary value. */
export function binaryOf(value: unknown): { bytes: Uint8Array; subtype: number } {
  if (value instanceof Binary) {
    return { bytes: value.buffer.subarray(0, value.position), subtype: value.sub_type };
  }
  return { bytes: value as Uint8Array, subtype: 0 };
}

function compareBinaries(a: unknown, b: unknown): number {
  const left = binaryOf(a);
  const right = binaryOf(b);
  // Subtype 2 stores its length twice, which counts in MongoDB's comparison of lengths.
  const lengthA = left.bytes.length + (left.subtype === 2 ? 4 : 0);
  const lengthB = right.bytes.length + (right.subtype === 2 ? 4 : 0);
  return sign(lengthA - lengthB) || sign(left.subtype - right.subtype) || Buffer.compare(left.bytes, right.bytes);
}

function sign(n: number): number {
  return n < 0 ? -1 : n > 0 ? 1 : 0;
}

/** Pattern and options of a regular expression value. */
export function regexParts(value: unknown): { pattern: string; options: string } {
  if (value instanceof BSONRegExp) return { pattern: value.pattern, options: value.options };
  const regex = value as RegExp;
  return { pattern: regex.source, options: [...regex.flags].filter((flag) => 'imsx'.includes(flag)).join('') };
}

/** A document as entries; a DBRef (which `bson` makes of `{$ref, $id}`) counts as the document it was. */
function plain(value: unknown): Document {
  return value instanceof DBRef ? (value.toJSON() as unknown as Document) : (value as Document);
}

/** Field by field in stored order: first the types, then the names, then the values; the shorter one is less. */
function compareDocuments(a: Document, b: Document): number {
  const left = Object.keys(a);
  const right = Object.keys(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const nameA = left[i] ?? '';
    const nameB = right[i] ?? '';
    const valueA = a[nameA];
    const valueB = b[nameB];
    const typeA = typeNumber(valueA);
    const typeB = typeNumber(valueB);
    const order =
      sign(rankOfType(typeA) - rankOfType(typeB)) ||
      compareStrings(nameA, nameB) ||
      compareSameRank(valueA, typeA, valueB, typeB);
    if (order !== 0) return order;
  }
  return sign(left.length - right.length);
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return sign(a.length - b.length);
}

function compareSameRank(a: unknown, typeA: number, b: unknown, typeB: number): number {
  switch (typeA) {
    case BSON_TYPE.int:
    case BSON_TYPE.double:
    case BSON_TYPE.long:
    case BSON_TYPE.decimal:
      return compareNumbers(a, b);
    case BSON_TYPE.string:
    case BSON_TYPE.symbol:
      return compareStrings(String(a), String(b));
    case BSON_TYPE.object:
      return compareDocuments(plain(a), plain(b));
    case BSON_TYPE.array:
      return compareArrays(a as unknown[], b as unknown[]);
    case BSON_TYPE.binData:
      return compareBinaries(a, b);
    case BSON_TYPE.objectId:
      return (a as ObjectId).equals(b as ObjectId) ? 0 : Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case BSON_TYPE.bool:
      return Number(a) - Number(b);
    case BSON_TYPE.date:
      return sign((a as Date).getTime() - (b as Date).getTime());
    case BSON_TYPE.timestamp:
      return (a as Timestamp).compare(b as Timestamp);
    case BSON_TYPE.regex: {
      const left = regexParts(a);
      const right = regexParts(b);
      return compareStrings(left.pattern, right.pattern) || compareStrings(left.options, right.options);
    }
    case BSON_TYPE.javascript:
    case BSON_TYPE.javascriptWithScope:
      return compareCode(a as Code, b as Code, typeB);
    default:
      return 0;
  }
}

function compareCode(a: Code, b: Code, typeB: number): number {
  const order = compareStrings(a.code, b.code);
  if (order !== 0 || typeB !== BSON_TYPE.javascriptWithScope) return order;
  return compareDocuments(a.scope ?? {}, b.scope ?? {});
}

/**
 * BSON's total order of values, as MongoDB sorts and compares: by type first, numbers of all types by exact value (NaN
 * lowest), texts by UTF-8 bytes, documents field by field in stored order. A missing value is less than null.
 */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  const typeA = typeNumber(a);
  const typeB = typeNumber(b);
  if (typeA !== typeB) {
    const rankA = rankOfType(typeA);
    const rankB = rankOfType(typeB);
    if (rankA !== rankB) return rankA < rankB ? -1 : 1;
  }
  return compareSameRank(a, typeA, b, typeB);
}

/** Equality in BSON's order: `2` equals `2.0` and Long 2; the order of a document's fields counts. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' || typeof b === 'string') {
    if (typeof a === 'string' && typeof b === 'string') return a === b;
  }
  return compareValues(a, b) === 0;
}

/** Equality of bytes: same value and same types throughout (`2` and `2.0` differ). What decides whether an update changed anything. */
export function identicalValues(a: unknown, b: unknown): boolean {
  const type = typeNumber(a);
  if (type !== typeNumber(b)) return false;
  if (type === BSON_TYPE.array) {
    const left = a as unknown[];
    const right = b as unknown[];
    return left.length === right.length && left.every((item, i) => identicalValues(item, right[i]));
  }
  if (type === BSON_TYPE.object) {
    const left = plain(a);
    const right = plain(b);
    const names = Object.keys(left);
    const others = Object.keys(right);
    return (
      names.length === others.length &&
      names.every((name, i) => name === others[i] && identicalValues(left[name], right[name]))
    );
  }
  if (a instanceof Double && b instanceof Double) return Object.is(a.value, b.value);
  if (type === BSON_TYPE.decimal) {
    return Buffer.compare((a as { bytes: Uint8Array }).bytes, (b as { bytes: Uint8Array }).bytes) === 0;
  }
  return compareSameRank(a, type, b, type) === 0;
}

/** Whether a value counts as true in expressions: everything but false, zero, null and missing. */
export function truthy(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null) return false;
  return isNumberType(typeNumber(value)) ? !isZero(value) : true;
}

/** A deep copy of documents and arrays; BSON's own values are immutable by agreement and shared. */
export function cloneValue<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    // A spread copies `__proto__` as an own field, too.
    const copy: Document = { ...(value as Document) };
    for (const name of Object.keys(copy)) {
      const item = copy[name];
      if (typeof item === 'object' && item !== null && name !== '__proto__') copy[name] = cloneValue(item);
    }
    return copy as T;
  }
  return Array.isArray(value) ? (value.map(cloneValue) as T) : value;
}
