import { type Said, say } from '../../replies/said.ts';
import type { Piece } from '../../understand/frame.ts';
import { type Intended, listOf, type OrderContext, some } from '../order-context.ts';
import { peopleOf } from '../people.ts';

interface Details {
  args: Record<string, Piece[]>;
  remarks?: Said[];
  doubtful?: boolean;
}

/** One command per person, for commands that take one; a description that fits nobody is said. */
export function oneEach(context: OrderContext, command: string, details: (at: number) => Details): Intended[] {
  const people = peopleOf(context);
  if (people.nobody !== undefined) return [{ cannot: { text: nobodyFits(people.nobody) } }];
  const whom: (Piece | undefined)[] = people.pieces.length > 0 ? people.pieces : [undefined];
  return whom.map((piece, at) => {
    const { args, remarks = [], doubtful = false } = details(at);
    return {
      command,
      args: { ...some('who', [piece]), ...args },
      remarks: [...remarks],
      doubtful: doubtful || people.doubtful,
    };
  });
}

/** Said when somebody was described whom nobody fits. */
export function nobodyFits(words: string): ReturnType<typeof say> {
  return say(
    `找不到符合「${words}」的應徵者，未有作出任何更改。請回覆姓名或編號再試。`,
    `Nobody fits "${words}". Nothing has been changed; please use a name or a number.`,
  );
}

/** The sender's own words as they were typed. */
export function stretchText({ reading }: OrderContext, words: string | readonly string[]): string {
  return reading.restore(listOf(words).join('、'));
}
