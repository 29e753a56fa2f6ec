const ZONE = 'Asia/Hong_Kong';
const OFFSET_MS = 8 * 3_600_000;
const part = (options) => new Intl.DateTimeFormat('zh-HK', { timeZone: ZONE, ...options });
const DAY = part({ year: 'numeric', month: 'long', day: 'numeric' });
const SHORT_DAY = part({ month: 'long', day: 'numeric' });
const WEEKDAY = part({ weekday: 'short' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });

/** 2026年11月23日（一） */
export function dayText(moment) {
  return `${DAY.format(moment)}（${weekdayText(moment)}）`;
}

/** 11月23日（一） */
export function shortDayText(moment) {
  return `${SHORT_DAY.format(moment)}（${weekdayText(moment)}）`;
}

/** 一 … 日 */
export function weekdayText(moment) {
  return WEEKDAY.format(moment).replace(/^(週|星期)/, '');
}

/** 10:05 */
export function timeText(moment) {
  return CLOCK.format(moment);
}

/** 2026-11-23T10:05, as date fields of forms want it. */
export function fieldText(moment) {
  return new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 16);
}

/** The moment of a date field, read as Hong Kong time; undefined when it is not complete. */
export function momentOfField(text) {
  const moment = new Date(`${text}:00+08:00`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** The Hong Kong day that is so many days later, at a time such as `09:00`. */
export function laterDay(moment, days, time) {
  const day = fieldText(new Date(moment.getTime() + days * 86_400_000)).slice(0, 10);
  return new Date(`${day}T${time}:00+08:00`);
}

/** 0 = Sunday, in Hong Kong. */
export function dayOfWeek(moment) {
  return new Date(moment.getTime() + OFFSET_MS).getUTCDay();
}
