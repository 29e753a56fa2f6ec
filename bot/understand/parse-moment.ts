import type { LocalDate, LocalTime } from '../../hongkong/zone.ts';
import { readTimes } from './time/read-times.ts';

type Read<T> = { start: number; end: number; value: T } | undefined;

/**
 * The first day and the first time of day in a text, as commands with an exact syntax need them: 聽日3點半,
 * 下星期三下午3:30, 26/11 15:00, next Wed 3pm, half four. Day and time may stand apart. Of a stretch the beginning counts,
 * of a deadline (月尾前, by Friday) its day; a part of the day alone (朝早) is no time.
 * @param text folded or not, half width
 * @param now the moment it was typed
 */
export function findMoment(text: string, now: Date): { date: Read<LocalDate>; time: Read<LocalTime> } {
  const mentions = readTimes(text, now).filter(({ kind }) => kind !== 'length' && kind !== 'vague');
  const dated = mentions.find(({ dayAt, grain }) => dayAt && !WIDE.has(grain));
  const timed =
    dated?.clock && isClock(dated)
      ? dated
      : mentions.find((mention) => mention.clock !== undefined && isClock(mention));
  return {
    date: dated?.dayAt && dated.from ? { ...dated.dayAt, value: dated.from } : undefined,
    time: timed?.clockAt && timed.clock ? { ...timed.clockAt, value: timed.clock } : undefined,
  };
}

/** A week or a month names no day. */
const WIDE = new Set(['week', 'weekend', 'month', 'month_part', 'quarter', 'year']);

const isClock = ({ grain }: { grain: string }): boolean => grain === 'minute';
