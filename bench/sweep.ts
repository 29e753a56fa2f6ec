import { watchWaiting } from '../jobs/watch-waiting.ts';
import type { WaitingPlanRecord } from '../models/waiting-plan.model.ts';
import { type Bed, fillBed, openBed, type StoreChoice, timed } from './bed.ts';
import { type BenchResult, compared, limited } from './result.ts';

const DUE = 1_000;

interface Sweep {
  ms: number;
  examinedPerDue: number;
}

/** The sweep of the waiting period with a thousand due among ten thousand. */
export async function sweep10k(store: StoreChoice): Promise<BenchResult[]> {
  const { ms, examinedPerDue } = await sweep(store, 10_000);
  return [
    limited({ name: 'sweep-10k', unit: 'ms for 1,000 due' }, [ms], null),
    limited({ name: 'sweep-10k', unit: 'examined per due' }, [examinedPerDue], 1.2),
  ];
}

/** The same thousand among a hundred thousand must not take longer: work is proportional to what is due. */
export async function sweep100k(store: StoreChoice): Promise<BenchResult[]> {
  const small = await sweep(store, 10_000);
  const large = await sweep(store, 100_000);
  return [
    compared(
      { name: 'sweep-100k', unit: 'ms for 1,000 due', referenceName: 'the same among 10,000' },
      [large.ms],
      [small.ms],
      { most: 1.3 },
    ),
    limited({ name: 'sweep-100k', unit: 'examined per due' }, [large.examinedPerDue], 1.2),
  ];
}

async function sweep(store: StoreChoice, waiting: number): Promise<Sweep> {
  const bed = await openBed(store);
  try {
    await fillBed(bed, DUE, 'passed');
    await putPlans(bed, waiting);
    const examinedPerDue = await examined(bed);
    const ms = await timed(() => watchWaiting.run({ office: bed.office, scheduledFor: bed.office.clock.now() }));
    return { ms, examinedPerDue };
  } finally {
    await bed.close();
  }
}

/** Plans of which the first thousand are due now, the others later. */
async function putPlans({ office }: Bed, waiting: number): Promise<void> {
  const now = office.clock.now();
  for (let start = 0; start < waiting; start += 5_000) {
    const plans: WaitingPlanRecord[] = [];
    for (let number = start; number < Math.min(waiting, start + 5_000); number += 1) {
      plans.push({
        _id: `app_${number}`,
        candidateId: `cand_${number}`,
        requisitionId: 'req',
        ownerStaffId: 'hr',
        state: 'active',
        endedReason: null,
        passedAt: new Date(now.getTime() - 3_600_000),
        intakeId: null,
        noticedIntakeVersion: null,
        trainingReply: null,
        firstDayAt: null,
        lastActivityAt: now,
        silenceStep: 0,
        stepsDone: [],
        pausedUntil: null,
        withPersonSince: null,
        humanContactAt: null,
        breachAt: null,
        nextCheckAt: new Date(now.getTime() + (number < DUE ? -1_000 : 3_600_000 + number)),
        version: 1,
      });
    }
    await office.models.waitingPlans.insertMany(plans);
  }
}

/** Documents that the storage layer looks at for each plan that the sweep's own query finds. */
async function examined({ office, connection }: Bed): Promise<number> {
  if (!connection.db) throw new Error('not connected');
  const plan = await connection.db.command({
    explain: {
      find: 'waitingPlans',
      filter: { state: 'active', nextCheckAt: { $lte: office.clock.now() } },
      sort: { nextCheckAt: 1 },
      limit: DUE,
    },
    verbosity: 'executionStats',
  });
  const { totalDocsExamined, nReturned } = plan.executionStats as { totalDocsExamined: number; nReturned: number };
  return totalDocsExamined / nReturned;
}
