import { escalateCallTask } from '../recruiting/call-task/escalate-call-task.ts';
import type { Job } from './job.ts';
import { workEach } from './work-each.ts';

const WAITING = { state: { $in: ['open', 'claimed'] as ('open' | 'claimed')[] } };

/** Calls that nobody has made in time go up to the HR manager, every working day again. */
export const escalateCalls: Job = {
  name: 'escalate-calls',
  async nextDue({ models }) {
    const first = await models.callTasks.findOne(WAITING, { dueAt: 1 }).sort({ dueAt: 1 }).lean();
    return first?.dueAt ?? null;
  },
  run: ({ office, scheduledFor }) =>
    workEach(
      office,
      'job:escalate-calls',
      async () => {
        const due = await office.models.callTasks
          .find({ ...WAITING, dueAt: { $lte: scheduledFor } }, { _id: 1 })
          .sort({ dueAt: 1 })
          .limit(100)
          .lean();
        return due.map((task) => task._id);
      },
      escalateCallTask,
    ),
};
