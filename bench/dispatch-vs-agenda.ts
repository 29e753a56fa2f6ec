import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { sendCandidateMessages } from '../jobs/dispatch/candidate-sender.ts';
import { BATCH, claimDue } from '../jobs/dispatch/claim.ts';
import type { OutboxItemRecord } from '../models/outbox-item.model.ts';
import { freshItem } from '../recruiting/message/fresh-item.ts';
import { type Bed, fillBed, openBed, type StoreChoice, timed } from './bed.ts';
import { type BenchResult, compared } from './result.ts';

const MESSAGES = 10_000;

/**
 * Ten thousand due messages through the dispatcher (facts read, text written, attempt and answer recorded) against ten
 * thousand due jobs of Agenda with an empty handler, on the same store; both end in a channel that does nothing.
 */
export async function dispatchVsAgenda(store: StoreChoice): Promise<BenchResult> {
  const ours = [await ourDispatch(store)];
  const reference = [await agendaDispatch(store)];
  return compared(
    { name: 'dispatch-vs-agenda', unit: 'ms for 10,000', referenceName: 'Agenda 6, concurrency and lock limit 100' },
    ours,
    reference,
    { least: 10 },
  );
}

async function ourDispatch(store: StoreChoice): Promise<number> {
  const bed = await openBed(store);
  try {
    const ids = await fillBed(bed, MESSAGES, 'applied');
    await putMessages(bed, ids);
    const channels = { email: { name: 'email' as const, send: async () => ({ outcome: 'accepted' as const }) } };
    return await timed(async () => {
      for (;;) {
        const items = await claimDue(bed.office, bed.lease, 'slow', BATCH);
        if (items.length === 0) break;
        await sendCandidateMessages(
          { office: bed.office, channels, calendar: () => '', tellPeople: async () => undefined },
          items,
        );
      }
      const left = await bed.office.models.outbox.countDocuments({ state: { $ne: 'done' } });
      if (left > 0) throw new Error(`${left} messages were not sent`);
    });
  } finally {
    await bed.close();
  }
}

async function putMessages({ office }: Bed, applicationIds: readonly string[]): Promise<void> {
  const now = office.clock.now();
  const items = applicationIds.map((applicationId, number): OutboxItemRecord => {
    const candidateId = applicationId.replace('app', 'cand');
    return {
      _id: `out_${number}`,
      key: `candidate:${candidateId}|application_received|bench`,
      kind: 'candidate_message',
      recipient: `candidate:${candidateId}`,
      what: 'application_received',
      occasion: 'bench',
      applicationId,
      payload: { kind: 'candidate_message', candidateId, template: 'application_received' },
      callClass: 'normal',
      lane: 'slow',
      ...freshItem(now, now),
      actId: null,
      order: number,
    };
  });
  for (let start = 0; start < items.length; start += 2_000)
    await office.models.outbox.insertMany(items.slice(start, start + 2_000));
}

async function agendaDispatch(store: StoreChoice): Promise<number> {
  const bed = await openBed(store);
  try {
    const connection = await bed.bare('agenda');
    const db = connection.db;
    if (!db) throw new Error('not connected');
    const agenda = new Agenda({
      backend: new MongoBackend({ mongo: db as never }),
      processEvery: '1 second',
      maxConcurrency: 100,
      defaultConcurrency: 100,
      lockLimit: 100,
      defaultLockLimit: 100,
    });
    let done = 0;
    let allDone: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      allDone = resolve;
    });
    agenda.define('message', async () => {
      done += 1;
      if (done === MESSAGES) allDone();
    });
    const past = new Date(Date.now() - 1_000);
    const jobs = Array.from({ length: MESSAGES }, (_, number) => ({
      name: 'message',
      type: 'normal',
      priority: 0,
      data: { number },
      nextRunAt: past,
      lastModifiedBy: null,
      lockedAt: null,
    }));
    await db.collection('agendaJobs').insertMany(jobs);
    const time = await timed(async () => {
      await agenda.start();
      await finished;
    });
    await agenda.stop();
    return time;
  } finally {
    await bed.close();
  }
}
