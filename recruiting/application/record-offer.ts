import { addDays, hongKongDate, type LocalDate, momentAt } from '../../hongkong/zone.ts';
import { RuleBroken } from '../../lib/errors.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { Unit } from '../unit/unit.ts';
import { type ApplicationScope, applicationScope } from './application-scope.ts';
import { closeOpenBusiness } from './close-open-business.ts';
import { extendRetention } from './extend-retention.ts';
import { applicationOccasion, moveStage } from './move-stage.ts';

/** What is known about an offer. Pay is not recorded here: recruiters never see it. */
export type OfferFact =
  | { fact: 'sent'; startOn?: LocalDate | undefined; replyBy?: Date | undefined }
  | { fact: 'accepted'; startOn?: LocalDate | undefined }
  | { fact: 'declined' };

/**
 * Records that an offer was sent (again with another deadline: amended), accepted or declined. Acceptance is confirmed
 * to the candidate; an open offer is reminded before its deadline; a refusal ends the waiting period.
 * @throws RuleBroken `start_in_past`, `deadline_in_past` and the obstacles of `stage.ts`
 */
export async function recordOffer(
  unit: Unit,
  input: { applicationId: string } & OfferFact,
): Promise<ApplicationRecord> {
  const scope = await applicationScope(unit, input.applicationId);
  switch (input.fact) {
    case 'sent':
      return recordSent(unit, scope, input);
    case 'accepted':
      return recordAccepted(unit, scope, input);
    default: {
      const application = await moveStage(unit, scope, 'declined', null, { promise: null, offerReplyBy: null });
      await closeOpenBusiness(unit, application, 'declined');
      await extendRetention(unit, application);
      return application;
    }
  }
}

async function recordSent(
  unit: Unit,
  scope: ApplicationScope,
  { startOn, replyBy }: { startOn?: LocalDate | undefined; replyBy?: Date | undefined },
): Promise<ApplicationRecord> {
  const { application, candidate } = scope;
  if (replyBy && replyBy <= unit.now) throw new RuleBroken('deadline_in_past', { name: candidate.name.display });
  const facts = { ...startFacts(unit, scope, startOn), ...(replyBy ? { offerReplyBy: replyBy } : {}) };
  let now: ApplicationRecord;
  if (application.stage === 'offer_sent') {
    if (Object.keys(facts).length === 0) throw new RuleBroken('already_in_stage', namesOf(scope));
    unit.audit(`application:${application._id}`, 'offer_amended', Object.keys(facts));
    now = await unit.change('applications', application, facts);
  } else {
    now = await moveStage(unit, scope, 'offer_sent', null, facts);
  }
  await tellPlan(unit, now);
  if (replyBy && replyBy.getTime() !== application.offerReplyBy?.getTime()) remindOffer(unit, now, replyBy);
  return now;
}

async function recordAccepted(
  unit: Unit,
  scope: ApplicationScope,
  { startOn }: { startOn?: LocalDate | undefined },
): Promise<ApplicationRecord> {
  const facts = startFacts(unit, scope, startOn);
  const application = await moveStage(unit, scope, 'offer_accepted', null, { promise: null, ...facts });
  await tellPlan(unit, application);
  unit.effect({
    kind: 'candidate_message',
    candidateId: application.candidateId,
    applicationId: application._id,
    template: 'offer_accepted',
    occasion: applicationOccasion(application),
    ...(application.startAt ? { extra: { doc_by: documentsDay(unit, application.startAt).toISOString() } } : {}),
  });
  return application;
}

/** Some days before day 1, but never today or earlier. */
function documentsDay(unit: Unit, startAt: Date): Date {
  const wished = addDays(hongKongDate(startAt), -unit.settings.documentsDaysBeforeStart);
  const tomorrow = addDays(hongKongDate(unit.now), 1);
  return momentAt(wished > tomorrow ? wished : tomorrow);
}

function startFacts(unit: Unit, scope: ApplicationScope, startOn: LocalDate | undefined): { startAt?: Date } {
  if (!startOn) return {};
  if (startOn < hongKongDate(unit.now)) throw new RuleBroken('start_in_past', namesOf(scope));
  return { startAt: momentAt(startOn, unit.settings.workdayStart) };
}

/** The waiting period looks again at once: a first day changes what is due. */
async function tellPlan(unit: Unit, application: ApplicationRecord): Promise<void> {
  const plan = await unit.get('waitingPlans', application._id);
  if (!plan || plan.state === 'ended') return;
  const intake = application.intakeId ? await unit.get('intakes', application.intakeId) : null;
  const firstDayAt = [intake?.firstDayAt ?? null, application.startAt]
    .filter((day): day is Date => day !== null)
    .sort((a, b) => a.getTime() - b.getTime())[0];
  await unit.change('waitingPlans', plan, { firstDayAt: firstDayAt ?? null, nextCheckAt: unit.now });
}

function remindOffer(unit: Unit, application: ApplicationRecord, replyBy: Date): void {
  for (const hours of unit.settings.offerReminderHours) {
    const dueAt = new Date(replyBy.getTime() - hours * 3_600_000);
    if (dueAt <= unit.now) continue;
    unit.effect({
      kind: 'candidate_message',
      candidateId: application.candidateId,
      applicationId: application._id,
      template: 'offer_reminder',
      occasion: `${applicationOccasion(application)}:by${replyBy.getTime()}:${hours}h`,
      dueAt,
      extra: { reply_by: replyBy.toISOString() },
    });
  }
}

const namesOf = ({ application, candidate }: ApplicationScope) => ({
  name: candidate.name.display,
  ref: application.ref,
});
