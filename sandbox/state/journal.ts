import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** One change: a put has a value, a removal has none. */
type Change = [table: string, key: string, value?: unknown];

const COMPACT_ABOVE_BYTES = 64 * 1024 * 1024;

/**
 * The sandbox's memory: named tables of JSON values in RAM, and one file of JSON lines that can rebuild them. A line is
 * everything that changed since the last `flush`, so a kill leaves whole lines and at most one torn line at the end,
 * which is cut off at the next start. Whoever acknowledges something calls `flush` first: the bytes are then with the
 * operating system and outlive the process.
 */
export class Journal {
  readonly #file: string;
  readonly #tables = new Map<string, Map<string, unknown>>();
  #pending: Change[] = [];
  #fd = -1;
  #bytes = 0;
  #scheduled = false;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, 'journal.jsonl');
    this.#load();
    if (existsSync(this.#file) && this.#bytes > 1024 * 1024) this.#compact();
    this.#open();
  }

  /** A named table; the same name gives the same rows. */
  table<T>(name: string): Table<T> {
    return new Table<T>(
      this.#rows(name) as Map<string, T>,
      (key, value) => this.#record([name, key, value]),
      (key) => this.#record([name, key]),
    );
  }

  /** Hands every change so far to the operating system. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const line = Buffer.from(`${JSON.stringify(this.#pending)}\n`);
    this.#pending = [];
    for (let at = 0; at < line.length; ) at += writeSync(this.#fd, line, at);
    this.#bytes += line.length;
    if (this.#bytes > COMPACT_ABOVE_BYTES) {
      closeSync(this.#fd);
      this.#compact();
      this.#open();
    }
  }

  /** Forgets everything, on disk too. */
  clear(): void {
    this.#pending = [];
    for (const rows of this.#tables.values()) rows.clear();
    ftruncateSync(this.#fd, 0);
    this.#bytes = 0;
  }

  close(): void {
    this.flush();
    fsyncSync(this.#fd);
    closeSync(this.#fd);
  }

  #open(): void {
    this.#fd = openSync(this.#file, 'a');
  }

  #rows(name: string): Map<string, unknown> {
    const known = this.#tables.get(name);
    if (known) return known;
    const rows = new Map<string, unknown>();
    this.#tables.set(name, rows);
    return rows;
  }

  #record(change: Change): void {
    this.#pending.push(change);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#pending.length > 0) this.flush();
    });
  }

  #load(): void {
    if (!existsSync(this.#file)) return;
    const content = readFileSync(this.#file);
    let start = 0;
    for (let end = content.indexOf(10); end !== -1; end = content.indexOf(10, start)) {
      const changes = JSON.parse(content.toString('utf8', start, end)) as Change[];
      for (const change of changes) {
        if (change.length === 3) this.#rows(change[0]).set(change[1], change[2]);
        else this.#rows(change[0]).delete(change[1]);
      }
      start = end + 1;
    }
    this.#bytes = start;
    if (start < content.length) {
      const fd = openSync(this.#file, 'r+');
      ftruncateSync(fd, start);
      closeSync(fd);
    }
  }

  /** Writes the live rows to a new file and puts it in the old one's place in one step. */
  #compact(): void {
    const fresh = `${this.#file}.new`;
    const fd = openSync(fresh, 'w');
    this.#bytes = 0;
    for (const [name, rows] of this.#tables) {
      for (const [key, value] of rows) this.#bytes += writeSync(fd, `${JSON.stringify([[name, key, value]])}\n`);
    }
    fsyncSync(fd);
    closeSync(fd);
    renameSync(fresh, this.#file);
  }
}

/** Rows of one kind. Values are plain JSON; after changing one in place, `put` it again. */
export class Table<T> {
  readonly #rows: Map<string, T>;
  readonly #onPut: (key: string, value: T) => void;
  readonly #onDelete: (key: string) => void;

  constructor(rows: Map<string, T>, onPut: (key: string, value: T) => void, onDelete: (key: string) => void) {
    this.#rows = rows;
    this.#onPut = onPut;
    this.#onDelete = onDelete;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(key: string): T | undefined {
    return this.#rows.get(key);
  }

  has(key: string): boolean {
    return this.#rows.has(key);
  }

  all(): T[] {
    return [...this.#rows.values()];
  }

  put(key: string, value: T): T {
    this.#rows.set(key, value);
    this.#onPut(key, value);
    return value;
  }

  delete(key: string): void {
    if (this.#rows.delete(key)) this.#onDelete(key);
  }
}
