import type { LocalDate, LocalTime } from '../../../hongkong/zone.ts';

/**
 * A day `YYYY-MM-DD`, a month `YYYY-MM`, a moment `YYYY-MM-DDThh:mm+08:00`, or a stretch of them. Both ends of a stretch
 * are inclusive; `{to}` is a deadline, `{from}` a start. All in Hong Kong time.
 */
export type TimeValue = string | { from: string; to: string } | { from: string } | { to: string };

/** A part of a text: `start` is the first place, `end` the one behind the last. */
export interface Stretch {
  start: number;
  end: number;
}

/**
 * What sort of expression it is:
 * - `moment` a day with a clock, `2026-11-24T15:30+08:00`
 * - `day` a day alone
 * - `clock` a clock without a day: the value is today at that clock, see `dayAssumed`
 * - `range` two days, two moments, a part of a day (朝早), a week, a quarter, a holiday of several days
 * - `from` / `until` a start (由1號起, after 4) or a deadline (星期五前, by noon)
 * - `month` a calendar month, `2026-12`; first and last day stand in `from` and `to`
 * - `length` how long (半個鐘, 2 weeks), without a value unless it says a moment too (in 20 mins)
 * - `same_clock` 同一時間 without a day of its own
 * - `vague` a time nobody could write into a calendar (過幾日, later)
 */
export type TimeKind =
  | 'moment'
  | 'day'
  | 'clock'
  | 'range'
  | 'from'
  | 'until'
  | 'month'
  | 'length'
  | 'same_clock'
  | 'vague';

/** How big the thing named is. */
export type TimeGrain =
  | 'minute'
  | 'part'
  | 'day'
  | 'days'
  | 'weekend'
  | 'week'
  | 'month_part'
  | 'month'
  | 'quarter'
  | 'year'
  | 'holiday';

/** The word before or after a time that says its place in the sentence. */
export type TimeMarker = 'from' | 'to' | 'at' | 'by' | 'before' | 'after' | 'until' | 'since' | 'originally';

/** One time expression of a line. */
export interface TimeMention extends Stretch {
  kind: TimeKind;
  /** Absent for `length` (mostly), `same_clock` and `vague`. */
  value?: TimeValue;
  grain: TimeGrain;
  /**
   * Everywhere the expression stands: its own stretch first. A day and its clock may stand apart (星期三…6點), and one day
   * may serve several clocks, so pieces of different mentions may be the same; `start` to `end` never overlap.
   */
  pieces: Stretch[];
  /** The day's and the clock's own words. */
  dayAt?: Stretch;
  clockAt?: Stretch;
  /** First and last day meant. For a length of days: as it would be when it began today. */
  from?: LocalDate;
  to?: LocalDate;
  /** First and last clock meant. Midnight at the end of a day is `00:00`; the value then names the following day. */
  clock?: LocalTime;
  clockTo?: LocalTime;
  lengthMinutes?: number;
  lengthDays?: number;
  lengthMonths?: number;
  /** Of a length: 推遲, back, late are `later`; 提早, forward, early are `earlier`. */
  direction?: 'earlier' | 'later';
  /** The value lies before today or began before now; for a length, what the words say (ago, in). */
  tense?: 'past' | 'future';
  /** The weekday typed, 0 Sunday to 6 Saturday. */
  weekday?: number;
  /** No day was typed: today was taken. `passed` says that this clock is over for today. */
  dayAssumed?: true;
  passed?: true;
  /** No year was typed: the next such day was taken (in a sentence about the past the last one). */
  yearAssumed?: true;
  /** A weekday beside the date is not the date's (星期五 28/11): the value follows the date; better ask. */
  weekdayConflict?: true;
  /** About, -ish, 左右, 三四點. */
  approximate?: true;
  /** "on Mondays", 逢星期一. */
  recurring?: true;
  /** 同一時間 / same time belongs to this day: the hour of the old appointment is kept. */
  sameClock?: true;
  /** The same value was said before in the line (收工前 … 6點). */
  repeated?: true;
  marker?: TimeMarker;
  /** Days named together (星期四五, Thu or Fri) carry the same number. */
  group?: number;
}
