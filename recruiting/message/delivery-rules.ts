import type { DeliveryChannel } from '../../models/outbox-item.model.ts';

/**
 * How each message reaches a candidate: which channels, in which order, what follows when it is not opened, when it may
 * go out and which of the person's switches stops it. The page of the candidate (`portal`) shows every message; it is
 * never silent: see portal-notice.ts.
 */
export interface DeliveryRule {
  /** Channels tried at once, as far as the person has them. */
  now: readonly DeliveryChannel[];
  /** Tried at once when the person has none of those. */
  otherwise?: readonly DeliveryChannel[];
  /** An SMS that follows when the message was not opened: after some hours, or at a time of the same day. */
  smsIfUnopened?: { afterSetting: 'invitationSmsAfterHours' } | { atSetting: 'dayBeforeSmsAt' };
  /** `send` the ordinary window, `early` from 07:30, `gentle` not at Lunar New Year, `rejection` Monday to Thursday 10-17, `any` at once. */
  window: 'send' | 'early' | 'gentle' | 'rejection' | 'any';
  /**
   * `necessary`: sent unless everything is stopped; `nudge` and `news`: stopped by their own switch, nudges are counted
   * per day and week; `answer`: reacts to the person's own act and goes out even after a stop.
   */
  sort: 'necessary' | 'nudge' | 'news' | 'answer';
}

const page: DeliveryRule = { now: ['portal'], window: 'send', sort: 'necessary' };
const pageAndMail: DeliveryRule = { now: ['portal', 'email'], window: 'send', sort: 'necessary' };
const everywhere: DeliveryRule = { now: ['portal', 'email', 'sms'], window: 'send', sort: 'necessary' };
const member: DeliveryRule = { now: ['dingtalk'], window: 'send', sort: 'necessary' };
const nudge: DeliveryRule = { now: ['portal'], window: 'send', sort: 'nudge' };

/** By template id. */
export const DELIVERY_RULES: Readonly<Record<string, DeliveryRule>> = {
  application_received: pageAndMail,
  shortlisted: page,
  interview_invitation: { ...pageAndMail, smsIfUnopened: { afterSetting: 'invitationSmsAfterHours' } },
  slot_offer: page,
  interview_confirmed: pageAndMail,
  reminder_day_before: { ...page, smsIfUnopened: { atSetting: 'dayBeforeSmsAt' } },
  reminder_2h: { now: ['portal', 'sms'], window: 'early', sort: 'necessary' },
  rescheduled: everywhere,
  no_show_followup: { ...page, window: 'gentle' },
  thank_you_after_interview: page,
  passed_welcome_pack: pageAndMail,
  prep_tips_day3: nudge,
  employee_story_friday: { now: ['portal'], window: 'send', sort: 'news' },
  training_notice: everywhere,
  training_unread_reminder: { now: ['sms', 'portal'], window: 'send', sort: 'necessary' },
  store_assignment: page,
  company_news: { now: ['portal'], window: 'send', sort: 'news' },
  bg_check_consent: pageAndMail,
  offer: everywhere,
  offer_reminder: page,
  offer_accepted: pageAndMail,
  rejection: { now: ['portal', 'email'], window: 'rejection', sort: 'necessary' },
  talent_pool_consent: pageAndMail,
  document_request: page,
  first_day_reminder: { now: ['portal', 'sms'], window: 'send', sort: 'necessary' },
  bad_weather_change: { now: ['sms', 'portal'], window: 'any', sort: 'necessary' },
  silence_checkin: nudge,
  // The SMS text exists for a call in vain only.
  human_call_followup: { now: ['portal', 'sms'], window: 'send', sort: 'necessary' },
  withdrawal_ack: { now: ['portal', 'email'], window: 'send', sort: 'answer' },
  opt_out_confirmation: { now: ['portal'], window: 'any', sort: 'answer' },
  probation_m1: member,
  probation_review: member,
  employment_confirmed: member,
  interview_cancelled: everywhere,
  decision_delayed: pageAndMail,
  waiting_progress: nudge,
  training_changed: everywhere,
  case_received: { now: ['portal'], window: 'any', sort: 'answer' },
  portal_notice: { now: ['email'], otherwise: ['sms'], window: 'send', sort: 'necessary' },
  late_reply: { now: ['portal'], window: 'any', sort: 'answer' },
  words_received: { now: ['portal'], window: 'any', sort: 'answer' },
  words_answered: { now: ['portal'], window: 'any', sort: 'answer' },
  files_not_taken: { now: ['email'], window: 'any', sort: 'answer' },
};
