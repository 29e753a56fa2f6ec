import type { SandboxClock } from './sandbox-clock.ts';

interface Due {
  readonly at: number;
  readonly run: () => void;
}

/**
 * What the sandbox itself has to do at a moment of its clock (sending an unacknowledged message again, for example).
 * While the clock runs a timer wakes it; while the clock is moved the mover stops at each of these moments.
 */
export class DueList {
  readonly #clock: SandboxClock;
  readonly #dues = new Map<string, Due>();
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** Sets (or replaces) what is due under a key. */
  set(key: string, at: Date, run: () => void): void {
    this.#dues.set(key, { at: at.getTime(), run });
    this.arm();
  }

  cancel(key: string): void {
    this.#dues.delete(key);
  }

  clear(): void {
    this.#dues.clear();
  }

  /** The earliest moment at which something is due. */
  next(): Date | undefined {
    let first = Number.POSITIVE_INFINITY;
    for (const due of this.#dues.values()) first = Math.min(first, due.at);
    return Number.isFinite(first) ? new Date(first) : undefined;
  }

  /** Runs all that is due by now; gives their number. */
  runDue(): number {
    const now = this.#clock.now().getTime();
    let ran = 0;
    for (const [key, due] of [...this.#dues]) {
      if (due.at > now) continue;
      this.#dues.delete(key);
      due.run();
      ran += 1;
    }
    return ran;
  }

  /** Sets the timer for the next due moment; without effect while time stands. */
  arm(): void {
    clearTimeout(this.#timer);
    const next = this.next();
    if (!next || !this.#clock.running) return;
    const wait = Math.min(Math.max(0, next.getTime() - this.#clock.now().getTime()), 60_000);
    this.#timer = setTimeout(() => {
      if (this.#clock.running) this.runDue();
      this.arm();
    }, wait);
    this.#timer.unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#dues.clear();
  }
}
