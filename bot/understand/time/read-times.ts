import { addDays, daysBetween, type LocalDate } from '../../../hongkong/zone.ts';
import type { Atom, ClockAtom, DayAtom, LengthAtom, PartAtom, Scene } from './atom.ts';
import { attachClocks } from './attach-clocks.ts';
import { isPartOnly, joinClocks, partClock } from './join-clocks.ts';
import { joinDays } from './join-days.ts';
import { directionOf } from './length-rules.ts';
import { type Marks, markersOf } from './markers.ts';
import { scan } from './scan.ts';
import type { Stretch, TimeGrain, TimeKind, TimeMention, TimeValue } from './time-mention.ts';
import type { Unit } from './unit.ts';

/**
 * Every time expression of a line, in order of place, with its value at a moment: days, clocks, both together, stretches,
 * starts and deadlines, months, lengths and vague times, in Cantonese, written Chinese and English as typed in Hong Kong.
 *
 * Weeks start on Monday; a bare weekday is the next one, in a sentence about the past the last one; D/M order; a bare
 * clock of 1 to 7 is p.m., 8 to 11 a.m.; 朝早 is 9 to 12, 中午 12 to 14, 下晝 14 to 18, 夜晚 18 to 22; a day named by 前, before
 * or by is included.
 * @param text Traditional, Simplified or folded, in any case and width; places in the answer are places in it
 * @param now the moment it was typed
 */
export function readTimes(text: string, now: Date): TimeMention[] {
  const { atoms, scene } = scan(text, now);
  if (atoms.length === 0) return [];
  const joined = joinClocks(atoms, scene);
  const clocks = joined.filter((atom): atom is ClockAtom | PartAtom => atom.is === 'clock' || atom.is === 'part');
  const days = joined.filter((atom): atom is DayAtom => atom.is === 'day');
  const blocked = (start: number, end: number): boolean =>
    joined.some((atom) => atom.start >= start && atom.end <= end && atom.end > atom.start);
  const joinedUnits = joinMoments(attachClocks(joinDays(days, scene, blocked), clocks, scene), scene);
  const mentions = joinedUnits.map((unit) => mentionOf(withPart(unit), scene));
  for (const atom of joined) {
    if (atom.is === 'length') mentions.push(lengthMention(atom, scene));
    else if (atom.is === 'vague') mentions.push(wordMention(atom, 'vague'));
  }
  keepClocks(mentions, joined, scene);
  return settle(mentions);
}

/** 今晚 and 聽朝 without a clock are that part of the day. */
function withPart(unit: Unit): Unit {
  const { day } = unit;
  if (unit.clock || !day?.part) return unit;
  return { ...unit, clock: partClock({ is: 'part', part: day.part, start: day.start, end: day.end }) };
}

const MOMENT_GAP = /^\s*(?:-|–|—|~|至|到|to|til|till|until)\s*$/;

/** 26/11 3pm to 27/11 6pm: one stretch over several days. */
function joinMoments(units: Unit[], scene: Scene): Unit[] {
  const out: Unit[] = [];
  for (const unit of units) {
    const last = out.at(-1);
    if (
      last?.day &&
      last.clock &&
      unit.day &&
      unit.clock &&
      !last.sharedClock &&
      !unit.sharedDay &&
      last.day.to < unit.day.from &&
      MOMENT_GAP.test(scene.text.slice(last.end, unit.start)) &&
      markersOf(scene, last).before?.marker !== 'to' &&
      !markersOf(scene, last).moved
    ) {
      last.until = unit;
      last.end = unit.end;
      continue;
    }
    out.push({ ...unit });
  }
  return out;
}

/** `YYYY-MM-DDThh:mm+08:00`; 24:00 is the next day's midnight. */
function momentText(date: LocalDate, minutes: number): string {
  const day = minutes >= 1440 ? addDays(date, 1) : date;
  return `${day}T${clockText(minutes)}+08:00`;
}

function clockText(minutes: number): string {
  const at = minutes % 1440;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}

const strip = ({ start, end }: Stretch): Stretch => ({ start, end });

