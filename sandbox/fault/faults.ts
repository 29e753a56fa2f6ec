import type { SandboxIds } from '../state/ids.ts';
import type { Journal, Table } from '../state/journal.ts';

/** A scripted fault: for the next `times` matching calls, frames or mails something goes wrong. */
export interface Fault {
  readonly id: string;
  /** Path of a call, topic of a frame, `smtp` or `sms`; `*` stands for anything. Left out = every API call. */
  readonly path?: string | undefined;
  readonly method?: string | undefined;
  /** How often it still strikes. */
  readonly times: number;
  /** HTTP status (or SMTP reply code) to answer with. */
  readonly status?: number | undefined;
  /** Body to answer with; text is sent as it is. */
  readonly body?: unknown;
  /** Answer with an HTML page (its text, or a default one). */
  readonly html?: boolean | string | undefined;
  /** Answer with no body. */
  readonly empty?: boolean | undefined;
  /** Answer half of the body, then cut the connection. */
  readonly partial?: boolean | undefined;
  /** Wait so long, in milliseconds of wire time. */
  readonly delayMs?: number | undefined;
  /** Cut the connection without an answer; a frame is lost. */
  readonly drop?: boolean | undefined;
  /** The call is carried out twice; the frame is sent twice. */
  readonly duplicate?: boolean | undefined;
  /** The work is done first, then the fault strikes. */
  readonly afterWork?: boolean | undefined;
}

/** Faults in the order they were made; each strikes until its times are used up. */
export class Faults {
  readonly #table: Table<Fault>;
  readonly #ids: SandboxIds;

  constructor(journal: Journal, ids: SandboxIds) {
    this.#table = journal.table('faults');
    this.#ids = ids;
  }

  add(fault: Omit<Fault, 'id'>): Fault {
    const id = `fault-${this.#ids.count('fault')}`;
    return this.#table.put(id, { ...fault, id });
  }

  /** Uses up one time of the first fault that matches. */
  take(path: string, method: string): Fault | undefined {
    for (const fault of this.#table.all()) {
      if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
      // A fault without a path strikes calls only, not frames and mails.
      if (fault.path === undefined ? method === 'STREAM' || method === 'SMTP' : !matches(fault.path, path)) continue;
      if (fault.times <= 1) this.#table.delete(fault.id);
      else this.#table.put(fault.id, { ...fault, times: fault.times - 1 });
      return fault;
    }
    return undefined;
  }

  all(): Fault[] {
    return this.#table.all();
  }

  clear(): void {
    for (const { id } of this.#table.all()) this.#table.delete(id);
  }
}

function matches(pattern: string, path: string): boolean {
  const source = (pattern.split('?')[0] ?? pattern).replace(/[.+^$()|[\]\\{}]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source}$`).test(path);
}
