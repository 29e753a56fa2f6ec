import type { ActivityRecord } from '../models/activity.model.ts';
import type { ApplicationRecord } from '../models/application.model.ts';
import type { BranchRecord } from '../models/branch.model.ts';
import type { CandidateRecord } from '../models/candidate.model.ts';
import type { IntakeRecord } from '../models/intake.model.ts';
import type { InterviewRecord } from '../models/interview.model.ts';
import type { OrganisationRecord } from '../models/organisation.model.ts';
import type { OutboxItemRecord } from '../models/outbox-item.model.ts';
import type { RequisitionRecord } from '../models/requisition.model.ts';
import type { StaffRecord } from '../models/staff.model.ts';
import type { WaitingPlanRecord } from '../models/waiting-plan.model.ts';
import { hasEnded } from '../recruiting/application/stage.ts';
import { responsiblePerson } from '../recruiting/portal/responsible-person.ts';
import type { Office } from '../recruiting/unit/office.ts';
import { officeReader } from '../recruiting/unit/reader.ts';

/** How many messages and activities a page looks at. */
const LATEST = 150;

/** Everything a candidate's page is written from, read in one go and never changed. */
export interface CandidateFacts {
  organisation: OrganisationRecord | null;
  candidate: CandidateRecord;
  /** What the page is about; null when the person has no application (any more). */
  application: ApplicationRecord | null;
  requisition: RequisitionRecord | null;
  plan: WaitingPlanRecord | null;
  intake: IntakeRecord | null;
  /** Appointments of the application, earliest first. */
  interviews: InterviewRecord[];
  /** Newest first. */
  messages: OutboxItemRecord[];
  /** Newest first. */
  activities: ActivityRecord[];
  /** By id. */
  branches: ReadonlyMap<string, BranchRecord>;
  /** By id. */
  staff: ReadonlyMap<string, StaffRecord>;
  /** Whom the candidate may call. */
  owner: StaffRecord | null;
}

/** Reads the facts of a candidate's page. @param applicationId the application the link was sent for */
export async function loadCandidateFacts(
  office: Office,
  candidate: CandidateRecord,
  applicationId: string | null,
): Promise<CandidateFacts> {
  const reader = officeReader(office);
  const recipient = `candidate:${candidate._id}`;
  // Three rounds of questions that do not wait for each other: a phone should not wait for twelve.
  const [organisation, applications, messages, activities] = await Promise.all([
    reader.get('organisation', 'organisation'),
    reader.list('applications', { candidateId: candidate._id }, { sort: { appliedAt: -1 }, limit: 20 }),
    reader.list('outbox', { recipient }, { sort: { createdAt: -1 }, limit: LATEST }),
    reader.list('activities', { candidateId: candidate._id }, { sort: { at: -1 }, limit: LATEST }),
  ]);
  const application =
    applications.find((one) => one._id === applicationId) ??
    applications.find((one) => !hasEnded(one.stage)) ??
    applications[0] ??
    null;
  const [requisition, plan, intake, interviews, owner] = await Promise.all([
    application ? reader.get('requisitions', application.requisitionId) : null,
    application ? reader.get('waitingPlans', application._id) : null,
    application?.intakeId ? reader.get('intakes', application.intakeId) : null,
    application ? reader.list('interviews', { applicationId: application._id }, { sort: { startAt: 1 } }) : [],
    responsiblePerson(reader, application),
  ]);
  const branchIds = [application?.branchId, requisition?.branchId, ...interviews.map((one) => one.branchId)];
  const branches = await reader.list('branches', { _id: { $in: known(branchIds) } });
  const staffIds = [
    ...branches.map((branch) => branch.managerStaffId),
    ...interviews.flatMap((interview) => interview.interviewerIds),
  ];
  const staff = await reader.list('staff', { _id: { $in: known(staffIds) } });
  return {
    organisation,
    candidate,
    application,
    requisition,
    plan,
    intake,
    interviews,
    messages: messages.filter((item) => item.kind === 'candidate_message'),
    activities,
    branches: new Map(branches.map((branch) => [branch._id, branch])),
    staff: new Map(staff.map((person) => [person._id, person])),
    owner,
  };
}

function known(ids: readonly (string | null | undefined)[]): string[] {
  return [...new Set(ids.filter((id): id is string => typeof id === 'string'))];
}
