import type { ApplicationRecord } from '../../models/application.model.ts';
import type { BranchRecord } from '../../models/branch.model.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { CollectionName, Models, Records } from '../../models/index.ts';
import type { IntakeRecord } from '../../models/intake.model.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import type { OrganisationRecord } from '../../models/organisation.model.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { RequisitionRecord } from '../../models/requisition.model.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import type { WaitingPlanRecord } from '../../models/waiting-plan.model.ts';

/** The records a message speaks about, as they are at the moment of sending. */
export interface MessageFacts {
  organisation: OrganisationRecord | null;
  candidate: CandidateRecord;
  application: ApplicationRecord | null;
  requisition: RequisitionRecord | null;
  interview: InterviewRecord | null;
  intake: IntakeRecord | null;
  plan: WaitingPlanRecord | null;
  /** Where the interview takes place. */
  interviewBranch: BranchRecord | null;
  /** Where the person will work: the branch assigned, else the vacancy's. */
  workBranch: BranchRecord | null;
  /** The HR person who answers for this candidate. */
  owner: StaffRecord | null;
  interviewers: StaffRecord[];
  /** The manager of the branch where the person will work. */
  manager: StaffRecord | null;
}

/** What names the records: an outbox item, or the same fields for a preview. */
export type FactsKey = Pick<OutboxItemRecord, 'recipient' | 'applicationId' | 'payload'>;

type Table<Name extends CollectionName> = Map<string, Records[Name]>;

/**
 * Reads the records of many messages with a fixed number of queries.
 * @returns the facts per message in the order given; null where the candidate is gone
 */
export async function loadMessageFacts(models: Models, keys: readonly FactsKey[]): Promise<(MessageFacts | null)[]> {
  const organisation = (await models.organisation.findOne({ _id: 'organisation' }).lean()) as OrganisationRecord | null;
  const candidates = await byId(models, 'candidates', keys.map(candidateIdOf));
  const applications = await byId(
    models,
    'applications',
    keys.map((key) => key.applicationId),
  );
  const requisitions = await byId(
    models,
    'requisitions',
    [...applications.values()].map((a) => a.requisitionId),
  );
  const interviews = await byId(
    models,
    'interviews',
    keys.map((key) => textOf(key.payload.interviewId)),
  );
  const plans = await byId(
    models,
    'waitingPlans',
    keys.map((key) => key.applicationId),
  );
  const intakes = await byId(models, 'intakes', [
    ...keys.map((key) => textOf(key.payload.intakeId)),
    ...[...applications.values()].map((application) => application.intakeId),
  ]);
  const branches = await byId(models, 'branches', [
    ...[...interviews.values()].map((interview) => interview.branchId),
    ...[...applications.values()].map((application) => application.branchId),
    ...[...requisitions.values()].map((requisition) => requisition.branchId),
  ]);
  const staff = await byId(models, 'staff', [
    ...[...requisitions.values()].flatMap((requisition) => [requisition.recruiterId, requisition.hiringManagerId]),
    ...[...interviews.values()].flatMap((interview) => interview.interviewerIds),
    ...[...plans.values()].map((plan) => plan.ownerStaffId),
    ...[...branches.values()].map((branch) => branch.managerStaffId),
  ]);
  return keys.map((key) => {
    const found = candidates.get(candidateIdOf(key));
    if (!found) return null;
    const candidate = withoutWrongAddresses(found);
    const application = applications.get(key.applicationId ?? '') ?? null;
    const requisition = requisitions.get(application?.requisitionId ?? '') ?? null;
    const interview = interviews.get(textOf(key.payload.interviewId) ?? '') ?? null;
    const plan = plans.get(key.applicationId ?? '') ?? null;
    const workBranch = branches.get(application?.branchId ?? requisition?.branchId ?? '') ?? null;
    return {
      organisation,
      candidate,
      application,
      requisition,
      interview,
      intake: intakes.get(textOf(key.payload.intakeId) ?? application?.intakeId ?? '') ?? null,
      plan,
      interviewBranch: branches.get(interview?.branchId ?? '') ?? null,
      workBranch,
      owner: staff.get(plan?.ownerStaffId ?? requisition?.recruiterId ?? '') ?? null,
      interviewers: (interview?.interviewerIds ?? []).flatMap((id) => staff.get(id) ?? []),
      manager: staff.get(workBranch?.managerStaffId ?? requisition?.hiringManagerId ?? '') ?? null,
    };
  });
}

/** A number or address that is somebody else's is none: nothing is sent there. */
function withoutWrongAddresses(candidate: CandidateRecord): CandidateRecord {
  const { phone, email, wrongAddresses = [] } = candidate;
  const isTheirs = (address: string | null): boolean => address !== null && !wrongAddresses.includes(address);
  return { ...candidate, phone: isTheirs(phone) ? phone : null, email: isTheirs(email) ? email : null };
}

/** The candidate an outbox item is addressed to. */
export function candidateIdOf(key: Pick<OutboxItemRecord, 'recipient'>): string {
  return key.recipient.slice(key.recipient.indexOf(':') + 1);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

async function byId<Name extends CollectionName>(
  models: Models,
  name: Name,
  ids: readonly (string | null | undefined)[],
): Promise<Table<Name>> {
  const wanted = [...new Set(ids.filter((id): id is string => typeof id === 'string' && id !== ''))];
  if (wanted.length === 0) return new Map();
  const model = models[name] as unknown as {
    find(filter: object): { lean(): Promise<Records[Name][]> };
  };
  const found = await model.find(wanted.length === 1 ? { _id: wanted[0] } : { _id: { $in: wanted } }).lean();
  return new Map(found.map((record) => [record._id, record]));
}
