import { readTimes } from '../../../bot/understand/time/read-times.ts';

/** Monday. */
export const MONDAY = new Date('2026-11-23T10:00+08:00');

/** What was read, one expression after the other: its words, then its value or length. */
export function told(text: string, now = MONDAY): string[] {
  return readTimes(text, now).map(({ start, end, value, lengthMinutes, lengthDays, lengthMonths, direction, kind }) => {
    const said = text.slice(start, end);
    if (kind === 'vague' || kind === 'same_clock') return `${said}: ${kind}`;
    if (kind === 'length') {
      const long = lengthMinutes ? `${lengthMinutes}min` : lengthMonths ? `${lengthMonths}mo` : `${lengthDays}d`;
      return `${said}: ${long}${direction ? ` ${direction}` : ''}`;
    }
    const short = (at: string): string => at.replace('+08:00', '');
    if (typeof value === 'string') return `${said}: ${short(value)}`;
    if (value && 'from' in value) return `${said}: ${short(value.from)}..${'to' in value ? short(value.to) : ''}`;
    return `${said}: ..${value ? short(value.to) : ''}`;
  });
}
