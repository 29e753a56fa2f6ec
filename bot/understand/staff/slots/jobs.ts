import type { JobMention } from '../../mentions/jobs.ts';
import { foldedPattern } from '../../text/marked-text.ts';
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
    .filter((job) => belongs(context, job) && counts(job.weak, order.intent))
    .map(({ start, end }) => text.typed.slice(placeBefore(context, start), end))
    // the chef wants to see her: who interviews is no job here.
    .filter((words) => ![context.entities.interviewer ?? []].flat().includes(words));
  const job = oneOrMany([...new Set(jobs)]) ?? wantedWord(context);
  return job === undefined ? {} : { entities: { job } };
};

const counts = (weak: JobMention['weak'], intent: string): boolean =>
  weak === undefined || (weak === 'daily' ? ABOUT_JOBS.has(intent) : intent === 'open_requisition');

/** 請個迎賓, need a florist: of a vacancy whatever is wanted is the job, known or not. */
const WANTED = foldedPattern(
  '(?:請|招|搵|聘|要)(?:多|返)?(?:[一兩三四五六七八九十\\d]+)?(?:個|名|位)(?:全職|兼職)?([\\p{Script=Han}]{2,5}?)(?=[\\s,，。!?;:：]|$|要|去|喺|返)|(?<![a-z])(?:need|hire|looking for|recruit|want|find|get)(?: (?:a|an|another|one|two|three|four|\\d+|more|some|extra|full.?time|part.?time|us))+ ([a-z][a-z ]{2,24}?)(?=[,.;!?]| for | at | in | to | asap| by | from |$)',
  'u',
);

/** bellman嗰批, for the lifeguard role: a job nobody has listed, told by the words around it. */
const OF_A_JOB = foldedPattern(
  '(?<![a-z\\p{Script=Han}])([a-z]{4,}(?: [a-z]{4,})?|\\p{Script=Han}{2,4}?)(?:嗰|那|呢)(?:批|班|份|個job|個位|邊)|(?<![a-z])for (?:the )?([a-z]{4,}(?: [a-z]{4,})?) (?:role|position|post|vacancy|job|opening|spot)(?![a-z])',
  'u',
);
const NO_JOB = foldedPattern(
  '^(?:未|冇|有|已|見|昨|今|聽|琴|尋|上|下|邊|所|全|唔|過|最|剛|first|last|next|those|these|this|that|same|other|whole|open)',
  'u',
);

function wordOfJob({ order, text, found }: Parameters<SlotReader>[0]): string | undefined {
  if (!ABOUT_JOBS.has(order.intent) && order.intent !== 'reject') return undefined;
  const from = text.place(order.start);
  const match = OF_A_JOB.exec(text.folded.slice(from, text.place(order.end)));
  const word = match?.[1] ?? match?.[2];
  if (!match || !word || NO_JOB.test(word)) return undefined;
  const start = from + match.index + match[0].indexOf(word);
  const end = start + word.length;
  const taken = [...found.people, ...found.times, ...found.places].some((each) => start < each.end && end > each.start);
  return taken ? undefined : text.typed.slice(start, end);
}

function wantedWord(context: Parameters<SlotReader>[0]): string | undefined {
  const { order, text } = context;
  if (order.intent !== 'open_requisition') return wordOfJob(context);
  const from = text.place(order.start);
  const match = WANTED.exec(text.folded.slice(from, text.place(order.end)));
  const word = match?.[1] ?? match?.[2];
  if (!match || !word) return undefined;
  const start = from + match.index + match[0].lastIndexOf(word);
  return text.typed.slice(start, start + word.length);
}

/** Where a job begins with its place: TST supervisor in status and list. */
function placeBefore({ order, found, text }: Parameters<SlotReader>[0], start: number): number {
  if (order.intent === 'open_requisition') return start;
  const place = found.places.find(({ end }) => end <= start && /^ ?(?:嘅|的)?$/u.test(text.typed.slice(end, start)));
  return place ? place.start : start;
}
