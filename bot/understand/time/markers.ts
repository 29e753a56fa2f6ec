import type { Scene } from './atom.ts';
import { matcher } from './fold-text.ts';
import { isMoved } from './moved.ts';
import type { TimeMarker } from './time-mention.ts';
import type { Unit } from './unit.ts';

/** What the words around a time say about it, and the stretch with those words. */
export interface Marks {
  start: number;
  end: number;
  before?: { marker: TimeMarker };
  after?: { marker: TimeMarker };
  /** It is a start or a deadline. */
  edge?: 'from' | 'until';
  /** before / after, as against by / from: a part of the day counts with its near end. */
  strict?: true;
  approximate?: true;
  /** An old time: the sentence moves something away from it. */
  moved?: true;
}

const BEFORE: readonly { words: RegExp; marker: TimeMarker; edge?: 'from' | 'until'; strict?: true }[] = [
  {
    words: matcher(
      '(?<![a-z])(?:no later than|not later than|latest by|latest|deadline(?: is)?|due(?: by| on)?|by the latest|by)\\s*$|(?:最遲|不遲於|限期(?:係|是)?|截止(?:日期)?(?:係|是)?)\\s*$',
    ),
    marker: 'by',
    edge: 'until',
  },
  { words: matcher('(?<![a-z])(?:before|b4|prior to|ahead of)\\s*$'), marker: 'before', edge: 'until', strict: true },
  {
    words: matcher('(?<![a-z])(?:after|later than|past|any ?time after)\\s*$|過[咗左了完]\\s*$'),
    marker: 'after',
    edge: 'from',
    strict: true,
  },
  {
    words: matcher('(?<![a-z])(?:up until|up to|until|untill|till?|thru|through)\\s*(?:the )?$'),
    marker: 'until',
    edge: 'until',
  },
  { words: matcher('(?<![a-z])(?:since|ever since)\\s*$|自(?:從)?\\s*$'), marker: 'since', edge: 'from' },
  {
    words: matcher(
      '(?<![a-z])(?:starting(?: from| on)?|effective(?: from)?|w\\.?e\\.?f\\.?|as from|as of|commencing|beginning|onwards from|from)\\s*(?:the )?$|(?:由|從|最早)\\s*$',
    ),
    marker: 'from',
    edge: 'from',
  },
  {
    words: matcher(
      '(?<=(?:停|做|直|等|休|假|開|留|擺|放|hold|pause|mute|park|keep|有效|維持|凍結|止|靜音)(?:住)?)[到至]\\s*$|(?<![推延改調轉搬移約定遲後前押排換去先])至\\s*$|(?<=^|[,，。;；\\s])(?:直)?到\\s*$|(?<=(?:暫停|停|唔好|別|mute|pause|hold|擺|放|留|休息|keep|等|諗|考慮|做|忙|出差)[^,，;；。]{0,16}(?<![推延改調轉搬移約定遲後前押排換見嚟來感收得走去]))[到至]\\s*$',
    ),
    marker: 'until',
    edge: 'until',
  },
  {
    words: matcher(
      '(?:[改轉搬推調移約定延遲後前押排換]|改期|重約|推遲|延期)(?:咗)?(?:[到至去做為成落]|成|去到)\\s*$|(?<![a-z])to\\s*(?:the )?$',
    ),
    marker: 'to',
  },
  {
    words: matcher('(?<![a-z])(?:originally|orig|was)\\s*(?:at |on )?$|(?:原本|原定|本來|原先)(?:係|是|喺)?\\s*$'),
    marker: 'originally',
  },
  { words: matcher('(?<![a-z])(?:around|about|abt|approx|roughly)\\s*$|(?:大約|大概|約莫)\\s*$'), marker: 'at' },
  { words: matcher('(?:(?<![a-z])at|@)\\s*$'), marker: 'at' },
];

const AFTER: readonly { words: RegExp; marker: TimeMarker; edge: 'from' | 'until'; strict?: true }[] = [
  { words: matcher('^ ?(?:之前|以前|前(?![後面台檯往途線晚日天]))'), marker: 'before', edge: 'until', strict: true },
  { words: matcher('^ ?(?:之內|以內|內(?!容|部|地|場|銜)|為止|止)'), marker: 'until', edge: 'until' },
  {
    words: matcher('^ ?(?:之[後后]|以[後后]|打[後后]|[後后](?![備面台邊日天生退移推晚]))'),
    marker: 'after',
    edge: 'from',
    strict: true,
  },
  {
    words: matcher(
      '^ ?(?:起(?!薪|身|碼|初|點)|開始(?!面)|(?:and )?onwards?(?![a-z])|(?:and |or )?(?:later|after|beyond)(?![a-z])|\\+(?!\\d))',
    ),
    marker: 'from',
    edge: 'from',
  },
  {
    words: matcher('^ ?(?:at the latest|latest|the latest|or (?:earlier|before|sooner))(?![a-z])'),
    marker: 'by',
    edge: 'until',
  },
];
const APPROXIMATE = matcher('^ ?(?:左右|前後|上下|度(?![日假過身])|-?ish(?![a-z])|or so(?![a-z]))');
const APPROXIMATE_BEFORE = matcher('(?:大約|大概|約莫|(?<![a-z])(?:around|about|abt|approx|roughly))\\s*$');
/** 由聽日改去後日, moved from Thu to Fri: the first is the old time, no start. */
const MOVED_ON = matcher('^[^,，;；。]{0,12}?(?:改|轉|搬|推|調|延|換)');

