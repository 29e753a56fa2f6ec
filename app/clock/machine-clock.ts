import type { Clock } from '../../lib/clock.ts';

/** The machine's own calendar time. */
export const machineClock: Clock = { now: () => new Date() };
