import { Binary, type BSONRegExp, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { BSON_TYPE, type Document, typeNumber } from '../engine/values.ts';
import type { Index } from './catalog.ts';

/** The text MongoDB shows for a key in the message of a duplicate: `{ a: 1, b: "x" }`. */
export function showIndexKey(index: Index, values: readonly unknown[]): string {
  const fields = index.paths.map((path, at) => `${path}: ${showValue(values[at])}`);
  return `{ ${fields.join(', ')} }`;
}

/** A value as MongoDB writes it into its messages. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (value === null) return 'null';
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Int32) return String(value.value);
  if (value instanceof Double) return showDouble(value.value);
  if (value instanceof Decimal128) return value.toString();
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Timestamp) return `Timestamp(${value.getHighBitsUnsigned()}, ${value.getLowBitsUnsigned()})`;
  if (value instanceof Long) return value.toString();
  if (value instanceof Binary) return showBinary(value);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(showValue).join(', ')} ]`;
  switch (typeNumber(value)) {
    case BSON_TYPE.minKey:
      return 'MinKey';
    case BSON_TYPE.maxKey:
      return 'MaxKey';
    case BSON_TYPE.regex: {
      const { pattern, options } = value as BSONRegExp;
      return `/${pattern}/${options}`;
    }
    default:
      return showDocument(value as Document);
  }
}

function showDocument(document: Document): string {
  const fields = Object.keys(document).map((name) => `${name}: ${showValue(document[name])}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** Whole numbers get a `.0`, so that a double is told from an int. */
function showDouble(value: number): string {
  if (Number.isNaN(value)) return 'nan.0';
  if (!Number.isFinite(value)) return value > 0 ? 'inf.0' : '-inf.0';
  const text = Object.is(value, -0) ? '-0' : Math.abs(value) < 1e16 ? String(value) : exponential(value);
  return Number.isInteger(value) ? `${text}.0` : text;
}

/** C++ writes at least two digits of an exponent and none of the zeros before it. */
function exponential(value: number): string {
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

function showBinary(binary: Binary): string {
  const hex = Buffer.from(binary.value()).toString('hex').toUpperCase();
  if (binary.sub_type === Binary.SUBTYPE_UUID) {
    const low = hex.toLowerCase();
    const parts = [low.slice(0, 8), low.slice(8, 12), low.slice(12, 16), low.slice(16, 20), low.slice(20)];
    return `UUID("${parts.join('-')}")`;
  }
  return `BinData(${binary.sub_type}, ${hex})`;
}
