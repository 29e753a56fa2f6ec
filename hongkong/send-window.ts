import { isLunarNewYearQuiet } from './holidays.ts';
import {
  addDays,
  hongKongDate,
  hongKongTime,
  type LocalDate,
  type LocalTime,
  minutesOfDay,
  momentAt,
  weekdayOf,
} from './zone.ts';

/** When a kind of message may leave: from `start` up to but not at `end`, on the named weekdays (0 Sunday; all). */
export interface SendWindow {
  start: LocalTime;
  end: LocalTime;
  weekdays?: readonly number[];
  /** True for bad news: waits until Lunar New Year's Eve to day 4 are over. */
  avoidsLunarNewYear?: boolean;
}

/** Default for all messages. No law; the voluntary code for marketing calls says 09:00-22:00. */
export const SEND_WINDOW: SendWindow = { start: '09:00', end: '21:00' };

/** Reminders of an appointment the same day may come earlier. */
export const REMINDER_WINDOW: SendWindow = { start: '07:30', end: '21:00' };

/** Bad news comes on a weekday when somebody can be asked about it. */
export const REJECTION_WINDOW: SendWindow = {
  start: '10:00',
  end: '17:00',
  weekdays: [1, 2, 3, 4],
  avoidsLunarNewYear: true,
};

/** No-show and warning messages: any day, but not at Lunar New Year. */
export const GENTLE_WINDOW: SendWindow = { ...SEND_WINDOW, avoidsLunarNewYear: true };

/** True when a message may leave at this moment. */
export function isInSendWindow(moment: Date, window: SendWindow = SEND_WINDOW): boolean {
  const minutes = minutesOfDay(hongKongTime(moment));
  return (
    isOpenDay(hongKongDate(moment), window) &&
    minutes >= minutesOfDay(window.start) &&
    minutes < minutesOfDay(window.end)
  );
}

/** The moment itself when it is inside the window, else the next opening. Never earlier than `moment`. */
export function clampToSendWindow(moment: Date, window: SendWindow = SEND_WINDOW): Date {
  checkWindow(window);
  if (isInSendWindow(moment, window)) return new Date(moment);
  let date = hongKongDate(moment);
  if (moment >= momentAt(date, window.start)) date = addDays(date, 1);
  while (!isOpenDay(date, window)) date = addDays(date, 1);
  return momentAt(date, window.start);
}

function isOpenDay(date: LocalDate, window: SendWindow): boolean {
  if (window.weekdays && !window.weekdays.includes(weekdayOf(date))) return false;
  return !(window.avoidsLunarNewYear && isLunarNewYearQuiet(date));
}

/** A window that never opens would loop for ever. */
function checkWindow(window: SendWindow): void {
  const empty = minutesOfDay(window.end) <= minutesOfDay(window.start);
  const noDay = window.weekdays && !window.weekdays.some((day) => Number.isInteger(day) && day >= 0 && day <= 6);
  if (empty || noDay) throw new RangeError(`a send window that never opens: ${window.start}-${window.end}`);
}
