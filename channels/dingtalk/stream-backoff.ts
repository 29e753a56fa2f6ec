const FIRST_MS = 1_000;
const LONGEST_MS = 15_000;
const JITTER = 0.25;

/**
 * How long to wait before the next attempt to connect: 1, 2, 4, 8, 15, 15 … seconds and up to a quarter more, so that
 * many processes do not come back at once. In no minute are there more than 10 attempts, and service is back within
 * 20 s of the gateway's recovery.
 * @param failures attempts that failed one after the other; 0 = the first reconnect after a good connection.
 * @param chance a number from 0 up to 1.
 */
export function streamBackoffMs(failures: number, chance: number): number {
  const base = Math.min(FIRST_MS * 2 ** Math.min(failures, 10), LONGEST_MS);
  return Math.round(base * (1 + JITTER * chance));
}
