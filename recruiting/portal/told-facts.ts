import type { ApplicationRecord, ApplicationStage, StageChange } from '../../models/application.model.ts';
import type { IntakeRecord } from '../../models/intake.model.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { WaitingPlanRecord } from '../../models/waiting-plan.model.ts';
import type { Settings } from '../settings.ts';

/**
 * What a candidate's page may already say. The page never runs ahead of the messages: nobody reads there first that they
 * were refused, and what staff may still take back does not appear and vanish again. Pure rules.
 */
export interface ToldQuestion {
  application: ApplicationRecord;
  plan: WaitingPlanRecord | null;
  /** Messages to this candidate. */
  messages: readonly OutboxItemRecord[];
  now: Date;
  settings: Settings;
}

/** A message is on its way or has arrived; or the person has stopped messages and looks here instead. */
export function wasTold(item: Pick<OutboxItemRecord, 'attempts' | 'state' | 'reason'>): boolean {
  if (item.state === 'dropped') return item.reason === 'stopped_all';
  return item.attempts > 0 || item.state === 'claimed' || item.state === 'done' || item.state === 'uncertain';
}

/** The stage as the candidate knows it. */
export function toldStage(question: ToldQuestion): ApplicationStage {
  return toldHistory(question).at(-1)?.to ?? untold(question.application.stage);
}

/** The steps of the application that the candidate knows of. */
export function toldHistory(question: ToldQuestion): StageChange[] {
  const history = [...question.application.history];
  while (history.length > 0 && isHidden(history.at(-1) as StageChange, question)) history.pop();
  return history;
}

/** Without a history nothing is known of how it came about: refusals stay with their letter. */
function untold(stage: ApplicationStage): ApplicationStage {
  return stage === 'rejected' ? 'interviewed' : stage;
}

function isHidden(change: StageChange, { application, plan, messages, now, settings }: ToldQuestion): boolean {
  const own = messages.filter((item) => item.applicationId === application._id);
  const told = (what: string): boolean => own.some((item) => item.what === what && wasTold(item));
  if (change.by.startsWith('staff:') && now.getTime() - change.at.getTime() < settings.undoSeconds * 1000) return true;
  switch (change.to) {
    case 'rejected':
      return !own.some((item) => wasTold(item) && (item.what === 'rejection' || closedVacancy(item)));
    case 'passed': {
      const welcomeAt = change.at.getTime() + settings.welcomeAfterHours * 3_600_000;
      const waiting = own.some((item) => item.what === 'passed_welcome_pack' && item.state === 'pending');
      return plan !== null && !told('passed_welcome_pack') && (now.getTime() < welcomeAt || waiting);
    }
    case 'no_show':
      return !told('no_show_followup');
    default:
      return false;
  }
}

function closedVacancy(item: OutboxItemRecord): boolean {
  const { extra } = item.payload;
  return item.what === 'interview_cancelled' && (extra as { closed?: unknown } | undefined)?.closed === 'yes';
}

/** `shown` as it stands; `changing` a change is about to be told; `hidden` nothing has been told yet. */
export type Visibility = 'shown' | 'changing' | 'hidden';

/** Whether an appointment may be read on the page. */
export function interviewVisibility(interview: InterviewRecord, messages: readonly OutboxItemRecord[]): Visibility {
  const telling = messages.filter(
    (item) =>
      item.payload.interviewId === interview._id &&
      (item.what === 'interview_invitation' || item.what === 'rescheduled' || item.what === 'interview_cancelled'),
  );
  const current = `interview:${interview._id}:v${interview.version}`;
  const waits = telling.some((item) => item.occasion === current && item.state === 'pending' && item.attempts === 0);
  if (!waits) return 'shown';
  return telling.some(wasTold) ? 'changing' : 'hidden';
}

/** Whether the training's date may be read on the page. */
export function trainingVisibility(
  plan: WaitingPlanRecord,
  intake: IntakeRecord,
  messages: readonly OutboxItemRecord[],
): Visibility {
  const notices = messages.filter(
    (item) => item.applicationId === plan._id && (item.what === 'training_notice' || item.what === 'training_changed'),
  );
  const current = notices.find((item) => item.occasion.endsWith(`:notice:${intake._id}:v${intake.version}`));
  const toldBefore = notices.some((item) => item !== current && wasTold(item));
  if (plan.noticedIntakeVersion !== intake.version) return toldBefore ? 'changing' : 'hidden';
  const waits = current?.state === 'pending' && current.attempts === 0;
  if (waits) return toldBefore ? 'changing' : 'hidden';
  return 'shown';
}
