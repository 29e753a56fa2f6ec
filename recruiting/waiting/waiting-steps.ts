import { isGeneralHoliday } from '../../hongkong/holidays.ts';
import { workingDaysBefore } from '../../hongkong/working-time.ts';
import { addDays, daysBetween, hongKongDate, type LocalDate, momentAt, weekdayOf } from '../../hongkong/zone.ts';
import type { Settings } from '../settings.ts';

/** Everything the waiting period's rules look at. Plain values; moments in UTC, days of Hong Kong. */
export interface WaitingFacts {
  passedAt: Date;
  /** Day 1: training or work, whichever comes first; null while unknown. */
  firstDayAt: Date | null;
  /** The intake the person is in, once its date is fixed. */
  intake: { id: string; version: number; firstDayAt: Date } | null;
  noticedIntakeVersion: number | null;
  /** When the training notice went onto the page, and whether it was read or answered. */
  noticeSentAt: Date | null;
  noticeRead: boolean;
  lastActivityAt: Date;
  stepsDone: readonly string[];
  pausedUntil: Date | null;
  nudgesStopped: boolean;
  wantsNews: boolean;
  humanContactAt: Date | null;
  /** When the last message that named a date was sent; null when none was. */
  lastDatedMessageAt: Date | null;
}

/** Something the waiting period asks for at a moment. `step` is its occasion: done once and never again. */
export type WaitingStep =
  | { step: string; at: Date; send: string; via?: 'sms' }
  | { step: string; at: Date; call: 'silent' | 'training_unread' | 'day_one_near' };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Every step that is not done yet, with the moment it is due, in order of time. Steps in the past are due now. The list
 * is recomputed at each look, so that a moved date, a pause or a sign of life changes what comes.
 */
export function waitingSteps(facts: WaitingFacts, now: Date, settings: Settings): WaitingStep[] {
  const steps = [
    ...welcomeSteps(facts, settings),
    ...trainingSteps(facts, settings),
    ...nudgeSteps(facts, now, settings),
    ...silenceSteps(facts, settings),
    ...humanContactSteps(facts, settings),
  ];
  return steps
    .filter(({ step }) => !facts.stepsDone.includes(step))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || a.step.localeCompare(b.step));
}

/** The moment of the next look: the first step to come; in the past when something is due. */
export function nextCheck(steps: readonly WaitingStep[], now: Date, settings: Settings): Date {
  const first = steps[0]?.at;
  const atLatest = new Date(now.getTime() + settings.progressEveryDays * DAY_MS);
  return first && first < atLatest ? first : atLatest;
}

function welcomeSteps(facts: WaitingFacts, settings: Settings): WaitingStep[] {
  return [
    {
      step: 'welcome',
      at: new Date(facts.passedAt.getTime() + settings.welcomeAfterHours * HOUR_MS),
      send: 'passed_welcome_pack',
    },
  ];
}

/** Notice, reminders while it is unread, then a human; the evening before day 1. */
function trainingSteps(facts: WaitingFacts, settings: Settings): WaitingStep[] {
  const steps: WaitingStep[] = [];
  const { intake, firstDayAt } = facts;
  if (intake && facts.noticedIntakeVersion !== intake.version) {
    const first = facts.noticedIntakeVersion === null;
    steps.push({
      step: `notice:${intake.id}:v${intake.version}`,
      at: facts.passedAt,
      send: first ? 'training_notice' : 'training_changed',
    });
  }
  if (intake && facts.noticeSentAt && !facts.noticeRead) {
    const sentAt = facts.noticeSentAt;
    const version = `${intake.id}:v${intake.version}`;
    settings.trainingUnreadHours.forEach((hours, index) => {
      const at = new Date(sentAt.getTime() + hours * HOUR_MS);
      steps.push({ step: `unread:${version}:${index + 1}`, at, send: 'training_unread_reminder' });
    });
    steps.push({
      step: `unread:${version}:call`,
      at: new Date(sentAt.getTime() + settings.trainingUnreadCallHours * HOUR_MS),
      call: 'training_unread',
    });
  }
  if (firstDayAt) {
    const eve = momentAt(addDays(hongKongDate(firstDayAt), -1), settings.firstDayReminderAt);
    steps.push({ step: `eve:${hongKongDate(firstDayAt)}`, at: eve, send: 'first_day_reminder' });
  }
  return steps;
}

