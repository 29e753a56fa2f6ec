import { expect } from 'vitest';
import { hearWords } from '../../bot/candidate-words/hear-words.ts';
import type { ActivityRecord } from '../../models/activity.model.ts';
import type { ApplicationRecord } from '../../models/application.model.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { CandidateCaseRecord } from '../../models/candidate-case.model.ts';
import type { InterviewRecord } from '../../models/interview.model.ts';
import type { OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { WaitingPlanRecord } from '../../models/waiting-plan.model.ts';
import { mintLink } from '../../recruiting/message/links.ts';
import { commit } from '../../recruiting/unit/commit.ts';
import { startWaitingPeriod } from '../../recruiting/waiting/start-waiting-period.ts';
import type { ConversationOffice } from './office.ts';

const EMAIL = 'ka.yan@mail.example';

/** 陳家欣, who applies: what she writes, what the records say of her, and what has reached her. */
export class Applicant {
  readonly #office: ConversationOffice;
  readonly applicationId: string;
  readonly candidateId: string;
  #count = 0;

  constructor(office: ConversationOffice, ids: { applicationId: string; candidateId: string }) {
    this.#office = office;
    this.applicationId = ids.applicationId;
    this.candidateId = ids.candidateId;
  }

  /**
   * Writes by SMS (or as said), in answer to the newest message with this template; everything that follows comes to rest.
   */
  async writes(
    text: string,
    replyTo?: string,
    more: { channel?: 'sms' | 'email'; eventId?: string; fromKnownAddress?: boolean } = {},
  ): Promise<void> {
    this.#count += 1;
    const item = replyTo ? await this.newest(replyTo) : undefined;
    const words = {
      candidateId: this.candidateId,
      channel: 'sms' as const,
      text,
      eventId: `words-${this.#count}`,
      ...(replyTo ? { replyTo: { template: replyTo, itemId: item?._id ?? 'none' } } : {}),
      ...more,
    };
    const { office } = this.#office;
    await this.#office.act(() =>
      commit(office, `candidate:${this.candidateId}`, async (unit) => void (await hearWords(unit, words))),
    );
  }

  /** Writes into the box of the page. @returns what the page says then */
  async writesOnPage(text: string): Promise<string> {
    const { office, address } = this.#office;
    const minted = mintLink(
      { ids: office.ids, publicUrl: '', now: office.clock.now(), settings: office.settings() },
      { purpose: 'page', candidateId: this.candidateId, applicationId: this.applicationId, messageId: 'none' },
    );
    await office.models.portalLinks.create(minted.record);
    let page = '';
    await this.#office.act(async () => {
      const answer = await fetch(address + minted.url, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ do: 'write', text }),
      });
      expect(answer.status).toBe(303);
      const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      page = await (await fetch(address + (answer.headers.get('location') ?? ''), { headers: { cookie } })).text();
    });
    return /id="said">([^<]*)</.exec(page)?.[1] ?? '';
  }

  /** The text of the newest message of this kind that has left for her; undefined when there is none. */
  async read(template: string): Promise<string | undefined> {
    return (await this.newest(template))?.body ?? undefined;
  }

  /** By which channels the newest message of this kind has gone. */
  async channelsOf(template: string): Promise<string[]> {
    return (await this.newest(template))?.deliveries.map(({ channel }) => channel) ?? [];
  }

  async newest(template: string): Promise<OutboxItemRecord | undefined> {
    const { outbox } = this.#office.office.models;
    const recipient = `candidate:${this.candidateId}`;
    const [item] = await outbox.find({ recipient, what: template }).sort({ createdAt: -1, order: -1 }).limit(1).lean();
    return item;
  }

  record(): Promise<CandidateRecord> {
    return found(this.#office.office.models.candidates.findById(this.candidateId).lean<CandidateRecord>());
  }

  application(): Promise<ApplicationRecord> {
    return found(this.#office.office.models.applications.findById(this.applicationId).lean<ApplicationRecord>());
  }

  interview(): Promise<InterviewRecord> {
    const { interviews } = this.#office.office.models;
    return found(interviews.findOne({ applicationId: this.applicationId }).lean<InterviewRecord>());
  }

  plan(): Promise<WaitingPlanRecord> {
    return found(this.#office.office.models.waitingPlans.findById(this.applicationId).lean<WaitingPlanRecord>());
  }

  callTasks(): Promise<number> {
    return this.#office.office.models.callTasks.countDocuments({ applicationId: this.applicationId });
  }

  cases(): Promise<CandidateCaseRecord[]> {
    return this.#office.office.models.candidateCases.find({ candidateId: this.candidateId }).sort({ ref: 1 }).lean();
  }

  activities(): Promise<ActivityRecord[]> {
    return this.#office.office.models.activities.find({ candidateId: this.candidateId }).sort({ at: 1, _id: 1 }).lean();
  }
}

async function found<T>(record: Promise<T | null>): Promise<T> {
  const value = await record;
  if (!value) throw new Error('the record is not there');
  return value;
}

/** 陳家欣 with an interview ahead, on Thursday at half past three; she has the invitation. */
export async function candidateOf(office: ConversationOffice): Promise<Applicant> {
  await office.opens();
  const applicationId = await office.hasApplication('陳家欣', 'shortlisted');
  await office.office.models.candidates.updateOne({}, { email: EMAIL });
  await office.hr.says('約 陳家欣 26/11 15:30');
  await office.passes('PT5M');
  return applicantOf(office, applicationId);
}

/** 陳家欣 in her waiting period. */
export async function waitingCandidate(office: ConversationOffice): Promise<Applicant> {
  await office.opens();
  const applicationId = await office.hasApplication('陳家欣', 'passed');
  await office.office.models.candidates.updateOne({}, { email: EMAIL });
  await office.act(() =>
    commit(office.office, 'staff:carmen', async (unit) => {
      const application = await unit.get('applications', applicationId);
      const requisition = application && (await unit.get('requisitions', application.requisitionId));
      if (application && requisition) await startWaitingPeriod(unit, { application, requisition });
    }),
  );
  return applicantOf(office, applicationId);
}

/** 陳家欣, who has the notice of a training on 3 and 4 December. */
export async function trainee(office: ConversationOffice): Promise<Applicant> {
  const kaYan = await waitingCandidate(office);
  await office.office.models.intakes.create({
    _id: 'int_1',
    ref: 'T101',
    firstDayAt: new Date('2026-12-03T09:30:00+08:00'),
    lastDayAt: new Date('2026-12-04T18:00:00+08:00'),
    branchId: null,
    place: '旺角彌敦道688號5樓',
    placeShort: '旺角培訓',
    outline: '食物衛生及收銀',
    payNote: '按時薪計算',
    capacity: null,
    state: 'fixed',
    version: 1,
    createdAt: office.office.clock.now(),
    createdBy: 'staff:carmen',
  });
  await office.hr.says('編入 T101 陳家欣');
  await office.passes('PT2H');
  expect(await kaYan.read('training_notice')).toContain('培訓');
  return kaYan;
}

async function applicantOf(office: ConversationOffice, applicationId: string): Promise<Applicant> {
  const application = await office.office.models.applications.findById(applicationId).lean();
  return new Applicant(office, { applicationId, candidateId: application?.candidateId ?? '' });
}
