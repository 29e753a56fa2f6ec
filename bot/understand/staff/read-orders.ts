import { type Clause, clausesOf } from '../text/clauses.ts';
import type { MarkedText } from '../text/marked-text.ts';
import { type Cue, findIntentCues, findModifiers, type IntentCue } from './find-cues.ts';
import { applyModifiers } from './modifiers.ts';
import type { Order } from './order.ts';
import { swallows } from './precedence.ts';

/** From this strength on words are an order by themselves; weaker ones count only when nothing stronger is there. */
const ORDER_STRENGTH = 5;

/** What a message of staff was found to say: its orders, and what changed the meaning of its words. */
export interface ReadOrders {
  orders: [Order, ...Order[]];
  clauses: Clause[];
  modifiers: Cue[];
}

/** The orders of a message in the order in which they stand; never none: what says nothing is `unknown`. */
export function readOrders(text: MarkedText): ReadOrders {
  const clauses = clausesOf(text.marked);
  const modifiers = findModifiers(text.marked, clauses);
  const cues = applyModifiers(findIntentCues(text.marked, clauses), modifiers, clauses);
  const chosen = chooseCues(cues);
  const [first, ...others] = chosen.sort((a, b) => a.start - b.start);
  if (!first) {
    const nothing: Order = {
      intent: 'unknown',
      cueStart: 0,
      cueEnd: 0,
      start: 0,
      end: text.marked.length,
      keys: {},
      confidence: 0,
      needs: [],
    };
    return { orders: [nothing], clauses, modifiers };
  }
  const starts = others.map((cue) => segmentStart(cue, clauses, chosen));
  const orderAt = (cue: IntentCue, at: number): Order => ({
    intent: cue.intent,
    cueStart: cue.start,
    cueEnd: cue.end,
    start: at === 0 ? 0 : (starts[at - 1] ?? cue.start),
    end: starts[at] ?? text.marked.length,
    keys: cue.line.keys,
    confidence: cue.line.strength / 10,
    needs: [],
  });
  return {
    orders: [orderAt(first, 0), ...others.map((cue, index) => orderAt(cue, index + 1))],
    clauses,
    modifiers,
  };
}

/** The strongest words first; whatever they swallow or overlap goes. */
function chooseCues(cues: readonly IntentCue[]): IntentCue[] {
  const sorted = [...cues].sort(
    (a, b) => b.line.strength - a.line.strength || b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  const chosen: IntentCue[] = [];
  for (const cue of sorted) {
    if (chosen.length > 0 && cue.line.strength < ORDER_STRENGTH) break;
    const overlaps = chosen.some((other) => cue.start < other.end && cue.end > other.start);
    if (overlaps || chosen.some((other) => swallows(other, cue))) continue;
    chosen.push(cue);
  }
  // A later, weaker find may swallow an earlier, stronger one only by rules of place: decided once all are known.
  return chosen.filter(
    (cue) =>
      !chosen.some(
        (other) => other !== cue && other.intent !== cue.intent && swallows(other, cue) && !swallows(cue, other),
      ),
  );
}

/** A further order begins with its clause, unless another order already stands in that clause. */
function segmentStart(cue: IntentCue, clauses: readonly Clause[], chosen: readonly IntentCue[]): number {
  const clause = clauses[cue.clause];
  if (!clause) return cue.start;
  const shared = chosen.some((other) => other !== cue && other.clause === cue.clause && other.start < cue.start);
  return shared ? cue.start : clause.start;
}
