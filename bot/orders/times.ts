import { hongKongDate, hongKongTime, isLocalDate } from '../../hongkong/zone.ts';
import type { Piece } from '../understand/frame.ts';
import type { Entities, TimeValue } from '../understand/intents.ts';
import { listOf } from './order-context.ts';

const isMoment = (value: string): boolean => value.includes('T');

/**
 * A day and a time of day as a command takes them: a whole moment, or the half that is known (a day; a clock whose day has
 * passed today). A stretch of one day counts as its day; a longer one says nothing.
 */
export function momentPiece(value: TimeValue | undefined, now: Date): Piece | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string') {
    const day = dayOf(value);
    return day ? { typed: day } : undefined;
  }
  if (isLocalDate(value)) return { typed: value };
  if (!isMoment(value)) return undefined;
  const moment = new Date(value);
  if (moment <= now && hongKongDate(moment) === hongKongDate(now)) return { typed: hongKongTime(moment) };
  return { value: moment.toISOString() };
}

/** A Hong Kong day as a command takes it. Of a stretch: `end` says whether the first or the last day counts. */
export function datePiece(value: TimeValue | undefined, end: 'first' | 'last' = 'first'): Piece | undefined {
  if (value === undefined) return undefined;
  const text =
    typeof value === 'string'
      ? value
      : end === 'last'
        ? ((value.to ?? value.from) as string | undefined)
        : ((value.from ?? value.to) as string | undefined);
  const day = text?.slice(0, 10);
  return day && isLocalDate(day) ? { value: day } : undefined;
}

/** The one day of a stretch within it. */
function dayOf(value: { from?: string | undefined; to?: string | undefined }): string | undefined {
  const days = new Set([value.from, value.to].filter((each) => each !== undefined).map((each) => each.slice(0, 10)));
  const [day] = days;
  return days.size === 1 && day && isLocalDate(day) ? day : undefined;
}

/** All times of an order, as a list. A person's several options are several. */
export const timesOf = (entities: Entities): TimeValue[] =>
  listOf(entities.time as TimeValue | TimeValue[] | undefined);
