import { readStop, type StopScope } from '../../../recruiting/candidate/stop-words.ts';
import { CANDIDATE_INTENTS, type CandidateIntent } from '../intents.ts';
import { patternInOneForm } from '../text/spoken-forms.ts';
import { isAsked, isDenied, isSaidFirst, isSentenceAsked, isSomebodyElses, isSupposed } from './clause-sense.ts';
import type { Concept, ConceptName } from './concepts.ts';
import { asksYesOrNo } from './emoji.ts';
import type { ReplyText } from './reply-text.ts';
import { readSlot } from './slots.ts';

/** One thing a message says, with the words that say it. */
export interface Answer {
  intent: CandidateIntent;
  concepts: Concept[];
  /** 0 to 1. */
  confidence: number;
  /** Topics of a wish for a person. */
  topics?: string[];
  scope?: StopScope;
}

const HUMAN_TOPICS: readonly ConceptName[] = [
  'third_party',
  'injury',
  'complaint',
  'data_request',
  'erasure',
  'call_me',
];
/** Messages that announce or ask something which a plain OK answers. */
const AWAITING: ReadonlySet<string> = new Set([
  'interview_confirmed',
  'slot_offer',
  'rescheduled',
  'store_assignment',
  'document_request',
  'bg_check_consent',
  'talent_pool_consent',
  'offer_reminder',
  'offer_accepted',
  'human_call_followup',
  'probation_review',
]);
const QUESTIONS = ['ask_salary', 'ask_location', 'ask_preparation', 'ask_status'] as const;

/** What is not wanted beside a stop is these, not the job. */
const SENDINGS = patternInOneForm(
  '訊息|消息|故事|故仔|新聞|推廣|優惠|通知|提示|(?<![a-z])(?:stor(?:y|ies)|news|messages?|newsletters?|updates?|reminders?)',
);
const DECIDING: ReadonlySet<CandidateIntent> = new Set([
  'no',
  'reschedule',
  'late',
  'yes',
  'undecided',
  'human',
  'angry',
  'wrong_number',
]);
const COARSE: ReadonlySet<string> = new Set([
  'day',
  'days',
  'week',
  'weekend',
  'month',
  'month_part',
  'quarter',
  'year',
  'holiday',
]);
const TURN = patternInOneForm('但係|(?<![a-z])but(?![a-z])|最後|最終');
const DELAYING = patternInOneForm(
  '先|才|最快|最早|只能|差唔多|唔好意思|遲|塞|(?<![a-z])(?:sorry|late|only|earliest|instead|traffic|stuck|delay|overslept)(?![a-z])',
);

/** From this strength on words ask by themselves; weaker ones only name what a question is about. */
const ASKS_BY_ITSELF = 5;
/** Beside an answer only words stronger than this ask without the form of a question. */
const SURELY_ASKS = 6;

/** What a message says in all, the strongest first. Private reasons and busy times are no answers: they stay in `concepts`. */
export function weighAnswers(reply: ReplyText, concepts: readonly Concept[], stop: StopScope | undefined): Answer[] {
  const weigher = new Weigher(reply, concepts, stop);
  return weigher.answers().sort((a, b) => CANDIDATE_INTENTS.indexOf(a.intent) - CANDIDATE_INTENTS.indexOf(b.intent));
}

class Weigher {
  readonly #reply: ReplyText;
  readonly #concepts: readonly Concept[];
  readonly #stop: StopScope | undefined;

  constructor(reply: ReplyText, concepts: readonly Concept[], stop: StopScope | undefined) {
    this.#reply = reply;
    this.#concepts = stop ? withoutStopWords(reply, concepts) : concepts;
    this.#stop = stop;
  }

  answers(): Answer[] {
    const reply = this.#reply;
    const answers: Answer[] = [];
    if (this.#stop) answers.push({ intent: 'stop', concepts: [], confidence: 1, scope: this.#stop });
    const angry = this.#named('angry');
    if (angry.length > 0) {
      const waiting = this.#named('ask_status').length > 0;
      answers.push({ ...answerOf('angry', angry), ...(waiting ? { topics: ['no_news'] } : {}) });
    }
    const human = this.#human();
    if (human) answers.push(human);
    const wrong = this.#named('wrong_number');
    if (wrong.length > 0) {
      answers.push(answerOf('wrong_number', wrong));
      return answers;
    }
    answers.push(...this.#plans());
    answers.push(...this.#questions(answers));
    const decided = answers.some(({ intent }) => DECIDING.has(intent));
    if (!decided && readSlot(reply) !== undefined) {
      answers.push({ intent: 'yes', concepts: [], confidence: 0.9 });
    }
    const thanks = this.#named('thanks');
    const [only] = answers;
    if (answers.length === 1 && only?.intent === 'yes' && thanks.length > 0 && !this.#awaitsAnswer(only)) answers.pop();
    if (answers.length === 0 && thanks.length > 0) answers.push(answerOf('thanks', thanks, 0.9));
    return answers;
  }

  /** Whether 「好的,謝謝」 can be more than thanks: it says more than OK, or the message waits for an answer. */
  #awaitsAnswer(yes: Answer): boolean {
    const { replyTo } = this.#reply;
    return yes.concepts.some(({ name }) => name === 'yes') || asksYesOrNo(replyTo) || AWAITING.has(replyTo);
  }

  #clauseWords({ clause }: Concept): string {
    const it = this.#reply.clauses[clause];
    return it ? this.#reply.said.slice(it.start, it.end) : '';
  }

  #named(name: ConceptName): Concept[] {
    return this.#concepts.filter((concept) => concept.name === name);
  }

  /** Said by the person of themselves, in earnest. */
  #meant(name: ConceptName): Concept[] {
    return this.#named(name).filter(
      (concept) => !isSupposed(this.#reply, concept) && (this.#speaksFor || !isSomebodyElses(this.#reply, concept)),
    );
  }

