import type { UpdateResult } from '../update.ts';
import { type Document, equalValues, identicalValues, MongoError, setField } from '../values.ts';

/** Replaces a document; its `_id` stays and stands first. */
export function replaceDocument(document: Document, replacement: Document, isInsert: boolean): UpdateResult {
  for (const name of Object.keys(replacement)) {
    if (name.startsWith('$') && !['$id', '$ref', '$db'].includes(name)) {
      throw new MongoError(
        52,
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
  }
  const result: Document = {};
  if (
    Object.hasOwn(document, '_id') &&
    (!Object.hasOwn(replacement, '_id') || equalValues(document._id, replacement._id))
  ) {
    result._id = document._id;
  }
  for (const name of Object.keys(replacement)) {
    if (name === '_id' && Object.hasOwn(result, '_id')) continue;
    setField(result, name, replacement[name]);
  }
  const isSame = !isInsert && identicalValues(document, result);
  return isSame ? { document, modified: false } : { document: result, modified: true };
}
