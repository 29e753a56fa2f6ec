import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { CandidateMessageEffect } from '../message/effect.ts';
import { STAGE_KEY } from '../message/slot-values.ts';
import type { PressScope } from '../portal/take-press.ts';
import { interviewVisibility, toldStage, trainingVisibility, wasTold } from '../portal/told-facts.ts';
import type { Unit } from '../unit/unit.ts';
import type { AskedQuestion } from './asked-question.ts';

/** What candidates may ask that the records can answer. Pay is never told by the robot. */
export type CandidateQuestion = 'place' | 'preparation' | 'status';

/** One answer: which text, about which record, and whether it says all there is to say. */
interface RecordedAnswer {
  asked: string;
  interviewId?: string;
  intakeId?: string;
  extra?: Record<string, string>;
  complete: boolean;
}

/** How a question came, and what was sent before. */
export interface QuestionContext {
  kind: CandidateQuestion;
  /** The appointment or training that is being talked about. */
  about: AskedQuestion | undefined;
  /** They ask for the shop they will work in, not for the appointment. */
  ofWork: boolean;
  /** All messages to the person, newest first. */
  messages: readonly OutboxItemRecord[];
  /** Names the words. */
  id: string;
  via: NonNullable<CandidateMessageEffect['via']>;
}

/**
 * Answers a candidate's question from the records where the answer is certain and the person may know it: only what
 * they have been told before, as on their page. @returns `complete`, `partly` (a person adds to it), or `unknown`
 */
export async function answerQuestion(
  unit: Unit,
  scope: PressScope,
  question: QuestionContext,
): Promise<'complete' | 'partly' | 'unknown'> {
  const answer = await recordedAnswer(unit, scope, question);
  if (!answer) return 'unknown';
  const { asked, extra = {}, complete, ...records } = answer;
  unit.effect({
    kind: 'candidate_message',
    candidateId: scope.candidate._id,
    applicationId: scope.application?._id ?? null,
    template: 'words_answered',
    occasion: `words:${question.id}:${asked}`,
    extra: { ...extra, asked },
    via: question.via,
    atOnce: true,
    ...records,
  });
  return complete ? 'complete' : 'partly';
}

async function recordedAnswer(
  unit: Unit,
  scope: PressScope,
  question: QuestionContext,
): Promise<RecordedAnswer | undefined> {
  const { application } = scope;
  if (!application) return undefined;
  switch (question.kind) {
    case 'place':
      return question.ofWork ? workPlace(scope, question.messages) : place(scope, question);
    case 'preparation':
      return preparation(question);
    default:
      return status(unit, scope, question.messages);
  }
}

function place(scope: PressScope, { about, messages }: QuestionContext): RecordedAnswer | undefined {
  if (about?.about === 'interview') {
    if (interviewVisibility(about.interview, messages) !== 'shown') return undefined;
    return { asked: 'interview_place', interviewId: about.interview._id, complete: true };
  }
  if (about?.about === 'training') {
    if (trainingVisibility(about.plan, about.intake, messages) !== 'shown') return undefined;
    return { asked: 'training_place', intakeId: about.intake._id, complete: true };
  }
  return workPlace(scope, messages);
}

/** The shop somebody was told of. A shop that is not settled yet is not promised. */
function workPlace({ application }: PressScope, messages: readonly OutboxItemRecord[]): RecordedAnswer | undefined {
  const wasNamed = messages.some(
    (item) => (item.what === 'store_assignment' || item.what === 'offer_accepted') && wasTold(item),
  );
  if (!application?.branchId || !wasNamed) return undefined;
  return { asked: 'work_place', complete: true };
}

function preparation({ about, messages }: QuestionContext): RecordedAnswer | undefined {
  if (about?.about === 'interview') {
    if (interviewVisibility(about.interview, messages) !== 'shown') return undefined;
    // What to bring is not on record: a person adds to it.
    return { asked: 'interview_preparation', interviewId: about.interview._id, complete: false };
  }
  if (about?.about === 'training') {
    if (trainingVisibility(about.plan, about.intake, messages) !== 'shown') return undefined;
    return { asked: 'first_day', complete: true };
  }
  return about?.about === 'first_day' ? { asked: 'first_day', complete: true } : undefined;
}

async function status(
  unit: Unit,
  { application }: PressScope,
  messages: readonly OutboxItemRecord[],
): Promise<RecordedAnswer | undefined> {
  if (!application) return undefined;
  const plan = await unit.get('waitingPlans', application._id);
  const stage = toldStage({ application, plan, messages, now: unit.now, settings: unit.settings });
  // What is not told yet must not be guessed from the answer, and a promise that was missed needs a person.
  if (stage !== application.stage) return undefined;
  if (application.promise && application.promise.by < unit.now) return undefined;
  // The other stages are for a person to speak of.
  const key = STAGE_KEY[stage];
  if (!key) return undefined;
  const intake = application.intakeId ? await unit.get('intakes', application.intakeId) : null;
  const trainingKnown = plan && intake && trainingVisibility(plan, intake, messages) === 'shown';
  return {
    asked: 'status',
    extra: { stage: key === 'passed' && trainingKnown && intake.state === 'fixed' ? 'training_fixed' : key },
    complete: true,
  };
}
