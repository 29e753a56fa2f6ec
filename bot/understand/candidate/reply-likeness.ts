import { CANDIDATE_INTENTS, type CandidateIntent } from '../intents.ts';
import { featuresOf } from '../likeness/features.ts';
import { type Likeness, logOdds, type Resemblance } from '../likeness/likeness.ts';
import type { Concept } from './concepts.ts';
import type { ReplyText } from './reply-text.ts';
import type { Answer } from './weigh-answers.ts';

/** From this belief on an answer that no words of the lexicon gave is taken up; the leading one needs less. */
const TAKEN_UP = 0.6;
const LEADING = 0.3;
/** From this belief on a reply is a stop although no words of the stop rules are in it. */
const STOPS = 0.8;
/** Beside a stop people seldom say more. */
const BESIDE_STOP = 0.75;
/** Below this belief an answer that words gave is dropped, when something better is believed. */
const DROPPED = 0.35;

const isIntent = (label: string): label is CandidateIntent => (CANDIDATE_INTENTS as readonly string[]).includes(label);

/** What a reply looks like: its words, the concepts found in it, what the rules made of them, and what it answers. */
export function replyFeatures(reply: ReplyText, concepts: readonly Concept[], answers: readonly Answer[]): string[] {
  const hints = [...concepts]
    .sort((a, b) => a.start - b.start)
    .map(({ name, strength }) => ({ meaning: name, strength }));
  return [
    ...featuresOf(reply.said, hints),
    ...(reply.replyTo ? [`@ ${reply.replyTo}`] : []),
    ...answers.map(({ intent }) => `: ${intent}`),
    `:: ${answers.map(({ intent }) => intent).join('+')}`,
  ];
}

/**
 * The rules' answers and what the reply resembles, together: what both say is sure; what only one says is taken with little
 * confidence, so that a person looks at it. A stop of the rules always stands.
 */
export function withResemblance(
  likeness: Likeness,
  reply: ReplyText,
  concepts: readonly Concept[],
  answers: readonly Answer[],
): Answer[] {
  const all = likeness.resemblances(replyFeatures(reply, concepts, answers));
  const believed = all.filter(({ label }) => label !== 'stop');
  const belief = (intent: CandidateIntent): number => believed.find(({ label }) => label === intent)?.belief ?? 0;
  const [top] = believed;
  const stops = answers.some(({ intent }) => intent === 'stop');
  const enough = stops ? TAKEN_UP : DROPPED;
  const kept = answers.filter(
    ({ intent }) => intent === 'stop' || belief(intent) >= enough || (!stops && top?.label === intent),
  );
  const result = [...kept];
  for (const each of believed) {
    if (!isIntent(each.label) || each.label === 'unknown' || result.some(({ intent }) => intent === each.label))
      continue;
    const beside = result.length > 0;
    if (beside && each.label === 'thanks') continue;
    const needed = !beside ? LEADING : result.some(({ intent }) => intent === 'stop') ? BESIDE_STOP : TAKEN_UP;
    if (each.belief >= needed) result.push(taken(each, each.label, concepts));
  }
  // A stop that no words gave: better stopped than asked again.
  const stop = all.find(({ label }) => label === 'stop');
  // A reproach may speak of messages without asking to stop them: 「成日send send send 煩唔煩呀」.
  const reproach = answers.some(({ intent }) => intent === 'angry');
  if (!stops && !reproach && stop && stop.belief >= STOPS) {
    result.push({ intent: 'stop', concepts: [], confidence: stop.belief, scope: 'nudges' });
  }
  const said = result
    .filter(({ intent }) => intent !== 'thanks' || result.length === 1)
    .map((answer) => ({ ...answer, confidence: likelihood(answer, all, result, answers) }));
  return said.sort((a, b) => CANDIDATE_INTENTS.indexOf(a.intent) - CANDIDATE_INTENTS.indexOf(b.intent));
}

/**
 * How likely an answer is the right reading: fitted to the replies of each author as read by what the others taught, from
 * the belief in it, in its nearest rival, whether the rules say so too, and whether it stands alone.
 */
const LIKELY = { always: -0.46, belief: 0.31, rival: -0.33, agreed: 0.52, several: -1.56 };

function likelihood(
  answer: Answer,
  believed: readonly Resemblance[],
  result: readonly Answer[],
  told: readonly Answer[],
): number {
  if (answer.intent === 'stop') return answer.confidence;
  const belief = believed.find(({ label }) => label === answer.intent)?.belief ?? 0;
  const rival = believed.find(({ label }) => result.every(({ intent }) => intent !== label))?.belief ?? 0;
  const agreed = told.some(({ intent }) => intent === answer.intent) ? LIKELY.agreed : 0;
  const several = result.length > 1 ? LIKELY.several : 0;
  const odds = LIKELY.always + LIKELY.belief * logOdds(belief) + LIKELY.rival * logOdds(rival) + agreed + several;
  return 1 / (1 + Math.exp(-odds));
}

function taken({ belief }: Resemblance, intent: CandidateIntent, concepts: readonly Concept[]): Answer {
  return {
    intent,
    concepts: concepts.filter(({ name }) => name === intent),
    confidence: 0.8 * belief,
  };
}
