import { readStop } from '../../recruiting/candidate/stop-words.ts';
import { askedQuestion, messagesTo, toldMessages } from '../../recruiting/correspondence/asked-question.ts';
import { reportWrongAddress } from '../../recruiting/correspondence/report-wrong-address.ts';
import { tellReceived } from '../../recruiting/correspondence/tell-received.ts';
import { stopMessages } from '../../recruiting/portal/choose-messages.ts';
import { passOn, type TakeWords, type WriteOutcome } from '../../recruiting/portal/write-to-hr.ts';
import { readEmoji } from '../understand/candidate/emoji.ts';
import { withoutSensitive } from '../understand/compliance/without-sensitive.ts';
import { SURE_OF_CANDIDATE } from '../understand/decide.ts';
import type { IntentFrame } from '../understand/intents.ts';
import { answerAsked } from './answer-questions.ts';
import { CHANGING, forPerson, honourAnswer } from './honour-answer.ts';
import { isByOthers, readWords } from './read-words.ts';
import { isTimeAsked, timesInWords } from './said-times.ts';
import { toPerson } from './to-person.ts';
import { type Honoured, PRIVATE_NOTE, type WordsScene } from './words-scene.ts';

/**
 * Takes what a candidate wrote, whichever way it came: every answer in it is honoured through the same use case as the
 * button that says it, the strongest first; a stop works whatever else is said. What is not certain changes nothing and
 * reaches the responsible person in the person's own words; health and family are left out of what is kept and passed on.
 */
export const takeWords: TakeWords = async (unit, scope, words) => {
  const { via = 'portal' } = words;
  const messages = await messagesTo(unit, scope.candidate._id);
  const told = toldMessages(messages, scope.application);
  const answered = words.replyTo ? await unit.get('outbox', words.replyTo.itemId) : null;
  // Where the way it came by does not tell, it answers what was said last.
  const { frames } = readWords(unit.now, words.text, words.replyTo?.template ?? told[0]?.what);
  const isPrivate = frames.some(({ entities }) => entities.compliance_flag !== undefined);
  const scene: WordsScene = {
    unit,
    scope,
    words,
    via,
    messages,
    ...(await askedQuestion(unit, scope.application, { told, answered })),
    passable: isPrivate ? publicPart(words.text) : words.text,
    isPrivate,
  };
  if (isPrivate) await keepOnly(scene);
  const wrongNumber = frames.some(
    ({ intent, confidence }) => intent === 'wrong_number' && confidence >= SURE_OF_CANDIDATE,
  );
  if (wrongNumber) {
    await reportWrongAddress(unit, scope, { via, occasion: words.id });
    return { acts: ['told'] };
  }
  const stopped = readStop(words.text) ?? (frames.some(({ intent }) => intent === 'stop') ? 'nudges' : undefined);
  if (stopped) await stopMessages(unit, scope, { scope: stopped, via });
  const others = frames.filter(({ intent }) => intent !== 'stop');
  const done = isByOthers(frames) ? await byOthers(scene, others) : await honourAll(scene, others);
  await tellPerson(scene, done, stopped !== undefined);
  const acts = [
    ...new Set(done.flatMap(({ act, forPerson: about }) => (about !== undefined ? [act, 'told' as const] : [act]))),
  ];
  return { ...(stopped ? { stopped } : {}), acts: sorted(acts) };
};

/** Somebody answers in the candidate's place: nothing is done in their name, a person looks. */
async function byOthers(scene: WordsScene, frames: readonly IntentFrame[]): Promise<Honoured[]> {
  const asked = frames.find(({ entities }) => [entities.topic ?? []].flat().includes('third_party'));
  if (asked) return [await toPerson(scene, asked)];
  return [{ act: 'told', forPerson: '回覆者可能並非本人，系統沒有代為處理', urgent: true }];
}

async function honourAll(scene: WordsScene, frames: readonly IntentFrame[]): Promise<Honoured[]> {
  // Another address may be somebody else's.
  const isSure = ({ intent, confidence }: IntentFrame): boolean =>
    CHANGING.has(intent) && confidence >= SURE_OF_CANDIDATE && scene.words.aside === undefined;
  const done: Honoured[] = [];
  for (const frame of frames) {
    // Who is late or asks for another time comes anyway: a weak yes beside it says no more.
    if (frame.intent === 'yes' && !isSure(frame) && frames.some(isSure)) continue;
    done.push(await honour(scene, frame, isSure(frame)));
  }
  return done;
}

