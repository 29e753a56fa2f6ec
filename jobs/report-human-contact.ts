import { commit } from '../recruiting/unit/commit.ts';
import { reportHumanContact } from '../recruiting/waiting/report-human-contact.ts';
import type { Job } from './job.ts';

/** Every working morning: who starts soon without having been talked to, and who owes the call. */
export const humanContactReport: Job = {
  name: 'report-human-contact',
  at: '30 9 * * 1-5',
  missed: 'skip',
  run: ({ office }) => commit(office, 'job:report-human-contact', reportHumanContact),
};
