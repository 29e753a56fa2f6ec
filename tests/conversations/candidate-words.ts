import { takeWords } from '../../bot/candidate-words/take-words.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import type { WaitingPlanRecord } from '../../models/waiting-plan.model.ts';
import { hearCandidate } from '../../recruiting/correspondence/hear-candidate.ts';
import { commit } from '../../recruiting/unit/commit.ts';
import { startWaitingPeriod } from '../../recruiting/waiting/start-waiting-period.ts';
import type { ConversationOffice } from './office.ts';

/** 陳家欣, who applies, and what the records say of her. */
export class Applicant {
  readonly #office: ConversationOffice;
  readonly applicationId: string;
  readonly candidateId: string;

  constructor(office: ConversationOffice, ids: { applicationId: string; candidateId: string }) {
    this.#office = office;
    this.applicationId = ids.applicationId;
    this.candidateId = ids.candidateId;
  }

  async record(): Promise<CandidateRecord> {
    return this.#found(await this.#office.office.models.candidates.findById(this.candidateId).lean<CandidateRecord>());
  }

  async interview(): Promise<InterviewRecord> {
    const { interviews } = this.#office.office.models;
    return this.#found(await interviews.findOne({ applicationId: this.applicationId }).lean<InterviewRecord>());
  }

  plan(): Promise<WaitingPlanRecord | null> {
    return this.#office.office.models.waitingPlans.findById(this.applicationId).lean<WaitingPlanRecord>();
  }

  callTasks(): Promise<number> {
    return this.#office.office.models.callTasks.countDocuments({ applicationId: this.applicationId });
  }

  #found<T>(record: T | null): T {
    if (!record) throw new Error('the record is not there');
    return record;
  }
}

/** 陳家欣 with an interview ahead, on Thursday at half past three. */
export async function candidateOf(office: ConversationOffice): Promise<Applicant> {
  await office.opens();
  const applicationId = await office.hasApplication('陳家欣', 'shortlisted');
  await office.hr.says('約 陳家欣 26/11 15:30');
  await office.passes('PT5M');
  return applicantOf(office, applicationId);
}

/** 陳家欣 in her waiting period. */
export async function waitingCandidate(office: ConversationOffice): Promise<Applicant> {
  await office.opens();
  const applicationId = await office.hasApplication('陳家欣', 'passed');
  await office.act(() =>
    commit(office.office, 'staff:carmen', async (unit) => {
      const application = await unit.get('applications', applicationId);
      const requisition = application && (await unit.get('requisitions', application.requisitionId));
      if (application && requisition) await startWaitingPeriod(unit, { application, requisition });
    }),
  );
  return applicantOf(office, applicationId);
}

async function applicantOf(office: ConversationOffice, applicationId: string): Promise<Applicant> {
  const application = await office.office.models.applications.findById(applicationId).lean();
  return new Applicant(office, { applicationId, candidateId: application?.candidateId ?? '' });
}

let count = 0;

/** The applicant writes, in answer to a message; everything that follows from it comes to rest. */
export function writes(
  office: ConversationOffice,
  { candidateId }: Applicant,
  text: string,
  replyTo?: string,
  eventId?: string,
): Promise<void> {
  count += 1;
  const words = {
    candidateId,
    channel: 'sms' as const,
    text,
    eventId: eventId ?? `words-${count}`,
    ...(replyTo ? { replyTo: { template: replyTo, itemId: '' } } : {}),
  };
  return office.act(() =>
    commit(
      office.office,
      `candidate:${candidateId}`,
      async (unit) => void (await hearCandidate(unit, words, takeWords)),
    ),
  );
}
