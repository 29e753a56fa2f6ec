import { foldForMatching, toTraditional } from '../../hongkong/chinese-text.ts';

/** How a reading is compared with what somebody labelled: which keys count, and when two values are the same. */

/** A frame as labels and predictions write it. */
export interface WrittenFrame {
  intent: string;
  entities: Record<string, unknown>;
}

/** Keys that must be right. Store and place are one: `where`. */
export const CORE_KEYS = [
  'candidate',
  'candidate_ref',
  'job',
  'where',
  'interviewer',
  'time',
  'from_time',
  'delay_min',
  'shift_days',
  'salary',
  'outcome',
  'limit',
  'slot',
  'needs',
  'compliance_flag',
  'escalate',
] as const;
export type CoreKey = (typeof CORE_KEYS)[number];

/** Keys of which a further value makes a frame wrong. */
const NO_FURTHER: ReadonlySet<CoreKey> = new Set(['candidate', 'time', 'where', 'salary', 'outcome']);
/** Free text whose edges may differ. */
const FREE_TEXT: ReadonlySet<CoreKey> = new Set(['candidate_ref', 'job', 'where']);
/** Free text that is reported apart. */
export const SOFT_KEYS = ['reason', 'note', 'content', 'filter', 'condition', 'exclude', 'comment', 'topic'] as const;

export const asList = (value: unknown): unknown[] =>
  value === undefined || value === null || value === false ? [] : Array.isArray(value) ? value : [value];

const fold = (text: unknown): string =>
  foldForMatching(toTraditional(String(text))).replace(/[\s,.;:!?、，。！？「」"'()（）…·-]+/gu, '');

/** The frames of a line: the leading one and those in `also`. */
export function framesOf({ intent, entities }: WrittenFrame): WrittenFrame[] {
  const also = asList(entities.also).map((each): WrittenFrame => {
    if (typeof each === 'string') return { intent: each, entities: {} };
    const own = each as Record<string, unknown>;
    return { intent: String(own.intent), entities: own };
  });
  return [{ intent, entities }, ...also];
}

/** How much of two texts' pairs of characters is common, 0 to 1. */
export function likenessOf(a: unknown, b: unknown): number {
  const [x, y] = [fold(a), fold(b)];
  if (x === '' || y === '') return x === y ? 1 : 0;
  if (x.includes(y) || y.includes(x)) return Math.min(x.length, y.length) / Math.max(x.length, y.length);
  const pairs = (text: string): string[] =>
    [...Array(Math.max(1, text.length - 1)).keys()].map((at) => text.slice(at, at + 2));
  const [left, right] = [pairs(x), pairs(y)];
  const total = left.length + right.length;
  let common = 0;
  for (const pair of left) {
    const at = right.indexOf(pair);
    if (at >= 0) {
      right.splice(at, 1);
      common += 1;
    }
  }
  return (2 * common) / total;
}

/** One written form for every way to write the same time. */
export function writtenTime(value: unknown): string {
  if (value !== null && typeof value === 'object') {
    const { from, to } = value as { from?: unknown; to?: unknown };
    if (to === undefined || from === to) return writtenTime(from);
    const until = lastOf(writtenTime(to));
    return from === undefined ? `..${until}` : `${firstOf(writtenTime(from))}..${until}`;
  }
  const text = String(value).replace(/T(\d{2}:\d{2})(?::00)?(?:\.000)?\+08:00$/, 'T$1');
  if (!/^\d{4}-\d{2}$/.test(text)) return text;
  const days = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5)), 0)).getUTCDate();
  return `${text}-01..${text}-${String(days).padStart(2, '0')}`;
}

const firstOf = (written: string): string => written.split('..')[0] ?? written;
const lastOf = (written: string): string => written.split('..').at(-1) ?? written;

function valuesOf(entities: Record<string, unknown>, key: CoreKey): string[] {
  switch (key) {
    case 'where':
      return [entities.store, entities.place, entities.then_store].flatMap(asList).map(String);
    case 'time':
    case 'from_time':
      return asList(entities[key]).map(writtenTime);
    case 'salary':
      return asList(entities.salary).map((pay) => {
        const { amount, min, max, unit } = pay as Record<string, unknown>;
        return JSON.stringify([amount ?? null, min ?? null, max ?? null, unit ?? 'month']);
      });
    default:
      return asList(entities[key]).map(String);
  }
}

/** The accepted spellings of each name: as typed, and the corrected form. */
function spellings(entities: Record<string, unknown>, key: CoreKey): string[][] {
  const corrected = asList(entities[`${key}_norm`]);
  return valuesOf(entities, key).map((typed, at) =>
    (key === 'candidate' || key === 'interviewer') && corrected[at] ? [typed, String(corrected[at])] : [typed],
  );
}

function same(key: CoreKey, want: readonly string[], got: readonly string[]): boolean {
  return want.some((a) =>
    got.some((b) => {
      if (key === 'candidate' || key === 'interviewer') return fold(a) === fold(b);
      return FREE_TEXT.has(key) ? likenessOf(a, b) >= 0.6 : a.toLowerCase() === b.toLowerCase();
    }),
  );
}

/** One key of one frame: how many values were wanted, found, and found rightly. */
export interface KeyCount {
  key: CoreKey;
  want: number;
  got: number;
  hit: number;
  right: boolean;
}

/** Compares the core keys of a frame with its label's; `unscored` keys are left out. */
export function compareFrame(label: WrittenFrame, reading: WrittenFrame, unscored: ReadonlySet<string>): KeyCount[] {
  const counts: KeyCount[] = [];
  for (const key of CORE_KEYS) {
    if (unscored.has(key) || (key === 'where' && (unscored.has('store') || unscored.has('place')))) continue;
    const dayOnly = key === 'time' && (label.entities.same_clock === true || reading.entities.same_clock === true);
    const shorten = (each: string[]): string[] => (dayOnly ? each.map((text) => text.slice(0, 10)) : each);
    const want = spellings(label.entities, key).map(shorten);
    const got = spellings(reading.entities, key).map(shorten);
    if (want.length === 0 && !(NO_FURTHER.has(key) && got.length > 0)) continue;
    const left = [...got];
    let hit = 0;
    for (const each of want) {
      const at = left.findIndex((other) => same(key, each, other));
      if (at < 0) continue;
      left.splice(at, 1);
      hit += 1;
    }
    const right = hit === want.length && !(NO_FURTHER.has(key) && got.length > want.length);
    counts.push({ key, want: want.length, got: got.length, hit, right });
  }
  return counts;
}
