import { calculateObjectSize } from 'bson';
import { type Document, isDocument, MongoError } from '../values.ts';

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

/** Refuses a changed document that MongoDB would not store: 17419 for its size, 15 for its depth. */
export function checkStorable(document: Document): void {
  if (depthOf(document) > MAX_DEPTH + 1) {
    throw new MongoError(15, `Document exceeds maximum nesting depth of ${MAX_DEPTH}`);
  }
  if (calculateObjectSize(document) > MAX_DOCUMENT_BYTES) {
    throw new MongoError(17419, `Resulting document after update is larger than ${MAX_DOCUMENT_BYTES}`);
  }
}
