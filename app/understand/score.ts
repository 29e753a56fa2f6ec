import {
  asList,
  type CoreKey,
  compareFrame,
  framesOf,
  likenessOf,
  SOFT_KEYS,
  type WrittenFrame,
} from './compare-frames.ts';
import type { LabelledLine } from './labelled-lines.ts';
import type { Prediction } from './predict.ts';

/** Figures of one group of lines: shares in per cent with one decimal, null where there is nothing to count. */
export interface Score {
  lines: number;
  missing: number;
  intent: number | null;
  frame: number | null;
  /** Lines on which the product acted although something was wrong, missing or not allowed. */
  wrongActs: number;
  askedWithoutNeed: number | null;
  actedAtOnce: number | null;
  coreRecall: number | null;
  corePrecision: number | null;
  softRecall: number | null;
  stopRecall: number | null;
  stopFalseAlarms: number;
  msP95: number | null;
  keys: Partial<Record<CoreKey, { recall: number | null; precision: number | null; n: number }>>;
}

/** Intents that change nothing. */
const READS: ReadonlySet<string> = new Set(
  'status list report help smalltalk unknown thanks undecided emoji_only ask_salary ask_location ask_preparation ask_status'.split(
    ' ',
  ),
);
/** Always shown and confirmed first. */
const GRAVE: ReadonlySet<string> = new Set(['approve', 'reject', 'offer', 'cancel', 'send_message']);

interface Tally {
  lines: number;
  missing: number;
  intent: number;
  frame: number;
  certain: number;
  needless: number;
  actable: number;
  acted: number;
  wrongActs: number;
  soft: { hit: number; want: number };
  stop: { hit: number; want: number; falseAlarms: number };
  keys: Map<CoreKey, { hit: number; want: number; got: number }>;
  ms: number[];
}

const emptyTally = (): Tally => ({
  lines: 0,
  missing: 0,
  intent: 0,
  frame: 0,
  certain: 0,
  needless: 0,
  actable: 0,
  acted: 0,
  wrongActs: 0,
  soft: { hit: 0, want: 0 },
  stop: { hit: 0, want: 0, falseAlarms: 0 },
  keys: new Map(),
  ms: [],
});

/** Scores readings against labels, apart for staff and candidates; a group without lines is left out. */
export function score(
  lines: readonly LabelledLine[],
  predictions: readonly Prediction[],
): { staff?: Score; candidates?: Score } {
  const byId = new Map(predictions.map((each) => [each.id, each]));
  const staff = emptyTally();
  const candidates = emptyTally();
  for (const line of lines) count(line.role === 'candidate' ? candidates : staff, line, byId.get(line.id));
  return {
    ...(staff.lines > 0 ? { staff: scoreOf(staff) } : {}),
    ...(candidates.lines > 0 ? { candidates: scoreOf(candidates) } : {}),
  };
}

function count(tally: Tally, line: LabelledLine, prediction: Prediction | undefined): void {
  tally.lines += 1;
  if (!prediction) {
    tally.missing += 1;
    return;
  }
  tally.ms.push(prediction.ms);
  const labels = framesOf(line);
  const readings = framesOf(prediction);
  const intentsRight = sameIntents(labels, readings, line.unscored.has('also'));
  const framesRight = countKeys(
    tally,
    line.unscored.has('also') ? labels.slice(0, 1) : labels,
    readings,
    line.unscored,
  );
  const right = intentsRight && framesRight;
  if (intentsRight) tally.intent += 1;
  if (right) tally.frame += 1;
  const stops = (frames: readonly WrittenFrame[]): boolean => frames.some(({ intent }) => intent === 'stop');
  if (stops(labels)) {
    tally.stop.want += 1;
    if (stops(readings)) tally.stop.hit += 1;
  } else if (stops(readings)) tally.stop.falseAlarms += 1;
  countDecision(tally, line, labels, prediction, right);
}