/** What keeps warm without being asked for. A pause by staff, a stop by the person, and day 1 end it. */
function nudgeSteps(facts: WaitingFacts, now: Date, settings: Settings): WaitingStep[] {
  const steps: WaitingStep[] = [];
  const passedDay = hongKongDate(facts.passedAt);
  const notBefore = facts.pausedUntil;
  const add = (step: string, at: Date, send: string): void => {
    if (notBefore && at < notBefore) return;
    if (facts.firstDayAt && at >= momentAt(hongKongDate(facts.firstDayAt))) return;
    steps.push({ step, at, send });
  };
  if (!facts.nudgesStopped) {
    const tipsDay = addDays(passedDay, settings.tipsAfterDays);
    const daysLeft = facts.firstDayAt ? daysBetween(tipsDay, hongKongDate(facts.firstDayAt)) : null;
    if (daysLeft === null || daysLeft > 1) add('tips', momentAt(tipsDay, settings.tipsAt), 'prep_tips_day3');
    if (!facts.intake && !facts.firstDayAt) {
      const last = facts.lastDatedMessageAt ?? facts.passedAt;
      const day = addDays(hongKongDate(last), settings.progressEveryDays);
      add(`progress:${day}`, momentAt(day, settings.tipsAt), 'waiting_progress');
    }
  }
  if (facts.wantsNews && settings.story) {
    const friday = nextStoryDay(hongKongDate(facts.passedAt > now ? facts.passedAt : now), facts, now, settings);
    add(`story:${friday}`, momentAt(friday, settings.storyAt), 'employee_story_friday');
  }
  return steps;
}

/** The next Friday that is no public holiday and whose story has not been sent. */
function nextStoryDay(from: LocalDate, facts: WaitingFacts, now: Date, settings: Settings): LocalDate {
  let day = from;
  const isOver = (date: LocalDate): boolean =>
    facts.stepsDone.includes(`story:${date}`) ||
    hongKongDate(now) > date ||
    momentAt(date, settings.storyAt) <= facts.passedAt;
  while (weekdayOf(day) !== 5 || isGeneralHoliday(day) || isOver(day)) day = addDays(day, 1);
  return day;
}

/** Silence is counted from the last sign of life: a friendly question, an SMS, then a human call. Never more machine. */
function silenceSteps(facts: WaitingFacts, settings: Settings): WaitingStep[] {
  const since = hongKongDate(facts.lastActivityAt);
  const after = (days: number): Date => new Date(facts.lastActivityAt.getTime() + days * DAY_MS);
  const beforeDayOne = (at: Date): boolean => facts.firstDayAt === null || at < facts.firstDayAt;
  const notPaused = (at: Date): boolean => facts.pausedUntil === null || at >= facts.pausedUntil;
  const steps: WaitingStep[] = [];
  const checkin = after(settings.silentCheckinDays);
  const sms = after(settings.silentSmsDays);
  const call = after(settings.silentCallDays);
  if (!facts.nudgesStopped) {
    if (beforeDayOne(checkin) && notPaused(checkin)) {
      steps.push({ step: `silent:${since}:checkin`, at: checkin, send: 'silence_checkin' });
    }
    if (beforeDayOne(sms) && notPaused(sms)) {
      steps.push({ step: `silent:${since}:sms`, at: sms, send: 'silence_checkin', via: 'sms' });
    }
  }
  if (beforeDayOne(call)) {
    steps.push({ step: `silent:${since}:call`, at: call, call: 'silent' });
  } else if (beforeDayOne(checkin)) {
    // Day 1 is nearer than the ladder's next step: the human comes now.
    steps.push({ step: `silent:${since}:call`, at: checkin, call: 'silent' });
  }
  return steps;
}

/** From some working days before day 1 a person without a recorded human contact is a call task. */
function humanContactSteps(facts: WaitingFacts, settings: Settings): WaitingStep[] {
  if (facts.humanContactAt || !facts.firstDayAt) return [];
  const day = workingDaysBefore(hongKongDate(facts.firstDayAt), settings.humanContactWorkingDays);
  const at = momentAt(day, settings.workdayStart);
  return [
    {
      step: `human:${hongKongDate(facts.firstDayAt)}`,
      at: at > facts.passedAt ? at : facts.passedAt,
      call: 'day_one_near',
    },
  ];
}
