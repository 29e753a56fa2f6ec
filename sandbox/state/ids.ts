import { createHash } from 'node:crypto';
import type { Journal, Table } from './journal.ts';

/** Ids that look like DingTalk's but come from a counter: the same acts on the same seed give the same ids. */
export class SandboxIds {
  readonly #counters: Table<number>;
  #salt = 'sample';

  constructor(journal: Journal) {
    this.#counters = journal.table<number>('counters');
  }

  /** Another seed gives other ids. */
  set salt(value: string) {
    this.#salt = value;
  }

  /** The next number of a named series, from 1. */
  count(series: string): number {
    return this.#counters.put(series, (this.#counters.get(series) ?? 0) + 1);
  }

  /** An opaque id such as `msgPq3…==`; letters and digits only, so that it can stand in a path. */
  opaque(prefix: string, length = 22): string {
    return `${prefix}${this.hash(`${prefix}:${this.count('opaque')}`).slice(0, length)}==`;
  }

  /** 32 hexadecimal digits, for sessions and tokens. */
  hex(purpose: string): string {
    return createHash('sha256')
      .update(`${this.#salt}:${purpose}:${this.count('hex')}`)
      .digest('hex')
      .slice(0, 32);
  }

  /** A text of the shape of a UUID. */
  uuid(purpose: string): string {
    const hex = this.hex(purpose);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  /** Always the same letters and digits for the same text. */
  hash(text: string): string {
    return createHash('sha256')
      .update(`${this.#salt}:${text}`)
      .digest('base64')
      .replace(/[^A-Za-z0-9]/g, '');
  }
}
