import { SURE } from '../understand/decide.ts';
import type { IntentFrame } from '../understand/intents.ts';
import type { Known } from '../understand/known.ts';
import type { FoundMentions } from '../understand/mentions/find-mentions.ts';
import { understand } from '../understand/understand.ts';
import type { Utterance } from '../understand/world/world.ts';

/** Where one order of a message may end and the next begin. */
const BREAKS =
  /[。;；!！\n]+|\.(?=\s)|[,，](?!\d{3})|(?:順便|顺便|同埋|然後|然后|跟住|(?<![a-z])(?:and then|then|also|and)(?![a-z]))/giu;
/** What an order may lack and still be one. */
const ASKED_LATER: ReadonlySet<string> = new Set(['time', 'store']);
const TALK: ReadonlySet<string> = new Set(['smalltalk', 'unknown']);

/**
 * A message in which every part names somebody of its own is several orders as soon as each part, read by itself, is a
 * certain order, whole but for a time or a branch that can be asked for. Undefined when it is not: then the message is read as one.
 */
export function splitOrders(utterance: Utterance, found: FoundMentions, known: Known): IntentFrame[] | undefined {
  const parts = partsOf(utterance.text, found);
  if (parts.length < 2) return undefined;
  const frames: IntentFrame[] = [];
  for (const { start, end } of parts) {
    // Places in the text stay: what belongs to other parts is blanked.
    const text = ' '.repeat(start) + utterance.text.slice(start, end);
    const [frame, ...others] = understand({ ...utterance, text }, known).frames;
    const isWhole =
      others.length === 0 &&
      !TALK.has(frame.intent) &&
      frame.confidence >= SURE &&
      (frame.entities.needs ?? []).every((need) => ASKED_LATER.has(need));
    if (!isWhole || frame.who.length === 0) return undefined;
    frames.push({ ...frame, start, end });
  }
  return frames;
}

/** Stretches that each begin with the clause that names somebody further. */
function partsOf(text: string, { people }: FoundMentions): { start: number; end: number }[] {
  const named = people.filter(({ kind }) => kind === 'who');
  const bounds = [...text.matchAll(BREAKS)]
    .filter(({ index, 0: sign }) => named.every(({ start, end }) => index >= end || index + sign.length <= start))
    .map(({ index, 0: sign }) => index + (/^[\p{L}]/u.test(sign) ? 0 : sign.length));
  const starts = [0, ...bounds];
  const parts: { start: number; end: number }[] = [];
  for (const [at, start] of starts.entries()) {
    const end = starts[at + 1] ?? text.length;
    const last = parts.at(-1);
    const namesSomebody = named.some((person) => person.start >= start && person.end <= end);
    if (!last || (namesSomebody && named.some((person) => person.start >= last.start && person.end <= last.end)))
      parts.push({ start, end });
    else last.end = end;
  }
  return parts;
}
