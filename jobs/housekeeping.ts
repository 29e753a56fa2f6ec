import { forgetReadings } from '../recruiting/reading/forget-readings.ts';
import { forgetExpiredQuestions } from '../recruiting/staff/forget-questions.ts';
import { commit } from '../recruiting/unit/commit.ts';
import type { Job } from './job.ts';

const DAY_MS = 86_400_000;
/** Redelivery takes minutes; a month is plenty to know an event again. */
const KEPT_DAYS = 30;

/** Forgets what nobody needs: ids of events worked off long ago, links that ended, questions that were answered. */
export const housekeeping: Job = {
  name: 'housekeeping',
  at: '30 3 * * *',
  missed: 'once',
  async run({ office, scheduledFor }) {
    const before = new Date(scheduledFor.getTime() - KEPT_DAYS * DAY_MS);
    const forgotten = await commit(office, 'job:housekeeping', (unit) => forgetExpiredQuestions(unit));
    const { inboxItems, portalLinks, dialogues } = office.models;
    const done = await Promise.all([
      inboxItems.deleteMany({ state: 'done', doneAt: { $lt: before } }),
      portalLinks.deleteMany({ expiresAt: { $lt: before } }),
      dialogues.deleteMany({ expiresAt: { $lt: before } }),
    ]);
    const readings = await forgetReadings(office, scheduledFor);
    return done.reduce((sum, { deletedCount }) => sum + deletedCount, forgotten + readings);
  },
};
