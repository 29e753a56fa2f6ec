import { STAFF_INTENTS, type StaffIntent } from '../intents.ts';
import { type LexiconLine, readLexicon } from '../lexicon/lexicon.ts';
import type { MarkedText } from '../text/marked-text.ts';
import type { Order } from './order.ts';

const LEXICON: readonly LexiconLine[] = readLexicon('staff');

const isIntent = (meaning: string): meaning is StaffIntent => (STAFF_INTENTS as readonly string[]).includes(meaning);

/** The orders of a message in the order in which they stand; never none: what says nothing is `unknown`. */
export function readOrders(text: MarkedText): [Order, ...Order[]] {
  let best: { line: LexiconLine; start: number; end: number } | undefined;
  for (const line of LEXICON) {
    const match = line.pattern.exec(text.marked);
    if (!match || !isIntent(line.meaning)) continue;
    if (!best || line.strength > best.line.strength) {
      best = { line, start: match.index, end: match.index + match[0].length };
    }
  }
  const whole = { start: 0, end: text.marked.length };
  if (!best || !isIntent(best.line.meaning)) {
    return [{ intent: 'unknown', cueStart: 0, cueEnd: 0, ...whole, keys: {}, confidence: 0, needs: [] }];
  }
  return [
    {
      intent: best.line.meaning,
      cueStart: best.start,
      cueEnd: best.end,
      ...whole,
      keys: best.line.keys,
      confidence: best.line.strength / 10,
      needs: [],
    },
  ];
}