  /** Somebody answers for the person who was asked: what they say is told of that person. */
  get #speaksFor(): boolean {
    return this.#named('third_party').length > 0;
  }

  #human(): Answer | undefined {
    const cross = this.#named('angry').length > 0;
    const found = this.#concepts.filter(
      (concept) =>
        HUMAN_TOPICS.includes(concept.name) &&
        !(cross && concept.name === 'complaint') &&
        !isDenied(this.#reply, concept),
    );
    if (found.length === 0) return undefined;
    const topics = HUMAN_TOPICS.filter((topic) => found.some(({ name }) => name === topic));
    return { ...answerOf('human', found), topics: [...topics] };
  }

  /** What becomes of the date or the application: no, another time, late, yes, undecided. */
  #plans(): Answer[] {
    const reply = this.#reply;
    const cross = this.#named('angry').length > 0;
    // In anger 「又改期」 is a reproach; a time of one's own is still a wish.
    const bounds = this.#meant('undecided').filter(({ strength }) => strength > SURELY_ASKS);
    const other = (cross && reply.times.length === 0 ? [] : this.#named('reschedule')).filter(
      // 「Could I have till Monday to decide」 asks for time to think.
      (concept) => !bounds.some((each) => each.strength > concept.strength && overlap(each, concept)),
    );
    const withdrawn = this.#meant('no').filter(
      (concept) =>
        (!isAsked(reply, concept.clause) || concept.keys.withdraw === true) &&
        // A new job given as the reason of a stop is no answer of its own.
        !(this.#stop && (concept.keys.job === true || SENDINGS.test(this.#clauseWords(concept)))),
    );
    // 「老公叫我唔好做,不過我決定咗,接受」: the last word counts.
    const lastYes = Math.max(
      -1,
      ...this.#yes()
        .filter(({ keys }) => keys.accept === true)
        .map(({ start }) => start),
    );
    const lastNo = Math.max(-1, ...withdrawn.map(({ start }) => start));
    const turned = lastYes > lastNo && lastNo >= 0 && TURN.test(reply.said.slice(lastNo, lastYes));
    if (turned) withdrawn.length = 0;
    const cant = this.#meant('cant').filter((concept) => !isAsked(reply, concept.clause));
    const busy = this.#named('busy');
    const late = this.#named('late').filter(
      (concept) =>
        (this.#speaksFor || !isSomebodyElses(reply, concept)) &&
        // A day on which somebody can start is no delay of minutes.
        !reply.times.some(
          ({ at, mention }) =>
            concept.start <= at && at < concept.end && COARSE.has(mention.grain) && concept.keys.hint !== true,
        ) &&
        // The hour of arrival alone is a promise to come; with 「先」, 最快 or an apology it says that it will be late.
        (concept.keys.eta !== true || DELAYING.test(reply.said)),
    );
    const asksForPerson = new Set(this.#named('call_me').map(({ clause }) => clause));
    const undecided = this.#meant('undecided').filter(
      (concept) =>
        !asksForPerson.has(concept.clause) &&
        // 「give me another 10 mins」 is late, not undecided.
        !late.some(
          (each) =>
            overlap(each, concept) &&
            reply.times.some(
              ({ at, mention }) => mention.lengthMinutes !== undefined && each.start <= at && at < each.end,
            ),
        ),
    );
    const firm = withdrawn.some(({ keys }) => keys.withdraw === true);
    const answers: Answer[] = [];
    const moves = other.length > 0 && !firm;
    const explicitMove = other.filter(({ keys }) => keys.proposal !== true);
    const explicitLate = late.filter(({ keys }) => keys.hint !== true && keys.eta !== true);
    if (moves && (explicitMove.length > 0 || explicitLate.length === 0)) {
      answers.push({
        ...answerOf('reschedule', [...other, ...cant, ...busy, ...withdrawn]),
        confidence: sureness(other),
      });
    } else if (withdrawn.length > 0 || cant.length > 0) {
      answers.push(answerOf('no', [...withdrawn, ...cant]));
    } else if (busy.length > 0 && late.length === 0 && this.#yes().length === 0 && undecided.length === 0) {
      answers.push({ ...answerOf('no', busy), confidence: 0.5 });
    }
    const refuses = answers.some(({ intent }) => intent === 'no');
    const movesNow = answers.some(({ intent }) => intent === 'reschedule');
    if (late.length > 0 && !refuses && !(movesNow && explicitLate.length === 0)) {
      if (!movesNow) answers.push(answerOf('late', late));
    }
    const isLate = answers.some(({ intent }) => intent === 'late');
    if (undecided.length > 0 && !refuses && !movesNow) answers.push(answerOf('undecided', undecided));
    const open = answers.some(({ intent }) => intent === 'undecided');
    const accepted = this.#yes().filter(({ keys }) => keys.accept === true);
    if (movesNow && accepted.length > 0) answers.push(this.#yesAnswer(accepted));
    if (!refuses && !movesNow && !open && !cross) {
      const yes = this.#yes().filter(
        (concept) =>
          !isLate ||
          (concept.name === 'yes' && late.every((one) => one.end <= concept.start || one.start >= concept.end)),
      );
      if (yes.length > 0) answers.push(this.#yesAnswer(yes));
    }
    return answers;
  }

  #yes(): Concept[] {
    const reply = this.#reply;
    const strong = this.#meant('yes').filter(
      (concept) =>
        // Beside a stop a bare 「I'm good」 accepts nothing.
        !(this.#stop && concept.strength < 6 && reply.times.length === 0) &&
        (concept.strength > 7 || !isAsked(reply, concept.clause) || isSaidFirst(reply, concept)) &&
        !isDenied(reply, concept),
    );
    const acks = this.#named('ack').filter((concept) => {
      const clause = reply.clauses[concept.clause];
      if (!clause || isDenied(reply, concept)) return false;
      const alone = reply.said.slice(concept.end, clause.end).trim() === '';
      const first = reply.said.slice(clause.start, concept.start).trim() === '';
      return first ? !(clause.sign.includes('?') && alone) : !isAsked(reply, concept.clause);
    });
    return [...strong, ...acks];
  }

  #yesAnswer(yes: Concept[]): Answer {
    const strong = yes.some(({ name }) => name === 'yes');
    if (strong || asksYesOrNo(this.#reply.replyTo)) return answerOf('yes', yes, strong ? 0 : 0.85);
    return answerOf('yes', yes, 0.75);
  }

  #questions(answers: readonly Answer[]): Answer[] {
    const reply = this.#reply;
    const asked: Answer[] = [];
    const bare = answers.length === 0;
    // A reproach asks nothing: 「等咗成個月都冇消息,請人定玩人呀」.
    const reproach = answers.some(({ intent }) => intent === 'angry');
    const hurt = this.#named('injury').length > 0 && answers.some(({ intent }) => intent === 'human');
    const taken = new Set(
      answers
        .filter(({ intent }) => intent === 'human' || intent === 'late' || intent === 'reschedule')
        .flatMap(({ concepts }) => concepts.map(({ clause }) => clause)),
    );
    for (const intent of hurt ? [] : QUESTIONS) {
      const found = this.#named(intent).filter(
        ({ strength, clause, keys }) =>
          (!reproach || keys.direct === true) &&
          !(taken.has(clause) && strength <= SURELY_ASKS && intent !== 'ask_salary') &&
          (strength > (bare ? ASKS_BY_ITSELF - 1 : SURELY_ASKS) ||
            isAsked(reply, clause) ||
            (bare && isSentenceAsked(reply, clause))),
      );
      if (found.length > 0) asked.push(answerOf(intent, found));
    }
    return asked;
  }
}

const SAID_BY_STOP: ReadonlySet<ConceptName> = new Set([
  'no',
  'cant',
  'call_me',
  'undecided',
  'thanks',
  'complaint',
  'ack',
]);

/** What a stop says of itself (唔好再, remove me) is no further answer. */
function withoutStopWords(reply: ReplyText, concepts: readonly Concept[]): Concept[] {
  const stops = reply.clauses.map(({ start, end }) => readStop(reply.words(start, end)) !== undefined);
  return concepts.filter(({ name, clause }) => !(stops[clause] && SAID_BY_STOP.has(name)));
}

const overlap = (one: Concept, other: Concept): boolean => one.start < other.end && other.start < one.end;

function answerOf(intent: CandidateIntent, concepts: readonly Concept[], least = 0): Answer {
  return { intent, concepts: [...concepts], confidence: Math.max(least, sureness(concepts)) };
}

/** How sure the strongest words make it. */
function sureness(concepts: readonly Concept[]): number {
  const strongest = Math.max(0, ...concepts.map(({ strength }) => strength));
  return strongest >= 6 ? 0.9 : strongest === 5 ? 0.8 : strongest === 4 ? 0.72 : 0.5;
}
