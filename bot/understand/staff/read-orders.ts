import { STAFF_INTENTS, type StaffIntent } from '../intents.ts';
import type { Resemblance } from '../likeness/likeness.ts';
import { loadLikeness, resemblancesOf } from '../likeness/second-opinion.ts';
import { type Clause, clausesOf } from '../text/clauses.ts';
import type { MarkedText } from '../text/marked-text.ts';
import { type Cue, findIntentCues, findModifiers, hintsIn, hintsOf, type IntentCue } from './find-cues.ts';
import { applyModifiers } from './modifiers.ts';
import type { Order } from './order.ts';
import { swallows } from './precedence.ts';

/** From this strength on words are an order by themselves; weaker ones count only when nothing stronger is there. */
const ORDER_STRENGTH = 5;
/** From this belief on the second opinion overrules words that speak for something else. */
const OVERRULES = 0.6;
/** A further order needs at least this belief in its own part of the message. */
const FURTHER = 0.25;

const LIKENESS = loadLikeness('staff');

/** What a message of staff was found to say: its orders, and what changed the meaning of its words. */
export interface ReadOrders {
  orders: [Order, ...Order[]];
  clauses: Clause[];
  modifiers: Cue[];
}

/** The orders of a message in the order in which they stand; never none: what says nothing is `unknown`. */
export function readOrders(text: MarkedText): ReadOrders {
  const { marked } = text;
  const clauses = clausesOf(marked);
  const modifiers = findModifiers(marked, clauses);
  const all = findIntentCues(marked, clauses);
  const cues = applyModifiers(all, modifiers, clauses);
  const whole = resemblancesOf(LIKENESS, marked, hintsIn(all));
  const chosen = agreed(chooseCues(cues), cues, whole, marked.length);
  const confirmed = chosen.filter(
    (cue, at) => chosen.length === 1 || standsAlone(cue, at, chosen, clauses, marked, whole),
  );
  const sorted = (confirmed.length > 0 ? confirmed : chosen).sort((a, b) => a.start - b.start);
  return { orders: ordersOf(sorted, clauses, marked, whole), clauses, modifiers };
}

/** Words or resemblance that stand for an order. */
type Sign = Pick<IntentCue, 'intent' | 'start' | 'end' | 'clause'> & {
  strength: number;
  keys: Record<string, unknown>;
};

const signOf = ({ intent, start, end, clause, line }: IntentCue): Sign => ({
  intent,
  start,
  end,
  clause,
  strength: line.strength,
  keys: line.keys,
});

const isIntent = (label: string): label is StaffIntent => (STAFF_INTENTS as readonly string[]).includes(label);

/** The strongest words first; whatever they swallow or overlap goes. */
function chooseCues(cues: readonly IntentCue[]): Sign[] {
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
  return chosen
    .filter(
      (cue) =>
        !chosen.some(
          (other) => other !== cue && other.intent !== cue.intent && swallows(other, cue) && !swallows(cue, other),
        ),
    )
    .map(signOf);
}

/** Words and resemblance together: where the whole message clearly resembles something else, that leads. */
function agreed(signs: Sign[], cues: readonly IntentCue[], whole: readonly Resemblance[], length: number): Sign[] {
  const [top] = whole;
  if (!top || !isIntent(top.label)) return signs;
  const { label } = top;
  if (signs.some(({ intent }) => intent === label)) return signs;
  if (signs.length > 0 && top.belief < OVERRULES) return signs;
  const own = cues.filter(({ intent }) => intent === label).sort((a, b) => b.line.strength - a.line.strength)[0];
  const sign: Sign = own ? signOf(own) : { intent: label, start: 0, end: length, clause: 0, strength: 4, keys: {} };
  const believed = new Set(whole.filter(({ belief }) => belief >= 0.15).map((each) => each.label));
  return [sign, ...signs.filter((other) => believed.has(other.intent) && !swallows(sign, other))];
}

/** A further order must be believed in its own part of the message or in the whole. */
function standsAlone(
  sign: Sign,
  at: number,
  signs: readonly Sign[],
  clauses: readonly Clause[],
  marked: string,
  whole: readonly Resemblance[],
): boolean {
  if (whole[0]?.label === sign.intent) return true;
  const sorted = [...signs].sort((a, b) => a.start - b.start);
  const place = sorted.indexOf(signs[at] as Sign);
  const next = sorted[place + 1];
  const start = place === 0 ? 0 : segmentStart(sign, clauses, signs);
  const end = next ? segmentStart(next, clauses, signs) : marked.length;
  const part = marked.slice(start, end);
  return resemblancesOf(LIKENESS, part, hintsOf(part)).some(
    ({ label, belief }) => label === sign.intent && belief >= FURTHER,
  );
}

function ordersOf(
  signs: readonly Sign[],
  clauses: readonly Clause[],
  marked: string,
  whole: readonly Resemblance[],
): [Order, ...Order[]] {
  const orders = signs.map((sign, at): Order => {
    const next = signs[at + 1];
    return {
      intent: sign.intent,
      cueStart: sign.start,
      cueEnd: sign.end,
      start: at === 0 ? 0 : segmentStart(sign, clauses, signs),
      end: next ? segmentStart(next, clauses, signs) : marked.length,
      keys: sign.keys,
      confidence: confidenceOf(sign, whole, signs.length),
      needs: [],
    };
  });
  const [first, ...others] = orders;
  if (first) return [first, ...others];
  return [
    { intent: 'unknown', cueStart: 0, cueEnd: 0, start: 0, end: marked.length, keys: {}, confidence: 0, needs: [] },
  ];
}

/** Sure only where words and resemblance say the same. */
function confidenceOf(sign: Sign, whole: readonly Resemblance[], orders: number): number {
  const belief = whole.find(({ label }) => label === sign.intent)?.belief ?? 0;
  const words = sign.strength / 10;
  return orders > 1 ? Math.min(words, 0.6 + belief / 4) : Math.min(words + 0.2, 0.3 + belief * 0.7);
}

/** A further order begins with its clause, unless another order already stands in that clause. */
function segmentStart(sign: Sign, clauses: readonly Clause[], signs: readonly Sign[]): number {
  const clause = clauses[sign.clause];
  if (!clause) return sign.start;
  const shared = signs.some((other) => other !== sign && other.clause === sign.clause && other.start < sign.start);
  return shared ? sign.start : clause.start;
}
