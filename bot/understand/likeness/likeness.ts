import { featuresOf } from './features.ts';

/** A marked text and what it was labelled as. */
export interface Example {
  marked: string;
  label: string;
}

/** What a text most resembles, with the share of belief in it, 0 to 1. */
export interface Resemblance {
  label: string;
  belief: number;
}

/** Passes over the examples; more change nothing on held-out lines. */
const PASSES = 14;
const STEP = 0.5;
const SHRINK = 1e-5;

/**
 * A second opinion on what a message wants: multinomial logistic regression over the features of labelled examples, learnt
 * when it is made (deterministic: fixed order, no chance). It never decides alone; where it contradicts the lexicon nothing
 * is done without a tap.
 */
export class Likeness {
  readonly #labels: readonly string[];
  readonly #index = new Map<string, number>();
  readonly #weights: Float32Array;

  constructor(examples: readonly Example[]) {
    this.#labels = [...new Set(examples.map(({ label }) => label))].sort();
    const known = examples.map(({ marked, label }) => ({
      features: featuresOf(marked),
      label: this.#labels.indexOf(label),
    }));
    for (const { features } of known) {
      for (const feature of features) if (!this.#index.has(feature)) this.#index.set(feature, this.#index.size);
    }
    this.#weights = new Float32Array(this.#index.size * this.#labels.length);
    const rows = known.map(({ features, label }) => ({ places: this.#places(features), label }));
    for (let pass = 0; pass < PASSES; pass += 1) {
      const step = STEP / (1 + pass * 0.3);
      // The same shuffle in every pass: neighbours in a file are alike.
      for (let at = 0; at < rows.length; at += 1) {
        const row = rows[(at * 7919 + pass) % rows.length];
        if (row) this.#learn(row.places, row.label, step);
      }
    }
  }

  /** The likeliest labels, best first. */
  resemblances(marked: string): Resemblance[] {
    const beliefs = this.#beliefs(this.#places(featuresOf(marked)));
    return this.#labels
      .map((label, at) => ({ label, belief: beliefs[at] ?? 0 }))
      .sort((a, b) => b.belief - a.belief)
      .slice(0, 3);
  }

  #places(features: readonly string[]): number[] {
    return features.flatMap((feature) => this.#index.get(feature) ?? []);
  }

  #beliefs(places: readonly number[]): Float64Array {
    const size = this.#labels.length;
    const scores = new Float64Array(size);
    const scale = 1 / Math.sqrt(places.length || 1);
    for (const place of places) {
      for (let at = 0; at < size; at += 1)
        scores[at] = (scores[at] ?? 0) + (this.#weights[place * size + at] ?? 0) * scale;
    }
    const highest = Math.max(...scores);
    let sum = 0;
    for (let at = 0; at < size; at += 1) {
      scores[at] = Math.exp((scores[at] ?? 0) - highest);
      sum += scores[at] ?? 0;
    }
    for (let at = 0; at < size; at += 1) scores[at] = (scores[at] ?? 0) / sum;
    return scores;
  }

  #learn(places: readonly number[], label: number, step: number): void {
    const size = this.#labels.length;
    const beliefs = this.#beliefs(places);
    const scale = 1 / Math.sqrt(places.length || 1);
    for (const place of places) {
      for (let at = 0; at < size; at += 1) {
        const wrong = (at === label ? 1 : 0) - (beliefs[at] ?? 0);
        const slot = place * size + at;
        const weight = this.#weights[slot] ?? 0;
        this.#weights[slot] = weight + step * (wrong * scale - SHRINK * weight);
      }
    }
  }
}
