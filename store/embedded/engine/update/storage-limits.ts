import { Binary, BSONRegExp, Code, calculateObjectSize } from 'bson';
import { bsonTypeOf, type Document, isDocument, MongoError } from '../values.ts';

/** Most bytes of a stored document. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Deepest nesting of documents and arrays in a stored document. */
export const MAX_DEPTH = 180;

/** Depth of a value, and no less than its bytes: cheap, because nearly all documents are far from the limits. */
class Measure {
  bytes = 0;
  depth = 0;

  add(value: unknown, depth: number): void {
    if (typeof value === 'string') this.bytes += 3 * value.length + 16;
    else if (value instanceof Binary) this.bytes += value.position + 16;
    else if (Array.isArray(value)) this.addItems(value, depth + 1);
    else if (isDocument(value)) this.addFields(value, depth + 1);
    else if (value instanceof BSONRegExp || value instanceof Code) this.bytes += calculateObjectSize({ value });
    else this.bytes += 64;
  }

  addItems(items: readonly unknown[], depth: number): void {
    if (depth > this.depth) this.depth = depth;
    this.bytes += 16;
    for (const item of items) {
      this.bytes += 12;
      this.add(item, depth);
    }
  }

  addFields(document: Document, depth: number): void {
    if (depth > this.depth) this.depth = depth;
    this.bytes += 16;
    for (const name of Object.keys(document)) {
      this.bytes += 3 * name.length + 2;
      this.add(document[name], depth);
    }
  }
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
  const measure = new Measure();
  measure.add(document, 0);
  if (measure.depth > MAX_DEPTH + 1) {
    throw new MongoError(15, `Document exceeds maximum nesting depth of ${MAX_DEPTH}`);
  }
  if (measure.bytes > MAX_DOCUMENT_BYTES && calculateObjectSize(document) > MAX_DOCUMENT_BYTES) {
    throw new MongoError(17419, `Resulting document after update is larger than ${MAX_DOCUMENT_BYTES}`);
  }
}
