import type { Journal, Table } from '../state/journal.ts';

/** Limits of the standard edition since 2025-11-19 (DingTalk: notice on the equity adjustment). */
export const STANDARD_LIMITS = { calls: 5000, messages: 3000 } as const;

export type Meter = 'calls' | 'messages';

interface Month {
  readonly month: string;
  readonly calls: number;
  readonly messages: number;
  /** Limits of this month; they differ from the standard after `POST /control/quota`. */
  readonly callsLimit: number;
  readonly messagesLimit: number;
  readonly byApp: Readonly<Record<string, { calls: number; messages: number }>>;
}

/** The organisation's month counters, kept per application as well. A month begins at midnight in Hong Kong (UTC+8). */
export class MonthQuota {
  readonly #months: Table<Month>;
  readonly #now: () => Date;

  constructor(journal: Journal, now: () => Date) {
    this.#months = journal.table('quota');
    this.#now = now;
  }

  /** The present month's figures. */
  month(): Month {
    const month = new Date(this.#now().getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
    return (
      this.#months.get(month) ?? {
        month,
        calls: 0,
        messages: 0,
        callsLimit: STANDARD_LIMITS.calls,
        messagesLimit: STANDARD_LIMITS.messages,
        byApp: {},
      }
    );
  }

  isSpent(meter: Meter): boolean {
    const month = this.month();
    return month[meter] >= month[`${meter}Limit`];
  }

  count(meter: Meter, clientId: string): void {
    const month = this.month();
    const app = month.byApp[clientId] ?? { calls: 0, messages: 0 };
    this.#months.put(month.month, {
      ...month,
      [meter]: month[meter] + 1,
      byApp: { ...month.byApp, [clientId]: { ...app, [meter]: app[meter] + 1 } },
    });
  }

  /** Says how many are left in this month. */
  leave(meter: Meter, left: number): void {
    const month = this.month();
    this.#months.put(month.month, { ...month, [`${meter}Limit`]: month[meter] + left });
  }

  /** Sets a figure of this month outright. */
  set(change: Partial<Pick<Month, 'calls' | 'messages' | 'callsLimit' | 'messagesLimit'>>): void {
    const month = this.month();
    this.#months.put(month.month, { ...month, ...change });
  }
}
