import { Binary } from 'bson';
import { MongoError } from '../engine/mongo-error.ts';
import type { Document } from '../engine/values.ts';
import { type Collection, type Index, idIndexSpec, newCollection, newIndex } from './catalog.ts';
import { showIndexKey } from './duplicate-key.ts';
import { type IndexEntries, indexEntries } from './index-keys.ts';
import { indexPrefix, recordId, recordPrefix } from './keys.ts';
import type { Store } from './store.ts';
import type { View } from './view.ts';

const EMPTY = new Uint8Array(0);

/** Makes a collection with its index on `_id`. @param uuid 16 bytes. */
export function createCollection(
  store: Store,
  view: View,
  database: string,
  name: string,
  options: Document,
  uuid: Uint8Array,
): Collection {
  const binary = new Binary(uuid, Binary.SUBTYPE_UUID);
  const collection = newCollection(store.catalog.takeId(), database, name, binary, options);
  collection.indexes = [newIndex(store.catalog.takeId(), idIndexSpec())];
  collection.count = 0;
  view.addCollection(collection);
  return collection;
}

/** Adds a document with all its index entries. @throws MongoError 11000, 171. */
export function insertRecord(view: View, collection: Collection, document: Document, bytes: Uint8Array): string {
  // Index by index, as MongoDB goes: the first one that objects decides on the error.
  const changes = collection.indexes.map((index) => {
    const after = indexEntries(index, document);
    if (index.isUnique) {
      for (const [at, key] of after.keys.entries()) mustBeFree(view, collection, index, key, after.values[at] ?? []);
    }
    return { index, after };
  });
  const id = recordId(collection.nextRecord);
  const key = recordPrefix(collection.id) + id;
  view.claim(key);
  collection.nextRecord += 1;
  for (const { index, after } of changes) {
    noteShape(view, collection, index, after);
    for (const indexKey of after.keys) addEntry(view, index, indexKey, id);
  }
  view.setDocument(key, document, bytes);
  view.countBy(collection, 1);
  return id;
}

/** Puts another document in the place of one. The caller has checked that `_id` stays. @throws MongoError 11000, 171. */
export function replaceRecord(
  view: View,
  collection: Collection,
  id: string,
  before: Document,
  after: Document,
  bytes: Uint8Array,
): void {
  const key = recordPrefix(collection.id) + id;
  view.claim(key);
  const changes: { index: Index; gone: string[]; come: string[]; keys: IndexEntries }[] = [];
  for (const index of collection.indexes) {
    if (!isTouched(index, before, after)) continue;
    const old = indexEntries(index, before);
    const keys = indexEntries(index, after);
    const had = new Set(old.keys);
    const has = new Set(keys.keys);
    const come = keys.keys.filter((one) => !had.has(one));
    if (index.isUnique) {
      for (const one of come) mustBeFree(view, collection, index, one, keys.values[keys.keys.indexOf(one)] ?? []);
    }
    changes.push({ index, gone: old.keys.filter((one) => !has.has(one)), come, keys });
  }
  for (const { index, gone } of changes) {
    if (index.isUnique) for (const one of gone) view.claim(indexPrefix(index.id) + one);
  }
  for (const { index, gone, come, keys } of changes) {
    noteShape(view, collection, index, keys);
    for (const one of gone) removeEntry(view, index, one, id);
    for (const one of come) addEntry(view, index, one, id);
  }
  view.setDocument(key, after, bytes);
}

/** Removes a document with all its index entries. */
export function removeRecord(view: View, collection: Collection, id: string, document: Document): void {
  const key = recordPrefix(collection.id) + id;
  view.claim(key);
  const changes = collection.indexes.map((index) => ({ index, keys: indexEntries(index, document).keys }));
  for (const { index, keys } of changes) {
    if (index.isUnique) for (const one of keys) view.claim(indexPrefix(index.id) + one);
  }
  for (const { index, keys } of changes) for (const one of keys) removeEntry(view, index, one, id);
  view.removeDocument(key);
  view.countBy(collection, -1);
}

/** Adds one document to one index that is being built. @throws MongoError 11000, 171. */
export function indexRecord(view: View, collection: Collection, index: Index, id: string, document: Document): void {
  const keys = indexEntries(index, document);
  for (const [at, key] of keys.keys.entries()) {
    if (index.isUnique) mustBeFree(view, collection, index, key, keys.values[at] ?? []);
    addEntry(view, index, key, id);
  }
  noteShape(view, collection, index, keys);
}

/** Whether a change can move the document in this index: some field it starts from is another value now. */
function isTouched(index: Index, before: Document, after: Document): boolean {
  if (index.partial !== undefined) return true;
  for (const field of index.roots) if (before[field] !== after[field]) return true;
  return false;
}

/** Remembers what the index has met for the first time: arrays, keys too long to be kept whole. */
function noteShape(view: View, collection: Collection, index: Index, keys: IndexEntries): void {
  let isNew = false;
  if (keys.hasLongKeys && !index.hasLongKeys) {
    index.hasLongKeys = true;
    isNew = true;
  }
  if (keys.isMultikey && !index.isMultikey) {
    index.isMultikey = true;
    isNew = true;
  }
  if (isNew) view.collectionChanged(collection);
}

function addEntry(view: View, index: Index, key: string, id: string): void {
  if (index.isUnique) view.set(indexPrefix(index.id) + key, Buffer.from(id, 'latin1'));
  else view.set(indexPrefix(index.id) + key + id, EMPTY);
}

function removeEntry(view: View, index: Index, key: string, id: string): void {
  view.set(indexPrefix(index.id) + key + (index.isUnique ? '' : id), null);
}

function mustBeFree(view: View, collection: Collection, index: Index, key: string, values: readonly unknown[]): void {
  const whole = indexPrefix(index.id) + key;
  if (view.transaction !== undefined && view.get(whole) !== undefined) {
    throw duplicateKey(collection, index, values);
  }
  view.claim(whole);
  if (view.get(whole) !== undefined) throw duplicateKey(collection, index, values);
}

/** Error 11000 with MongoDB's text. */
export function duplicateKey(collection: Collection, index: Index, values: readonly unknown[]): MongoError {
  const keyPattern = index.spec.key as Document;
  const keyValue: Document = {};
  for (const [at, path] of index.paths.entries()) keyValue[path] = values[at];
  return new MongoError(
    11000,
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: ${showIndexKey(index, values)}`,
    { fields: { keyPattern, keyValue } },
  );
}
