import type { Entities } from '../../intents.ts';
import { readLexicon } from '../../lexicon/lexicon.ts';
import type { SlotReader } from './slot-reader.ts';

type Outcome = NonNullable<Entities['outcome']>;

const LINES = readLexicon('call-outcome');

/**
 * How a call ended. The stronger words win (a message left says more than nobody answering); of equally strong ones the last,
 * because people tell the outcome at the end.
 */
export const readOutcome: SlotReader = ({ order, text }) => {
  if (order.intent !== 'call_outcome') return {};
  const part = text.marked.slice(order.start, order.end);
  let best: { outcome: Outcome; strength: number; at: number } | undefined;
  for (const { meaning, pattern, strength } of LINES) {
    pattern.lastIndex = 0;
    let at = -1;
    for (let match = pattern.exec(part); match; match = pattern.exec(part)) {
      at = match.index;
      if (match[0].length === 0) pattern.lastIndex += 1;
    }
    if (at < 0) continue;
    const better = !best || strength > best.strength || (strength === best.strength && at > best.at);
    if (better) best = { outcome: meaning as Outcome, strength, at };
  }
  return best ? { entities: { outcome: best.outcome } } : {};
};
