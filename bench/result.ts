/** Times (or other figures) of one side. */
export interface Figures {
  p50: number;
  p95: number;
  n: number;
}

/** One measurement as `npm run bench -- --json` prints it; `null` where there is no reference or it was not run. */
export interface BenchResult {
  name: string;
  unit: string;
  ours: Figures;
  reference: (Figures & { name: string }) | null;
  ratio: number | null;
  goal: string | null;
  met: boolean | null;
}

/** Figures of a list of samples. */
export function figuresOf(samples: readonly number[]): Figures {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number): number =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), n: sorted.length };
}

/** Three significant digits are all that a shared machine supports. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** A comparison by medians. `most`: the ratio ours / reference must not be above it. */
export function compared(
  about: { name: string; unit: string; referenceName: string },
  ours: readonly number[],
  reference: readonly number[] | null,
  goal: { most: number } | { least: number } | null,
): BenchResult {
  const mine = figuresOf(ours);
  if (reference === null) {
    return { name: about.name, unit: about.unit, ours: mine, reference: null, ratio: null, goal: null, met: null };
  }
  const other = figuresOf(reference);
  const ratio = goal && 'least' in goal ? other.p50 / mine.p50 : mine.p50 / other.p50;
  return {
    name: about.name,
    unit: about.unit,
    ours: mine,
    reference: { name: about.referenceName, ...other },
    ratio: round(ratio),
    goal: goal === null ? null : 'most' in goal ? `<= ${goal.most}x` : `>= ${goal.least}x faster`,
    met: goal === null ? null : 'most' in goal ? ratio <= goal.most : ratio >= goal.least,
  };
}

/** A figure with a limit of its own. */
export function limited(
  about: { name: string; unit: string },
  samples: readonly number[],
  most: number | null,
): BenchResult {
  const ours = figuresOf(samples);
  return {
    ...about,
    ours,
    reference: null,
    ratio: null,
    goal: most === null ? null : `<= ${most} ${about.unit}`,
    met: most === null ? null : ours.p50 <= most,
  };
}
