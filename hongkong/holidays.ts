import { addDays, type LocalDate, weekdayOf } from './zone.ts';

/**
 * A general holiday (公眾假期) by its gazetted name. `statutory` marks the holidays every employee gets under the
 * Employment Ordinance (勞工假, 15 in 2026 and 2027): offices close on the first kind, many shops only on the second.
 */
export interface Holiday {
  date: LocalDate;
  name: string;
  statutory: boolean;
}

/**
 * Gazetted days, Sundays apart. The Government publishes the next year in spring: add it here; lunar dates are never
 * computed. In these official names 周日 means weekday, not Sunday.
 */
export const HOLIDAYS: readonly Holiday[] = [
  { date: '2026-12-25', name: '聖誕節', statutory: true },
  { date: '2026-12-26', name: '聖誕節後第一個周日', statutory: true },
  { date: '2027-01-01', name: '一月一日', statutory: true },
  { date: '2027-02-06', name: '農曆年初一', statutory: true },
  { date: '2027-02-08', name: '農曆年初三', statutory: true },
  { date: '2027-02-09', name: '農曆年初四', statutory: true },
  { date: '2027-03-26', name: '耶穌受難節', statutory: false },
  { date: '2027-03-27', name: '耶穌受難節翌日', statutory: false },
  { date: '2027-03-29', name: '復活節星期一', statutory: true },
  { date: '2027-04-05', name: '清明節', statutory: true },
  { date: '2027-05-01', name: '勞動節', statutory: true },
  { date: '2027-05-13', name: '佛誕', statutory: true },
  { date: '2027-06-09', name: '端午節', statutory: true },
  { date: '2027-07-01', name: '香港特別行政區成立紀念日', statutory: true },
  { date: '2027-09-16', name: '中秋節翌日', statutory: true },
  { date: '2027-10-01', name: '國慶日', statutory: true },
  { date: '2027-10-08', name: '重陽節', statutory: true },
  { date: '2027-12-25', name: '聖誕節', statutory: true },
  { date: '2027-12-27', name: '聖誕節後第一個周日', statutory: true },
];

/** The days the list above covers. Outside only weekends are known; readiness checks warn before it runs out. */
export const HOLIDAYS_KNOWN: { from: LocalDate; to: LocalDate } = { from: '2026-11-01', to: '2027-12-31' };

/** Lunar New Year's day (年初一) of each year. */
export const LUNAR_NEW_YEAR_DAYS: readonly LocalDate[] = ['2027-02-06'];

const BY_DATE: ReadonlyMap<LocalDate, Holiday> = new Map(HOLIDAYS.map((holiday) => [holiday.date, holiday]));

/** The general holiday a day is, if it is one. Sundays are not in this answer. */
export function holidayOn(date: LocalDate): Holiday | undefined {
  return BY_DATE.get(date);
}

/** True on Sundays and on gazetted days: when shops' "public holiday" arrangements apply. */
export function isGeneralHoliday(date: LocalDate): boolean {
  return weekdayOf(date) === 0 || BY_DATE.has(date);
}

/** True from Lunar New Year's Eve to day 4: no rejection, warning or no-show message leaves. A habit, not a law. */
export function isLunarNewYearQuiet(date: LocalDate): boolean {
  return LUNAR_NEW_YEAR_DAYS.some((dayOne) => date >= addDays(dayOne, -1) && date <= addDays(dayOne, 3));
}
