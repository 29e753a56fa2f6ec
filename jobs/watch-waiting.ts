import { commit } from '../recruiting/unit/commit.ts';
import { advanceWaitingPlan } from '../recruiting/waiting/advance-waiting-plan.ts';
import type { Job } from './job.ts';

/** How many plans one query takes. */
const BATCH = 200;

/**
 * Looks at the waiting periods whose moment has come, and at no others: messages go out, silence is noticed, a human is
 * asked to phone.
 */
export const watchWaiting: Job = {
  name: 'watch-waiting',
  async nextDue({ models }) {
    const first = await models.waitingPlans
      .findOne({ state: 'active' }, { nextCheckAt: 1 })
      .sort({ nextCheckAt: 1 })
      .lean();
    return first?.nextCheckAt ?? null;
  },
  async run({ office, scheduledFor }) {
    let done = 0;
    for (;;) {
      const due = await office.models.waitingPlans
        .find({ state: 'active', nextCheckAt: { $lte: scheduledFor } }, { _id: 1 })
        .sort({ nextCheckAt: 1 })
        .limit(BATCH)
        .lean();
      for (const { _id } of due) await commit(office, 'job:watch-waiting', (unit) => advanceWaitingPlan(unit, _id));
      done += due.length;
      if (due.length < BATCH) return done;
    }
  },
};
