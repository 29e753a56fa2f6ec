import { hongKongDate } from '../../hongkong/zone.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { IntakeRecord } from '../../models/intake.model.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { WaitingPlanRecord } from '../../models/waiting-plan.model.ts';
import { parseInterviewOccasion } from '../interview/interview-occasion.ts';
import { DELIVERY_RULES } from '../message/delivery-rules.ts';
import { wasTold } from '../portal/told-facts.ts';
import type { Reader } from '../unit/reader.ts';

/**
 * What a candidate's yes, no or other time is about. `gone`: the message asked about something that has changed since.
 * `other`: it asked something whose answer only a person can take.
 */
export type AskedQuestion =
  | { about: 'interview'; interview: InterviewRecord }
  | { about: 'training'; intake: IntakeRecord; plan: WaitingPlanRecord }
  | { about: 'first_day'; firstDayAt: Date }
  | { about: 'offer' }
  | { about: 'silence' }
  | { about: 'other' }
  | { about: 'gone' };

/** A question, and whether the words answer it directly: a plain OK to some other message says nothing about it. */
export interface FoundQuestion {
  asked: AskedQuestion | undefined;
  direct: boolean;
}

const ABOUT_INTERVIEW: ReadonlySet<string> = new Set([
  'interview_invitation',
  'interview_confirmed',
  'reminder_day_before',
  'reminder_2h',
  'rescheduled',
  'late_reply',
]);
const ABOUT_TRAINING: ReadonlySet<string> = new Set([
  'training_notice',
  'training_unread_reminder',
  'training_changed',
]);
/** Messages that ask something which only a person can take the answer to. */
const FOR_PEOPLE: ReadonlySet<string> = new Set([
  'slot_offer',
  'no_show_followup',
  'store_assignment',
  'bg_check_consent',
  'talent_pool_consent',
  'document_request',
  'offer_accepted',
  'human_call_followup',
  'case_received',
  'bad_weather_change',
  'interview_cancelled',
  'probation_m1',
  'probation_review',
]);

/** How many of a person's latest messages are looked at. */
const LATEST = 150;

/** Messages to a candidate, newest first, those included that have not left yet. */
export function messagesTo(reader: Reader, candidateId: string): Promise<OutboxItemRecord[]> {
  return reader.list(
    'outbox',
    { recipient: `candidate:${candidateId}`, kind: 'candidate_message' },
    { sort: { createdAt: -1, order: -1 }, limit: LATEST },
  );
}

/** Of these the ones that have reached the person about an application; answers to their own words are none. */
export function toldMessages(
  messages: readonly OutboxItemRecord[],
  application: ApplicationRecord | null,
): OutboxItemRecord[] {
  return messages.filter(
    (item) =>
      (item.applicationId === null || !application || item.applicationId === application._id) &&
      item.what !== 'portal_notice' &&
      DELIVERY_RULES[item.what]?.sort !== 'answer' &&
      wasTold(item),
  );
}

/**
 * What a candidate's words answer: the question of the message they reply to, else the newest question that still stands.
 * @param answered the message being answered, where the way the words came by tells
 */
export async function askedQuestion(
  reader: Reader,
  application: ApplicationRecord | null,
  { told, answered }: { told: readonly OutboxItemRecord[]; answered: OutboxItemRecord | null },
): Promise<FoundQuestion> {
  if (!application) return { asked: undefined, direct: true };
  // A notice only says that something stands on the page.
  const named = answered && answered.what !== 'portal_notice' ? answered : null;
  const own = named ? await questionOf(reader, application, named) : undefined;
  if (own) return { asked: own, direct: true };
  for (const item of told) {
    const question = await questionOf(reader, application, item);
    if (question && question.about !== 'gone' && question.about !== 'other')
      return { asked: question, direct: named === null };
  }
  return { asked: undefined, direct: named === null };
}

async function questionOf(
  reader: Reader,
  application: ApplicationRecord,
  item: OutboxItemRecord,
): Promise<AskedQuestion | undefined> {
  const { what } = item;
  if (ABOUT_INTERVIEW.has(what)) return aboutInterview(reader, item);
  if (ABOUT_TRAINING.has(what)) return aboutTraining(reader, application, item);
  if (what === 'first_day_reminder') return aboutFirstDay(reader, application, item);
  if (what === 'offer' || what === 'offer_reminder')
    return { about: application.stage === 'offer_sent' ? 'offer' : 'gone' };
  if (FOR_PEOPLE.has(what)) return { about: 'other' };
  if (what === 'silence_checkin') {
    const plan = await reader.get('waitingPlans', application._id);
    return { about: plan?.state === 'active' ? 'silence' : 'gone' };
  }
  return undefined;
}

/** An answer to the old time is no answer to the new one. */
async function aboutInterview(reader: Reader, { occasion, payload }: OutboxItemRecord): Promise<AskedQuestion> {
  const named = parseInterviewOccasion(occasion);
  const id = named?.interviewId ?? (typeof payload.interviewId === 'string' ? payload.interviewId : '');
  const interview = await reader.get('interviews', id);
  const stands = interview?.state === 'scheduled' && (named?.version ?? interview.version) === interview.version;
  return stands ? { about: 'interview', interview } : { about: 'gone' };
}

async function aboutTraining(
  reader: Reader,
  application: ApplicationRecord,
  { occasion, payload }: OutboxItemRecord,
): Promise<AskedQuestion> {
  const plan = await reader.get('waitingPlans', application._id);
  const intake = application.intakeId ? await reader.get('intakes', application.intakeId) : null;
  const version = /:v(\d+)(?::|$)/.exec(occasion)?.[1];
  const same = payload.intakeId === undefined || payload.intakeId === intake?._id;
  if (plan?.state !== 'active' || intake?.state !== 'fixed' || !same) return { about: 'gone' };
  if (version !== undefined && Number(version) !== intake.version) return { about: 'gone' };
  return { about: 'training', intake, plan };
}

async function aboutFirstDay(
  reader: Reader,
  application: ApplicationRecord,
  { occasion }: OutboxItemRecord,
): Promise<AskedQuestion> {
  const plan = await reader.get('waitingPlans', application._id);
  if (plan?.state !== 'active' || !plan.firstDayAt) return { about: 'gone' };
  const day = hongKongDate(plan.firstDayAt);
  if (!occasion.endsWith(day)) return { about: 'gone' };
  const intake = application.intakeId ? await reader.get('intakes', application.intakeId) : null;
  const isTraining = intake?.state === 'fixed' && intake.firstDayAt?.getTime() === plan.firstDayAt.getTime();
  return isTraining ? { about: 'training', intake, plan } : { about: 'first_day', firstDayAt: plan.firstDayAt };
}

/** The moment a question is about; undefined when it is about none. */
export function momentOf(question: AskedQuestion | undefined): Date | undefined {
  switch (question?.about) {
    case 'interview':
      return question.interview.startAt;
    case 'training':
      return question.intake.firstDayAt ?? undefined;
    case 'first_day':
      return question.firstDayAt;
    default:
      return undefined;
  }
}
