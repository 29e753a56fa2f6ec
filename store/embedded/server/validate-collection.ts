import { Int32, Long } from 'bson';
import type { Document } from '../engine/values.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { indexEntries } from '../storage/index-keys.ts';
import { afterPrefix, indexPrefix, recordIdOf } from '../storage/keys.ts';
import type { View } from '../storage/view.ts';
import { scanCollection } from './query/scan.ts';

/** Compares every index with what the documents should have put into it, and answers as MongoDB's `validate` does. */
export function validateCollection(view: View, collection: Collection): Document {
  const errors: string[] = [];
  const wanted = new Map<Index, Map<string, string>>(collection.indexes.map((index) => [index, new Map()]));
  let records = 0;
  for (const { id, document } of scanCollection(view, collection, false, { documents: 0, keys: 0 })) {
    records += 1;
    for (const [index, entries] of wanted) {
      for (const key of indexEntries(index, document).keys) entries.set(index.isUnique ? key : key + id, id);
    }
  }
  const keysPerIndex: Document = {};
  const indexDetails: Document = {};
  for (const [index, entries] of wanted) {
    const found = differences(view, index, entries);
    errors.push(...found.map((text) => `index ${index.name}: ${text}`));
    keysPerIndex[index.name] = new Int32(entries.size);
    indexDetails[index.name] = { valid: found.length === 0 };
  }
  return {
    ns: collection.namespace,
    nInvalidDocuments: Long.ZERO,
    nrecords: new Int32(records),
    nIndexes: new Int32(collection.indexes.length),
    keysPerIndex,
    indexDetails,
    valid: errors.length === 0,
    repaired: false,
    warnings: [],
    errors,
    extraIndexEntries: [],
    missingIndexEntries: [],
    corruptRecords: [],
  };
}

function differences(view: View, index: Index, wanted: ReadonlyMap<string, string>): string[] {
  const prefix = indexPrefix(index.id);
  const errors: string[] = [];
  let found = 0;
  for (const [key, value] of view.entries(prefix, afterPrefix(prefix), false, Number.MAX_SAFE_INTEGER)) {
    found += 1;
    const own = key.slice(prefix.length);
    const id = index.isUnique ? Buffer.from(value).toString('latin1') : recordIdOf(key);
    if (wanted.get(own) !== id) errors.push('an entry that no document has put there');
  }
  if (found - errors.length !== wanted.size)
    errors.push(`${wanted.size - (found - errors.length)} entries are missing`);
  return errors;
}
