import { type Document, fieldOf, isDocument } from '../bson-types.ts';
import { MongoError } from '../mongo-error.ts';
import type { Value } from './scope.ts';

const MAX_DEPTH = 200;

/** Splits and checks a dotted path as aggregation demands it. */
export function parseFieldPath(path: string): string[] {
  if (path === '') throw new MongoError(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw new MongoError(40353, "FieldPath must not end with a '.'.");
  const names = path.split('.');
  for (const name of names) checkFieldName(name);
  if (names.length > MAX_DEPTH) throw new MongoError(5984700, 'FieldPath is too long');
  return names;
}

/** Checks one name of a path. */
export function checkFieldName(name: string): void {
  if (name === '') throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
  if (name.startsWith('$')) {
    throw new MongoError(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
  }
  if (name.includes('\0')) throw new MongoError(16411, 'FieldPath field names may not contain null bytes.');
  if (name.includes('.')) {
    throw new MongoError(16412, "FieldPath field names may not contain '.'. Consider using $getField or $setField.");
  }
}

/** The value at a path below a value. Arrays on the way answer an array of what their documents have there. */
export function valueAtPath(value: Value, names: readonly string[], from = 0): Value {
  let current = value;
  for (let i = from; i < names.length; i += 1) {
    if (Array.isArray(current)) return throughArray(current, names, i);
    if (!isDocument(current)) return undefined;
    current = fieldOf(current, names[i] as string);
  }
  return current;
}

function throughArray(array: readonly Value[], names: readonly string[], from: number): Value[] {
  const found: Value[] = [];
  for (const element of array) {
    if (!isDocument(element)) continue;
    const value = valueAtPath(fieldOf(element as Document, names[from] as string), names, from + 1);
    if (value !== undefined) found.push(value);
  }
  return found;
}

/** The value at a path below documents only: arrays on the way end it. */
export function plainValueAt(value: Value, names: readonly string[]): Value {
  let current = value;
  for (const name of names) {
    if (!isDocument(current)) return undefined;
    current = fieldOf(current, name);
  }
  return current;
}
