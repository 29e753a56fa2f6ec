import { performance } from 'node:perf_hooks';

interface Bucket {
  tokens: number;
  at: number;
}

/** A bucket per application and API, in wire time: as many calls at once as the rate, refilled evenly over a second. */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>();
  readonly #elapsedMs: () => number;

  /** @param elapsedMs milliseconds on a scale that never jumps */
  constructor(elapsedMs: () => number = () => performance.now()) {
    this.#elapsedMs = elapsedMs;
  }

  /** Takes one call; false when this application has called this API too fast. */
  admit(key: string, perSecond: number): boolean {
    const now = this.#elapsedMs();
    const bucket = this.#buckets.get(key) ?? { tokens: perSecond, at: now };
    const tokens = Math.min(perSecond, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    const admitted = tokens >= 1;
    this.#buckets.set(key, { tokens: admitted ? tokens - 1 : tokens, at: now });
    return admitted;
  }

  clear(): void {
    this.#buckets.clear();
  }
}
