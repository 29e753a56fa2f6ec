import { parsePhone } from '../../hongkong/phones.ts';
import { addDays, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { ApplicationRecord, ApplicationStage, StageChange } from '../../models/application.model.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import { promiseDay } from '../../recruiting/application/date-promise.ts';
import { insertCandidate } from '../../recruiting/candidate/add-candidate.ts';
import { askForDecision } from '../../recruiting/decision/ask-for-decision.ts';
import { keepCalendar, remindCandidate } from '../../recruiting/interview/interview-effects.ts';
import type { Unit } from '../../recruiting/unit/unit.ts';
import type { SampleApplication } from './read-sample.ts';
import { seedWaitingPlan } from './seed-waiting-plan.ts';

/** What applications refer to. */
export interface SeededPlaces {
  requisitions: ReadonlyMap<string, RequisitionRecord>;
  intakeId: string;
  /** The form of address a candidate has chosen, by the sample's id. */
  titles: Readonly<Record<string, string>>;
}

/** The way to each stage, for a believable history. */
const WAY: Readonly<Record<ApplicationStage, readonly ApplicationStage[]>> = {
  applied: ['applied'],
  shortlisted: ['applied', 'shortlisted'],
  interview: ['applied', 'shortlisted', 'interview'],
  interviewed: ['applied', 'shortlisted', 'interview', 'interviewed'],
  passed: ['applied', 'shortlisted', 'interview', 'interviewed', 'passed'],
  offer_sent: ['applied', 'shortlisted', 'interview', 'interviewed', 'passed', 'offer_sent'],
  offer_accepted: ['applied', 'shortlisted', 'interview', 'interviewed', 'passed', 'offer_sent', 'offer_accepted'],
  arrived: ['applied', 'shortlisted', 'interview', 'interviewed', 'passed', 'offer_sent', 'offer_accepted', 'arrived'],
  rejected: ['applied', 'shortlisted', 'interview', 'interviewed', 'rejected'],
  withdrawn: ['applied', 'shortlisted', 'withdrawn'],
  declined: ['applied', 'shortlisted', 'interview', 'interviewed', 'passed', 'offer_sent', 'declined'],
  no_show: ['applied', 'shortlisted', 'interview', 'no_show'],
};
const WAITING: readonly ApplicationStage[] = ['passed', 'offer_sent', 'offer_accepted'];

/** One person of the sample with the application, and what belongs to its stage. */
export async function seedApplication(
  unit: Unit,
  person: { id: string; name: string; phone: string; email?: string | undefined },
  wanted: SampleApplication,
  places: SeededPlaces,
  index: number,
): Promise<void> {
  const requisition = places.requisitions.get(wanted.requisition);
  if (!requisition) return;
  const today = hongKongDate(unit.now);
  const candidate = await seedCandidate(unit, person, places.titles[person.id] ?? null, index);
  const history = historyOf(unit, wanted, requisition);
  const application: ApplicationRecord = {
    _id: unit.newId('app'),
    ref: `A${await unit.nextNumber('application', 1001)}`,
    candidateId: candidate._id,
    requisitionId: requisition._id,
    stage: wanted.stage,
    stageSince: history.at(-1)?.at ?? unit.now,
    history,
    version: history.length,
    holdUntil: null,
    holdReason: null,
    branchId: WAITING.includes(wanted.stage) ? requisition.branchId : null,
    intakeId: wanted.intake ? places.intakeId : null,
    startAt: wanted.startInDays === undefined ? null : momentAt(addDays(today, wanted.startInDays), '09:30'),
    offerReplyBy: wanted.stage === 'offer_sent' ? momentAt(addDays(today, 3), '18:00') : null,
    promise: wanted.stage === 'interviewed' ? promiseDay('面試結果', unit.now, unit.settings) : null,
    appliedAt: history[0]?.at ?? unit.now,
  };
  await unit.insert('applications', application);
  unit.audit(`application:${application._id}`, 'receive', ['stage', 'requisitionId']);
  if (WAITING.includes(wanted.stage)) await seedWaitingPlan(unit, { candidate, application, requisition, wanted });
  if (wanted.stage === 'interview' || wanted.stage === 'interviewed') {
    const interview = await seedInterview(unit, application, requisition, wanted);
    if (wanted.stage === 'interviewed') {
      await askForDecision(unit, { scope: { application, candidate, requisition }, interview });
    }
  }
}

function seedCandidate(
  unit: Unit,
  person: { name: string; phone: string; email?: string | undefined },
  title: string | null,
  index: number,
): Promise<CandidateRecord> {
  return insertCandidate(unit, {
    name: person.name,
    phone: parsePhone(person.phone)?.e164 ?? null,
    email: person.email ?? null,
    source: ['網上招聘', '店舖海報', '朋友介紹'][index % 3] ?? null,
    title,
  });
}

/** The stages so far, two days apart, ending when the present one began. */
function historyOf(unit: Unit, wanted: SampleApplication, requisition: RequisitionRecord): StageChange[] {
  const way = WAY[wanted.stage];
  const today = hongKongDate(unit.now);
  return way.map((to, step) => {
    const daysBefore = wanted.daysAgo + 2 * (way.length - 1 - step);
    const at = momentAt(addDays(today, -daysBefore), daysBefore === 0 ? '09:20' : '14:30');
    return {
      at,
      from: way[step - 1] ?? null,
      to,
      by: `staff:${to === 'passed' || to === 'rejected' ? requisition.hiringManagerId : requisition.recruiterId}`,
      reason: null,
    };
  });
}

async function seedInterview(
  unit: Unit,
  application: ApplicationRecord,
  requisition: RequisitionRecord,
  wanted: SampleApplication,
): Promise<InterviewRecord> {
  const today = hongKongDate(unit.now);
  const held = wanted.stage === 'interviewed';
  const day = addDays(today, held ? -wanted.daysAgo - 1 : (wanted.interviewInDays ?? 1));
  const interview = await unit.insert('interviews', {
    _id: unit.newId('int'),
    applicationId: application._id,
    candidateId: application.candidateId,
    round: 1,
    version: 1,
    state: held ? 'done' : 'scheduled',
    kind: 'in_person',
    startAt: momentAt(day, wanted.interviewAt ?? '15:00'),
    minutes: unit.settings.interviewMinutes,
    branchId: requisition.branchId,
    interviewerIds: [requisition.hiringManagerId],
    organizerId: requisition.recruiterId,
    calendarEntryId: null,
    candidateReply: held ? 'attend' : null,
    candidateReplyAt: null,
    createdAt: application.stageSince,
    createdBy: `staff:${requisition.recruiterId}`,
  });
  if (!held) {
    keepCalendar(unit, 'calendar_create', interview);
    remindCandidate(unit, interview);
  }
  return interview;
}
