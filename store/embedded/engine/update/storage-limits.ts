import { calculateObjectSize } from 'bson';
import { bsonTypeOf, type Document, isDocument, MongoError } from '../values.ts';

/** Most bytes of a stored document. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Deepest nesting of documents and arrays in a stored document. */
export const MAX_DEPTH = 180;

function depthOf(value: unknown): number {
  if (Array.isArray(value)) return 1 + value.reduce((most: number, item) => Math.max(most, depthOf(item)), 0);
  if (!isDocument(value)) return 0;
  let most = 0;
  for (const name of Object.keys(value)) most = Math.max(most, depthOf(value[name]));
  return 1 + most;
}

/** Refuses an `_id` that MongoDB would not store: 53 for its type, 52 for `$` in its names. */
export function checkId(id: unknown): void {
  const type = bsonTypeOf(id);
  if (type === 'array' || type === 'regex' || type === 'undefined') {
    throw new MongoError(53, `The '_id' value cannot be of type ${type}`);
  }
  if (!isDocument(id)) return;
  for (const name of Object.keys(id)) {
    if (name.startsWith('$')) {
      throw new MongoError(52, `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`);
    }
  }
}

/** Refuses top-level names with `$`. Error 52. */
export function checkTopLevelNames(document: Document): void {
  for (const name of Object.keys(document)) {
    if (name.startsWith('$') && !['$id', '$ref', '$db'].includes(name)) {
      throw new MongoError(
        52,
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
  }
}

/** Refuses a changed document that MongoDB would not store: 17419 for its size, 15 for its depth. */
export function checkStorable(document: Document): void {
  if (depthOf(document) > MAX_DEPTH + 1) {
    throw new MongoError(15, `Document exceeds maximum nesting depth of ${MAX_DEPTH}`);
  }
  if (calculateObjectSize(document) > MAX_DOCUMENT_BYTES) {
    throw new MongoError(17419, `Resulting document after update is larger than ${MAX_DOCUMENT_BYTES}`);
  }
}
