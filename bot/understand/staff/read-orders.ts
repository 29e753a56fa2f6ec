import { STAFF_INTENTS, type StaffIntent } from '../intents.ts';
import { logOdds, type Resemblance } from '../likeness/likeness.ts';
import { loadLikeness, resemblancesOf } from '../likeness/second-opinion.ts';
import { type Clause, clauseAt, clausesOf, orderClauses } from '../text/clauses.ts';
import { MARKS, type MarkedText } from '../text/marked-text.ts';
import { correctedOrder, extraMessage, questionFirst, sayAll } from './added-orders.ts';
import { type Cue, findIntentCues, findModifiers, hintsIn, hintsOf, type IntentCue } from './find-cues.ts';
import { applyModifiers } from './modifiers.ts';
import type { Order } from './order.ts';
import { swallows } from './precedence.ts';

/** From this strength on words are an order by themselves. */
const ORDER_STRENGTH = 6;
/** From this belief in the whole message on a further order is there. */
const BELIEVED = 0.5;
/** A further order whose words are strong needs this much belief in the whole, and OWN_PART in its own part of the message. */
const NOT_ABSURD = 0.08;
const OWN_PART = 0.6;
/** Strength of a sign that no words gave. */
const UNSAID = 3;
/** Words that say it all need hardly any belief. */
const HARDLY = 0.02;

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
  const clauses = orderClauses(marked);
  const modifiers = findModifiers(marked, clauses);
  const all = findIntentCues(marked, clauses);
  const cues = applyModifiers(all, modifiers, clauses);
  const whole = resemblancesOf(LIKENESS, marked, hintsIn(all));
  const signs = furtherSigns(leadingSign(cues, all, whole, marked, modifiers), cues, whole, clauses, marked);
  return { orders: ordersOf(signs, clauses, marked, whole), clauses: clausesOf(marked), modifiers };
}

/** Words or resemblance that stand for an order. */
type Sign = Pick<IntentCue, 'intent' | 'start' | 'end' | 'clause'> & {
  strength: number;
  keys: Record<string, unknown>;
};

const signOf = ({ intent, start, end, clause, line }: IntentCue, all: readonly IntentCue[] = []): Sign => ({
  intent,
  start,
  end,
  clause,
  strength: line.strength,
  // What weaker words of the same order decide (withdraw, trial) stands unless the strongest say otherwise.
  keys: Object.assign(
    {},
    ...all
      .filter((cue) => cue.intent === intent && intent !== 'unknown')
      .sort((a, b) => a.line.strength - b.line.strength)
      .map((cue) => cue.line.keys),
    line.keys,
  ),
});

const isIntent = (label: string): label is StaffIntent => (STAFF_INTENTS as readonly string[]).includes(label);

/** What the message most resembles, at its strongest words; without any belief the strongest words. */
function leadingSign(
  cues: readonly IntentCue[],
  all: readonly IntentCue[],
  whole: readonly Resemblance[],
  marked: string,
  modifiers: readonly Cue[],
): Sign {
  const [top] = whole;
  const all9 = sayAll(cues);
  if (all9 && (whole.find(({ label }) => label === all9.intent)?.belief ?? 0) >= HARDLY) return signOf(all9);
  const intent = isOutside(all, whole, marked) ? 'unknown' : top && isIntent(top.label) ? top.label : 'unknown';
  const said = strongest(cues, intent);
  const own = said ?? strongest(all, intent);
  // 唔使入圍陳家欣: everything that speaks for the order is said not to be done.
  if (!said && own && CHANGES.has(intent) && negated(own, modifiers)) {
    return { ...signOf(own), intent: 'unknown', keys: { needs: ['intent'] } };
  }
  return own ? signOf(own, cues) : { intent, start: 0, end: marked.length, clause: 0, strength: UNSAID, keys: {} };
}

/** Orders that change something and can be told not to be done. */
const CHANGES: ReadonlySet<StaffIntent> = new Set([
  'shortlist',
  'schedule',
  'reschedule',
  'cancel',
  'approve',
  'reject',
  'offer',
  'assign_store',
  'send_message',
  'open_requisition',
]);

function negated(cue: IntentCue, modifiers: readonly Cue[]): boolean {
  return modifiers.some(
    ({ line, clause, end }) =>
      line.meaning === 'negated' && clause === cue.clause && end <= cue.start && cue.start - end <= 4,
  );
}

