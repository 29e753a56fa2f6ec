import { remindCase } from '../recruiting/case/remind-case.ts';
import type { Job } from './job.ts';
import { workEach } from './work-each.ts';

/** Cases of candidates whose day is near or past: the owner is reminded, from the day itself on HR managers too. */
export const remindCases: Job = {
  name: 'remind-cases',
  async nextDue({ models }) {
    const first = await models.candidateCases
      .findOne({ state: 'open' }, { nextCheckAt: 1 })
      .sort({ nextCheckAt: 1 })
      .lean();
    return first?.nextCheckAt ?? null;
  },
  run: ({ office, scheduledFor }) =>
    workEach(
      office,
      'job:remind-cases',
      async () => {
        const due = await office.models.candidateCases
          .find({ state: 'open', nextCheckAt: { $lte: scheduledFor } }, { _id: 1 })
          .sort({ nextCheckAt: 1 })
          .limit(100)
          .lean();
        return due.map(({ _id }) => _id);
      },
      remindCase,
    ),
};
