import { weekdayOf } from '../../../hongkong/zone.ts';
import type { DayAtom, Scene } from './atom.ts';
import { nextWeekday } from './calendar.ts';
import { matcher } from './fold-text.ts';
import { BETWEEN, isMovedFrom, RANGE_GAP } from './join-clocks.ts';
import type { Unit } from './unit.ts';

const AND_GAP = matcher(
  '^\\s*(?:,|、|/|&|\\+|同埋?|和|及|與|或者?|定係?|還是|又得|都得|and|or|n|,? ?(?:and|or))\\s*(?:on |at |maybe )?$',
);

/** Days together: 星期一至五, Mon-Fri and 12月19 - 3 Jan become a stretch; days side by side become a group. */
export function joinDays(
  days: readonly DayAtom[],
  scene: Scene,
  blocked: (start: number, end: number) => boolean,
): Unit[] {
  const units: Unit[] = [];
  let group = 0;
  for (const day of days) {
    const last = units.at(-1);
    const before = last?.day;
    if (last && before && !blocked(last.end, day.start)) {
      const gap = scene.text.slice(last.end, day.start);
      const merged = sameDay(before, day, gap);
      if (merged) {
        last.day = merged;
        last.end = day.end;
        continue;
      }
      const carried = carry(before, day, RANGE_GAP.test(gap));
      const between = BETWEEN.test(scene.text.slice(0, last.start)) && /^\s*(?:and|n|&)\s*$/.test(gap);
      if ((RANGE_GAP.test(gap) || between) && !isMovedFrom(scene, last) && carried.to >= before.from) {
        const { month: _, ...rest } = before;
        last.day = { ...rest, to: carried.to, grain: 'days', end: day.end };
        last.end = day.end;
        continue;
      }
      if (AND_GAP.test(gap) || gap === '') {
        if (last.group === undefined) {
          group += 1;
          last.group = group;
        }
        units.push({ day: carried, group: last.group, start: day.start, end: day.end });
        continue;
      }
    }
    units.push({ day, start: day.start, end: day.end });
  }
  return units;
}

/** 12月3日(星期四), Fri 27 Nov, tomorrow (Tue): one day named twice. They may disagree: then the date counts and is marked. */
function sameDay(before: DayAtom, day: DayAtom, gap: string): DayAtom | undefined {
  if (!TWICE.test(gap) || before.from !== before.to || day.from !== day.to) return undefined;
  const [date, weekday] = day.weekday !== undefined ? [before, day] : [day, before];
  if (date.weekday !== undefined || weekday.weekday === undefined || weekday.recurring) return undefined;
  const fits = weekdayOf(date.from) === weekday.weekday && (weekday.bare === true || weekday.from === date.from);
  if (!fits && /[,、]/.test(gap)) return undefined;
  return {
    ...date,
    weekday: weekday.weekday,
    ...(!fits && { conflict: true as const }),
    start: before.start,
    end: day.end,
  };
}
const TWICE = /^[\s,、(（]*(?:the |on )?$/;

/** 下星期一或三, next Mon or Tue: the second weekday is in the first one's week, or after it. */
function carry(before: DayAtom, day: DayAtom, ranged: boolean): DayAtom {
  if (!day.bare || day.weekday === undefined || before.weekday === undefined || day.from > before.from) return day;
  // Thu or Tue: each is the next one; from Thu to Tue ends after it begins.
  if (before.bare && !ranged) return day;
  const date = nextWeekday(before.from, day.weekday);
  return { ...day, from: date, to: date };
}