async function honour(scene: WordsScene, frame: IntentFrame, isSure: boolean): Promise<Honoured> {
  if (saysAgain(scene, frame)) return { act: 'noted' };
  if (CHANGING.has(frame.intent)) return isSure ? honourAnswer(scene, frame) : forPerson(frame);
  switch (frame.intent) {
    case 'angry':
    case 'human':
      return toPerson(scene, frame);
    case 'ask_salary':
    case 'ask_location':
    case 'ask_preparation':
    case 'ask_status':
      return answerAsked(scene, frame);
    case 'undecided': {
      const times = timesInWords(frame.entities.time);
      return { act: 'told', forPerson: `未決定，正在考慮${times ? `（${times}）` : ''}` };
    }
    case 'thanks':
      return { act: 'noted' };
    case 'emoji_only':
      return emoji(scene, frame);
    default:
      return { act: 'told', forPerson: '' };
  }
}

/** A yes to an appointment that is confirmed already: nothing changes by it, and nobody has to read it. */
function saysAgain({ asked, words }: WordsScene, { intent, entities }: IntentFrame): boolean {
  return (
    intent === 'yes' &&
    asked?.about === 'interview' &&
    asked.interview.candidateReply === 'attend' &&
    isTimeAsked(entities.time, asked) &&
    words.text.trim().length <= SHORT_YES
  );
}

/** 👍 is a yes only to a question; to anything else it is no more than seen. */
async function emoji(scene: WordsScene, frame: IntentFrame): Promise<Honoured> {
  switch (frame.entities.reading) {
    case 'yes':
    case 'no':
      return scene.words.aside === undefined
        ? honourAnswer(scene, { ...frame, intent: frame.entities.reading })
        : forPerson(frame);
    case 'angry':
      return toPerson(scene, { ...frame, intent: 'angry' });
    case 'thanks':
      return { act: 'noted' };
    default:
      return readEmoji(scene.words.text, 'offer') === 'yes' ? { act: 'noted' } : { act: 'told', forPerson: '' };
  }
}

/** A yes of so many characters carries no other news. */
const SHORT_YES = 20;

/** A stop of so many characters says nothing that HR would have to read. */
const SHORT_STOP = 12;

/** What a person must read goes out as one message, with everything that it is about. */
async function tellPerson(scene: WordsScene, done: readonly Honoured[], stopped: boolean): Promise<void> {
  const { unit, scope, words, via, passable, isPrivate } = scene;
  const open = done.filter(({ forPerson: about }) => about !== undefined);
  const onlyStop = stopped && done.length === 0 && words.text.trim().length > SHORT_STOP;
  if (open.length === 0 && !onlyStop) return;
  const about = [...new Set(open.map(({ forPerson: each }) => each ?? ''))].filter(Boolean);
  if (stopped) about.unshift('要求停止接收訊息');
  await passOn(unit, scope, {
    text: passable,
    id: words.id,
    via,
    aside: words.aside,
    about: isPrivate ? [...about, PRIVATE_NOTE] : about,
    urgent: open.some(({ urgent }) => urgent),
  });
  // Who hears of it by another message of ours, or asked for silence, is not told once more.
  const isTold = done.some(({ act }) => ['case', 'call', 'late', 'cannot_attend_training'].includes(act));
  if (open.length > 0 && !stopped && !isTold) tellReceived(unit, scope, { act: 'told', via, id: words.id });
}

/** The words without what tells of health or family. When the reading saw more than the lexicon finds, none of them. */
function publicPart(text: string): string | null {
  const { kept, leftOut } = withoutSensitive(text);
  return leftOut && kept.trim() !== '' ? kept : null;
}

/** The activity keeps the practical part only. */
async function keepOnly({ unit, scope, passable }: WordsScene): Promise<void> {
  const activity = scope.activityId ? await unit.get('activities', scope.activityId) : null;
  if (activity) await unit.change('activities', activity, { text: passable });
}

/** `told` comes last: it says least. */
function sorted(acts: WriteOutcome['acts']): WriteOutcome['acts'] {
  return [...acts.filter((act) => act !== 'told'), ...acts.filter((act) => act === 'told')];
}
