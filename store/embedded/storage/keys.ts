/**
 * Keys of the key-value store. They are latin1 texts, one character per byte, so that comparing texts is comparing
 * bytes. The first character says what lies under the key:
 *
 *     c<namespace>                            a collection with its indexes
 *     d<collection id><record id>             a document, as BSON
 *     i<index id><index key>                  unique index: the value is the record id
 *     i<index id><index key><record id>       any other index: the value is empty
 *     g<prefix>                               what a dropped collection or index left behind, to be swept away
 *     r<session id>                           what the last retryable write of a session answered
 *     m<name>                                 a single value of the store itself
 */
export type Key = string;

const RECORD_ID_BYTES = 6;

export function catalogKey(namespace: string): Key {
  return `c${Buffer.from(namespace, 'utf8').toString('latin1')}`;
}

export const CATALOG_FROM = 'c';
export const CATALOG_TO = 'd';
export const GARBAGE_FROM = 'g';
export const GARBAGE_TO = 'h';
export const RETRY_FROM = 'r';
export const RETRY_TO = 's';

export function garbageKey(prefix: Key): Key {
  return `g${prefix}`;
}

export function retryKey(sessionId: string): Key {
  return `r${sessionId}`;
}

export function metaKey(name: string): Key {
  return `m${name}`;
}

function fourBytes(value: number): string {
  return String.fromCharCode((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

/** What every document key of a collection starts with. */
export function recordPrefix(collectionId: number): Key {
  return `d${fourBytes(collectionId)}`;
}

/** What every entry of an index starts with. */
export function indexPrefix(indexId: number): Key {
  return `i${fourBytes(indexId)}`;
}

/** The record id with this running number: six bytes, in the order of the numbers. */
export function recordId(running: number): string {
  const high = Math.floor(running / 0x1_0000_0000);
  return String.fromCharCode((high >>> 8) & 255, high & 255) + fourBytes(running >>> 0);
}

/** The running number of a record id. */
export function runningNumber(id: string): number {
  let value = 0;
  for (let at = 0; at < RECORD_ID_BYTES; at += 1) value = value * 256 + id.charCodeAt(at);
  return value;
}

/** The record id at the end of a document key or of an entry of an index that is not unique. */
export function recordIdOf(key: Key): string {
  return key.slice(key.length - RECORD_ID_BYTES);
}

/** The smallest key behind every key that starts with `prefix`. */
export function afterPrefix(prefix: Key): Key {
  let at = prefix.length - 1;
  while (at >= 0 && prefix.charCodeAt(at) === 255) at -= 1;
  if (at < 0) return '\xff'.repeat(prefix.length + 1);
  return prefix.slice(0, at) + String.fromCharCode(prefix.charCodeAt(at) + 1);
}
