import { addDays, type HongKongParts, hongKongDate, hongKongParts } from './zone.ts';

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'] as const;

/** 星期一 to 星期日. */
export function weekdayText(moment: Date): string {
  return `星期${WEEKDAYS[hongKongParts(moment).weekday]}`;
}

/** `2026年3月5日（星期四）`. */
export function dateText(moment: Date): string {
  return `${hongKongParts(moment).year}年${monthDay(moment)}（${weekdayText(moment)}）`;
}

/** `3月5日（星期四）`, for lists of near days. */
export function dateTextWithoutYear(moment: Date): string {
  return `${monthDay(moment)}（${weekdayText(moment)}）`;
}

/** `2026年3月5日（星期四）下午3時30分`. */
export function dateTimeText(moment: Date): string {
  return dateText(moment) + timeText(moment);
}

/** `3月5日（星期四）下午3時30分`, for lists of near days. */
export function dateTimeTextWithoutYear(moment: Date): string {
  return dateTextWithoutYear(moment) + timeText(moment);
}

/** `下午3時30分`, on the hour `下午3時`, noon `中午12時`, from seven `晚上7時`. */
export function timeText(moment: Date): string {
  const parts = hongKongParts(moment);
  return partOfDay(parts.hour) + clock(parts);
}

/** `上午10時至11時`; the part of the day is repeated only when it changes: `上午11時至下午1時`. */
export function timeRangeText(from: Date, to: Date): string {
  const end = hongKongParts(to);
  const same = partOfDay(hongKongParts(from).hour) === partOfDay(end.hour);
  return `${timeText(from)}至${same ? '' : partOfDay(end.hour)}${clock(end)}`;
}

/**
 * `2026年3月5日（星期四）至7日（星期六）`; one day stands alone; month and year are repeated only when they change.
 */
export function dateRangeText(from: Date, to: Date): string {
  if (hongKongDate(from) === hongKongDate(to)) return dateText(from);
  const [first, last] = [hongKongParts(from), hongKongParts(to)];
  if (first.year !== last.year) return `${dateText(from)}至${dateText(to)}`;
  const end = first.month === last.month ? `${last.day}日（${weekdayText(to)}）` : dateTextWithoutYear(to);
  return `${dateText(from)}至${end}`;
}

/** SMS form `3月5日(四)`. Never `5/3`: some would read May 3. */
export function dateShort(moment: Date): string {
  return `${monthDay(moment)}(${WEEKDAYS[hongKongParts(moment).weekday]})`;
}

/** SMS form `下午3:30`. */
export function timeShort(moment: Date): string {
  const parts = hongKongParts(moment);
  return `${partOfDay(parts.hour)}${hour12(parts.hour)}:${String(parts.minute).padStart(2, '0')}`;
}

/** SMS form `3月5日(四)下午3:30`. */
export function dateTimeShort(moment: Date): string {
  return dateShort(moment) + timeShort(moment);
}

/** 今日, 明天 or 昨日 as seen from `now`; undefined for any other day, where the date itself must stand. */
export function dayWord(moment: Date, now: Date): '今日' | '明天' | '昨日' | undefined {
  const today = hongKongDate(now);
  const date = hongKongDate(moment);
  if (date === today) return '今日';
  if (date === addDays(today, 1)) return '明天';
  if (date === addDays(today, -1)) return '昨日';
  return undefined;
}

function monthDay(moment: Date): string {
  const { month, day } = hongKongParts(moment);
  return `${month}月${day}日`;
}

function hour12(hour: number): number {
  return hour % 12 === 0 ? 12 : hour % 12;
}

function partOfDay(hour: number): string {
  if (hour < 6) return '凌晨';
  if (hour < 12) return '上午';
  if (hour === 12) return '中午';
  return hour < 19 ? '下午' : '晚上';
}

function clock({ hour, minute }: HongKongParts): string {
  return `${hour12(hour)}時${minute === 0 ? '' : `${minute}分`}`;
}
