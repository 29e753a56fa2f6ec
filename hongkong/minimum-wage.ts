import type { LocalDate } from './zone.ts';

/** Statutory minimum wage in HK$ an hour, by the day it starts. Reviewed yearly: add the next line when gazetted. */
export const MINIMUM_WAGE: readonly { from: LocalDate; hkdPerHour: number }[] = [
  { from: '2025-05-01', hkdPerHour: 42.1 },
  { from: '2026-05-01', hkdPerHour: 43.1 },
];

/**
 * The minimum wage in force on a day, in HK$ an hour. Holds for all employees, full or part time, but for live-in
 * domestic workers and student interns.
 * @throws RangeError for a day before the table begins.
 */
export function minimumWageOn(date: LocalDate): number {
  const row = MINIMUM_WAGE.findLast((entry) => entry.from <= date);
  if (!row) throw new RangeError(`no minimum wage on record for ${date}`);
  return row.hkdPerHour;
}
