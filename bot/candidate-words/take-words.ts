import { hongKongDate } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import { readStop } from '../../recruiting/candidate/stop-words.ts';
import { replyToInterview, reportLate } from '../../recruiting/interview/reply-to-interview.ts';
import { answerTraining } from '../../recruiting/portal/answer-training.ts';
import { askForCall } from '../../recruiting/portal/ask-for-call.ts';
import { stopMessages } from '../../recruiting/portal/choose-messages.ts';
import { tellResponsible } from '../../recruiting/portal/responsible-person.ts';
import type { PressScope } from '../../recruiting/portal/take-press.ts';
import {
  type TakeWords,
  type WriteOutcome,
  type WrittenWords,
  writeToHr,
} from '../../recruiting/portal/write-to-hr.ts';
import type { Unit } from '../../recruiting/unit/unit.ts';
import { pauseNudges } from '../../recruiting/waiting/pause-nudges.ts';
import { SURE_OF_CANDIDATE } from '../understand/decide.ts';
import type { IntentFrame } from '../understand/intents.ts';
import { readWords } from './read-words.ts';
import { topicWords } from './topic-words.ts';

/** Messages that ask about an appointment for an interview. */
const ABOUT_INTERVIEW: ReadonlySet<string> = new Set([
  'interview_invitation',
  'interview_confirmed',
  'reminder_day_before',
  'reminder_2h',
  'rescheduled',
  'no_show_followup',
]);
const ABOUT_TRAINING: ReadonlySet<string> = new Set([
  'training_notice',
  'training_unread_reminder',
  'training_changed',
]);

/** Days for which automatic nudges rest once somebody is angry, hurt or asks for their data; a person lifts it earlier. */
const REST_DAYS = 14;
/** A request about one's data is answered within 40 days of receipt (Personal Data (Privacy) Ordinance). */
const DATA_REQUEST_DAYS = 40;
const DAY_MS = 86_400_000;

/**
 * Takes what a candidate wrote, whichever way it came: every answer in it is honoured through the same use case as the
 * button that says it, the strongest first; a stop works whatever else is said. What is not certain changes nothing and
 * reaches the responsible person in the person's own words.
 */
export const takeWords: TakeWords = async (unit, scope, words) => {
  const { frames, decision } = readWords(unit.now, words.text, words.replyTo);
  const stop = readStop(words.text) ?? (frames.some(({ intent }) => intent === 'stop') ? 'nudges' : undefined);
  if (stop) await stopMessages(unit, scope, { scope: stop, via: words.via ?? 'portal' });
  const outcome: WriteOutcome = stop ? { outcome: 'stopped', scope: stop } : { outcome: 'told' };
  const others = frames.filter(({ intent }) => intent !== 'stop');
  // Words from another address may be somebody else's: they are passed on, nothing is done in the person's name.
  const certain = words.aside === undefined && frames.every(({ confidence }) => confidence >= SURE_OF_CANDIDATE);
  const somebodyElse = others.some(({ entities }) => [entities.topic ?? []].flat().includes('third_party'));
  let done = others.length === 0 && words.text.trim().length <= SHORT_STOP;
  const answers = decision === 'act' || others.every(({ intent }) => intent === 'emoji_only');
  if (certain && !somebodyElse && answers) {
    for (const frame of others) done = (await honour(unit, scope, words, frame)) || done;
  } else if (others.some(({ intent }) => URGENT.has(intent))) {
    for (const frame of others.filter(({ intent }) => URGENT.has(intent)))
      done = (await toHuman(unit, scope, words, frame)) || done;
  }
  if (others.every(({ intent }) => intent === 'thanks') && others.length > 0) done = true;
  if (!done) await writeToHr(unit, scope, { ...words, stopped: stop !== undefined });
  return outcome;
};

/** A stop of so many characters says nothing that HR would have to read. */
const SHORT_STOP = 12;
/** Never left to wait for certainty: a person looks at them at once. */
const URGENT: ReadonlySet<string> = new Set(['angry', 'human', 'wrong_number']);

/** Does what one answer says. @returns whether the responsible person knows of it, so that the text need not be passed on */
async function honour(unit: Unit, scope: PressScope, words: WrittenWords, frame: IntentFrame): Promise<boolean> {
  try {
    switch (frame.intent) {
      case 'yes':
        return await agree(unit, scope, words);
      case 'no':
        return await decline(unit, scope, words, frame);
      case 'late':
        return await late(unit, scope, words, frame);
      case 'reschedule':
        return await otherTime(unit, scope, words);
      case 'emoji_only':
        return await emoji(unit, scope, words, frame);
      case 'angry':
      case 'human':
      case 'wrong_number':
        return await toHuman(unit, scope, words, frame);
      default:
        return false;
    }
  } catch (error) {
    // The appointment was moved or is over meanwhile: nothing is done, a person reads the words.
    if (error instanceof RuleBroken) return false;
    throw error;
  }
}

