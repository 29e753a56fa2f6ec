import type { Atom, ClockAtom, DayAtom, PartAtom, Scene } from './atom.ts';
import { nextWeekday } from './calendar.ts';
import { isMoved } from './clock-rules.ts';
import { matcher } from './fold-text.ts';
import { clockInPart, PARTS } from './parts.ts';

/** A day, a clock or both that belong together, before their markers are read. */
export interface Unit {
  day?: DayAtom;
  clock?: ClockAtom;
  /** The end of a stretch that reaches into another day. */
  until?: Unit;
  /** The day was named once for several clocks; only the first owns its words. */
  sharedDay?: true;
  sharedClock?: true;
  group?: number;
  start: number;
  end: number;
}

const GLUE = matcher(
  "^(?:[\\s,，、:：(（)）~!.'-]|嘅|的|呢|啦|喇|嗰?日|當日|at|@|on|in|the|around|about|abt|from|after|before|by|大約|大概|約|由|就|due|,? ?(?:the )?(?:interview|intv|slot|session)s?(?= (?:at|from|@)))*$",
);
const TIGHT = /^[\s,，(（~]*(?:(?:at|@|on|in the|around)\s*)?$/;
const RANGE_GAP = matcher('^[\\s日號(（)）]*(?:-|–|—|~|～|至|到|to|til|till|until|thru|through)\\s*(?:the )?$');
const AND_GAP = matcher(
  '^\\s*(?:,|、|/|&|\\+|同埋?|和|及|與|或者?|定係?|還是|又得|都得|and|or|n|,? ?(?:and|or))\\s*(?:on |at |maybe )?$',
);
const BETWEEN = /\b(?:between|btw)\s*(?:the )?$/;

/** Puts clocks into the parts of the day they stand by, and clocks together into stretches. */
export function joinClocks(atoms: readonly Atom[], scene: Scene): Atom[] {
  const out: Atom[] = [];
  for (const atom of atoms) {
    const last = out.at(-1);
    if (last && (last.is === 'part' || last.is === 'clock') && (atom.is === 'part' || atom.is === 'clock')) {
      const gap = scene.text.slice(last.end, atom.start);
      const joined = pairUp(last, atom, gap, scene);
      if (joined) {
        out[out.length - 1] = joined;
        continue;
      }
    }
    out.push(atom);
  }
  return out;
}

function pairUp(
  last: PartAtom | ClockAtom,
  next: PartAtom | ClockAtom,
  gap: string,
  scene: Scene,
): ClockAtom | undefined {
  if (last.is === 'part' && next.is === 'clock' && TIGHT.test(gap)) {
    if (next.part || (next.weak && gap !== '' && gap !== ' ')) return undefined;
    return { ...inPart(next, last.part), start: last.start };
  }
  if (last.is === 'clock' && next.is === 'part' && TIGHT.test(gap) && !last.part) {
    return fits(last, next.part) ? { ...inPart(last, next.part), end: next.end } : undefined;
  }
  if (last.is === 'clock' && next.is === 'clock' && last.to === undefined && next.to === undefined) {
    if (isMovedFrom(scene, last)) return undefined;
    const between = BETWEEN.test(scene.text.slice(0, last.start)) && /^\s*(?:and|n|&)\s*$/.test(gap);
    if (!RANGE_GAP.test(gap) && !between) return undefined;
    let to = next.at;
    if (to <= last.at && next.bare && to + 720 <= 1440) to += 720;
    if (to <= last.at) return undefined;
    return { ...last, to, bareTo: next.bare, end: next.end };
  }
  return undefined;
}

/** "from 3pm to 4pm" after move, push, 改: an old and a new clock. */
function isMovedFrom(scene: Scene, atom: { start: number }): boolean {
  return FROM_BEFORE.test(scene.text.slice(0, atom.start)) && isMoved(scene, atom.start);
}
const FROM_BEFORE = matcher('(?:from|由|從)\\s*(?:the )?$');

function fits(clock: ClockAtom, part: PartAtom['part']): boolean {
  return clock.bare || (clock.at >= PARTS[part].from * 60 - 180 && clock.at <= PARTS[part].to * 60 + 60);
}

function inPart(clock: ClockAtom, part: PartAtom['part']): ClockAtom {
  const at = clock.bare ? clockInPart(clock.at, part) : clock.at;
  let to = clock.to;
  if (to !== undefined && clock.bareTo) {
    to = clockInPart(to, part);
    if (to <= at && to + 720 <= 1440) to += 720;
  }
  const { weak: _, to: __, ...rest } = clock;
  return { ...rest, at, ...(to !== undefined && to > at && { to }), bare: false, bareTo: false, part };
}

const partClock = ({ part, start, end }: PartAtom): ClockAtom => ({
  is: 'clock',
  at: PARTS[part].from * 60,
  to: PARTS[part].to * 60,
  bare: false,
  part,
  start,
  end,
});

/** True for a stretch that only a part of the day gave. */
export function isPartOnly(clock: ClockAtom): boolean {
  return clock.part !== undefined && clock.at === PARTS[clock.part].from * 60 && clock.to === PARTS[clock.part].to * 60;
}

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
      const carried = carry(before, day);
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

/** 下星期一或三, next Mon or Tue: the second weekday is in the first one's week, or after it. */
function carry(before: DayAtom, day: DayAtom): DayAtom {
  if (!day.bare || day.weekday === undefined || before.weekday === undefined || day.from > before.from) return day;
  if (before.bare && day.from <= before.from) {
    // Thu or Tue: each is the next one; a stretch from Thu to Tue ends after it begins.
    return day;
  }
  const date = nextWeekday(before.from, day.weekday);
  return { ...day, from: date, to: date };
}

interface Link {
  clock: number;
  day: number;
  cost: number;
}

/** Gives every clock and part of the day the day it belongs to. */
export function attachClocks(units: Unit[], clocks: readonly (ClockAtom | PartAtom)[], scene: Scene): Unit[] {
  const links: Link[] = [];
  const gapOf = (a: { end: number }, b: { start: number }): string => scene.text.slice(a.end, b.start);
  clocks.forEach((clock, c) => {
    units.forEach((unit, d) => {
      const after = unit.end <= clock.start;
      const gap = after ? gapOf(unit, clock) : gapOf(clock, unit);
      if (gap.length > 24 || !(after ? GLUE : TIGHT).test(gap)) return;
      links.push({
        clock: c,
        day: d,
        cost: (/[,，、.!:]/.test(gap) ? 10 : 0) + gap.trim().length / 10 + (after ? 0 : 1),
      });
    });
  });
  const owner = new Map<number, number>();
  const owned = new Set<number>();
  for (const { clock, day } of links.sort((a, b) => a.cost - b.cost || a.clock - b.clock)) {
    if (owner.has(clock) || owned.has(day)) continue;
    owner.set(clock, day);
    owned.add(day);
  }
  const out = units.map((unit) => ({ ...unit }));
  const extra: Unit[] = [];
  // What has no day beside it, in order of place.
  clocks.forEach((clock, c) => {
    const day = owner.get(c);
    if (day !== undefined) {
      const unit = out[day];
      if (unit) give(unit, clock, scene);
      return;
    }
  });
  spreadOverGroups(out);
  clocks.forEach((clock, c) => {
    if (owner.has(c) || clock.weak) return;
    place(out, extra, clock, scene);
  });
  return [...out, ...extra].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Joins a day and a clock into one; the stretch covers both only when they stand side by side. */
function give(unit: Unit, atom: ClockAtom | PartAtom, scene: Scene): void {
  const clock = atom.is === 'part' ? partClock(atom) : unit.day?.part && atom.bare ? inPart(atom, unit.day.part) : atom;
  unit.clock = clock;
  const [start, end] = [Math.min(unit.start, clock.start), Math.max(unit.end, clock.end)];
  const inner = scene.text.slice(Math.min(unit.end, clock.end), Math.max(unit.start, clock.start));
  if (inner.length <= 24) {
    unit.start = start;
    unit.end = end;
  }
}

/** Thu or Fri morning, 星期三同星期四3點: the clock is every day's of the group. */
function spreadOverGroups(units: Unit[]): void {
  for (const unit of units) {
    if (unit.group === undefined || unit.clock) continue;
    const shared = units.find((other) => other.group === unit.group && other.clock);
    if (!shared?.clock) continue;
    unit.clock = shared.clock;
    unit.sharedClock = true;
  }
}

const NO_SHARE = matcher(
  '[,;，；。!?]|\\b(?:mov\\w*|push\\w*|chang\\w*|shift\\w*|resched\\w*|to|until|till)\\b|[改轉搬推調延去到]',
);

/** A clock that stands apart: it refines a part of the day said before, or shares the nearest day before it. */
function place(units: Unit[], extra: Unit[], atom: ClockAtom | PartAtom, scene: Scene): void {
  const before = [...units, ...extra]
    .filter((unit) => unit.day && unit.end <= atom.start)
    .sort((a, b) => b.end - a.end)[0];
  const clock = atom.is === 'part' ? partClock(atom) : atom;
  if (before?.day) {
    const mates = units.filter(
      (unit) => unit === before || (before.group !== undefined && unit.group === before.group),
    );
    const open = mates.filter((unit) => !unit.clock && unit.day?.grain === 'day');
    if (open.length > 0 && canTake(before, clock, scene)) {
      for (const unit of open) {
        unit.clock = unit.day?.part && clock.bare ? inPart(clock, unit.day.part) : clock;
        if (unit !== open[0]) unit.sharedClock = true;
      }
      return;
    }
    const known = before.clock;
    if (known && isPartOnly(known) && atom.is === 'clock') {
      const fine = atom.bare && known.part ? inPart(atom, known.part) : atom;
      if (fine.at >= known.at && fine.at <= (known.to ?? known.at)) {
        for (const unit of mates) if (unit.clock === known) unit.clock = fine;
        return;
      }
    }
    if (before.day.grain === 'day' && atom.is === 'clock') {
      extra.push({ day: before.day, sharedDay: true, clock, start: clock.start, end: clock.end });
      return;
    }
  }
  const after = units
    .filter((unit) => unit.day?.grain === 'day' && unit.start >= atom.end)
    .sort((a, b) => a.start - b.start)[0];
  if (after?.day) {
    const gap = scene.text.slice(atom.end, after.start);
    if (!after.clock && gap.length <= 40 && !NO_SHARE.test(gap)) {
      after.clock = after.day.part && clock.bare ? inPart(clock, after.day.part) : clock;
      return;
    }
    // from 3pm to 4pm tomorrow
    if (after.clock && after.clock.start < after.start + 12 && /^\s*(?:to|and|or|-)\s*$/.test(gap)) {
      extra.push({ day: after.day, sharedDay: true, clock, start: clock.start, end: clock.end });
      return;
    }
  }
  extra.push({ clock, start: clock.start, end: clock.end });
}

/** A day far back in another sentence does not take a part of the day that stands alone. */
function canTake(before: Unit, clock: ClockAtom, scene: Scene): boolean {
  const gap = scene.text.slice(before.end, clock.start);
  return gap.length <= 60;
}
