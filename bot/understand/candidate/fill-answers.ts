import type { CandidateIntent, Entities, IntentFrame } from '../intents.ts';
import { patternInOneForm } from '../text/spoken-forms.ts';
import { fillTimes } from './answer-times.ts';
import { isAsked } from './clause-sense.ts';
import type { Concept } from './concepts.ts';
import type { ReplyText } from './reply-text.ts';
import { readSlot } from './slots.ts';
import type { Answer } from './weigh-answers.ts';

/** Below what is acted on. */
const UNSURE = 0.65;

/** Whose wish a private reason explains, the likeliest first. */
const EXPLAINED: readonly CandidateIntent[] = ['reschedule', 'no', 'late', 'undecided', 'human', 'yes', 'stop'];

/** Gives every answer its own details: times, lengths, the slot, pay, place, reason, what is missing, who must look. */
export function fillAnswers(reply: ReplyText, answers: readonly Answer[], concepts: readonly Concept[]): IntentFrame[] {
  const frames = answers.map((answer) => frameOf(reply, answer, answers));
  markPrivate(reply, frames, concepts);
  return frames;
}

function frameOf(reply: ReplyText, answer: Answer, answers: readonly Answer[]): IntentFrame {
  const entities: Entities = {};
  const { intent, concepts } = answer;
  const [first] = concepts;
  if (answer.scope === 'news') entities.scope = 'news';
  if (answer.scope === 'all') entities.scope = 'all';
  if (answer.topics) entities.topic = answer.topics.length === 1 ? answer.topics[0] : [...answer.topics];
  if (intent === 'human' || intent === 'angry') entities.escalate = true;
  if (intent === 'no' && concepts.some(({ keys }) => keys.withdraw === true)) entities.withdraw = true;
  if (intent === 'ask_salary') fillPay(reply, answer, entities);
  if (intent === 'ask_location') fillPlace(reply, answer, entities);
  if (intent === 'yes') {
    const slot = readSlot(reply);
    if (slot !== undefined) entities.slot = slot;
  }
  fillTimes(reply, answer, answers, entities);
  // Several times in one wish: which of them is meant is for a person to see.
  const several = intent === 'reschedule' && reply.times.length > 1;
  const start = first ? reply.place(first.start) : 0;
  const end =
    concepts.length > 0 ? Math.max(...concepts.map((concept) => reply.place(concept.end))) : reply.typed.length;
  return {
    intent,
    entities,
    who: [],
    confidence: several ? Math.min(answer.confidence, UNSURE) : answer.confidence,
    start,
    end,
  };
}

function fillPay(reply: ReplyText, answer: Answer, entities: Entities): void {
  const asked = reply.pay.findLast(({ role }) => role === 'pay');
  const bare = BARE_PAY.exec(reply.typed)?.[1];
  if (bare !== undefined) entities.salary = { amount: Number(bare), unit: 'month' };
  else if (asked) entities.salary = asked.salary;
  const topics = answer.concepts
    .filter(({ strength }) => strength === 4)
    .map(({ start, end }) => reply.words(start, end).trim());
  if (topics.length > 0) entities.topic = topics.length === 1 ? topics[0] : topics;
}

/** could u do 18500, 加到18500: a wage without a sign. */
const BARE_PAY =
  /(?:could (?:you|u) do|can (?:you|u) do|加到|去到|要|expect(?:ing)?|make it|俾到|畀到|give me|raise to|up to) ?\$?(\d{5})(?!\d)/iu;

/** Where somebody lives or comes from is no place that is asked about. */
const HOME = patternInOneForm('(?:住|由|live in|living in|from|stay in|喺屋企) ?$');

/** The place a question is about: 「係咪B出口?」 */
function fillPlace(reply: ReplyText, answer: Answer, entities: Entities): void {
  const named = reply.places
    .filter(
      ({ clause }) =>
        answer.concepts.length === 0 ||
        isAsked(reply, clause) ||
        answer.concepts.some((concept) => concept.clause === clause),
    )
    .filter(({ at }) => !HOME.test(reply.said.slice(Math.max(0, at - 10), at)))
    .map(({ words }) => words);
  const [first] = named;
  if (first !== undefined) entities.place = named.length === 1 ? first : named;
}

function markPrivate(_reply: ReplyText, frames: IntentFrame[], concepts: readonly Concept[]): void {
  if (!concepts.some(({ name }) => name === 'sensitive' || name === 'injury')) return;
  const explained = EXPLAINED.map((intent) => frames.find((frame) => frame.intent === intent)).find(Boolean);
  if (!explained) return;
  explained.entities.compliance_flag = 'SENSITIVE';
  explained.entities.escalate = true;
}
