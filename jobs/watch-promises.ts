import { delayPromises } from '../recruiting/application/delay-promises.ts';
import type { Job } from './job.ts';

/** A date that was promised is never missed in silence: one working day before it the candidate hears the new one. */
export const watchPromises: Job = {
  name: 'watch-promises',
  at: '0 10 * * 1-5',
  missed: 'once',
  run: ({ office }) => delayPromises(office),
};
