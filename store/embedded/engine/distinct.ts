import { type Document, fieldOf, isDocument } from './bson-types.ts';
import { compareValues } from './compare.ts';
import { indexOfPart } from './filter/path-match.ts';
import { encodeKey, isTruncatedKey } from './key-encoding.ts';

/**
 * The different values along a path, in the order in which they are met: elements of arrays one by one, values equal in
 * BSON's order (2 and 2.0) only once.
 */
export function distinctValues(documents: Iterable<Document>, path: string): unknown[] {
  const seen = new Map<string, unknown[]>();
  const values: unknown[] = [];
  const parts = path.split('.');
  for (const document of documents) {
    for (const value of valuesAlong(document, parts)) {
      const key = encodeKey([value]);
      const name = key.toString('latin1');
      const same = seen.get(name);
      if (same && (!isTruncatedKey(key) || same.some((other) => compareValues(other, value) === 0))) continue;
      if (same) same.push(value);
      else seen.set(name, [value]);
      values.push(value);
    }
  }
  return values;
}

/** Every value at the end of a path, arrays on the way and at the end taken apart. */
function valuesAlong(document: Document, parts: readonly string[]): unknown[] {
  const found: unknown[] = [];
  collect(document, parts, 0, found);
  return found;
}

function collect(value: unknown, parts: readonly string[], at: number, found: unknown[]): void {
  const part = parts[at];
  if (part === undefined) {
    if (Array.isArray(value)) found.push(...value);
    else if (value !== undefined) found.push(value);
    return;
  }
  if (Array.isArray(value)) {
    const index = indexOfPart(part);
    if (index >= 0 && index < value.length) collect(value[index], parts, at + 1, found);
    for (const item of value) if (isDocument(item)) collect(item, parts, at, found);
    return;
  }
  if (isDocument(value)) collect(fieldOf(value, part), parts, at + 1, found);
}
