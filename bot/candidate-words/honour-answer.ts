import { hongKongDate } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import { openCallTask } from '../../recruiting/call-task/open-call-task.ts';
import { tellReceived } from '../../recruiting/correspondence/tell-received.ts';
import { replyToInterview, reportLate } from '../../recruiting/interview/reply-to-interview.ts';
import { answerTraining } from '../../recruiting/portal/answer-training.ts';
import { askForCall } from '../../recruiting/portal/ask-for-call.ts';
import { tellResponsible } from '../../recruiting/portal/responsible-person.ts';
import { writtenWhere } from '../../recruiting/portal/write-to-hr.ts';
import type { IntentFrame } from '../understand/intents.ts';
import { arrivalOf, isTimeAsked, timesInWords } from './said-times.ts';
import { type Honoured, PRIVATE_NOTE, type WordsScene } from './words-scene.ts';

/** Answers that change something: they are carried out only when the reading is sure. */
export const CHANGING: ReadonlySet<string> = new Set(['yes', 'no', 'late', 'reschedule']);

/** What each of them is called for HR when it is not carried out. */
const MAYBE: Readonly<Record<string, string>> = {
  yes: '可能是確認',
  no: '可能是不出席',
  late: '可能會遲到',
  reschedule: '可能想改期',
};

/** Below it a reading is not worth telling. */
const GUESS = 0.5;

/** An answer that is not certain enough, or fits nothing that was asked: a person reads it, nothing is done. */
export function forPerson(frame: IntentFrame): Honoured {
  const times = timesInWords(frame.entities.time);
  const isGuess = frame.confidence < GUESS;
  const maybe = isGuess ? '未能確定意思' : (MAYBE[frame.intent] ?? '');
  const what = `${maybe}${times && !isGuess ? `（${times}）` : ''}，系統沒有代為處理`;
  return { act: 'told', forPerson: what, urgent: !isGuess };
}

/** Does what one answer says, through the use case of the button that says it. */
export async function honourAnswer(scene: WordsScene, frame: IntentFrame): Promise<Honoured> {
  try {
    switch (frame.intent) {
      case 'yes':
        return await agree(scene, frame);
      case 'no':
        return await decline(scene, frame);
      case 'late':
        return await late(scene, frame);
      default:
        return await otherTime(scene, frame);
    }
  } catch (error) {
    // It was moved or is over meanwhile: nothing is done, a person reads the words.
    if (error instanceof RuleBroken) return forPerson(frame);
    throw error;
  }
}

/** A yes to the question that was asked, and to the time that was asked about. */
async function agree(scene: WordsScene, frame: IntentFrame): Promise<Honoured> {
  const { unit, scope, asked, via, words, direct } = scene;
  const { slot, time } = frame.entities;
  if (slot !== undefined) return { act: 'told', forPerson: `選了時段${[slot].flat().join('、')}`, urgent: true };
  if (!isTimeAsked(time, asked)) return forPerson(frame);
  // An OK to some other message agrees to nothing that was asked elsewhere.
  if (!direct && time === undefined) return isShort(words.text) ? { act: 'noted' } : forPerson(frame);
  switch (asked?.about) {
    case 'interview': {
      const { _id, version } = asked.interview;
      await replyToInterview(unit, { interviewId: _id, version, reply: 'attend' });
      if (via === 'sms') tellReceived(unit, scope, { act: 'attend', via, id: words.id });
      return { act: 'attend' };
    }
    case 'training':
      await answerTraining(unit, { ...trainingOf(asked), reply: 'attend' });
      tellReceived(unit, scope, { act: 'attend', via, id: words.id });
      return { act: 'attend_training' };
    case 'first_day':
      await tellResponsible(unit, {
        ...scope,
        what: 'first_day_reply',
        occasion: `first_day:${hongKongDate(asked.firstDayAt)}:attend`,
        happened: '確認首日會準時上班',
      });
      tellReceived(unit, scope, { act: 'attend', via, id: words.id });
      return { act: 'attend_first_day' };
    case 'offer':
      return byPhone(scene, `${writtenWhere(via)}表示接受聘書`);
    case 'silence':
      return { act: 'keep_waiting' };
    case 'gone':
    case 'other':
      return forPerson(frame);
    default:
      // Nothing is asked: an OK is only read.
      return time === undefined && isShort(words.text) ? { act: 'noted' } : forPerson(frame);
  }
}

/** No longer than 收到，明白了 */
const isShort = (text: string): boolean => text.trim().length <= 12;

