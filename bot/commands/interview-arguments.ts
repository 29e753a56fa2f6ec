import type { InterviewKind } from '../../models/interview.model.ts';
import type { BusyStretch } from '../../recruiting/interview/find-conflicts.ts';
import type { Argument, PrepareContext } from '../command.ts';
import { say } from '../replies/said.ts';

/** How people meet. */
export const KIND_ARGUMENT = {
  kind: 'choice',
  title: say('方式', 'kind'),
  optional: true,
  choices: [
    { id: 'video', title: say('視像', 'video'), aliases: ['視像', '視訊', '視象', 'video', 'zoom', 'online'] },
    { id: 'phone', title: say('電話', 'phone'), aliases: ['電話', 'phone', 'by phone', 'call'] },
    { id: 'trial', title: say('試工', 'trial shift'), aliases: ['試工', '試更', 'trial'] },
    { id: 'in_person', title: say('親身', 'in person'), aliases: ['親身', '面見', '見面', 'in person', 'onsite'] },
  ],
} as const satisfies Argument;

/** Length in minutes. */
export const MINUTES_ARGUMENT = {
  kind: 'number',
  title: say('分鐘', 'minutes'),
  optional: true,
  units: ['分鐘', '分', 'minutes', 'minute', 'mins', 'min'],
} as const satisfies Argument;

/** Who meets the candidate. */
export const INTERVIEWERS_ARGUMENT = {
  kind: 'staff',
  title: say('面試官', 'interviewer'),
  optional: true,
  many: true,
  labels: ['面試官', '接見', 'interviewer', 'interviewers'],
} as const satisfies Argument;

/** The conflicts were seen and the time is wanted all the same. */
export const ANYWAY_ARGUMENT = {
  kind: 'choice',
  title: say('照約', 'anyway'),
  optional: true,
  choices: [{ id: 'anyway', title: say('照約', 'anyway'), aliases: ['照約', '照樣約', '照改', 'anyway', 'even so'] }],
} as const satisfies Argument;

/** What calendars say about a time; asked before the unit begins. */
export interface Calendars {
  busy: BusyStretch[];
  /** People whose calendar could not be read. */
  unknown: string[];
}

/** Asks the interviewers' calendars. A platform that does not answer does not stop HR from making an appointment. */
export async function askCalendars(
  { staffChannel, office }: Pick<PrepareContext, 'staffChannel' | 'office'>,
  interviewerIds: readonly string[],
  startAt: Date,
  minutes: number,
): Promise<Calendars> {
  if (interviewerIds.length === 0 || startAt <= office.clock.now()) return { busy: [], unknown: [] };
  try {
    const endAt = new Date(startAt.getTime() + minutes * 60_000);
    return await staffChannel.busyTimes(interviewerIds, startAt, endAt);
  } catch {
    office.log.warn({ people: interviewerIds.length }, 'the calendars could not be read');
    return { busy: [], unknown: [...interviewerIds] };
  }
}

/** How an interview is called, by its kind. */
export const KIND_WORDS: Readonly<Record<InterviewKind, { hant: string; en: string }>> = {
  in_person: { hant: '面試', en: 'interview' },
  video: { hant: '視像面試', en: 'video interview' },
  phone: { hant: '電話面試', en: 'telephone interview' },
  trial: { hant: '試工', en: 'trial shift' },
};
