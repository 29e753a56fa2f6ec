import { createHash } from 'node:crypto';
import { indexKeysOf } from '../engine/index-keys.ts';
import { MongoError } from '../engine/mongo-error.ts';
import { type Document, encodeKey, isTruncatedKey } from '../engine/values.ts';
import { encode } from './bson-codec.ts';
import type { Index } from './catalog.ts';

/** What a document puts into an index. */
export interface IndexEntries {
  /** Encoded keys without prefix and record id; each once. */
  readonly keys: readonly string[];
  /** The values behind each key, for texts of errors. */
  readonly values: readonly (readonly unknown[])[];
  readonly isMultikey: boolean;
  readonly hasLongKeys: boolean;
}

const NOTHING: IndexEntries = { keys: [], values: [], isMultikey: false, hasLongKeys: false };

/**
 * The entries of one document in one index: none when a partial index does not want it, or when a sparse one finds none
 * of its fields.
 *
 * @throws MongoError 171 for two different arrays in one key, 16766 for an array in a hashed index.
 */
export function indexEntries(index: Index, document: Document): IndexEntries {
  if (index.partial !== undefined && !index.partial.matches(document)) return NOTHING;
  const { keys: all, sparseKeys, isMultikey } = indexKeysOf(document, index.paths);
  const keys = index.isSparse ? sparseKeys : all;
  if (isMultikey && index.isHashed) {
    throw new MongoError(16766, 'Error: hashed indexes do not currently support array values');
  }
  let hasLongKeys = false;
  const encoded = keys.map((values) => {
    const { key, isLong } = encodeIndexKey(values, index.directions);
    if (isLong) hasLongKeys = true;
    return key;
  });
  return { keys: encoded, values: keys, isMultikey, hasLongKeys };
}

/** A whole key. One that is too long keeps its beginning and gets a hash of the values, so that it stays unique. */
export function encodeIndexKey(
  values: readonly unknown[],
  directions: readonly (1 | -1)[],
): { readonly key: string; readonly isLong: boolean } {
  const bytes = encodeKey(values, directions);
  const key = bytes.toString('latin1');
  if (!isTruncatedKey(bytes)) return { key, isLong: false };
  const hash = createHash('sha256').update(encode({ values })).digest();
  return { key: key + hash.toString('latin1'), isLong: true };
}