/** Reads the words before and behind a unit. */
export function markersOf(scene: Scene, unit: Unit): Marks {
  const apart =
    unit.clock && !unit.sharedClock && unit.day && (unit.clock.start >= unit.end || unit.clock.end <= unit.start);
  const marks = around(scene, unit.start, unit.end);
  // Thu or Fri after 5: what stands by the shared clock holds for both days.
  if (unit.sharedClock && unit.clock) return withClock(marks, around(scene, unit.clock.start, unit.clock.end));
  if (!apart || !unit.clock) return inside(scene, unit, marks);
  // Day and clock stand apart: what stands by the clock speaks of the clock.
  return withClock(marks, around(scene, unit.clock.start, unit.clock.end));
}

function withClock(marks: Marks, byClock: Marks): Marks {
  return {
    ...marks,
    ...(byClock.edge && { edge: byClock.edge }),
    ...(byClock.edge && byClock.strict && { strict: true as const }),
    ...(byClock.approximate && { approximate: true as const }),
    ...(byClock.before && !marks.before && { before: byClock.before }),
  };
}

/** "next Tue after 4": the marker stands between the day and its clock. */
function inside(scene: Scene, unit: Unit, marks: Marks): Marks {
  const { day, clock } = unit;
  if (!day || !clock || unit.sharedClock || clock.start < day.end) return marks;
  const between = scene.text.slice(day.end, clock.start);
  for (const { words, marker, edge, strict } of BEFORE) {
    if (words.test(between)) {
      return {
        ...marks,
        ...(edge && clock.to === undefined && { edge, ...(strict && { strict }) }),
        ...(edge && clock.to !== undefined && isEdgeOfPart(clock.part) && { edge, ...(strict && { strict }) }),
        before: marks.before ?? { marker },
        ...(APPROXIMATE_BEFORE.test(between) && { approximate: true as const }),
      };
    }
  }
  return marks;
}

const isEdgeOfPart = (part: unknown): boolean => part !== undefined;

/** True for words inside the line that belong to no other time (至 of 冬至). */
function isFree(scene: Scene, start: number, end: number): boolean {
  if (start < 0 || end > scene.text.length) return false;
  for (let at = start; at < end; at += 1) if (scene.taken[at] === 1) return false;
  return true;
}

function around(scene: Scene, from: number, to: number): Marks {
  const { text } = scene;
  const head = text.slice(Math.max(0, from - 24), from);
  const tail = text.slice(to, to + 24);
  const marks: Marks = { start: from, end: to };
  const before = BEFORE.find(({ words }) => isFree(scene, from - (words.exec(head)?.[0].length ?? from + 1), from));
  const after = AFTER.find(({ words }) => isFree(scene, to, to + (words.exec(tail)?.[0].length ?? text.length)));
  const nearly = APPROXIMATE.exec(tail)?.[0].length;
  if (nearly !== undefined && isFree(scene, to, to + nearly)) {
    marks.approximate = true;
    marks.end = to + nearly;
  }
  if (before) {
    const moved = (before.marker === 'from' && (isMoved(scene, from) || MOVED_ON.test(tail))) || undefined;
    marks.before = { marker: before.marker };
    marks.start = from - (before.words.exec(head)?.[0].length ?? 0);
    if (APPROXIMATE_BEFORE.test(head)) marks.approximate = true;
    if (moved) marks.moved = true;
    else if (before.edge) {
      marks.edge = before.edge;
      if (before.strict) marks.strict = true;
    }
    if (before.marker === 'to' || before.marker === 'originally' || moved) marks.start = from;
  }
  if (after && !marks.approximate) {
    marks.after = { marker: after.marker };
    marks.edge = after.edge;
    if (after.strict) marks.strict = true;
    marks.end = to + (after.words.exec(tail)?.[0].length ?? 0);
  }
  return marks;
}
