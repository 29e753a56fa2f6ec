import type { Timers } from '../../lib/timers.ts';
import type { CallClass } from '../channel.ts';

const ORDER: readonly CallClass[] = ['press', 'reply', 'urgent', 'normal', 'bulk'];
/** Kept free of bulk, so that a person's press never waits behind a mass sending. */
const FREE_OF_BULK = 6;
const WINDOW_MS = 1_000;

/** A permission to call. */
export interface CallSlot {
  /** To be called when the answer is in (or the call has failed). */
  leave(): void;
}

/**
 * Lets at most so many calls to one API reach the platform within any second. The platform counts arrivals, which we
 * cannot see: a call arrives some time between its start and its answer. So a slot is taken from the start of a call
 * until one second after its answer, and two arrivals from the same slot are always a second apart.
 */
export class CallWindow {
  readonly #timers: Timers;
  readonly #perSecond: number;
  readonly #waiting = new Map<CallClass, (() => void)[]>();
  #taken = 0;
  #closedUntil = 0;

  constructor(timers: Timers, perSecond: number) {
    this.#timers = timers;
    this.#perSecond = perSecond;
  }

  /** Resolves when the call may start; higher classes first, within a class in order. */
  enter(callClass: CallClass): Promise<CallSlot> {
    return new Promise((resolve) => {
      const queue = this.#waiting.get(callClass) ?? [];
      this.#waiting.set(callClass, queue);
      queue.push(() => resolve(this.#slot()));
      this.#admit();
    });
  }

  /** Nothing starts for a while: the platform has said that we are too fast. */
  closeFor(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#timers.elapsed() + ms);
    this.#reopen();
  }

  /** A timer may fire a little early by this scale: then it is set once more. */
  #reopen(): void {
    const leftMs = this.#closedUntil - this.#timers.elapsed();
    if (leftMs > 0) this.#timers.after(leftMs, () => this.#reopen());
    else this.#admit();
  }

  #slot(): CallSlot {
    let left = false;
    return {
      leave: () => {
        if (left) return;
        left = true;
        this.#timers.after(WINDOW_MS, () => {
          this.#taken -= 1;
          this.#admit();
        });
      },
    };
  }

  #admit(): void {
    if (this.#timers.elapsed() < this.#closedUntil) return;
    for (const callClass of ORDER) {
      const queue = this.#waiting.get(callClass) ?? [];
      const room = callClass === 'bulk' ? this.#perSecond - FREE_OF_BULK : this.#perSecond;
      while (this.#taken < room) {
        const start = queue.shift();
        if (!start) break;
        this.#taken += 1;
        start();
      }
    }
  }
}
