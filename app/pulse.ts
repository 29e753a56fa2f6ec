import type { Clock } from '../lib/clock.ts';
import { describeError } from '../lib/errors.ts';
import type { Timer, Timers } from '../lib/timers.ts';
import type { Log } from '../recruiting/unit/office.ts';
import type { StepReport } from './clock/followed-clock.ts';

/** Something that has work at moments of the calendar. */
export interface Worker {
  readonly name: string;
  /**
   * Does everything due now. @returns what ran, for people who move the clock (empty when there was nothing), and the
   * next moment at which there is work (null when none is known)
   */
  runDue(): Promise<{ ran: { job: string; at: string }[]; nextDue: Date | null }>;
  /** What is in hand right now, in words; empty when idle. */
  inHand(): string[];
}

/** Longest sleep between two looks: a laptop that slept, or a clock that was moved without telling, is noticed. */
const LONGEST_SLEEP_MS = 30_000;
/** Work that stays due although it was tried is not tried in a tight loop. */
const SHORTEST_SLEEP_MS = 200;
/** A step that finds new work this often in a row is a loop, not work. */
const MOST_ROUNDS = 1_000;

/**
 * Drives everything that happens by itself. Whether time passes, is moved, or stood still while the process was away is
 * one case: at each beat everything that is due at the present moment is done, then the next due moment is looked up.
 */
export class Pulse {
  readonly #workers: readonly Worker[];
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #log: Log;
  readonly #onNextDue: (nextDue: Date | null) => void;
  #timer: Timer | undefined;
  #wakeAt = Number.POSITIVE_INFINITY;
  #beating: Promise<StepReport> | undefined;
  #stopped = false;

  constructor(
    workers: readonly Worker[],
    parts: { clock: Clock; timers: Timers; log: Log; onNextDue?: (nextDue: Date | null) => void },
  ) {
    this.#workers = workers;
    this.#clock = parts.clock;
    this.#timers = parts.timers;
    this.#log = parts.log;
    this.#onNextDue = parts.onNextDue ?? (() => undefined);
  }

  /** Does everything due now, again and again until nothing is left, and says what comes next. */
  async runDue(): Promise<StepReport> {
    // One beat at a time; whoever asks meanwhile waits for the whole next one, which sees what they wrote.
    while (this.#beating) await this.#beating.catch(() => undefined);
    this.#beating = this.#beat();
    try {
      return await this.#beating;
    } finally {
      this.#beating = undefined;
    }
  }

  /** Something becomes due at this moment: look then, at the latest. */
  wake(dueAt: Date): void {
    if (this.#stopped) return;
    const delay = Math.max(0, dueAt.getTime() - this.#clock.now().getTime());
    this.#arm(Math.min(delay, LONGEST_SLEEP_MS));
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  async #beat(): Promise<StepReport> {
    const ran: StepReport['ran'] = [];
    let nextDue: Date | null = null;
    for (let round = 0; round < MOST_ROUNDS && !this.#stopped; round += 1) {
      let worked = false;
      nextDue = null;
      for (const worker of this.#workers) {
        const done = await worker.runDue();
        ran.push(...done.ran);
        if (done.ran.length > 0) worked = true;
        if (done.nextDue && (nextDue === null || done.nextDue < nextDue)) nextDue = done.nextDue;
      }
      if (!worked) break;
    }
    const open = this.#workers.flatMap((worker) => worker.inHand());
    if (!this.#stopped) {
      this.#onNextDue(nextDue);
      if (nextDue)
        this.#arm(
          Math.min(Math.max(nextDue.getTime() - this.#clock.now().getTime(), SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS),
        );
      else this.#arm(LONGEST_SLEEP_MS);
    }
    return { ran, nextDue, open };
  }

  #arm(delayMs: number): void {
    const at = this.#timers.elapsed() + delayMs;
    if (this.#timer && at >= this.#wakeAt) return;
    this.#timer?.cancel();
    this.#wakeAt = at;
    this.#timer = this.#timers.after(delayMs, () => {
      this.#timer = undefined;
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.runDue().catch((error: unknown) => {
        this.#log.error({ fault: describeError(error) }, 'a beat failed; trying again');
        this.#arm(1_000);
      });
    });
  }
}