function sameIntents(labels: readonly WrittenFrame[], readings: readonly WrittenFrame[], firstOnly: boolean): boolean {
  const want = new Set(labels.map(({ intent }) => intent));
  const got = new Set(readings.map(({ intent }) => intent));
  const [first] = readings;
  if (firstOnly) return got.has(labels[0]?.intent ?? '') || want.has(first?.intent ?? '');
  return want.has(first?.intent ?? '') && want.size === got.size && [...want].every((intent) => got.has(intent));
}

/** Pairs frames by intent, so that the order of several does not matter. */
function countKeys(
  tally: Tally,
  labels: readonly WrittenFrame[],
  readings: readonly WrittenFrame[],
  unscored: ReadonlySet<string>,
): boolean {
  const left = [...readings];
  let right = true;
  for (const label of labels) {
    const at = left.findIndex(({ intent }) => intent === label.intent);
    const reading = at < 0 ? { intent: '', entities: {} } : (left.splice(at, 1)[0] ?? { intent: '', entities: {} });
    for (const { key, want, got, hit, right: keyRight } of compareFrame(label, reading, unscored)) {
      const sum = tally.keys.get(key) ?? { hit: 0, want: 0, got: 0 };
      tally.keys.set(key, { hit: sum.hit + hit, want: sum.want + want, got: sum.got + got });
      right &&= keyRight;
    }
    for (const key of SOFT_KEYS) {
      for (const value of asList(label.entities[key])) {
        tally.soft.want += 1;
        if (asList(reading.entities[key]).some((other) => likenessOf(value, other) >= 0.5)) tally.soft.hit += 1;
      }
    }
  }
  return right;
}

function countDecision(
  tally: Tally,
  { role, intent, entities }: LabelledLine,
  labels: readonly WrittenFrame[],
  prediction: Prediction,
  right: boolean,
): void {
  const flagged = asList(entities.compliance_flag).some((flag) => flag !== 'SENSITIVE');
  const mustAsk = asList(entities.needs).length > 0 || flagged;
  const isStaff = role !== 'candidate';
  const acts = prediction.decision === 'act' && !READS.has(prediction.intent) && prediction.intent !== 'stop';
  if (acts && (!right || mustAsk || (isStaff && GRAVE.has(prediction.intent)))) tally.wrongActs += 1;
  if (mustAsk) return;
  tally.certain += 1;
  if (prediction.decision === 'ask') tally.needless += 1;
  if (READS.has(intent) || (isStaff && labels.some((label) => GRAVE.has(label.intent)))) return;
  tally.actable += 1;
  if (prediction.decision === 'act') tally.acted += 1;
}

const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((1000 * part) / whole) / 10;

/** The value below which 95 of 100 lie; null of none. */
export function p95(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(0.95 * sorted.length))] ?? null;
}

function scoreOf(tally: Tally): Score {
  const sum = (pick: 'hit' | 'want' | 'got'): number =>
    [...tally.keys.values()].reduce((total, each) => total + each[pick], 0);
  return {
    lines: tally.lines,
    missing: tally.missing,
    intent: share(tally.intent, tally.lines),
    frame: share(tally.frame, tally.lines),
    wrongActs: tally.wrongActs,
    askedWithoutNeed: share(tally.needless, tally.certain),
    actedAtOnce: share(tally.acted, tally.actable),
    coreRecall: share(sum('hit'), sum('want')),
    corePrecision: share(sum('hit'), sum('got')),
    softRecall: share(tally.soft.hit, tally.soft.want),
    stopRecall: share(tally.stop.hit, tally.stop.want),
    stopFalseAlarms: tally.stop.falseAlarms,
    msP95: p95(tally.ms),
    keys: Object.fromEntries(
      [...tally.keys].map(([key, { hit, want, got }]) => [
        key,
        { recall: share(hit, want), precision: share(hit, got), n: want },
      ]),
    ),
  };
}