function mentionOf(unit: Unit, scene: Scene): TimeMention {
  const marks = markersOf(scene, unit);
  const own: Stretch = { start: marks.start, end: marks.end };
  const { day, clock } = unit;
  const kindAndValue = meaningOf(unit, marks, scene);
  const pieces = [own, ...[day, clock].flatMap((atom) => (atom && !covers(own, atom) ? [strip(atom)] : []))];
  const from = day?.from ?? scene.today;
  const to = unit.until?.day?.to ?? day?.to ?? scene.today;
  return {
    ...own,
    ...kindAndValue,
    grain: grainOf(unit),
    pieces,
    ...(day && { dayAt: strip(day) }),
    ...(clock && { clockAt: strip(clock) }),
    from,
    to,
    ...(clock && { clock: clockText(clock.at) }),
    ...((unit.until?.clock ?? clock)?.to !== undefined && {
      clockTo: clockText((unit.until?.clock ?? clock)?.to ?? 0),
    }),
    ...(day?.lengthDays && { lengthDays: day.lengthDays }),
    ...tenseOf(unit, scene),
    ...(day?.weekday !== undefined && { weekday: day.weekday }),
    ...(!day && {
      dayAssumed: true as const,
      ...(clock && (clock.to ?? clock.at) <= scene.minute && { passed: true as const }),
    }),
    ...(day?.yearAssumed && { yearAssumed: true as const }),
    ...(day?.conflict && { weekdayConflict: true as const }),
    ...(day?.recurring && { recurring: true as const }),
    ...((clock?.approximate || marks.approximate) && { approximate: true as const }),
    ...(marks.before && { marker: marks.before.marker }),
    ...(marks.after && { marker: marks.after.marker }),
    ...(unit.group !== undefined && { group: unit.group }),
  };
}

function covers(own: Stretch, atom: Stretch): boolean {
  return own.start <= atom.start && atom.end <= own.end;
}

function grainOf({ day, clock }: Unit): TimeGrain {
  if (clock) return isPartOnly(clock) ? 'part' : 'minute';
  return day?.grain ?? 'day';
}

function tenseOf({ day, clock }: Unit, scene: Scene): { tense?: 'past' | 'future' } {
  if (!day) return {};
  if (day.to < scene.today) return { tense: 'past' };
  if (day.from > scene.today) return { tense: 'future' };
  if (clock && day.from === day.to) return { tense: (clock.to ?? clock.at) <= scene.minute ? 'past' : 'future' };
  return {};
}

/** The value in the form a frame carries, by what the unit holds and what stands around it. */
function meaningOf(unit: Unit, marks: Marks, scene: Scene): { kind: TimeKind; value: TimeValue } {
  const { day, clock } = unit;
  const edge = marks.edge ?? day?.edge;
  const date = day?.from ?? scene.today;
  if (!clock) return dayValue(day, edge, marks, scene);
  const start = momentText(date, clock.at);
  const end = momentText(
    unit.until?.day?.to ?? day?.to ?? date,
    (unit.until?.clock ?? clock).to ?? (unit.until?.clock ?? clock).at,
  );
  if (edge === 'until')
    return {
      kind: 'until',
      value: {
        to: clock.to !== undefined && !isPartOnly(clock) ? end : isPartOnly(clock) && marks.strict ? start : end,
      },
    };
  const ranged = unit.until !== undefined || (clock.to !== undefined && !isPartOnly(clock));
  if (edge === 'from' && !ranged)
    return { kind: 'from', value: { from: marks.strict && isPartOnly(clock) ? end : start } };
  if (unit.until || clock.to !== undefined || (day && day.from !== day.to))
    return { kind: 'range', value: { from: start, to: end } };
  return { kind: day ? 'moment' : 'clock', value: start };
}

function dayValue(
  day: DayAtom | undefined,
  edge: 'from' | 'until' | undefined,
  marks: Marks,
  scene: Scene,
): { kind: TimeKind; value: TimeValue } {
  const from = day?.from ?? scene.today;
  const to = day?.to ?? scene.today;
  if (edge === 'until') return { kind: 'until', value: { to: marks.strict ? dayBefore(day, from) : to } };
  const ranged = day?.grain === 'days' && !marks.strict;
  if (edge === 'from' && !ranged)
    return { kind: 'from', value: { from: marks.strict && from !== to ? addDays(to, 1) : from } };
  if (day?.month) return { kind: 'month', value: day.month };
  return from === to ? { kind: 'day', value: from } : { kind: 'range', value: { from, to } };
}

