import { addDays, daysBetween, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { ApplicationStage } from '../../models/application.model.ts';
import type { CandidateName } from '../../models/candidate.model.ts';
import type { StaffRecord } from '../../models/staff.model.ts';
import type { Settings } from '../settings.ts';
import type { MessageFacts } from './message-facts.ts';

/** A typed slot value; the renderer formats it by the slot's type. Undefined = the record does not hold it. */
export type SlotValue =
  | string
  | number
  | Date
  | string[]
  | Date[]
  | { from: Date; to: Date }
  | Record<string, string>
  | undefined;

/** Progress as candidates read it: keys of templates/zh-HK/values.tsv (messages 27 and 36). */
export const STAGE_KEY: Partial<Record<ApplicationStage, string>> = {
  applied: 'applied',
  shortlisted: 'applied',
  interview: 'interview_booked',
  interviewed: 'interviewed',
  passed: 'passed',
  offer_sent: 'offer_open',
  offer_accepted: 'offer_accepted',
};

/**
 * Every slot that the records can fill, by slot name. What only an act knows stands in `extra` and wins. Nothing is made
 * up: a value that no record holds stays undefined, and the message is then not sent.
 */
export function slotValues(
  facts: MessageFacts,
  extra: Readonly<Record<string, unknown>>,
  at: { now: Date; settings: Settings },
): Record<string, SlotValue> {
  return {
    ...peopleSlots(facts),
    ...interviewSlots(facts, at),
    ...waitingSlots(facts, at),
    ...textSlots(at.settings),
    ...extraSlots(extra),
  };
}

function peopleSlots(facts: MessageFacts): Record<string, SlotValue> {
  const { organisation, candidate, application, requisition, owner } = facts;
  return {
    salute: salutationInput(candidate.name),
    brand: organisation?.brand ?? undefined,
    legal_entity: organisation?.legalEntity ?? undefined,
    office_addr: organisation?.officeAddress ?? undefined,
    hr_phone: organisation?.hrPhone ?? undefined,
    job: requisition?.jobTitle,
    ref: application?.ref,
    hr_name: owner ? calledName(owner) : undefined,
    reply_by: application?.promise?.by,
    purge_date: candidate.purgeAfter,
  };
}

function interviewSlots(facts: MessageFacts, at: { now: Date; settings: Settings }): Record<string, SlotValue> {
  const { interview, interviewBranch: branch, interviewers } = facts;
  if (!interview) return {};
  const kind = { in_person: null, trial: null, video: '視像', phone: '電話' }[interview.kind];
  return {
    dt: interview.startAt,
    dt_short: interview.startAt,
    time_hm: interview.startAt,
    time_short: interview.startAt,
    place: kind ? `${kind}面試` : branch?.address,
    place_short: kind ?? branch?.shortName,
    landmark: kind ? undefined : (branch?.landmark ?? undefined),
    interviewer: interviewers.length > 0 ? interviewers.map(calledName).join('、') : undefined,
    minutes: interview.minutes,
    early_min: at.settings.arriveEarlyMinutes,
    reply_by: interviewReplyBy(interview.startAt, at),
  };
}

/** Some days to answer, but always before the evening in front of the interview, and never in the past. */
function interviewReplyBy(startAt: Date, { now, settings }: { now: Date; settings: Settings }): Date {
  const wished = momentAt(addDays(hongKongDate(now), settings.replyCalendarDays), settings.workdayEnd);
  const evening = momentAt(addDays(hongKongDate(startAt), -1), settings.workdayEnd);
  const soonest = new Date((now.getTime() + startAt.getTime()) / 2);
  const latest = evening > now ? evening : soonest;
  return wished < latest ? wished : latest;
}

function waitingSlots(
  facts: MessageFacts,
  { now, settings }: { now: Date; settings: Settings },
): Record<string, SlotValue> {
  const { application, intake, plan, workBranch, manager } = facts;
  const stage = application ? STAGE_KEY[application.stage] : undefined;
  const firstDay = plan?.firstDayAt ?? application?.startAt ?? null;
  const values: Record<string, SlotValue> = {
    store: workBranch?.name,
    store_addr: workBranch?.address,
    manager: manager ? calledName(manager) : undefined,
    start_date: application?.startAt ?? firstDay ?? undefined,
    stage: intake?.state === 'fixed' && application?.stage === 'passed' ? 'training_fixed' : stage,
    waiting_for: waitingFor(facts),
    next_step: nextStep(facts),
    next_date: intake?.state === 'fixed' && intake.firstDayAt ? intake.firstDayAt : undefined,
    next_update: momentAt(addDays(hongKongDate(now), settings.progressEveryDays)),
    days_left: firstDay && firstDay > now ? daysBetween(hongKongDate(now), hongKongDate(firstDay)) : undefined,
  };
  if (!facts.interview && firstDay) {
    Object.assign(values, {
      dt: firstDay,
      dt_short: firstDay,
      time_hm: firstDay,
      time_short: firstDay,
      place: workBranch?.address,
      place_short: workBranch?.shortName,
    });
  }
  if (intake?.firstDayAt && !facts.interview) {
    Object.assign(values, {
      date_range: { from: intake.firstDayAt, to: intake.lastDayAt ?? intake.firstDayAt },
      dt: intake.firstDayAt,
      dt_short: intake.firstDayAt,
      time_hm: intake.firstDayAt,
      place: intake.place,
      place_short: intake.placeShort,
      outline: intake.outline,
      pay_note: intake.payNote,
      reply_by: trainingReplyBy(intake.firstDayAt, now, settings),
    });
  }
  return values;
}

/** Some calendar days to confirm, at the latest the day before the training. */
function trainingReplyBy(firstDayAt: Date, now: Date, settings: Settings): Date {
  const wished = momentAt(addDays(hongKongDate(now), settings.replyCalendarDays));
  const dayBefore = momentAt(addDays(hongKongDate(firstDayAt), -1));
  const today = momentAt(hongKongDate(now));
  if (wished <= dayBefore) return wished;
  return dayBefore > today ? dayBefore : today;
}

function textSlots(settings: Settings): Record<string, SlotValue> {
  return {
    tips: settings.tips,
    dress: settings.dress,
    story_title: settings.story?.title,
    story_teaser: settings.story?.teaser,
  };
}

function waitingFor({ application, intake }: MessageFacts): string | undefined {
  if (!application) return undefined;
  if (application.stage === 'offer_sent') return 'offer_approval';
  if (intake?.state === 'fixed') return application.branchId ? undefined : 'store';
  return 'training_places';
}

function nextStep({ application, intake }: MessageFacts): string | undefined {
  if (!application) return undefined;
  if (intake?.state === 'fixed') return '入職培訓';
  switch (application.stage) {
    case 'applied':
      return '初步甄選';
    case 'shortlisted':
      return '約定面試時間';
    case 'interview':
      return '面試';
    case 'interviewed':
      return '通知面試結果';
    default:
      return '安排入職培訓';
  }
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[^/]*(Z|[+-]\d{2}:\d{2})$/;

/** Extra values as an act wrote them: moments are ISO texts, ranges two of them with a slash between. */
function extraSlots(extra: Readonly<Record<string, unknown>>): Record<string, SlotValue> {
  return Object.fromEntries(Object.entries(extra).map(([name, value]) => [name, extraSlot(value)]));
}

function extraSlot(value: unknown): SlotValue {
  if (typeof value !== 'string') return value as SlotValue;
  const [from = '', to] = value.split('/');
  if (to !== undefined && MOMENT.test(from) && MOMENT.test(to)) return { from: new Date(from), to: new Date(to) };
  return MOMENT.test(value) ? new Date(value) : value;
}

/** The parts of a name that an address may use. */
export function salutationInput(name: CandidateName): Record<string, string> {
  const parts = {
    surnameZh: name.surnameZh,
    givenZh: name.givenZh,
    surnameEn: name.surnameEn,
    givenEn: name.givenEn,
    englishName: name.englishName,
    preferredName: name.preferredName,
    title: name.preferredTitle,
  };
  return Object.fromEntries(Object.entries(parts).filter((entry): entry is [string, string] => entry[1] !== null));
}

/** The name by which a member of staff signs: Carmen, else 陳大文. */
export function calledName(person: StaffRecord): string {
  return person.englishName ?? person.name;
}
