import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { maskSecrets } from './mask.ts';

/** One thing that crossed the wire. `direction` is seen from the sandbox: `in` = it came from the application. */
export interface WireEntry {
  readonly seq: number;
  /** Moment on the sandbox's clock, ISO 8601. */
  readonly at: string;
  readonly direction: 'in' | 'out';
  readonly kind: 'http' | 'frame' | 'smtp' | 'sms';
  /** HTTP: method and path; frames: type and topic; SMTP and SMS: the receiver. */
  readonly name: string;
  readonly status: number | string;
  /** Milliseconds until the answer or the acknowledgement, where there is one. */
  readonly ackMs?: number;
  /** What the other side did against the contract. */
  readonly violation?: string;
  /** Request body, frame, or mail and SMS summary; without secrets. */
  readonly body: unknown;
  /** HTTP only: what was answered. */
  readonly answer?: unknown;
  /** The application it belongs to, where known. */
  readonly clientId?: string;
}

const KEEP = 20_000;

/** The record of everything on the wire: the last 20,000 entries in memory and in `log.jsonl`. */
export class WireLog {
  readonly #file: string;
  readonly #now: () => Date;
  readonly #onEntry: (entry: WireEntry) => void;
  #entries: WireEntry[] = [];
  #seq = 0;
  #fd: number;

  constructor(folder: string, now: () => Date, onEntry: (entry: WireEntry) => void) {
    this.#file = join(folder, 'log.jsonl');
    this.#now = now;
    this.#onEntry = onEntry;
    if (existsSync(this.#file)) {
      for (const line of readFileSync(this.#file, 'utf8').split('\n')) {
        // the last line may be torn by a kill; every other line is whole
        if (line.endsWith('}')) this.#keep(parseLine(line));
      }
      writeFileSync(this.#file, this.#entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    }
    this.#fd = openSync(this.#file, 'a');
  }

  /** Adds an entry; secrets are masked here. */
  add(entry: Omit<WireEntry, 'seq' | 'at'>): WireEntry {
    const full: WireEntry = {
      seq: this.#seq + 1,
      at: this.#now().toISOString(),
      ...entry,
      body: maskSecrets(entry.body),
      ...('answer' in entry ? { answer: maskSecrets(entry.answer) } : {}),
    };
    this.#keep(full);
    writeSync(this.#fd, `${JSON.stringify(full)}\n`);
    this.#onEntry(full);
    return full;
  }

  /** Entries after a number, oldest first. */
  since(seq: number): WireEntry[] {
    const first = this.#entries[0]?.seq ?? 0;
    return this.#entries.slice(Math.max(0, seq + 1 - first));
  }

  clear(): void {
    this.#entries = [];
    this.#seq = 0;
    ftruncateSync(this.#fd, 0);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #keep(entry: WireEntry | undefined): void {
    if (!entry) return;
    this.#entries.push(entry);
    this.#seq = entry.seq;
    if (this.#entries.length > KEEP * 1.1) this.#entries = this.#entries.slice(-KEEP);
  }
}

function parseLine(line: string): WireEntry | undefined {
  try {
    return JSON.parse(line) as WireEntry;
  } catch {
    return undefined;
  }
}
