import type { CaseTopic } from '../../models/candidate-case.model.ts';
import { openCase } from '../../recruiting/case/open-case.ts';
import { tellReceived } from '../../recruiting/correspondence/tell-received.ts';
import { askForCall } from '../../recruiting/portal/ask-for-call.ts';
import { writtenWhere } from '../../recruiting/portal/write-to-hr.ts';
import { restNudges } from '../../recruiting/waiting/rest-nudges.ts';
import type { IntentFrame } from '../understand/intents.ts';
import { topicWords } from './topic-words.ts';
import type { Honoured, WordsScene } from './words-scene.ts';

/** What a wish for a person becomes: a case that is answered in writing, with these topics; the others a call. */
const CASES: Readonly<Record<string, CaseTopic>> = {
  erasure: 'erasure',
  data_request: 'data_access',
  complaint: 'complaint',
  injury: 'question',
  third_party: 'question',
};

/** Topics for which somebody also telephones at once. */
const CALLS: ReadonlySet<string> = new Set(['injury', 'call_me']);

/**
 * A named person at once: a case with a day for the written answer, a call task where a call is asked for or somebody is
 * hurt. Automatic nudges rest until it is dealt with.
 */
export async function toPerson(scene: WordsScene, frame: IntentFrame): Promise<Honoured> {
  const { unit, scope, words, via } = scene;
  const topics = [frame.entities.topic ?? []].flat();
  const about = topicWords(frame.intent, topics);
  const cases = casesOf(frame, topics);
  const happened = `${writtenWhere(via)}${about}${words.aside ? `（${words.aside}）` : ''}`;
  for (const topic of cases) {
    await openCase(unit, scope, {
      topic,
      occasion: `words:${words.id}`,
      happened,
      words: scene.passable,
      via,
    });
  }
  const calls = cases.length === 0 || topics.some((topic) => CALLS.has(topic));
  if (calls) {
    await askForCall(unit, scope, { slot: `words:${words.id}`, label: '盡快', about: happened });
    await restNudges(unit, scope.candidate._id);
  }
  if (cases.length > 0) return { act: 'case' };
  tellReceived(unit, scope, { act: 'call', via, id: words.id });
  return { act: 'call', forPerson: about, urgent: true };
}

function casesOf({ intent }: IntentFrame, topics: readonly string[]): CaseTopic[] {
  const named = topics.flatMap((topic) => CASES[topic] ?? []);
  if (intent === 'angry') return named.length > 0 ? named : ['feedback'];
  return [...new Set(named)];
}
