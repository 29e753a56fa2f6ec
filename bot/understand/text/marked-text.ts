import { foldVariants } from '../../../hongkong/chinese-text.ts';

/** Kinds of things that are recognised in a text before its meaning is read. */
export const MENTION_KINDS = ['who', 'ref', 'staff', 'when', 'length', 'job', 'place', 'money', 'number'] as const;
export type MentionKind = (typeof MENTION_KINDS)[number];

/** A stretch of the text that names something. What exactly is known by whoever found it. */
export interface Mention {
  kind: MentionKind;
  start: number;
  end: number;
}

/** Each kind is one private character in the marked text; patterns write `{who}`. */
export const MARKS: Readonly<Record<MentionKind, string>> = {
  who: '\ue001',
  ref: '\ue002',
  staff: '\ue003',
  when: '\ue004',
  length: '\ue005',
  job: '\ue006',
  place: '\ue007',
  money: '\ue008',
  number: '\ue009',
};

/** Half width, lower case, variant and Simplified characters made equal; the length in UTF-16 units stays the same. */
export function foldLine(text: string): string {
  let folded = '';
  for (const char of text) {
    const half = /[\uff01-\uff5e]/.test(char) ? String.fromCharCode(char.charCodeAt(0) - 0xfee0) : char;
    const plain = /[\u3000\u00a0\t\r]/.test(half) ? ' ' : half === '’' || half === '‘' ? "'" : half;
    const lower = plain.toLowerCase();
    const one = foldVariants(lower);
    folded += one.length === char.length ? one : char;
  }
  return folded;
}

/** A regular expression that is to be matched on folded text. */
export function foldedPattern(source: string, flags: string): RegExp {
  return new RegExp(foldVariants(source), flags);
}

/**
 * A message with what is known in it replaced by marks: 「約黃志明聽日3點」 is 約＋who＋when. Patterns are matched on
 * `marked`; every place in it can be led back to the text as typed.
 */
export class MarkedText {
  readonly typed: string;
  readonly folded: string;
  readonly mentions: readonly Mention[];
  readonly marked: string;
  readonly #places: readonly number[];

  /** @param mentions in any order; of overlapping ones the first in the list wins */
  constructor(typed: string, mentions: readonly Mention[]) {
    this.typed = typed;
    this.folded = foldLine(typed);
    const chosen: Mention[] = [];
    for (const mention of mentions) {
      if (chosen.every((other) => mention.end <= other.start || mention.start >= other.end)) chosen.push(mention);
    }
    this.mentions = chosen.sort((a, b) => a.start - b.start);
    let marked = '';
    const places: number[] = [];
    let at = 0;
    for (const mention of this.mentions) {
      for (; at < mention.start; at += 1) {
        marked += this.folded[at];
        places.push(at);
      }
      marked += MARKS[mention.kind];
      places.push(mention.start);
      at = mention.end;
    }
    for (; at < this.folded.length; at += 1) {
      marked += this.folded[at];
      places.push(at);
    }
    places.push(this.folded.length);
    this.marked = marked;
    this.#places = places;
  }

  /** The place in the typed text of a place in the marked one. */
  place(markedAt: number): number {
    return this.#places[Math.max(0, Math.min(markedAt, this.#places.length - 1))] ?? this.folded.length;
  }

  /** The place in the marked text where a place of the typed one lies (inside a mention: the mention's mark). */
  markedPlace(at: number): number {
    let low = 0;
    let high = this.#places.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#places[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The words as typed between two places of the marked text. */
  words(start: number, end: number): string {
    return this.typed.slice(this.place(start), this.place(end));
  }

  /** Mentions whose mark lies between two places of the marked text. */
  within(start: number, end: number): Mention[] {
    const [from, to] = [this.place(start), this.place(end)];
    return this.mentions.filter((mention) => mention.start >= from && mention.end <= to);
  }
}
