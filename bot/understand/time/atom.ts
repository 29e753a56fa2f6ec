import type { LocalDate } from '../../../hongkong/zone.ts';
import type { PartName } from './parts.ts';
import type { Stretch, TimeGrain } from './time-mention.ts';

/** One day, or days in a row that one word names. */
export interface DayAtom extends Stretch {
  is: 'day';
  from: LocalDate;
  to: LocalDate;
  grain: TimeGrain;
  /** `YYYY-MM` when a whole calendar month is named. */
  month?: string;
  weekday?: number;
  /** A weekday without this, next or last: another day named with it may carry it into its own week. */
  bare?: true;
  /** 今晚, tonight: a clock behind it belongs to this part of the day. */
  part?: PartName;
  yearAssumed?: true;
  recurring?: true;
  /** A weekday was named beside the date that is not the date's. */
  conflict?: true;
  lengthDays?: number;
  /** It says a start or an end by itself: within 3 days. */
  edge?: 'from' | 'until';
}

/** A clock or two, in minutes since midnight (1440 is the midnight at the end of the day). */
export interface ClockAtom extends Stretch {
  is: 'clock';
  at: number;
  to?: number;
  /** Neither a.m. nor p.m. was said: a part of the day may still move it. */
  bare: boolean;
  bareTo?: boolean;
  /** Too little to be a clock unless a day stands next to it. */
  weak?: true;
  approximate?: true;
  part?: PartName;
}

export interface PartAtom extends Stretch {
  is: 'part';
  part: PartName;
  weak?: true;
}

export interface LengthAtom extends Stretch {
  is: 'length';
  minutes?: number;
  days?: number;
  months?: number;
  /** in 2 hours, 三日後, two days ago: when that is. */
  shift?: 'ahead' | 'back';
}

export interface WordAtom extends Stretch {
  is: 'vague' | 'same_clock' | 'nothing';
}

export type Atom = DayAtom | ClockAtom | PartAtom | LengthAtom | WordAtom;

/** What a rule must know besides its match. */
export interface Scene {
  /** The folded line. */
  text: string;
  /** 1 where a rule has taken the character. */
  taken: Uint8Array;
  today: LocalDate;
  /** Monday of this week. */
  monday: LocalDate;
  /** Minutes since midnight. */
  minute: number;
  /** The line asks for figures of what has been. */
  isReport: boolean;
  /** The sentence around this place tells of the past. */
  isPast(start: number, end: number): boolean;
}

/** One way to write a time. */
export interface Rule {
  pattern: RegExp;
  /** @returns what it says, with places in the text; undefined or empty when it is no such time after all */
  read(match: RegExpExecArray, scene: Scene): Atom | Atom[] | undefined;
}

/** The stretch of a match. */
export function stretchOf(match: RegExpExecArray): Stretch {
  return { start: match.index, end: match.index + match[0].length };
}
