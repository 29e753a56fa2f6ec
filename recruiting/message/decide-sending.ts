import {
  clampToSendWindow,
  GENTLE_WINDOW,
  REJECTION_WINDOW,
  REMINDER_WINDOW,
  SEND_WINDOW,
  type SendWindow,
} from '../../hongkong/send-window.ts';
import { addDays, hongKongDate, momentAt } from '../../hongkong/zone.ts';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import type { DeliveryChannel } from '../../models/outbox-item.model.ts';
import type { Settings } from '../settings.ts';
import type { DeliveryRule } from './delivery-rules.ts';

/** One channel to try, and when. */
export interface Leg {
  channel: DeliveryChannel;
  dueAt: Date;
  why: 'first' | 'unopened' | 'fallback' | 'no_address';
}

/** What is to happen with a due message. */
export type SendingDecision =
  | { act: 'drop'; reason: string }
  | { act: 'wait'; until: Date; reason: string }
  | { act: 'send'; legs: Leg[] };

/** What the decision looks at. */
export interface SendingQuestion {
  rule: DeliveryRule;
  candidate: Pick<CandidateRecord, 'phone' | 'email' | 'staffId' | 'choices'>;
  /** Only this channel, when the act asked for one. */
  via?: DeliveryChannel | undefined;
  atOnce: boolean;
  /** Has an SMS text of its own. */
  hasSmsText: boolean;
  /** Nudges already sent: since today's start and in the last seven days. */
  nudgesToday: number;
  nudgesThisWeek: number;
  now: Date;
  settings: Settings;
}

/** Decides whether, when and by which channels a due message goes out. Pure. */
export function decideSending(question: SendingQuestion): SendingDecision {
  const { rule, candidate, now, settings } = question;
  const stopped = stoppedBy(rule, candidate.choices);
  if (stopped) return { act: 'drop', reason: stopped };
  if (!question.atOnce && rule.window !== 'any') {
    const opens = clampToSendWindow(now, windowOf(rule, settings));
    if (opens > now) return { act: 'wait', until: opens, reason: 'outside the send window' };
  }
  if (rule.sort === 'nudge') {
    const tomorrow = momentAt(addDays(hongKongDate(now), 1), settings.sendWindowStart);
    if (question.nudgesToday >= settings.nudgesPerDay) {
      return { act: 'wait', until: tomorrow, reason: 'enough nudges for one day' };
    }
    if (question.nudgesThisWeek >= settings.nudgesPerWeek) {
      return { act: 'drop', reason: 'enough nudges for one week' };
    }
  }
  return { act: 'send', legs: legsOf(question) };
}

/** Which switch of the person stops this message, if any. */
function stoppedBy(rule: DeliveryRule, choices: CandidateRecord['choices']): string | null {
  if (rule.sort === 'answer') return null;
  if (choices.allStoppedAt) return 'stopped_all';
  if (rule.sort === 'nudge' && choices.nudgesStoppedAt) return 'stopped_nudges';
  if (rule.sort === 'news' && !choices.newsConsentAt) return 'no_news_consent';
  return null;
}

function windowOf(rule: DeliveryRule, settings: Settings): SendWindow {
  switch (rule.window) {
    case 'early':
      return { ...REMINDER_WINDOW, start: settings.earlyReminderStart, end: settings.sendWindowEnd };
    case 'gentle':
      return { ...GENTLE_WINDOW, start: settings.sendWindowStart, end: settings.sendWindowEnd };
    case 'rejection':
      return { ...REJECTION_WINDOW, start: settings.rejectionWindowStart, end: settings.rejectionWindowEnd };
    default:
      return { ...SEND_WINDOW, start: settings.sendWindowStart, end: settings.sendWindowEnd };
  }
}

function legsOf(question: SendingQuestion): Leg[] {
  const { rule, candidate, via, now, settings, hasSmsText } = question;
  const reachable = (channel: DeliveryChannel): boolean =>
    channel === 'portal' ||
    (channel === 'email' && candidate.email !== null) ||
    (channel === 'sms' && candidate.phone !== null && hasSmsText) ||
    (channel === 'dingtalk' && candidate.staffId !== null);
  const wished: readonly DeliveryChannel[] = via ? [via] : rule.now;
  let chosen = wished.filter(reachable);
  // Who cannot be reached by the channel that was asked for is reached by e-mail rather than by nobody.
  const otherwise: readonly DeliveryChannel[] = via ? ['email'] : (rule.otherwise ?? []);
  if (chosen.length === 0) chosen = otherwise.filter(reachable);
  const legs: Leg[] = chosen.map((channel) => ({ channel, dueAt: now, why: 'first' }));
  const hasAddress = candidate.email !== null || candidate.phone !== null || candidate.staffId !== null;
  if (!hasAddress || legs.length === 0) legs.push({ channel: 'hand', dueAt: now, why: 'no_address' });
  if (!via && rule.smsIfUnopened && reachable('sms')) {
    const dueAt =
      'afterSetting' in rule.smsIfUnopened
        ? new Date(now.getTime() + settings[rule.smsIfUnopened.afterSetting] * 3_600_000)
        : momentAt(hongKongDate(now), settings[rule.smsIfUnopened.atSetting]);
    if (dueAt > now) legs.push({ channel: 'sms', dueAt, why: 'unopened' });
    else legs.push({ channel: 'sms', dueAt: now, why: 'first' });
  }
  return legs;
}