/** An order about lunch, flour or a taxi: a thing outside recruiting is named, and neither a person nor a job. */
function isOutside(all: readonly IntentCue[], whole: readonly Resemblance[], marked: string): boolean {
  if (/[\ue001\ue002\ue006]/u.test(marked) || !all.some(({ intent, line }) => intent === 'unknown' && !line.keys.needs))
    return false;
  return (whole.find(({ label }) => label === 'unknown')?.belief ?? 0) >= NOT_ABSURD;
}

function strongest(cues: readonly IntentCue[], intent: StaffIntent): IntentCue | undefined {
  return cues
    .filter((cue) => cue.intent === intent)
    .sort((a, b) => b.line.strength - a.line.strength || b.end - b.start - (a.end - a.start) || a.start - b.start)[0];
}

/** Further orders: believed of the whole message, or told by strong words in a part of their own that resembles them most. */
function furtherSigns(
  leading: Sign,
  cues: readonly IntentCue[],
  whole: readonly Resemblance[],
  clauses: readonly Clause[],
  marked: string,
): Sign[] {
  const signs = [leading];
  for (const { label, belief } of whole) {
    if (!isIntent(label) || label === leading.intent || belief < NOT_ABSURD) continue;
    const own = strongest(cues, label);
    if (!own || own.line.strength < ORDER_STRENGTH) continue;
    const sign = signOf(own);
    if (signs.some((other) => sign.start < other.end && sign.end > other.start)) continue;
    // 記低…,叫佢着黑褲: what is noted is no message.
    if (leading.intent === 'note' && sign.intent === 'send_message' && swallows(leading, sign)) continue;
    const follows = FOLLOWS[leading.intent]?.has(sign.intent) ?? false;
    const apart = signs.every((other) => other.clause !== sign.clause);
    if (
      belief >= BELIEVED ||
      (apart && follows && own.line.strength >= 7) ||
      (apart && !signs.some((other) => swallows(other, sign)) && resembles(sign, signs, clauses, marked))
    ) {
      signs.push(sign);
    }
  }
  signs.push(...lookAlikes(signs, cues, whole, clauses, marked));
  const asked = questionFirst(signs, cues, clauses, marked);
  if (asked) signs.push(signOf(asked));
  const added = leading.intent === 'undo' ? correctedOrder(marked) : extraMessage(marked, leading);
  if (added && signs.every(({ intent }) => intent !== added.intent)) {
    if (leading.intent === 'undo') signs.length = 1;
    const inside = signs.findIndex((other) => other !== leading && added.start < other.end && added.end > other.start);
    if (inside >= 0) signs.splice(inside, 1);
    signs.push({ ...added, clause: clauseAt(clauses, added.start), strength: 7, keys: {} });
  }
  return withoutTalk(withoutSecondDate(signs, leading, marked)).sort((a, b) => a.start - b.start);
}

/** Beside an order talk is talk. */
function withoutTalk(signs: readonly Sign[]): Sign[] {
  const orders = signs.filter(({ intent }) => intent !== 'unknown' && intent !== 'smalltalk');
  return orders.length > 0 ? orders : [...signs];
}

/** 約佢星期四,唔得就星期五: of one person a second date is another choice and no order of its own. */
function withoutSecondDate(signs: readonly Sign[], leading: Sign, marked: string): Sign[] {
  const people = marked.match(new RegExp(`[${MARKS.who}${MARKS.ref}]`, 'gu'))?.length ?? 0;
  if (people > 1 || !DATES.has(leading.intent)) return [...signs];
  return signs.filter((sign) => sign === leading || !DATES.has(sign.intent));
}

const DATES: ReadonlySet<StaffIntent> = new Set(['schedule', 'reschedule']);

/** From these beliefs on a clause that looks like an order of its own is one, whatever its words: in the whole (with and without words of the lexicon), in it, and of the leading order elsewhere. */
const LOOKS_LIKE = { whole: 0.3, wordless: 0.6, clause: 0.8, elsewhere: 0.5 };