/** The last day of "before …": the day named itself; of a holiday its first day; the day before a week or a month begins. */
function dayBefore(day: DayAtom | undefined, from: LocalDate): LocalDate {
  if (!day || day.from === day.to || day.grain === 'holiday' || day.grain === 'days') return from;
  return addDays(from, -1);
}

function lengthMention(atom: LengthAtom, scene: Scene): TimeMention {
  const direction = atom.shift ? undefined : directionOf(scene.text, atom);
  const own = strip(atom);
  const base = {
    ...own,
    pieces: [own],
    ...(atom.minutes !== undefined && { lengthMinutes: atom.minutes }),
    ...(atom.days !== undefined && {
      lengthDays: atom.days,
      from: scene.today,
      to: addDays(scene.today, atom.days - 1),
    }),
    ...(atom.months !== undefined && { lengthMonths: atom.months }),
    ...(direction && { direction }),
  };
  const grain: TimeGrain = atom.minutes !== undefined ? 'minute' : atom.months !== undefined ? 'month' : 'days';
  if (!atom.shift || atom.minutes === undefined) return { kind: 'length', grain, ...base };
  const at = scene.minute + (atom.shift === 'ahead' ? atom.minutes : -atom.minutes);
  const date = addDays(scene.today, Math.floor(at / 1440));
  return {
    kind: 'length',
    grain,
    ...base,
    value: momentText(date, ((at % 1440) + 1440) % 1440),
    tense: atom.shift === 'ahead' ? 'future' : 'past',
  };
}

function wordMention(atom: Stretch, kind: 'vague' | 'same_clock'): TimeMention {
  return { ...strip(atom), kind, grain: 'day', pieces: [strip(atom)] };
}

/** 同一時間: the day beside it gets the clock of the moment said before, when there is one. */
function keepClocks(mentions: TimeMention[], atoms: readonly Atom[], scene: Scene): void {
  for (const atom of atoms) {
    if (atom.is !== 'same_clock') continue;
    const days = mentions
      .filter((mention) => mention.kind === 'day' && mention.end <= atom.start)
      .sort((a, b) => b.end - a.end);
    const behind = mentions.find(
      (mention) =>
        mention.kind === 'day' &&
        /^[\s,]*(?:on )?$/.test(scene.text.slice(atom.end, mention.start)) &&
        mention.start >= atom.end,
    );
    const day = behind ?? days.find((mention) => !BREAKS.test(scene.text.slice(mention.end, atom.start))) ?? days[0];
    const old = mentions
      .filter((mention) => mention.kind === 'moment' && mention !== day && mention.start < atom.start)
      .sort((a, b) => b.end - a.end)[0];
    if (!day) {
      mentions.push(wordMention(atom, 'same_clock'));
      continue;
    }
    day.sameClock = true;
    day.pieces.push(strip(atom));
    if (old?.clock && day.from) {
      const [hours = 0, minutes = 0] = old.clock.split(':').map(Number);
      day.kind = 'moment';
      day.clock = old.clock;
      day.value = momentText(day.from, hours * 60 + minutes);
    }
  }
}
const BREAKS = /[;；。]/;

/** In order, without overlaps, values said twice marked. */
function settle(mentions: TimeMention[]): TimeMention[] {
  const sorted = mentions.sort((a, b) => a.start - b.start || b.end - a.end);
  const out: TimeMention[] = [];
  const seen = new Set<string>();
  for (const mention of sorted) {
    const last = out.at(-1);
    if (last && mention.start < last.end) {
      const start = Math.min(last.end, mention.end);
      if (start >= mention.end) continue;
      mention.start = start;
      mention.pieces[0] = { start, end: mention.end };
    }
    if (mention.value !== undefined && mention.kind !== 'length') {
      const key = JSON.stringify(mention.value);
      if (seen.has(key)) mention.repeated = true;
      seen.add(key);
    }
    out.push(mention);
  }
  return out;
}

/** Days of a mention, both ends counted. */
export function daysOf(mention: TimeMention): number {
  return mention.from && mention.to ? daysBetween(mention.from, mention.to) + 1 : 0;
}