/** The appointment ahead that the words are about, when there is no doubt which. */
async function appointment(
  unit: Unit,
  { application }: PressScope,
  words: WrittenWords,
): Promise<InterviewRecord | undefined> {
  if (!application || (words.replyTo !== undefined && !ABOUT_INTERVIEW.has(words.replyTo))) return undefined;
  const ahead = await unit.list('interviews', { applicationId: application._id, state: 'scheduled' });
  return ahead.length === 1 ? ahead[0] : undefined;
}

async function training(
  unit: Unit,
  { application }: PressScope,
  words: WrittenWords,
  reply: 'attend' | 'cannot',
): Promise<boolean> {
  if (!application?.intakeId || words.replyTo === undefined || !ABOUT_TRAINING.has(words.replyTo)) return false;
  const intake = await unit.get('intakes', application.intakeId);
  if (!intake) return false;
  await answerTraining(unit, { applicationId: application._id, intakeId: intake._id, version: intake.version, reply });
  return true;
}

async function agree(unit: Unit, scope: PressScope, words: WrittenWords): Promise<boolean> {
  if (await training(unit, scope, words, 'attend')) return true;
  const interview = await appointment(unit, scope, words);
  if (!interview) return false;
  await replyToInterview(unit, { interviewId: interview._id, version: interview.version, reply: 'attend' });
  return true;
}

async function decline(
  unit: Unit,
  scope: PressScope,
  words: WrittenWords,
  { entities }: IntentFrame,
): Promise<boolean> {
  // Whoever gives the application up is asked about it by a person: nothing is withdrawn by a reading.
  if (entities.withdraw) return false;
  if (await training(unit, scope, words, 'cannot')) return true;
  const interview = await appointment(unit, scope, words);
  if (!interview) return false;
  const wish = entities.compliance_flag === undefined ? words.text : undefined;
  await replyToInterview(unit, { interviewId: interview._id, version: interview.version, reply: 'decline', wish });
  return true;
}

async function late(unit: Unit, scope: PressScope, words: WrittenWords, { entities }: IntentFrame): Promise<boolean> {
  const interview = await appointment(unit, scope, words);
  if (!interview) return false;
  const etaAt =
    entities.delay_min === undefined ? undefined : new Date(interview.startAt.getTime() + entities.delay_min * 60_000);
  await reportLate(unit, { interviewId: interview._id, version: interview.version, etaAt });
  return true;
}

async function otherTime(unit: Unit, scope: PressScope, words: WrittenWords): Promise<boolean> {
  const interview = await appointment(unit, scope, words);
  if (!interview) return false;
  await replyToInterview(unit, {
    interviewId: interview._id,
    version: interview.version,
    reply: 'reschedule',
    wish: words.text,
  });
  return true;
}

/** 👍 is a yes only to a yes/no question; the reading knows which messages ask one. */
async function emoji(unit: Unit, scope: PressScope, words: WrittenWords, frame: IntentFrame): Promise<boolean> {
  switch (frame.entities.reading) {
    case 'yes':
      return agree(unit, scope, words);
    case 'no':
      return decline(unit, scope, words, frame);
    case 'angry':
      return toHuman(unit, scope, words, { ...frame, intent: 'angry' });
    default:
      return frame.entities.reading === 'thanks';
  }
}

/** A named person at once; automatic nudges rest until they have dealt with it. */
async function toHuman(unit: Unit, scope: PressScope, words: WrittenWords, frame: IntentFrame): Promise<boolean> {
  const topics = [frame.entities.topic ?? []].flat();
  const { application, candidate } = scope;
  if (topics.includes('third_party')) return false;
  const about = topicWords(frame.intent, topics);
  const dataRequest = topics.includes('data_request') || topics.includes('erasure');
  const due = dataRequest
    ? `，須於${hongKongDate(new Date(unit.now.getTime() + DATA_REQUEST_DAYS * DAY_MS))}或之前處理（收到後${DATA_REQUEST_DAYS}日）`
    : '';
  if (dataRequest)
    unit.audit(`candidate:${candidate._id}`, topics.includes('erasure') ? 'asked_for_erasure' : 'asked_for_data', []);
  if (frame.intent !== 'wrong_number') {
    await askForCall(unit, scope, { slot: `words:${words.id}`, label: '盡快', about });
  }
  const rests =
    frame.intent === 'wrong_number' || topics.some((topic) => topic !== 'call_me') || frame.intent === 'angry';
  const paused = rests && application ? await rest(unit, application._id, candidate.name.display) : false;
  await tellResponsible(unit, {
    application,
    candidate,
    what: 'candidate_needs_person',
    occasion: `words:${words.id}:${frame.intent}`,
    happened: `${about}${due}${paused ? '，自動提示已暫停，處理後可輸入「恢復提示」' : ''}，原文：`,
    words: words.text,
    urgent: true,
  });
  return true;
}

async function rest(unit: Unit, applicationId: string, name: string): Promise<boolean> {
  const plan = await unit.get('waitingPlans', applicationId);
  if (plan?.state !== 'active') return false;
  await pauseNudges(unit, { applicationId, until: new Date(unit.now.getTime() + REST_DAYS * DAY_MS), name });
  return true;
}
