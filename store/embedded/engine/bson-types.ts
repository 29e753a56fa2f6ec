import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'bson';

/** A decoded BSON document: a plain object whose values are BSON values without promotion. */
export type Document = { [key: string]: unknown };

/** BSON's type numbers, as `$type` takes them; `missing` (0) stands for a field that is not there. */
export const BSON_TYPE = {
  missing: 0,
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
} as const;

/** Names by type number, as `$type` and error texts spell them. */
export const TYPE_ALIASES: ReadonlyMap<number, string> = new Map(
  Object.entries(BSON_TYPE).map(([name, number]) => [number, name] as const),
);

const BY_PROTOTYPE: ReadonlyMap<object | null, number> = new Map<object | null, number>([
  [Object.prototype, BSON_TYPE.object],
  [null, BSON_TYPE.object],
  [Array.prototype, BSON_TYPE.array],
  [ObjectId.prototype, BSON_TYPE.objectId],
  [Int32.prototype, BSON_TYPE.int],
  [Double.prototype, BSON_TYPE.double],
  [Long.prototype, BSON_TYPE.long],
  [Decimal128.prototype, BSON_TYPE.decimal],
  [Date.prototype, BSON_TYPE.date],
  [Binary.prototype, BSON_TYPE.binData],
  [UUID.prototype, BSON_TYPE.binData],
  [Uint8Array.prototype, BSON_TYPE.binData],
  [Buffer.prototype, BSON_TYPE.binData],
  [BSONRegExp.prototype, BSON_TYPE.regex],
  [RegExp.prototype, BSON_TYPE.regex],
  [Timestamp.prototype, BSON_TYPE.timestamp],
  [BSONSymbol.prototype, BSON_TYPE.symbol],
  [MinKey.prototype, BSON_TYPE.minKey],
  [MaxKey.prototype, BSON_TYPE.maxKey],
  [DBRef.prototype, BSON_TYPE.object],
]);

/**
 * The BSON type number of a decoded value; `undefined` counts as missing (0). Plain JS numbers are taken as the driver
 * would send them: int when they fit into 32 bits, else double.
 */
export function typeNumber(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return BSON_TYPE.string;
    case 'boolean':
      return BSON_TYPE.bool;
    case 'undefined':
      return BSON_TYPE.missing;
    case 'number':
      return (value | 0) === value && !Object.is(value, -0) ? BSON_TYPE.int : BSON_TYPE.double;
    case 'bigint':
      return BSON_TYPE.long;
    default:
      break;
  }
  if (value === null) return BSON_TYPE.null;
  const prototype: object | null = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) return BSON_TYPE.object;
  if (prototype === Array.prototype) return BSON_TYPE.array;
  const known = BY_PROTOTYPE.get(prototype);
  if (known !== undefined) return known;
  if (value instanceof Code) return value.scope ? BSON_TYPE.javascriptWithScope : BSON_TYPE.javascript;
  return BSON_TYPE.object;
}

/** Position of each type in BSON's order of types; all kinds of number share one, text and symbol too. */
const RANKS: ReadonlyMap<number, number> = new Map([
  [BSON_TYPE.minKey, 1],
  [BSON_TYPE.missing, 2],
  [BSON_TYPE.undefined, 2],
  [BSON_TYPE.null, 5],
  [BSON_TYPE.double, 10],
  [BSON_TYPE.int, 10],
  [BSON_TYPE.long, 10],
  [BSON_TYPE.decimal, 10],
  [BSON_TYPE.string, 15],
  [BSON_TYPE.symbol, 15],
  [BSON_TYPE.object, 20],
  [BSON_TYPE.array, 25],
  [BSON_TYPE.binData, 30],
  [BSON_TYPE.objectId, 35],
  [BSON_TYPE.bool, 40],
  [BSON_TYPE.date, 45],
  [BSON_TYPE.timestamp, 47],
  [BSON_TYPE.regex, 50],
  [BSON_TYPE.dbPointer, 55],
  [BSON_TYPE.javascript, 60],
  [BSON_TYPE.javascriptWithScope, 65],
  [BSON_TYPE.maxKey, 127],
]);

const RANK_BY_NUMBER = new Uint8Array(128);
for (const [type, rank] of RANKS) RANK_BY_NUMBER[type & 127] = rank;
// -1 & 127 is 127: MinKey and MaxKey would share a slot, so they are told apart below.

/** The rank of a type number in BSON's order across types (missing < null < numbers < text < ... < MaxKey). */
export function rankOfType(type: number): number {
  if (type === BSON_TYPE.minKey) return 1;
  if (type === BSON_TYPE.maxKey) return 127;
  return RANK_BY_NUMBER[type] ?? 127;
}

/** The rank of a value in BSON's order across types. */
export function typeRank(value: unknown): number {
  return rankOfType(typeNumber(value));
}

/** The alias of a value's type (`int`, `objectId`, `missing` ...), as aggregation's `$type` answers it. */
export function bsonTypeOf(value: unknown): string {
  return TYPE_ALIASES.get(typeNumber(value)) ?? 'object';
}

/** True for embedded documents (not arrays, not BSON's own classes). */
export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && typeNumber(value) === BSON_TYPE.object;
}

/**
 * One field of a document, own fields only: names such as `constructor` or `__proto__` are ordinary names in BSON.
 * BSON values are never functions, so only an inherited method needs the slow look.
 */
export function fieldOf(document: Document, name: string): unknown {
  const value = document[name];
  if (typeof value === 'function' || name === '__proto__') {
    return Object.hasOwn(document, name) ? document[name] : undefined;
  }
  return value;
}

/** Sets one field as an own field, whatever its name. */
export function setField(document: Document, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(document, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    document[name] = value;
  }
}
