import { chaseDecisions } from './chase-decisions.ts';
import { escalateCalls } from './escalate-calls.ts';
import { finishInterviews } from './finish-interviews.ts';
import { housekeeping } from './housekeeping.ts';
import type { Job } from './job.ts';
import { remindCases } from './remind-cases.ts';
import { humanContactReport } from './report-human-contact.ts';
import { sealAudit } from './seal-audit.ts';
import { watchPromises } from './watch-promises.ts';
import { watchWaiting } from './watch-waiting.ts';

/**
 * The whole timetable. Times are Hong Kong's; "when due" jobs sleep until the earliest moment that the database knows.
 *
 *   watch-waiting          when due          messages of the waiting period, the silence ladder, call tasks
 *   finish-interviews      when due          an interview's time is over: managers are asked to decide
 *   chase-decisions        when due          4 working hours: reminder; 4 more: superior and HR
 *   escalate-calls         when due          a call not made in time goes up, every working day again
 *   remind-cases           when due          a candidate's case is near its day: its owner; from the day on HR managers
 *   watch-promises         Mon-Fri 10:00     a promised date is put off in words before it passes; missed: once
 *   report-human-contact   Mon-Fri 09:30     who starts soon without a human contact; missed: skipped
 *   seal-audit             daily 03:00       audit entries into the chain; missed: once
 *   housekeeping           daily 03:30       what nobody needs any more; missed: once
 */
export const JOBS: readonly Job[] = [
  watchWaiting,
  finishInterviews,
  chaseDecisions,
  escalateCalls,
  remindCases,
  watchPromises,
  humanContactReport,
  sealAudit,
  housekeeping,
];
