import { finishInterview, interviewsToFinish, nextInterviewEnd } from '../recruiting/interview/finish-interview.ts';
import type { Job } from './job.ts';
import { workEach } from './work-each.ts';

/** Interviews whose time is over count as held unless somebody says otherwise: managers are asked to decide. */
export const finishInterviews: Job = {
  name: 'finish-interviews',
  nextDue: ({ models }) => nextInterviewEnd(models),
  run: ({ office, scheduledFor }) =>
    workEach(
      office,
      'job:finish-interviews',
      () => interviewsToFinish(office.models, scheduledFor),
      (unit, interviewId) => finishInterview(unit, { interviewId }),
    ),
};
