import type { Key } from './keys.ts';

/** So many entries are read below at once, at least. */
const LEAST_LOOK = 16;

/** One stored pair. */
export type Entry = readonly [key: Key, value: Uint8Array];

/** Something that can be read in key order. */
export interface Reader {
  get(key: Key): Uint8Array | undefined;
  /**
   * At most `limit` entries with `from` <= key < `to`, from the smallest key on, or from the largest on when `reverse`.
   * Fewer than `limit` means that there are no more.
   */
  entries(from: Key, to: Key, reverse: boolean, limit: number): Entry[];
}

/**
 * Changes that lie over a reader: written, but not yet (or never) below. Reading through it sees the changes. Used for
 * the writes that wait for the next flush and, one each, for the transactions that are under way.
 */
export class Overlay implements Reader {
  readonly #changes = new Map<Key, Uint8Array | null>();
  #below: Reader;
  #sorted: Key[] | undefined;
  /** Keys that came after the last sorting; merged when an order is asked for. */
  #unsorted: Key[] = [];

  constructor(below: Reader) {
    this.#below = below;
  }

  get size(): number {
    return this.#changes.size;
  }

  /** Puts a value under a key; null removes the key. */
  set(key: Key, value: Uint8Array | null): void {
    if (this.#sorted !== undefined && !this.#changes.has(key)) this.#unsorted.push(key);
    this.#changes.set(key, value);
  }

  /** Whether this key was changed here, whatever to. */
  has(key: Key): boolean {
    return this.#changes.has(key);
  }

  get(key: Key): Uint8Array | undefined {
    const changed = this.#changes.get(key);
    if (changed !== undefined) return changed ?? undefined;
    return this.#below.get(key);
  }

  changes(): IterableIterator<[Key, Uint8Array | null]> {
    return this.#changes.entries();
  }

  clear(): void {
    this.#changes.clear();
    this.#sorted = undefined;
    this.#unsorted = [];
  }

  entries(from: Key, to: Key, reverse: boolean, limit: number): Entry[] {
    if (this.#changes.size === 0 || this.#keysWithin(from, to).length === 0) {
      return this.#below.entries(from, to, reverse, limit);
    }
    const merged: Entry[] = [];
    let low = from;
    let high = to;
    for (;;) {
      // Removed keys swallow what is below, so one look below may not be enough.
      const wanted = Math.max(limit - merged.length, LEAST_LOOK);
      const below = this.#below.entries(low, high, reverse, wanted);
      const last = below.at(-1)?.[0];
      const isEnd = below.length < wanted || last === undefined;
      const window = isEnd ? [low, high] : reverse ? [last, high] : [low, `${last}\0`];
      const keys = this.#keysWithin(window[0] as Key, window[1] as Key);
      if (reverse) keys.reverse();
      this.#merge(below, keys, reverse, limit, merged);
      if (isEnd || merged.length >= limit) return merged;
      if (reverse) high = last;
      else low = `${last}\0`;
    }
  }

  #merge(below: readonly Entry[], keys: readonly Key[], reverse: boolean, limit: number, merged: Entry[]): void {
    let b = 0;
    let k = 0;
    while (merged.length < limit) {
      const entry = below[b];
      const key = keys[k];
      if (key === undefined) {
        if (entry === undefined) return;
        merged.push(entry);
        b += 1;
        continue;
      }
      const isKeyNext = entry === undefined || (reverse ? key >= entry[0] : key <= entry[0]);
      if (!isKeyNext) {
        merged.push(entry);
        b += 1;
        continue;
      }
      if (entry !== undefined && entry[0] === key) b += 1;
      k += 1;
      const value = this.#changes.get(key);
      if (value !== null && value !== undefined) merged.push([key, value]);
    }
  }

  #keysWithin(from: Key, to: Key): Key[] {
    const sorted = this.#inOrder();
    return sorted.slice(lowerBound(sorted, from), lowerBound(sorted, to));
  }

  #inOrder(): Key[] {
    if (this.#sorted === undefined) {
      this.#sorted = [...this.#changes.keys()].sort(byKey);
      this.#unsorted = [];
      return this.#sorted;
    }
    if (this.#unsorted.length === 0) return this.#sorted;
    if (this.#unsorted.length <= 8) {
      for (const key of this.#unsorted) this.#sorted.splice(lowerBound(this.#sorted, key), 0, key);
    } else {
      // The engine's sort finds the two runs that are in order already and merges them.
      this.#sorted = this.#sorted.concat(this.#unsorted.sort(byKey)).sort(byKey);
    }
    this.#unsorted = [];
    return this.#sorted;
  }
}

function byKey(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The position of the first key that is not below `key`. */
function lowerBound(sorted: readonly Key[], key: Key): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as Key) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
