import type { Document } from '../../engine/values.ts';
import type { Collection, Index } from '../../storage/catalog.ts';
import { afterPrefix, indexPrefix, type Key, recordIdOf, recordPrefix } from '../../storage/keys.ts';
import type { View } from '../../storage/view.ts';

/** How much a query looked at; `explain` shows it. */
export interface Examined {
  documents: number;
  keys: number;
}

/** A document a scan came to. */
export interface Candidate {
  readonly id: string;
  /** Where it lies. */
  readonly key: Key;
  readonly document: Document;
  /** Its bytes, where the scan had them at hand. */
  readonly bytes: Uint8Array | undefined;
}

/** A stretch of index keys, `from` <= key < `to`, without the prefix of the index. */
export interface KeyRange {
  readonly from: string;
  readonly to: string;
  /** The whole key, where the range is one key of a unique index. */
  readonly point?: string;
}

/** Entries are read in portions: small at first, as many queries want one document only. */
const FIRST_PORTION = 8;
const LARGEST_PORTION = 512;

/**
 * All documents of a collection in the order in which they were inserted, or backwards. No LMDB cursor stays open
 * between portions: the scan goes on behind the last key, whatever has changed meanwhile.
 */
export function* scanCollection(
  view: View,
  collection: Collection,
  isReverse: boolean,
  examined: Examined,
): Generator<Candidate> {
  const prefix = recordPrefix(collection.id);
  let from = prefix;
  let to = afterPrefix(prefix);
  for (let portion = FIRST_PORTION; ; portion = Math.min(portion * 4, LARGEST_PORTION)) {
    const entries = view.entries(from, to, isReverse, portion);
    for (const [key, bytes] of entries) {
      const document = view.document(key, bytes);
      if (document === undefined) continue;
      examined.documents += 1;
      yield { id: recordIdOf(key), key, document, bytes };
    }
    const last = entries.at(-1);
    if (entries.length < portion || last === undefined) return;
    if (isReverse) to = last[0];
    else from = `${last[0]}\0`;
  }
}

/** Record ids from stretches of an index, in the order of the index or backwards. An id comes once only. */
export function* scanIndex(
  view: View,
  index: Index,
  ranges: readonly KeyRange[],
  isReverse: boolean,
  examined: Examined,
): Generator<string> {
  const prefix = indexPrefix(index.id);
  const seen = index.isMultikey ? new Set<string>() : undefined;
  for (const range of isReverse ? [...ranges].reverse() : ranges) {
    if (range.point !== undefined) {
      const value = view.get(prefix + range.point);
      if (value === undefined) continue;
      examined.keys += 1;
      const id = idFrom(value);
      if (seen?.has(id) === true) continue;
      seen?.add(id);
      yield id;
      continue;
    }
    let from = prefix + range.from;
    let to = prefix + range.to;
    for (let portion = FIRST_PORTION; ; portion = Math.min(portion * 4, LARGEST_PORTION)) {
      const entries = view.entries(from, to, isReverse, portion);
      for (const [key, value] of entries) {
        examined.keys += 1;
        const id = index.isUnique ? idFrom(value) : recordIdOf(key);
        if (seen !== undefined) {
          if (seen.has(id)) continue;
          seen.add(id);
        }
        yield id;
      }
      const last = entries.at(-1);
      if (entries.length < portion || last === undefined) break;
      if (isReverse) to = last[0];
      else from = `${last[0]}\0`;
    }
  }
}

function idFrom(value: Uint8Array): string {
  return String.fromCharCode(...value);
}

/** The document of a record id; undefined when it went away since the id was read. */
export function fetchRecord(view: View, collection: Collection, id: string, examined: Examined): Candidate | undefined {
  const key = recordPrefix(collection.id) + id;
  const document = view.document(key);
  if (document === undefined) return undefined;
  examined.documents += 1;
  return { id, key, document, bytes: undefined };
}
