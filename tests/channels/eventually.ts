import { expect } from 'vitest';

/** Waits until a value is as expected; long enough for a busy machine, no longer than needed. */
export function eventually<T>(read: () => T, intervalMs = 10) {
  return expect.poll(read, { timeout: 15_000, interval: intervalMs });
}
