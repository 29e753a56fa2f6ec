import type { Atom, ClockAtom, PartAtom, Scene } from './atom.ts';
import { matcher } from './fold-text.ts';
import { isMoved } from './moved.ts';
import { clockInPart, PARTS } from './parts.ts';

export const TIGHT = /^[\s,，(（~]*(?:(?:at|@|on|in the|around)\s*)?$/;
export const RANGE_GAP = matcher(
  '^[\\s日號(（)）]*(?:-|–|—|~|～|至|到|做到|返到|見到|to|til|till|until|thru|through)\\s*(?:the )?$',
);
export const BETWEEN = /\b(?:between|btw)\s*(?:the )?$/;

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
        joinWithLast(out, scene);
        continue;
      }
    }
    out.push(atom);
  }
  return out;
}

/** 朝早9點至下晝6點: the second clock is whole only with its part of the day, then it may end a stretch. */
function joinWithLast(out: Atom[], scene: Scene): void {
  const [last, next] = [out.at(-2), out.at(-1)];
  if (last?.is !== 'clock' || next?.is !== 'clock') return;
  const joined = pairUp(last, next, scene.text.slice(last.end, next.start), scene);
  if (joined) out.splice(-2, 2, joined);
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
export function isMovedFrom(scene: Scene, atom: { start: number; end: number }): boolean {
  const before = scene.text.slice(0, atom.start);
  if (!isMoved(scene, atom.start)) return false;
  if (FROM_BEFORE.test(before)) return true;
  // move 11am to 2pm; but "move her to 2pm to 4pm" is a stretch.
  return MOVE_EN.test(before) && /^\s*to\b/.test(scene.text.slice(atom.end)) && !/\bto\s*(?:the )?$/.test(before);
}
const MOVE_EN = /\b(?:mov|chang|push|shift|resched|switch|bring|swap)[^,;]*$/;
const FROM_BEFORE = matcher('(?:from|由|從)\\s*(?:the )?$');

function fits(clock: ClockAtom, part: PartAtom['part']): boolean {
  return clock.bare || (clock.at >= PARTS[part].from * 60 - 180 && clock.at <= PARTS[part].to * 60 + 60);
}

/** A clock without a.m. or p.m. moved into a part of the day. */
export function inPart(clock: ClockAtom, part: PartAtom['part']): ClockAtom {
  const at = clock.bare ? clockInPart(clock.at, part) : clock.at;
  let to = clock.to;
  if (to !== undefined && clock.bareTo) {
    to = clockInPart(to, part);
    if (to <= at && to + 720 <= 1440) to += 720;
  }
  const { weak: _, to: __, ...rest } = clock;
  return { ...rest, at, ...(to !== undefined && to > at && { to }), bare: false, bareTo: false, part };
}

/** The stretch a part of the day is. */
export const partClock = ({ part, start, end }: PartAtom): ClockAtom => ({
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
