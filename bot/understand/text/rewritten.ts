/** A text in which stretches were written differently, and where every place of it came from. */
export class Rewritten {
  readonly text: string;
  readonly #places: readonly number[];

  /** @param places for every place of `text` and its end, the place in the original */
  constructor(text: string, places: readonly number[]) {
    this.text = text;
    this.#places = places;
  }

  /** The place in the original of a place in the rewritten text. */
  place(at: number): number {
    return this.#places[Math.max(0, Math.min(at, this.#places.length - 1))] ?? 0;
  }
}

/**
 * Writes every match of a pattern as `write` says; `undefined` leaves it as it is.
 * @param pattern global
 */
export function rewrite(
  text: string,
  pattern: RegExp,
  write: (match: RegExpExecArray) => string | undefined,
): Rewritten {
  let out = '';
  const places: number[] = [];
  let at = 0;
  const keep = (end: number): void => {
    for (; at < end; at += 1) {
      out += text[at];
      places.push(at);
    }
  };
  for (const match of text.matchAll(pattern)) {
    const written = write(match);
    if (written === undefined) continue;
    keep(match.index);
    const length = match[0].length;
    for (let index = 0; index < written.length; index += 1) places.push(match.index + Math.min(index, length - 1));
    out += written;
    at = match.index + length;
  }
  keep(text.length);
  places.push(text.length);
  return new Rewritten(out, places);
}
