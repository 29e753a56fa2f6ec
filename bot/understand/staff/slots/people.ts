import type { PersonMention } from '../../world/known-people.ts';
import type { SlotContext, SlotReader } from './slot-reader.ts';

/** People mentioned in an order's own part of the message. */
export function peopleOf({ order, text, found }: SlotContext, kind: PersonMention['kind']): PersonMention[] {
  return found.people.filter(
    (each) => each.kind === kind && each.start >= text.place(order.start) && each.start < text.place(order.end),
  );
}

/** Of whom the order speaks. */
export const readCandidates: SlotReader = (context) => {
  const names = peopleOf(context, 'who').map(({ start, end }) => context.text.typed.slice(start, end));
  const [only] = names;
  if (only === undefined) return {};
  return { candidate: names.length === 1 ? only : names };
};
