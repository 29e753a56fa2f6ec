import type { ClockAtom, DayAtom } from './atom.ts';

/** A day, a clock or both that belong together, before their markers are read. */
export interface Unit {
  day?: DayAtom;
  clock?: ClockAtom;
  /** The end of a stretch that reaches into another day. */
  until?: Unit;
  /** The day was named once for several clocks; only the first owns its words. */
  sharedDay?: true;
  sharedClock?: true;
  group?: number;
  start: number;
  end: number;
}
