import type { ObjectId } from 'bson';
import { type Document, fieldOf, isDocument, MongoError, setField } from '../values.ts';

/** The first fields of an upsert's document, from the filter's equalities. Error 111 for a part of `_id` in a replacement. */
export function seedDocument(equalities: ReadonlyMap<string, unknown>, isReplacement: boolean): Document {
  const document: Document = {};
  for (const [path, value] of equalities) {
    if (isReplacement && path.startsWith('_id.')) {
      throw new MongoError(111, `field at '_id' must be exactly specified, field at sub-path '${path}'found`);
    }
    put(document, path.split('.'), value);
  }
  return document;
}

function put(document: Document, path: readonly string[], value: unknown): void {
  let current = document;
  for (const part of path.slice(0, -1)) {
    let next = fieldOf(current, part);
    if (!isDocument(next)) {
      next = {};
      setField(current, part, next);
    }
    current = next as Document;
  }
  setField(current, path[path.length - 1] as string, value);
}

/** The document with its `_id` in front, a new one if it has none. */
export function withIdFirst(document: Document, newId: () => ObjectId): Document {
  const { _id: id, ...rest } = document;
  return { _id: id === undefined ? newId() : id, ...rest };
}
