import type { Document } from '../engine/values.ts';
import type { Key } from './keys.ts';

interface Cached {
  readonly document: Document;
  readonly bytes: number;
  /** The store's change number since which the document is known to be this one. */
  readonly since: number;
}

/**
 * Decoded documents as they are now, the least recently used leaving first. Decoding costs ten times a test of a filter.
 * Documents in it are shared: nobody may change one.
 */
export class DocumentCache {
  readonly #entries = new Map<Key, Cached>();
  readonly #maxBytes: number;
  #bytes = 0;

  /** @param maxBytes size as BSON of all documents together; decoded they take several times that. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(key: Key): Cached | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    // Only when it is tight is it worth the work to keep the order of use.
    if (this.#bytes * 2 > this.#maxBytes) {
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry;
  }

  set(key: Key, document: Document, bytes: number, since: number): void {
    this.delete(key);
    if (bytes * 8 > this.#maxBytes) return;
    this.#entries.set(key, { document, bytes, since });
    this.#bytes += bytes;
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#entries.delete(oldest);
      this.#bytes -= entry.bytes;
    }
  }

  /** Like `set`, but never pushes another document out: for scans, which would empty the cache. */
  offer(key: Key, document: Document, bytes: number, since: number): void {
    if (this.#bytes + bytes <= this.#maxBytes) this.set(key, document, bytes, since);
  }

  delete(key: Key): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }
}
