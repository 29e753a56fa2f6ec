import type { Known } from '../known.ts';
import type { Mention } from '../text/marked-text.ts';
import { MarkedText } from '../text/marked-text.ts';
import type { PersonMention } from '../world/known-people.ts';
import type { Conversation } from '../world/world.ts';

/** Everything recognised in a message before its meaning is read, by kind, in the order of the text. */
export interface FoundMentions {
  people: PersonMention[];
}

/** Finds people, times, jobs, places, money and numbers in a message, and marks them. */
export function findMentions(
  typed: string,
  known: Known,
  conversation?: Conversation,
): { text: MarkedText; found: FoundMentions } {
  const people = known.people.find(typed, conversation);
  const mentions: Mention[] = people.map(({ kind, start, end }) => ({ kind, start, end }));
  return { text: new MarkedText(typed, mentions), found: { people } };
}
