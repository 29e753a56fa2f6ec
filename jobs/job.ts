import type { Office } from '../recruiting/unit/office.ts';

/** What a run knows. */
export interface JobRun {
  office: Office;
  /** The moment it runs for: the slot, not the moment at which somebody got round to it. */
  scheduledFor: Date;
}

/**
 * One scheduled job. Two kinds:
 * - `at`: a time of the calendar, as a cron expression in Hong Kong time. `missed` says what happens with slots that
 *   passed while nobody ran: `once` = one run for all of them, `each` = one run per slot, `skip` = only a slot that is
 *   less than an hour old.
 * - `whenDue`: work that lies in the database with its own moment. `nextDue` finds the earliest; nothing is polled.
 */
export type Job =
  | { name: string; at: string; missed: 'once' | 'each' | 'skip'; run(run: JobRun): Promise<number> }
  | {
      name: string;
      nextDue(office: Office): Promise<Date | null>;
      run(run: JobRun): Promise<number>;
    };
