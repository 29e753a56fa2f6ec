import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { type Document, isDocument } from '../values.ts';

/** Numbers as MongoDB's error texts print them. */
function describeDouble(n: number): string {
  if (Number.isNaN(n)) return 'nan.0';
  if (!Number.isFinite(n)) return n > 0 ? 'inf.0' : '-inf.0';
  return Number.isInteger(n) ? `${n}.0` : String(n);
}

/** A value as MongoDB's error texts print it. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `"${value}"`;
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`;
  if (value instanceof Int32 || value instanceof Long) return value.toString();
  if (value instanceof Double) return describeDouble(value.value);
  if (value instanceof Decimal128) return value.toString();
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  if (value instanceof Binary)
    return `BinData(${value.sub_type}, ${Buffer.from(value.buffer).toString('hex').toUpperCase()})`;
  if (value instanceof MinKey) return 'MinKey';
  if (value instanceof MaxKey) return 'MaxKey';
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(describeValue).join(', ')} ]`;
  return isDocument(value) ? describeDocument(value) : String(value);
}

/** A document as MongoDB's error texts print it: `{ a: 1, b: "x" }`. */
export function describeDocument(document: Document): string {
  const names = Object.keys(document);
  if (names.length === 0) return '{}';
  return `{ ${names.map((name) => `${name}: ${describeValue(document[name])}`).join(', ')} }`;
}

/** One field as MongoDB's error texts print it: `name: value`. */
export function describeElement(name: string, value: unknown): string {
  return `${name}: ${describeValue(value)}`;
}
