import type { LocalDate, LocalTime } from '../../hongkong/zone.ts';
import type { Lang } from '../replies/said.ts';

/** A new time told from the appointment that is moved: an hour later, Wednesday at the same time, 4 o'clock on its day. */
export type Move = { byMinutes: number } | { toDay: LocalDate } | { toClock: LocalTime };

/**
 * One mention of an argument. `typed`: words still to be looked up (a reference, an unknown name, half a moment), or a moment told
 * from an appointment (`move`);
 * `ids`: who or what the words may mean (for applications: candidates); `id`: the record that is meant; `value`: finished.
 */
export type Piece =
  | { typed: string; move?: Move }
  | { ids: string[]; typed: string }
  | { id: string }
  | { value: string | number };

/**
 * What was understood of a message before anybody is looked up for good: the command's name, what was said of each of its
 * arguments, and what fits nowhere. This is what any way of understanding (exact syntax, free language) hands on.
 */
export interface Frame {
  command: string;
  args: Record<string, Piece[]>;
  /** Stretches nothing has claimed, fillers apart. An act is certain only when there are none. */
  leftover: string[];
  lang: Lang;
}

/** A mention outside the command's own arguments that tells which application is meant: a job title. */
export const JOB_HINT = '$job';
