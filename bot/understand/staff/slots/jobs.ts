import { belongs, oneOrMany, type SlotReader } from './slot-reader.ts';

/** Intents that may speak of a job. In the others the word is part of what is said of a person. */
const OF_JOBS: ReadonlySet<string> = new Set([
  'shortlist',
  'schedule',
  'reschedule',
  'cancel',
  'status',
  'list',
  'report',
  'offer',
  'blind_on',
  'blind_off',
  'open_requisition',
  'send_message',
  'approve',
  'reject',
  'hold',
  'assign_store',
  'pause_nudges',
  'resume_nudges',
]);

/** Intents that speak of jobs more than of people: there a daily word such as 廚房 is one. */
const ABOUT_JOBS: ReadonlySet<string> = new Set([
  'shortlist',
  'list',
  'open_requisition',
  'blind_on',
  'blind_off',
  'offer',
  'report',
  'status',
]);

/** The job an order speaks of. */
export const readJobs: SlotReader = (context) => {
  const { order, found, text } = context;
  if (!OF_JOBS.has(order.intent)) return {};
  const jobs = found.jobs
    .filter((job) => belongs(context, job) && (!job.weak || ABOUT_JOBS.has(order.intent)))
    .map(({ start, end }) => text.typed.slice(placeBefore(context, start), end));
  const job = oneOrMany([...new Set(jobs)]);
  return job === undefined ? {} : { entities: { job } };
};

/** Where a job begins with its place: TST supervisor in status and list. */
function placeBefore({ order, found, text }: Parameters<SlotReader>[0], start: number): number {
  if (order.intent === 'open_requisition') return start;
  const place = found.places.find(({ end }) => end <= start && /^ ?(?:嘅|的)?$/u.test(text.typed.slice(end, start)));
  return place ? place.start : start;
}