/** Further orders that no strong words gave: a clause of their own looks like nothing else, and the rest like the leading order. */
function lookAlikes(
  signs: readonly Sign[],
  cues: readonly IntentCue[],
  whole: readonly Resemblance[],
  clauses: readonly Clause[],
  marked: string,
): Sign[] {
  const [leading] = signs;
  const wanted = whole.filter(
    ({ label, belief }) =>
      isIntent(label) &&
      label !== 'unknown' &&
      belief >= LOOKS_LIKE.whole &&
      signs.every(({ intent }) => intent !== label),
  );
  if (!leading || clauses.length < 2 || wanted.length === 0) return [];
  const looks = clauses.map(({ start, end }) => {
    const part = marked.slice(start, end);
    return resemblancesOf(LIKENESS, part, hintsOf(part));
  });
  const beliefIn = (clause: number, intent: string): number =>
    looks[clause]?.find(({ label }) => label === intent)?.belief ?? 0;
  return wanted.flatMap(({ label, belief }): Sign[] => {
    const clause = looks.findIndex((look) => look[0]?.label === label && look[0].belief >= LOOKS_LIKE.clause);
    const place = clauses[clause];
    const elsewhere = clauses.some((_, at) => at !== clause && beliefIn(at, leading.intent) >= LOOKS_LIKE.elsewhere);
    if (!place || !elsewhere || !isIntent(label)) return [];
    const own = strongest(
      cues.filter((cue) => cue.clause === clause),
      label,
    );
    if (!own && belief < LOOKS_LIKE.wordless) return [];
    const sign = own ? signOf(own) : { intent: label, ...place, clause, strength: UNSAID, keys: {} };
    return signs.some((other) => swallows(other, sign)) ? [] : [sign];
  });
}

/** What people order in the same breath as they tell something: who did not come is not wanted or gets another day. */
const FOLLOWS: Readonly<Partial<Record<StaffIntent, ReadonlySet<StaffIntent>>>> = {
  no_show: new Set(['reject', 'reschedule', 'cancel']),
  call_outcome: new Set(['offer', 'cancel', 'send_message']),
};

/** Whether the clauses from here to the next order look like the sign's order more than like any other. */
function resembles(sign: Sign, others: readonly Sign[], clauses: readonly Clause[], marked: string): boolean {
  const start = clauses[sign.clause]?.start ?? sign.start;
  const next = others.filter((other) => other.start > sign.start).sort((a, b) => a.start - b.start)[0];
  const end = next ? (clauses[next.clause]?.start ?? next.start) : marked.length;
  const part = marked.slice(start, Math.max(end, sign.end));
  const [top] = resemblancesOf(LIKENESS, part, hintsOf(part));
  return top?.label === sign.intent && top.belief >= OWN_PART;
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
      confidence: confidenceOf(sign, whole, signs.length, marked),
      needs: [],
    };
  });
  const [first, ...others] = orders;
  if (first) return [first, ...others];
  return [
    { intent: 'unknown', cueStart: 0, cueEnd: 0, start: 0, end: marked.length, keys: {}, confidence: 0, needs: [] },
  ];
}

/**
 * How likely one order is the right reading of a whole message, from the belief in it and in its nearest rival: fitted to
 * the examples of each author as read by what the others taught. What the lexicon says is part of both beliefs.
 */
const LIKELY = { always: -0.62, belief: 0.29, rival: -0.6 };

/** The likelihood of a single order; of several each is only as sure as its words. */
function confidenceOf(sign: Sign, whole: readonly Resemblance[], orders: number, marked: string): number {
  const belief = whole.find(({ label }) => label === sign.intent)?.belief ?? 0;
  if (orders > 1) return Math.min(sign.strength / 10, 0.5 + belief / 4);
  const rival = whole.find(({ label }) => label !== sign.intent)?.belief ?? 0;
  const likely = 1 / (1 + Math.exp(-(LIKELY.always + LIKELY.belief * logOdds(belief) + LIKELY.rival * logOdds(rival))));
  // Without words of the lexicon there must be words at all: a name in noise may look like anything.
  const isNoise = sign.strength <= UNSAID && !DOES_NOTHING.has(sign.intent) && !isLanguage(marked);
  return isNoise ? Math.min(likely, LOOKS_ALONE) : likely;
}

/** Talk and questions: nothing is changed by them, whatever they look like. */
const DOES_NOTHING: ReadonlySet<StaffIntent> = new Set(['smalltalk', 'unknown', 'help', 'list', 'status', 'report']);
const LOOKS_ALONE = 0.6;
const NAMED = new RegExp(`[${Object.values(MARKS).join('')}]`, 'gu');

/** Something named or described, and a few words beside it. */
function isLanguage(marked: string): boolean {
  const named = marked.match(NAMED)?.length ?? 0;
  const characters = marked.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = marked.match(/[a-z]{3,}/g)?.length ?? 0;
  return named > 0 && (characters >= 2 || words >= 2 || (words === 1 && named >= 2));
}

/** A further order begins with its clause, unless another order already stands in that clause. */
function segmentStart(sign: Sign, clauses: readonly Clause[], signs: readonly Sign[]): number {
  const clause = clauses[sign.clause];
  if (!clause) return sign.start;
  const shared = signs.some((other) => other !== sign && other.clause === sign.clause && other.start < sign.start);
  return shared ? sign.start : clause.start;
}
