import { pause, type Timers } from '../../lib/timers.ts';
import type { CallClass, InboundEvent } from '../channel.ts';
import { CallWindow } from './call-window.ts';
import { QuotaBook, type QuotaBookOptions } from './quota-book.ts';
import { type QuotaBudget, type QuotaForecast, type QuotaMeter, STANDARD_BUDGET } from './quota-forecast.ts';

export interface GovernorOptions extends Omit<QuotaBookOptions, 'budget'> {
  timers: Timers;
  /** What the organisation's edition allows per month; default 5,000 calls and 3,000 messages. */
  budget?: QuotaBudget;
  /** Calls per second and API; default 18 of the platform's 20. Divide it when several processes share one application. */
  perSecond?: number;
}

/** One call as the governor sees it. */
export interface GovernedCall {
  /** What the platform limits: one API. */
  api: string;
  callClass: CallClass;
  /** Which allowance it uses up; `none` for what DingTalk does not bill (tokens, address book). */
  bills: QuotaMeter | 'none';
}

/** How a call tells what its answer means for the limits. */
export interface CallTurn {
  /** The platform did not bill it (refused before the work, or never reached). */
  takeBack(): void;
  /** The platform says we are too fast: this API pauses. */
  slowDown(): void;
  /** The platform says the month's allowance is used up. */
  noteSpent(): void;
}

/** A mass sending waits: what is left of the month is kept for people. */
export class BulkHeldBack extends Error {
  override readonly name = 'BulkHeldBack';
  readonly retryAfterMs = 3_600_000;
}

const SLOW_DOWN_MS = 1_000;
const STOP_WITHIN_MS = 2_000;

/** Every call to DingTalk passes here: rate per API, monthly allowances, priority. */
export class Governor {
  readonly #timers: Timers;
  readonly #perSecond: number;
  readonly #book: QuotaBook;
  readonly #windows = new Map<string, CallWindow>();

  constructor(options: GovernorOptions) {
    const { budget = STANDARD_BUDGET, perSecond = 18, ...book } = options;
    this.#timers = options.timers;
    this.#perSecond = perSecond;
    this.#book = new QuotaBook({ ...book, budget });
  }

  /**
   * Runs a call when its turn comes and counts it.
   * @throws BulkHeldBack when the class is `bulk` and the month would run out; else what `send` throws.
   */
  async run<T>(call: GovernedCall, send: (turn: CallTurn) => Promise<T>): Promise<T> {
    const { api, callClass, bills } = call;
    if (callClass === 'bulk' && bills === 'calls' && this.#book.isBulkHeldBack()) {
      throw new BulkHeldBack('the month’s calls are kept for people');
    }
    const window = this.#windowOf(api);
    const slot = await window.enter(callClass);
    const counted = this.#count(call);
    try {
      return await send({
        takeBack: counted,
        slowDown: () => window.closeFor(SLOW_DOWN_MS),
        noteSpent: () => {
          if (bills !== 'none') this.#book.noteSpent(bills);
        },
      });
    } finally {
      slot.leave();
    }
  }

  /**
   * Counts what came in. A message counts once however often it is delivered; each press is a message of its own.
   * @param isNew false for a message that is known from an earlier delivery.
   */
  countInbound(event: InboundEvent, isNew: boolean): void {
    if (event.kind === 'press' || isNew) this.#book.add({ messages: 1 });
    if (event.kind === 'message' && event.quotaSpent) this.#book.noteSpent('messages');
  }

  /** This month's use, everything counted so far included. */
  usage(): Promise<{ month: string; calls: number; messages: number }> {
    return this.#book.usage();
  }

  /** What the month will have used at its end. */
  forecast(): Promise<QuotaForecast> {
    return this.#book.forecast();
  }

  /** Writes what is counted; call it before the end of the process. Gives up after 2 s when the database is gone. */
  async stop(): Promise<void> {
    await Promise.race([this.#book.flush(), pause(this.#timers, STOP_WITHIN_MS)]);
  }

  /** @returns what takes the count back, once. */
  #count(call: GovernedCall): () => void {
    if (call.bills === 'none') return () => undefined;
    const bulk = call.callClass === 'bulk' ? { bulkCalls: 1 } : {};
    const use = call.bills === 'calls' ? { calls: 1, ...bulk } : { messages: 1 };
    this.#book.add(use);
    let taken = false;
    return () => {
      if (taken) return;
      taken = true;
      this.#book.add(Object.fromEntries(Object.entries(use).map(([name, amount]) => [name, -amount])));
    };
  }

  #windowOf(api: string): CallWindow {
    let window = this.#windows.get(api);
    if (!window) {
      window = new CallWindow(this.#timers, this.#perSecond);
      this.#windows.set(api, window);
    }
    return window;
  }
}
