import type { UpdateResult } from '../update.ts';
import { type Document, identicalValues, setField } from '../values.ts';
import { checkTopLevelNames } from './storage-limits.ts';

/** Replaces a document; its `_id` stays and stands first. */
export function replaceDocument(document: Document, replacement: Document, isInsert: boolean): UpdateResult {
  checkTopLevelNames(replacement);
  const result: Document = {};
  if (Object.hasOwn(replacement, '_id')) result._id = replacement._id;
  else if (Object.hasOwn(document, '_id')) result._id = document._id;
  for (const name of Object.keys(replacement)) {
    if (name !== '_id') setField(result, name, replacement[name]);
  }
  const isSame = !isInsert && identicalValues(document, result);
  return isSame ? { document, modified: false } : { document: result, modified: true };
}