/** A no to what was asked. Whoever gives the application up is asked by a person: nothing ends by a reading. */
async function decline(scene: WordsScene, frame: IntentFrame): Promise<Honoured> {
  const { unit, scope, asked, via, words } = scene;
  if (!isTimeAsked(frame.entities.time, asked)) return forPerson(frame);
  const withdraws = frame.entities.withdraw === true || asked?.about === 'silence';
  if (withdraws && asked?.about !== 'offer') {
    if (asked?.about === 'interview') await callOff(scene);
    return withdrawalWish(scene);
  }
  switch (asked?.about) {
    case 'interview':
      await callOff(scene);
      tellReceived(unit, scope, { act: 'decline', via, id: words.id });
      return { act: 'decline' };
    case 'training':
      await answerTraining(unit, { ...trainingOf(asked), reply: 'cannot' });
      tellReceived(unit, scope, { act: 'call', via, id: words.id });
      return withWords(scene, 'cannot_attend_training', '未能出席培訓');
    case 'first_day':
      if (scope.application) {
        const occasion = `first_day:${hongKongDate(asked.firstDayAt)}`;
        await openCallTask(unit, { applicationId: scope.application._id, reason: 'cannot_attend', occasion });
      }
      tellReceived(unit, scope, { act: 'call', via, id: words.id });
      return { act: 'call', forPerson: '首日未能上班', urgent: true };
    case 'offer':
      return byPhone(scene, `${writtenWhere(via)}表示婉拒聘書`);
    default:
      return forPerson(frame);
  }
}

async function callOff({ unit, asked, passable, isPrivate }: WordsScene): Promise<void> {
  if (asked?.about !== 'interview') return;
  const { _id, version } = asked.interview;
  const wish = [passable, ...(isPrivate ? [`（${PRIVATE_NOTE}）`] : [])].filter(Boolean).join('');
  await replyToInterview(unit, { interviewId: _id, version, reply: 'decline', wish: wish || undefined });
}

/** Shown to HR as a wish; ending the application takes the person's own button or HR's command. */
async function withdrawalWish({ scope }: WordsScene): Promise<Honoured> {
  const command = scope.application ? `，核實後可輸入「退出 ${scope.application.ref}」` : '';
  return { act: 'withdrawal_wish', forPerson: `表示想退出申請，系統沒有代為退出${command}`, urgent: true };
}

/** Late for an interview: who interviews and HR hear it at once, with the minutes; else the responsible person. */
async function late(scene: WordsScene, { entities }: IntentFrame): Promise<Honoured> {
  const { unit, scope, asked, via, words } = scene;
  if (asked?.about === 'interview') {
    const { _id, version, startAt } = asked.interview;
    const etaAt = arrivalOf(entities, startAt);
    await reportLate(unit, { interviewId: _id, version, etaAt, via });
    return { act: 'late' };
  }
  const minutes = entities.delay_min === undefined ? '' : `約${entities.delay_min}分鐘`;
  const what = asked?.about === 'training' ? '培訓' : asked?.about === 'first_day' ? '首日上班' : '';
  tellReceived(unit, scope, { act: 'late', via, id: words.id });
  return { act: 'late', forPerson: `${what}會遲到${minutes}`, urgent: true };
}

/** Another time: HR reads the wish and the proposed times; what stands stands until a person moves it. */
async function otherTime(scene: WordsScene, frame: IntentFrame): Promise<Honoured> {
  const { unit, scope, asked, via, words, passable, isPrivate } = scene;
  const proposed = proposedTimes(frame);
  if (asked?.about === 'interview') {
    const wish = [passable, ...(isPrivate ? [`（${PRIVATE_NOTE}）`] : [])].filter(Boolean).join('');
    const { _id, version } = asked.interview;
    await replyToInterview(unit, {
      interviewId: _id,
      version,
      reply: 'reschedule',
      wish: wish || undefined,
      proposed: proposed || undefined,
    });
    tellReceived(unit, scope, { act: 'reschedule', via, id: words.id });
    return { act: 'reschedule' };
  }
  const what = asked?.about === 'training' ? '培訓' : asked?.about === 'first_day' ? '上班日期' : '時間';
  const times = proposed ? `（提出：${proposed}）` : '';
  return { act: 'told', forPerson: `想更改${what}${times}，系統沒有代為更改`, urgent: true };
}

function proposedTimes({ entities }: IntentFrame): string {
  const named = timesInWords(entities.time);
  if (named) return named;
  if (entities.shift_days)
    return entities.shift_days > 0 ? `延後${entities.shift_days}日` : `提早${-entities.shift_days}日`;
  if (!entities.delay_min) return '';
  return entities.delay_min > 0 ? `延後${entities.delay_min}分鐘` : `提早${-entities.delay_min}分鐘`;
}

/** An answer to an offer is confirmed by a person on the telephone, as after the buttons. */
async function byPhone({ unit, scope, words, via }: WordsScene, about: string): Promise<Honoured> {
  await askForCall(unit, scope, { slot: `words:${words.id}`, label: '盡快', about });
  tellReceived(unit, scope, { act: 'call', via, id: words.id });
  return { act: 'offer_by_phone' };
}

/** HR knows the answer from the use case; the person's own words go along when they say more. */
function withWords({ passable, isPrivate }: WordsScene, act: Honoured['act'], about: string): Honoured {
  return passable === null && !isPrivate ? { act } : { act, forPerson: about };
}

const trainingOf = ({
  intake,
  plan,
}: {
  intake: { _id: string; version: number };
  plan: { _id: string };
}): { applicationId: string; intakeId: string; version: number } => ({
  applicationId: plan._id,
  intakeId: intake._id,
  version: intake.version,
});
