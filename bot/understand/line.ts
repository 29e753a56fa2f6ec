import { foldVariants } from '../../hongkong/chinese-text.ts';

/** A claimed stretch is overwritten with this private character, so that nothing else reads it and places stay the same. */
const CLAIMED = '\ue000';

/** Full-width letters, digits and signs become ASCII, one for one; 、 and 。 stay. */
function toHalfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0]/g, ' ');
}

/** What is still unclaimed of a line: as typed, and folded to the same length. */
export interface OpenText {
  readonly open: string;
  readonly openFolded: string;
}

/**
 * What somebody typed, while it is being read: every reader claims the stretch it understood. `text` keeps letters as
 * typed in half width, `folded` is the same length in lower case with variant characters made equal.
 */
export class Line implements OpenText {
  readonly text: string;
  readonly folded: string;
  #open: string;
  #openFolded: string;

  /** @param typed the message, the robot's mention already removed */
  constructor(typed: string) {
    this.text = toHalfWidth(typed).trim();
    const lower = this.text.toLowerCase();
    const folded = foldVariants(lower);
    this.folded = folded.length === this.text.length ? folded : this.text;
    this.#open = this.text;
    this.#openFolded = this.folded;
  }

  /** The text with claimed stretches blanked out, the same length. */
  get open(): string {
    return this.#open;
  }

  get openFolded(): string {
    return this.#openFolded;
  }

  claim(start: number, end: number): void {
    const blank = CLAIMED.repeat(Math.max(0, end - start));
    this.#open = this.#open.slice(0, start) + blank + this.#open.slice(end);
    this.#openFolded = this.#openFolded.slice(0, start) + blank + this.#openFolded.slice(end);
  }

  /** Claims every match of a pattern (global, on the folded text) that `take` accepts. */
  claimMatches(pattern: RegExp, take: (match: RegExpExecArray) => boolean): void {
    for (const match of [...this.#openFolded.matchAll(pattern)]) {
      if (take(match)) this.claim(match.index, match.index + match[0].length);
    }
  }

  /** Stretches nobody has claimed, trimmed of separators, with their place. */
  pieces(): { start: number; text: string }[] {
    const found: { start: number; text: string }[] = [];
    for (const match of this.#open.matchAll(/[^\ue000]+/g)) {
      const text = match[0].replace(EDGE_AFTER, '');
      const trimmed = text.replace(EDGE_BEFORE, '');
      if (trimmed) found.push({ start: match.index + text.length - trimmed.length, text: trimmed });
    }
    return found;
  }
}

const EDGE_BEFORE = /^[\s,，;；、。.:：!！?？~～\-–—/|]+/;
const EDGE_AFTER = /[\s,，;；、。.:：!！~～\-–—/|]+$/;

/** The message without the robot's mention (`@招聘助理`, anywhere) and without a leading slash. */
export function withoutMention(text: string, robotNames: readonly string[]): string {
  let plain = text;
  for (const name of robotNames) plain = plain.split(`@${name}`).join(' ').split(`＠${name}`).join(' ');
  return plain.replace(/^\s*[/／]\s*/, '').trim();
}
