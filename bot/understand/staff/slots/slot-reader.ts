import type { Entities, IntentFrame } from '../../intents.ts';
import type { Known } from '../../known.ts';
import type { FoundMentions } from '../../mentions/find-mentions.ts';
import type { Clause } from '../../text/clauses.ts';
import { foldedPattern, type MarkedText } from '../../text/marked-text.ts';
import type { Cue } from '../find-cues.ts';
import type { Order } from '../order.ts';

/** A stretch of the typed text that is somebody's own words (a reason, a note): what it names is not repeated as keys. */
export interface OwnWords {
  key: 'reason' | 'note' | 'content' | 'condition' | 'filter' | 'exclude' | 'comment' | 'topic' | 'aspect' | 'metric';
  start: number;
  end: number;
}

/** What reading the entities of one order may look at. */
export interface SlotContext {
  order: Order;
  /** All orders of the message, for what belongs to which. */
  orders: readonly Order[];
  text: MarkedText;
  found: FoundMentions;
  clauses: readonly Clause[];
  modifiers: readonly Cue[];
  known: Known;
  /** What earlier readers of the list have found for this order. */
  entities: Entities;
  ownWords: readonly OwnWords[];
  /** The frame of the order before, for what stands once only. */
  inherited?: IntentFrame;
}

/** What a reader adds. */
export interface SlotFindings {
  entities?: Entities;
  ownWords?: readonly OwnWords[];
}

/** Reads some keys of an order. Readers run in the order of their list; a later one sees what earlier ones found. */
export type SlotReader = (context: SlotContext) => SlotFindings;

/** One value alone, several as a list, none as nothing. */
export function oneOrMany<T>(values: readonly T[]): T | T[] | undefined {
  return values.length > 1 ? [...values] : values[0];
}

/** Whether a mention lies in the order's own part of the message and in nobody's own words. */
export function belongs(
  { order, text, ownWords }: SlotContext,
  { start, end }: { start: number; end: number },
): boolean {
  return (
    start >= text.place(order.start) &&
    start < text.place(order.end) &&
    ownWords.every((words) => end <= words.start || start >= words.end)
  );
}

/** The typed words just before and just behind a mention, folded. */
export function around(
  { text }: SlotContext,
  { start, end }: { start: number; end: number },
  width = 14,
): [string, string] {
  return [text.folded.slice(Math.max(0, start - width), start), text.folded.slice(end, end + width)];
}

/** approve Eunice.. 唔係唔係,係 Fiona; 周二,哦不對,周三: what is taken back within the sentence does not count. */
const TAKEN_BACK = foldedPattern(
  '唔係唔係|[啊呀哦噢喔]?(?:唔係|不對|唔對|唔啱)(?=[,，! ]|叫|約)|錯咗|講錯|打錯|口誤|更正|(?<![a-z])(?:no,? wait|wait,? no|sorry,? i mean|sorry,|oops|i mean|scratch that|make that|correction|no no)(?![a-z])',
  'u',
);

/** Of mentions of one kind the ones that stand: each is dropped that is taken back before the next. */
export function withoutTakenBack<T extends { start: number; end: number }>(
  { text }: Pick<SlotContext, 'text'>,
  mentions: readonly T[],
): T[] {
  return mentions.filter((mention, at) => {
    const next = mentions[at + 1];
    return !next || !TAKEN_BACK.test(text.folded.slice(mention.end, next.start));
  });
}
