import type { Conversation, World } from './world.ts';

/** A stretch of a message that names somebody. */
export interface PersonMention {
  kind: 'who' | 'staff' | 'ref';
  start: number;
  end: number;
  /** Who it may be, the most plausible first; one = certain. For `ref`: everybody who fits the description. */
  ids: string[];
  /** The Traditional or corrected form, when it differs from what was typed. */
  norm?: string;
}

/** Everybody whom a message can name, indexed so that reading does not slow down with their number. */
export class KnownPeople {
  constructor(_world: World) {}

  /** Everybody named or described in a text, in the order of the text, never overlapping. */
  find(_text: string, _conversation?: Conversation): PersonMention[] {
    return [];
  }
}
