import type { Connection, Model, Schema } from 'mongoose';
import { type ActRecord, actSchema } from './act.model.ts';
import { type ActivityRecord, activitySchema } from './activity.model.ts';
import { type ApplicationRecord, applicationSchema } from './application.model.ts';
import { type AuditEntryRecord, auditEntrySchema } from './audit-entry.model.ts';
import { type BranchRecord, branchSchema } from './branch.model.ts';
import { type CallTaskRecord, callTaskSchema } from './call-task.model.ts';
import { type CandidateRecord, candidateSchema } from './candidate.model.ts';
import { type CandidateCaseRecord, candidateCaseSchema } from './candidate-case.model.ts';
import { type CandidateFileRecord, candidateFileSchema } from './candidate-file.model.ts';
import { type CardRecord, cardSchema } from './card.model.ts';
import { type ComplianceEventRecord, complianceEventSchema } from './compliance-event.model.ts';
import { type CounterRecord, counterSchema } from './counter.model.ts';
import { type DecisionRequestRecord, decisionRequestSchema } from './decision-request.model.ts';
import { type DialogueRecord, dialogueSchema } from './dialogue.model.ts';
import { type InboxItemRecord, inboxItemSchema } from './inbox-item.model.ts';
import { type IntakeRecord, intakeSchema } from './intake.model.ts';
import { type InterviewRecord, interviewSchema } from './interview.model.ts';
import { type JobRunRecord, jobRunSchema } from './job-run.model.ts';
import { type ModelCallDayRecord, modelCallDaySchema } from './model-call-day.model.ts';
import { type OrderRunRecord, orderRunSchema } from './order-run.model.ts';
import { type OrganisationRecord, organisationSchema } from './organisation.model.ts';
import { type OutboxItemRecord, outboxItemSchema } from './outbox-item.model.ts';
import { type PortalLinkRecord, portalLinkSchema } from './portal-link.model.ts';
import { type QuotaCounterRecord, quotaCounterSchema } from './quota-counter.model.ts';
import { type ReadingRecord, readingSchema } from './reading.model.ts';
import { type ReadingReviewRecord, readingReviewSchema } from './reading-review.model.ts';
import { type RequisitionRecord, requisitionSchema } from './requisition.model.ts';
import { type SpokenOfRecord, spokenOfSchema } from './spoken-of.model.ts';
import { type StaffRecord, staffSchema } from './staff.model.ts';
import { type WaitingPlanRecord, waitingPlanSchema } from './waiting-plan.model.ts';

/** Every collection and what a document in it looks like. The key is the collection's name. */
export interface Records {
  organisation: OrganisationRecord;
  staff: StaffRecord;
  branches: BranchRecord;
  requisitions: RequisitionRecord;
  candidates: CandidateRecord;
  applications: ApplicationRecord;
  interviews: InterviewRecord;
  decisionRequests: DecisionRequestRecord;
  cards: CardRecord;
  dialogues: DialogueRecord;
  spokenOf: SpokenOfRecord;
  orderRuns: OrderRunRecord;
  readings: ReadingRecord;
  readingReviews: ReadingReviewRecord;
  complianceEvents: ComplianceEventRecord;
  acts: ActRecord;
  outbox: OutboxItemRecord;
  intakes: IntakeRecord;
  waitingPlans: WaitingPlanRecord;
  callTasks: CallTaskRecord;
  portalLinks: PortalLinkRecord;
  activities: ActivityRecord;
  candidateFiles: CandidateFileRecord;
  candidateCases: CandidateCaseRecord;
  auditEntries: AuditEntryRecord;
  counters: CounterRecord;
  jobRuns: JobRunRecord;
  inboxItems: InboxItemRecord;
  modelCallDays: ModelCallDayRecord;
  quotaCounters: QuotaCounterRecord;
}

export type CollectionName = keyof Records;

/** The collections of one connection. */
export type Models = { readonly [Name in CollectionName]: Model<Records[Name]> };

const SCHEMAS: { readonly [Name in CollectionName]: Schema } = {
  organisation: organisationSchema,
  staff: staffSchema,
  branches: branchSchema,
  requisitions: requisitionSchema,
  candidates: candidateSchema,
  applications: applicationSchema,
  interviews: interviewSchema,
  decisionRequests: decisionRequestSchema,
  cards: cardSchema,
  dialogues: dialogueSchema,
  spokenOf: spokenOfSchema,
  orderRuns: orderRunSchema,
  readings: readingSchema,
  readingReviews: readingReviewSchema,
  complianceEvents: complianceEventSchema,
  acts: actSchema,
  outbox: outboxItemSchema,
  intakes: intakeSchema,
  waitingPlans: waitingPlanSchema,
  callTasks: callTaskSchema,
  portalLinks: portalLinkSchema,
  activities: activitySchema,
  candidateFiles: candidateFileSchema,
  candidateCases: candidateCaseSchema,
  auditEntries: auditEntrySchema,
  counters: counterSchema,
  jobRuns: jobRunSchema,
  inboxItems: inboxItemSchema,
  modelCallDays: modelCallDaySchema,
  quotaCounters: quotaCounterSchema,
};

/** Makes the models of one connection; the global Mongoose instance stays untouched. */
export function createModels(connection: Connection): Models {
  const made: Partial<Record<CollectionName, unknown>> = {};
  for (const name of Object.keys(SCHEMAS) as CollectionName[]) {
    made[name] = connection.models[name] ?? connection.model(name, SCHEMAS[name]);
  }
  return made as Models;
}

/** Creates every collection and index that is missing. Called once at start: transactions need existing collections. */
export async function prepareCollections(models: Models): Promise<void> {
  await Promise.all(
    Object.values(models).map(async (model) => {
      const collection = model as unknown as Model<unknown>;
      await collection.createCollection();
      await collection.createIndexes();
    }),
  );
}
