/** Wire time: how long a socket stays silent, how long a call may take. Calendar time is lib/clock.ts. */
export interface Timers {
  /** Calls `run` once after `ms` milliseconds. */
  after(ms: number, run: () => void): Timer;
  /** Milliseconds on a scale that never jumps; only differences mean something. */
  elapsed(): number;
}

/** A timer that has been set. */
export interface Timer {
  cancel(): void;
}

/** The machine's own timers. They never keep the process alive by themselves. */
export const realTimers: Timers = {
  after(ms, run) {
    const handle = setTimeout(run, ms);
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
  elapsed: () => performance.now(),
};

/** Resolves after `ms` milliseconds of wire time. */
export function pause(timers: Timers, ms: number): Promise<void> {
  return new Promise((resolve) => {
    timers.after(ms, resolve);
  });
}
