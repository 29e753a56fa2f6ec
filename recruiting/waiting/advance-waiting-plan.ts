import { hongKongDate } from '../../hongkong/zone.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { IntakeRecord } from '../../models/intake.model.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { WaitingPlanRecord } from '../../models/waiting-plan.model.ts';
import { openCallTask } from '../call-task/open-call-task.ts';
import type { Unit } from '../unit/unit.ts';
import { nextCheck, type WaitingFacts, type WaitingStep, waitingSteps } from './waiting-steps.ts';

/** Templates that name a date; after one of these nobody needs a progress message for a while. */
const DATED = [
  'passed_welcome_pack',
  'waiting_progress',
  'training_notice',
  'training_changed',
  'offer',
  'decision_delayed',
];

/**
 * Does what a waiting period asks for at this moment and sets the moment of the next look. Called by the sweep for plans
 * that are due, and by every act that changes a plan.
 * @param oldTraining the dates that a change of training replaces, for the message that says so
 * @returns the steps taken
 */
export async function advanceWaitingPlan(
  unit: Unit,
  applicationId: string,
  oldTraining?: { from: Date; to: Date },
): Promise<WaitingStep[]> {
  const plan = await unit.get('waitingPlans', applicationId);
  if (plan?.state !== 'active') return [];
  const candidate = await unit.get('candidates', plan.candidateId);
  const application = await unit.get('applications', applicationId);
  if (!candidate || !application) return [];
  const intake = application.intakeId ? await unit.get('intakes', application.intakeId) : null;
  const facts = await waitingFacts(unit, { plan, candidate, application, intake });
  const steps = waitingSteps(facts, unit.now, unit.settings);
  const due = steps.filter((step) => step.at <= unit.now);
  let noticedIntakeVersion = plan.noticedIntakeVersion;
  for (const step of due) {
    await take(unit, plan, step, { intake, oldTraining, noticeSentAt: facts.noticeSentAt });
    if (step.step.startsWith('notice:') && intake) noticedIntakeVersion = intake.version;
  }
  const stepsDone = [...plan.stepsDone, ...due.map((step) => step.step)];
  const after = waitingSteps({ ...facts, stepsDone, noticedIntakeVersion }, unit.now, unit.settings);
  const upcoming = after.filter((step) => step.at > unit.now);
  await unit.change('waitingPlans', plan, {
    stepsDone,
    noticedIntakeVersion,
    firstDayAt: facts.firstDayAt,
    intakeId: application.intakeId,
    silenceStep: silenceStepOf(stepsDone, facts, unit),
    nextCheckAt: nextCheck(upcoming, unit.now, unit.settings),
  });
  return due;
}

/** What only the moment of writing knows. */
interface Background {
  intake: IntakeRecord | null;
  oldTraining: { from: Date; to: Date } | undefined;
  noticeSentAt: Date | null;
}

async function take(unit: Unit, plan: WaitingPlanRecord, step: WaitingStep, background: Background): Promise<void> {
  if ('call' in step) {
    await openCallTask(unit, { applicationId: plan._id, reason: step.call, occasion: step.step });
    return;
  }
  const extra = extraOf(step.send, background);
  unit.effect({
    kind: 'candidate_message',
    candidateId: plan.candidateId,
    applicationId: plan._id,
    template: step.send,
    occasion: `waiting:${plan._id}:${step.step}`,
    ...(background.intake ? { intakeId: background.intake._id } : {}),
    ...(step.via ? { via: step.via } : {}),
    ...(extra ? { extra } : {}),
  });
}

/** What no record holds any more when the message is sent. */
function extraOf(template: string, { oldTraining, noticeSentAt }: Background): Record<string, string> | undefined {
  if (template === 'training_changed' && oldTraining) {
    return { old_range: `${oldTraining.from.toISOString()}/${oldTraining.to.toISOString()}` };
  }
  if (template === 'training_unread_reminder' && noticeSentAt) return { sent_date: noticeSentAt.toISOString() };
  return undefined;
}

/** Reads what the rules look at. */
export async function waitingFacts(
  unit: Unit,
  records: {
    plan: WaitingPlanRecord;
    candidate: CandidateRecord;
    application: ApplicationRecord;
    intake: IntakeRecord | null;
  },
): Promise<WaitingFacts> {
  const { plan, candidate, application, intake } = records;
  const fixed = intake?.state === 'fixed' && intake.firstDayAt ? { ...intake, firstDayAt: intake.firstDayAt } : null;
  const [lastDated] = await unit.list(
    'outbox',
    { recipient: `candidate:${candidate._id}`, what: { $in: DATED }, state: 'done' },
    { sort: { createdAt: -1 }, limit: 1 },
  );
  const notice = fixed ? await lastNotice(unit, plan._id) : null;
  const noticeSentAt = notice?.deliveries.find((delivery) => delivery.channel === 'portal')?.sentAt ?? null;
  // Nobody gets a friendly nudge while a person deals with what they wrote.
  const rests = Boolean(plan.withPersonSince);
  return {
    passedAt: plan.passedAt,
    firstDayAt: earliest(fixed?.firstDayAt ?? null, application.startAt),
    intake: fixed ? { id: fixed._id, version: fixed.version, firstDayAt: fixed.firstDayAt } : null,
    noticedIntakeVersion: plan.noticedIntakeVersion,
    noticeSentAt,
    noticeRead: isRead(notice, noticeSentAt, candidate, plan),
    lastActivityAt: plan.lastActivityAt,
    stepsDone: plan.stepsDone,
    pausedUntil: plan.pausedUntil,
    nudgesStopped: rests || candidate.choices.nudgesStoppedAt !== null || candidate.choices.allStoppedAt !== null,
    wantsNews: !rests && candidate.choices.newsConsentAt !== null && candidate.choices.allStoppedAt === null,
    humanContactAt: plan.humanContactAt,
    lastDatedMessageAt: lastDated?.doneAt ?? null,
  };
}

async function lastNotice(unit: Unit, applicationId: string): Promise<OutboxItemRecord | null> {
  const [notice] = await unit.list(
    'outbox',
    { applicationId, kind: 'candidate_message', what: { $in: ['training_notice', 'training_changed'] } },
    { sort: { createdAt: -1 }, limit: 1 },
  );
  return notice ?? null;
}

/** Read = opened on the page after it was put there, or answered. */
function isRead(
  notice: OutboxItemRecord | null,
  sentAt: Date | null,
  candidate: CandidateRecord,
  plan: WaitingPlanRecord,
): boolean {
  if (plan.trainingReply !== null || !notice || !sentAt) return plan.trainingReply !== null;
  if (notice.deliveries.some((delivery) => delivery.readAt !== null)) return true;
  return candidate.pageSeenAt !== null && candidate.pageSeenAt > sentAt;
}

function earliest(a: Date | null, b: Date | null): Date | null {
  if (a && b) return a < b ? a : b;
  return a ?? b;
}

/** How far the ladder has gone since the last sign of life, in days, for lists and cards. */
function silenceStepOf(stepsDone: readonly string[], facts: WaitingFacts, unit: Unit): number {
  const since = hongKongDate(facts.lastActivityAt);
  const done = (name: string): boolean =>
    stepsDone.some((step) => step.startsWith('silent:') && step.endsWith(`:${name}`) && step.includes(since));
  if (done('call')) return unit.settings.silentCallDays;
  if (done('sms')) return unit.settings.silentSmsDays;
  return done('checkin') ? unit.settings.silentCheckinDays : 0;
}
