import { patternInOneForm } from '../text/spoken-forms.ts';
import type { Concept } from './concepts.ts';
import type { ReplyText } from './reply-text.ts';

/** How a clause is meant: asked, supposed, or told of somebody else. */

const A_NOT_A = patternInOneForm(String.raw`([\u3400-\u9fff])[唔冇]\1`);
const ASKING = patternInOneForm(
  String.raw`[嗎吗麼]|(?<![決肯確一未穩約指規否不原固預唔])定(?:係|喺)?(?![啦時期位價金律案咗])[\u3400-\u9fff]{1,6}(?:$|[㗎呀?,~ ])|話(?:聲|俾)?我知|(?:發|send|傳|講|俾)(?:一下|一遍|多次|返|多一次|再|下)|查下|[咩未先]($|[ ~"'」)])|(?:點|邊|幾)(?:樣|解|算|去|計|度|個|間|時|多|耐|點|錢|位|先|呀|做)|咩|係咪|有冇|可否|能否|是否|請問|想問|想知|問下|想了解|乜`,
);
const ASKING_ENGLISH = patternInOneForm(
  '(?:^|[,.~] *|(?:and|but|ok|thanks|hi|hello|please|so|also|sorry|yes|by the way|btw) )(?:(?:can|could|may|would|will|am|do|did|shall|should|have|has) (?:also |please |kindly )?(?:you|i|we|it|the|there|my|this|that|they|he|she|your|anyone|someone|anybody) |(?:is|are|does|what|where|when|how|which|who|whom|why|any) )(?!not )|(?:may i|can i|could i|let me) (?:know|ask|check)|wondering|want to (?:ask|know|check)|like to (?:ask|know|check)|any idea|please (?:advise|tell me|let me know|send me|share)|how about|what about|(?:^|[,.~] *|(?:please|just|and|pls|kindly) )(?:tell|share|advise|send|explain|clarify|remind|inform|confirm (?:if|whether|the)) |(?<![a-z])(?:how much|when|where|what|which) (?:is|are|do|does|will|should|time|day|can)(?![a-z])',
);
const SUPPOSED = patternInOneForm(
  '如果|假設|萬一|一旦|要是|假使|(?<![a-z])(?:if|suppose|in case|what if|unless|in the event|when i am)(?![a-z])|的話|嘅話',
);
const CONSEQUENCE = patternInOneForm(
  '(?:如果|假設|萬一|要是|假使|(?<![a-z])(?:if|unless)(?![a-z])).*(?:就|咁|先|(?<![a-z])then(?![a-z])|(?<![a-z])i (?:will|would|can|accept|have))(?:我|會|都|可以|唔|再| )*$',
);
const OTHER_PERSON = patternInOneForm(
  '(?:我)?(?:個)?(?:朋友|同學|同事|阿媽|阿爸|老公|老婆|佢|佢哋|細佬|家姐|阿哥|阿妹|有人|人哋|個仔|個女|男朋友|女朋友|friend|classmate|he|she|they|my (?:mother|father|brother|sister|wife|husband|friend|son|daughter|mum|mom|dad|boss))(?:話|說|講|都|又|而家|已經|今日|is|was|said|says|told me|also|will|can|has|would)? ?$',
);

const DENIAL = patternInOneForm(
  '(?:[唔未冇咪別]|(?<![a-z])(?:not|never|no|without|hindi))(?:係|會|再|太|能|敢|可以|想| so| yet| very| really| be| to)? ?$',
);

const FURTHER = patternInOneForm(String.raw`^(?:[啦呀㗎嘅,])*(?: +|順便|咁|另外|想問|同埋|同時|請問|之後)\S`);

/** Whether the clause a concept stands in asks something. */
export function isAsked(reply: ReplyText, clause: number): boolean {
  const it = reply.clauses[clause];
  if (!it) return false;
  const words = reply.said.slice(it.start, it.end);
  return it.sign.includes('?') || A_NOT_A.test(words) || ASKING.test(words) || ASKING_ENGLISH.test(words);
}

/** Whether anything in the sentence asks. */
export function isSentenceAsked(reply: ReplyText, clause: number): boolean {
  const sentence = reply.clauses[clause]?.sentence;
  return reply.clauses.some((other, at) => other.sentence === sentence && isAsked(reply, at));
}

/** Whether a concept stands in or right behind an "if". */
export function isSupposed(reply: ReplyText, concept: Concept): boolean {
  const it = reply.clauses[concept.clause];
  if (!it) return false;
  const before = reply.said.slice(it.start, concept.start);
  // 「如果可以返早更我就接受」: what follows from the condition is meant, with the condition.
  if (CONSEQUENCE.test(before)) return false;
  return SUPPOSED.test(reply.said.slice(it.start, concept.end));
}

/** Whether what a concept says hangs on a condition said before it: 「如果要返通宵就唔做」. */
export function isConditional(reply: ReplyText, concept: Concept): boolean {
  const it = reply.clauses[concept.clause];
  return it !== undefined && CONSEQUENCE.test(reply.said.slice(it.start, concept.start));
}

/** Whether somebody else does what the words say: 「我朋友話唔嚟」. */
export function isSomebodyElses(reply: ReplyText, concept: Concept): boolean {
  const it = reply.clauses[concept.clause];
  if (!it) return false;
  return OTHER_PERSON.test(reply.said.slice(Math.max(it.start, concept.start - 24), concept.start));
}

/** Whether the word before a concept denies it: 未確認, not ready to. */
export function isDenied(reply: ReplyText, concept: Concept): boolean {
  const before = reply.said.slice(Math.max(0, concept.start - 12), concept.start);
  return DENIAL.test(before);
}

/** Whether an answer comes first and a question behind it: 「book B 順便問下條街叫咩名」, 「OK 邊個門口等」. */
export function isSaidFirst(reply: ReplyText, concept: Concept): boolean {
  const it = reply.clauses[concept.clause];
  if (!it) return false;
  const before = reply.said.slice(it.start, concept.start).trim();
  return before.length <= 4 && FURTHER.test(reply.said.slice(concept.end, it.end));
}
