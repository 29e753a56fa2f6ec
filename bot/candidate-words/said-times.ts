import { dateTextWithoutYear, dateTimeTextWithoutYear, timeText } from '../../hongkong/date-texts.ts';
import { addDays, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import { type AskedQuestion, momentOf } from '../../recruiting/correspondence/asked-question.ts';
import type { Entities, TimeValue } from '../understand/intents.ts';

type Said = Entities['time'];

const listed = (said: Said): TimeValue[] => (said === undefined ? [] : Array.isArray(said) ? said : [said]);

/** Times that somebody named, as HR reads them: 「11月27日（星期五）下午2時至下午6時」. Empty when none were. */
export function timesInWords(said: Said): string {
  return listed(said).map(inWords).filter(Boolean).join('、');
}

function inWords(value: TimeValue): string {
  if (typeof value === 'string') return momentInWords(value);
  const { from, to } = value;
  if (from && to && from.includes('T') && to.includes('T') && from.slice(0, 10) === to.slice(0, 10))
    return `${momentInWords(from)}至${timeText(new Date(to))}`;
  if (from && to) return from === to ? momentInWords(from) : `${momentInWords(from)}至${momentInWords(to)}`;
  if (from) return `${momentInWords(from)}起`;
  return to ? `${momentInWords(to)}或之前` : '';
}

function momentInWords(value: string): string {
  if (value.includes('T')) return dateTimeTextWithoutYear(new Date(value));
  if (value.length === 7) return `${Number(value.slice(5))}月`;
  return dateTextWithoutYear(momentAt(value));
}

/**
 * Whether a time that somebody names is the one that was asked about: 「好,星期五見」 is no yes to a Thursday.
 * True when none is named, or nothing with a time is asked.
 */
export function isTimeAsked(said: Said, asked: AskedQuestion | undefined): boolean {
  const times = listed(said);
  const at = momentOf(asked);
  if (times.length === 0 || at === undefined) return true;
  if (asked?.about === 'training') {
    const last = asked.intake.lastDayAt ?? at;
    return times.every((value) => startOf(value) <= endOfDay(last) && endOf(value) >= momentAt(hongKongDate(at)));
  }
  return times.every((value) => startOf(value) <= at && at <= endOf(value));
}

function startOf(value: TimeValue): Date {
  const from = typeof value === 'string' ? value : value.from;
  if (from === undefined) return new Date(0);
  return from.includes('T') ? new Date(from) : momentAt(from.length === 7 ? `${from}-01` : from);
}

function endOf(value: TimeValue): Date {
  const to = typeof value === 'string' ? value : value.to;
  if (to === undefined) return new Date(8.64e15);
  if (to.includes('T')) return new Date(to);
  if (to.length > 7) return endOfDay(momentAt(to));
  const nextMonth = addDays(`${to}-28`, 4).slice(0, 7);
  return new Date(momentAt(`${nextMonth}-01`).getTime() - 1);
}

const endOfDay = (moment: Date): Date => new Date(momentAt(addDays(hongKongDate(moment), 1)).getTime() - 1);

/** When somebody who is late thinks they will arrive. */
export function arrivalOf({ delay_min, time }: Entities, startAt: Date): Date | undefined {
  if (delay_min !== undefined) return new Date(startAt.getTime() + delay_min * 60_000);
  const [first] = listed(time);
  if (typeof first !== 'string' || !first.includes('T')) return undefined;
  const at = new Date(first);
  return at > startAt && hongKongDate(at) === hongKongDate(startAt) ? at : undefined;
}
