import { dateTextWithoutYear, dateTimeTextWithoutYear, timeText } from '../../hongkong/date-texts.ts';
import { hongKongDate, hongKongParts, hongKongTime } from '../../hongkong/zone.ts';
import type { Lang } from './said.ts';
import { toSimplified } from './said.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day as staff read it: 11月24日（星期二）, Tue 24 Nov. */
export function staffDate(moment: Date, lang: Lang): string {
  if (lang === 'en') {
    const { weekday, day, month } = hongKongParts(moment);
    return `${WEEKDAYS[weekday]} ${day} ${MONTHS[month - 1]}`;
  }
  return script(dateTextWithoutYear(moment), lang);
}

/** A day with its time: 11月24日（星期二）下午3時30分, Tue 24 Nov, 3:30 pm. */
export function staffDateTime(moment: Date, lang: Lang): string {
  if (lang === 'en') return `${staffDate(moment, lang)}, ${staffTime(moment, lang)}`;
  return script(dateTimeTextWithoutYear(moment), lang);
}

/** A time of day: 下午3時30分, 3:30 pm. */
export function staffTime(moment: Date, lang: Lang): string {
  if (lang !== 'en') return script(timeText(moment), lang);
  const [hour = '0', minute = '00'] = hongKongTime(moment).split(':');
  const at = Number(hour);
  return `${at % 12 === 0 ? 12 : at % 12}:${minute} ${at < 12 ? 'am' : 'pm'}`;
}

/** The time alone when it is today, else day and time. */
export function staffWhen(moment: Date, now: Date, lang: Lang): string {
  if (hongKongDate(moment) !== hongKongDate(now)) return staffDateTime(moment, lang);
  return lang === 'en' ? `today ${staffTime(moment, lang)}` : `今日${staffTime(moment, lang)}`;
}

const script = (text: string, lang: Lang): string => (lang === 'hans' ? toSimplified(text) : text);
