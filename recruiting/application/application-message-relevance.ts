import type { ApplicationRecord, ApplicationStage } from '../../models/application.model.ts';

/** What the rule looks at; the records as they are at the moment of sending. */
export interface ApplicationMessageQuestion {
  template: string;
  occasion: string;
  facts: { application: ApplicationRecord | null };
  now: Date;
}

/** In which stages each message about an application says something true. */
const TRUE_IN: Readonly<Record<string, readonly ApplicationStage[]>> = {
  application_received: ['applied', 'shortlisted', 'interview', 'interviewed'],
  shortlisted: ['shortlisted', 'interview'],
  rejection: ['rejected'],
  withdrawal_ack: ['withdrawn'],
  offer_reminder: ['offer_sent'],
  offer_accepted: ['offer_accepted'],
};

/**
 * Whether a message about an application still says something true.
 * @returns null when it does or when this rule knows nothing about the template, else why it is dropped
 */
export function applicationMessageIsTrue(question: ApplicationMessageQuestion): string | null {
  const stages = TRUE_IN[question.template];
  if (!stages) return null;
  const { application } = question.facts;
  if (!application) return 'the application is gone';
  if (!stages.includes(application.stage)) return `the application is ${application.stage}`;
  if (question.template === 'offer_reminder') return whyNoReminder(application, question);
  return null;
}

/** A reminder names the deadline it was made for; a deadline that was moved has reminders of its own. */
function whyNoReminder(application: ApplicationRecord, { occasion, now }: ApplicationMessageQuestion): string | null {
  const { offerReplyBy } = application;
  if (!offerReplyBy) return 'the offer has no deadline';
  if (!occasion.includes(`:by${offerReplyBy.getTime()}:`)) return 'the deadline has changed since';
  return offerReplyBy > now ? null : 'the deadline has passed';
}
