/** What a text looks like (features.ts) and what it was labelled as. */
export interface Example {
  features: readonly string[];
  labels: readonly string[];
}

/** What a text resembles and how far that is believed, 0 to 1; several may be believed of one text. */
export interface Resemblance {
  label: string;
  belief: number;
}

/** What was learnt, as it is kept in a file: for each feature the weight of each label in hundredths, zeros left out. */
export interface Learnt {
  labels: string[];
  /** What is believed of each label before anything is read, in hundredths. */
  bias: number[];
  /** feature -> `label index:hundredths` pairs. */
  weights: Record<string, string>;
}

/** Passes over the examples; more change nothing on held-out lines. */
const PASSES = 40;
const STEP = 5;
/** Before anything is learnt every label is unlikely. */
const AT_FIRST = -3;
const SHRINK = 1e-4;
/** Share of a text's features that is left out at each step, so that no single one is relied on. */
const LEFT_OUT = 0.3;
/**
 * Share of the steps at which everything the lexicon and the rules said is left out: they were written with many of the
 * examples in view and are right on them more often than on what people will type.
 */
const RULES_LEFT_OUT = 0.5;
/** Features that tell what the lexicon or the rules found begin with one of these (features.ts, reply-likeness.ts). */
const OF_RULES = /^[=:]/;
/** Features seen fewer times than this are chance. */
const SEEN_OFTEN = 3;
/** Weights below this, in hundredths, are left out of the file. */
const SMALLEST = 20;

/**
 * A second opinion on what a message wants: one logistic regression for each label over the
 * features of labelled examples (deterministic: fixed order, no chance). It never decides alone; where it contradicts the lexicon nothing is done without a tap.
 */
export class Likeness {
  readonly #labels: readonly string[];
  readonly #bias: Float32Array;
  readonly #weights: ReadonlyMap<string, Float32Array>;

  private constructor(labels: readonly string[], bias: Float32Array, weights: ReadonlyMap<string, Float32Array>) {
    this.#labels = labels;
    this.#bias = bias;
    this.#weights = weights;
  }

  /** Learns from examples. Takes seconds for thousands of them: done once, when examples change. */
  static learn(examples: readonly Example[]): Likeness {
    const labels = [...new Set(examples.flatMap((example) => example.labels))].sort();
    const counts = new Map<string, number>();
    for (const { features } of examples) for (const each of features) counts.set(each, (counts.get(each) ?? 0) + 1);
    const weights = new Map<string, Float32Array>();
    for (const [feature, count] of counts) {
      if (count >= SEEN_OFTEN) weights.set(feature, new Float32Array(labels.length));
    }
    const bias = new Float32Array(labels.length).fill(AT_FIRST);
    const rowsOf = (features: readonly string[]): Float32Array[] =>
      features.flatMap((feature) => weights.get(feature) ?? []);
    const lessons = examples.map((example) => ({
      rows: rowsOf(example.features.filter((feature) => !OF_RULES.test(feature))),
      ofRules: rowsOf(example.features.filter((feature) => OF_RULES.test(feature))),
      right: labels.map((label) => (example.labels.includes(label) ? 1 : 0)),
    }));
    const chance = sameChances();
    for (let pass = 0; pass < PASSES; pass += 1) {
      const step = STEP / (1 + pass * 0.35);
      // The same shuffle each time: neighbours in a file are alike.
      for (let at = 0; at < lessons.length; at += 1) {
        const lesson = lessons[(at * 7919 + pass * 31) % lessons.length];
        if (!lesson) continue;
        const all = chance() < RULES_LEFT_OUT ? lesson.rows : [...lesson.rows, ...lesson.ofRules];
        const rows = all.filter(() => chance() >= LEFT_OUT);
        if (rows.length > 0) adjust(rows, lesson.right, bias, step);
      }
    }
    return new Likeness(labels, bias, weights);
  }

  /** Takes up what was learnt before. */
  static from({ labels, bias, weights }: Learnt): Likeness {
    const rows = new Map<string, Float32Array>();
    for (const [feature, text] of Object.entries(weights)) {
      const row = new Float32Array(labels.length);
      for (const pair of text.split(' ')) {
        const [label, hundredths] = pair.split(':').map(Number);
        if (label !== undefined && hundredths !== undefined) row[label] = hundredths / 100;
      }
      rows.set(feature, row);
    }
    return new Likeness(
      labels,
      Float32Array.from(bias, (hundredths) => hundredths / 100),
      rows,
    );
  }

  /** What was learnt, for keeping. */
  learnt(): Learnt {
    const weights: Record<string, string> = {};
    for (const [feature, row] of [...this.#weights].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const pairs = [...row]
        .map((weight, label) => ({ label, hundredths: Math.round(weight * 100) }))
        .filter(({ hundredths }) => Math.abs(hundredths) >= SMALLEST)
        .map(({ label, hundredths }) => `${label}:${hundredths}`);
      if (pairs.length > 0) weights[feature] = pairs.join(' ');
    }
    return { labels: [...this.#labels], bias: [...this.#bias].map((each) => Math.round(each * 100)), weights };
  }

  /** All labels, the most believed first. */
  resemblances(features: readonly string[]): Resemblance[] {
    const rows = features.flatMap((feature) => this.#weights.get(feature) ?? []);
    const beliefs = beliefsOf(rows, this.#bias);
    return this.#labels.map((label, at) => ({ label, belief: beliefs[at] ?? 0 })).sort((a, b) => b.belief - a.belief);
  }
}

/** Numbers from 0 to 1 that look like chance and are the same each time (a linear congruential generator). */
function sameChances(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function beliefsOf(rows: readonly Float32Array[], bias: Float32Array): Float64Array {
  const scores = new Float64Array(bias.length);
  const scale = 1 / Math.sqrt(rows.length || 1);
  for (const row of rows)
    for (let at = 0; at < bias.length; at += 1) scores[at] = (scores[at] ?? 0) + (row[at] ?? 0) * scale;
  for (let at = 0; at < bias.length; at += 1) scores[at] = 1 / (1 + Math.exp(-(scores[at] ?? 0) - (bias[at] ?? 0)));
  return scores;
}

function adjust(rows: readonly Float32Array[], right: readonly number[], bias: Float32Array, step: number): void {
  const beliefs = beliefsOf(rows, bias);
  const scale = 1 / Math.sqrt(rows.length || 1);
  for (let at = 0; at < bias.length; at += 1) {
    const wrong = (right[at] ?? 0) - (beliefs[at] ?? 0);
    if (Math.abs(wrong) < 1e-3) continue;
    bias[at] = (bias[at] ?? 0) + step * 0.02 * wrong;
    for (const row of rows) {
      const weight = row[at] ?? 0;
      row[at] = weight + step * (wrong * scale - SHRINK * weight);
    }
  }
}

/** Beliefs are never taken for surer than this. */
const SURE_ENOUGH = 1e-4;

/** The odds of a belief, as a logarithm: 0 at even odds, at most about 9. */
export function logOdds(belief: number): number {
  const inside = Math.min(Math.max(belief, SURE_ENOUGH), 1 - SURE_ENOUGH);
  return Math.log(inside / (1 - inside));
}
