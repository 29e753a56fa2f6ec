import type { ClockAtom, PartAtom, Scene } from './atom.ts';
import { matcher } from './fold-text.ts';
import { inPart, isPartOnly, partClock, TIGHT } from './join-clocks.ts';
import type { Unit } from './unit.ts';

const GLUE = matcher(
  "^(?:[\\s,，、:：(（)）~!.'-]|嘅|的|呢|啦|喇|嗰?日|當日|at|@|on|in|the|around|about|abt|from|after|before|b4|by|大約|大概|約|由|就|due|,? ?(?:the )?(?:interview|intv|slot|session)s?(?= (?:at|from|@)))*$",
);

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
