import type { Entities } from '../../intents.ts';
import type { Known } from '../../known.ts';
import type { FoundMentions } from '../../mentions/find-mentions.ts';
import type { Clause } from '../../text/clauses.ts';
import type { MarkedText } from '../../text/marked-text.ts';
import type { Cue } from '../find-cues.ts';
import type { Order } from '../order.ts';

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
}

/** Reads some keys of an order. Readers run in the order of their list; a later one sees what earlier ones found. */
export type SlotReader = (context: SlotContext) => Entities;
