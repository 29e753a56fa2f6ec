import type { LiveFeed } from '../live/feed.ts';
import type { SandboxIds } from '../state/ids.ts';
import type { Journal, Table } from '../state/journal.ts';
import { segmentCount } from './segments.ts';

/** A text message. `outgoing` left the gateway for a phone; `reply` was written by a candidate. */
export interface Sms {
  readonly seq: number;
  readonly id: string;
  readonly at: string;
  readonly direction: 'outgoing' | 'reply';
  readonly to: string;
  readonly from: string;
  readonly text: string;
  readonly segments: number;
  readonly status: 'delivered' | 'failed';
}

/** Only digits count when two numbers are compared; a Hong Kong number may come with or without 852. */
export function phoneKey(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length === 11 && digits.startsWith('852') ? digits.slice(3) : digits;
}

/** Every text message that passed, in order. */
export class SmsBox {
  readonly #table: Table<Sms>;
  readonly #ids: SandboxIds;
  readonly #now: () => Date;
  readonly #feed: LiveFeed;

  constructor(journal: Journal, ids: SandboxIds, now: () => Date, feed: LiveFeed) {
    this.#table = journal.table('sms');
    this.#ids = ids;
    this.#now = now;
    this.#feed = feed;
  }

  add(sms: Pick<Sms, 'direction' | 'to' | 'from' | 'text' | 'status'>): Sms {
    const seq = this.#ids.count('sms');
    const full: Sms = {
      ...sms,
      seq,
      id: `sms-${seq}`,
      at: this.#now().toISOString(),
      segments: segmentCount(sms.text),
    };
    this.#table.put(full.id, full);
    this.#feed.emit({ type: 'sms', data: { seq, to: full.to, from: full.from } });
    return full;
  }

  get(id: string): Sms | undefined {
    return this.#table.get(id);
  }

  /** Text messages, oldest first; `to` and `from` pick by number. */
  list(filter: { to?: string | undefined; from?: string | undefined; since?: number | undefined }): Sms[] {
    const to = filter.to === undefined ? undefined : phoneKey(filter.to);
    const from = filter.from === undefined ? undefined : phoneKey(filter.from);
    return this.#table.all().filter((sms) => {
      return (
        sms.seq > (filter.since ?? 0) &&
        (to === undefined || phoneKey(sms.to) === to) &&
        (from === undefined || phoneKey(sms.from) === from)
      );
    });
  }
}
