import { parse } from 'node-cron';
import { addDays, hongKongDate, hongKongParts, momentAt } from '../hongkong/zone.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** The longest look back: slots older than this are never run again. */
const MOST_DAYS = 400;

/**
 * The slots of a cron expression after `from` and up to `to`, in Hong Kong time. node-cron reads the expression; which
 * slots are due is decided here on the given moments, so that moved time, a sleeping laptop and a restart are one case.
 */
export function slotsBetween(expression: string, from: Date, to: Date): Date[] {
  if (to <= from) return [];
  const fields = parse(expression);
  const slots: Date[] = [];
  let day = hongKongDate(from);
  const lastDay = hongKongDate(to);
  for (let count = 0; day <= lastDay && count < MOST_DAYS; count += 1, day = addDays(day, 1)) {
    const { month, day: dayOfMonth, weekday } = hongKongParts(momentAt(day));
    if (!fields.month.includes(month) || !fields.dayOfMonth.includes(dayOfMonth)) continue;
    if (!fields.dayOfWeek.includes(weekday)) continue;
    for (const hour of fields.hour) {
      for (const minute of fields.minute) {
        const slot = momentAt(day, `${two(hour)}:${two(minute)}`);
        if (slot > from && slot <= to) slots.push(slot);
      }
    }
  }
  return slots;
}

/** The first slot after a moment; null when none lies in the next year. */
export function nextSlot(expression: string, after: Date): Date | null {
  for (const days of [1, 8, 32, 366]) {
    const [first] = slotsBetween(expression, after, new Date(after.getTime() + days * 86_400_000));
    if (first) return first;
  }
  return null;
}
