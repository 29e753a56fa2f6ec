import type { IntentFrame } from '../intents.ts';
import type { FoundMentions } from '../mentions/find-mentions.ts';
import type { MarkedText } from '../text/marked-text.ts';
import type { Order } from './order.ts';

/** What filling an order's frame may look at. */
export interface FillContext {
  text: MarkedText;
  found: FoundMentions;
  /** All orders of the message, for what belongs to which. */
  orders: readonly Order[];
  now: Date;
}

/** Says of whom, when, where and how much an order speaks. */
export function fillFrame(order: Order, { text, found }: FillContext): IntentFrame {
  const people = found.people.filter(
    ({ kind, start }) => kind === 'who' && start >= text.place(order.start) && start < text.place(order.end),
  );
  const names = people.map(({ start, end }) => text.typed.slice(start, end));
  const [only] = names;
  return {
    intent: order.intent,
    entities: { ...order.keys, ...(only === undefined ? {} : { candidate: names.length === 1 ? only : names }) },
    who: people.map(({ ids }) => ids),
    confidence: order.confidence,
    start: text.place(order.start),
    end: text.place(order.end),
  };
}
