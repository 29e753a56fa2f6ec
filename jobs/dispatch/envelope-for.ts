import type { CandidateEnvelope } from '../../channels/channel.ts';
import type { DeliveryRecord, OutboxItemRecord } from '../../models/outbox-item.model.ts';
import type { ComposedMessage } from '../../recruiting/message/compose-message.ts';
import type { MessageFacts } from '../../recruiting/message/message-facts.ts';

/** What a calendar file says about an interview or a training. */
export interface CalendarFacts {
  method: 'REQUEST' | 'CANCEL';
  /** Stable for ever: the same entry is changed, never doubled. */
  uid: string;
  sequence: number;
  startAt: Date;
  endAt: Date;
  title: string;
  description: string;
  place: string;
  /** Who invites; the address is the sender's own. */
  organizerName: string;
  attendee: { name: string; email: string };
  now: Date;
}

/** Writes the calendar file (ICS text). */
export type InterviewCalendar = (facts: CalendarFacts) => string;

/** Templates that carry the calendar file of the interview (invitation answered, moved, cancelled) or of the training. */
const WITH_INTERVIEW = new Set(['interview_confirmed', 'rescheduled', 'interview_cancelled']);
const WITH_TRAINING = new Set(['training_notice', 'training_changed']);

/** The envelope of one delivery; undefined when the person has no address for the channel. */
export function envelopeFor(
  facts: MessageFacts,
  item: OutboxItemRecord,
  delivery: DeliveryRecord,
  message: ComposedMessage,
  parts: { calendar: InterviewCalendar; office: { clock: { now(): Date } } },
): CandidateEnvelope | undefined {
  const { candidate } = facts;
  const to = { email: candidate.email, sms: candidate.phone, dingtalk: candidate.staffId }[
    delivery.channel as 'email' | 'sms' | 'dingtalk'
  ];
  if (!to) return undefined;
  const envelope: CandidateEnvelope = { deliveryId: delivery.id, to, text: message.text };
  if (delivery.channel !== 'email') return envelope;
  if (message.subject) envelope.subject = message.subject;
  if (message.html) envelope.html = message.html;
  if (message.stopUrl) envelope.unsubscribeUrl = message.stopUrl;
  const entry = calendarFacts(facts, item, parts.office.clock.now());
  if (entry) envelope.calendar = { method: entry.method, content: parts.calendar(entry) };
  return envelope;
}

function calendarFacts(facts: MessageFacts, item: OutboxItemRecord, now: Date): CalendarFacts | undefined {
  const { interview, intake, organisation, requisition } = facts;
  const brand = organisation?.brand ?? '';
  const people = {
    description: organisation?.hrPhone ? `查詢：${organisation.hrPhone}` : '',
    organizerName: brand,
    attendee: { name: facts.candidate.name.display, email: facts.candidate.email ?? '' },
    now,
  };
  if (interview && WITH_INTERVIEW.has(item.what)) {
    return {
      method: item.what === 'interview_cancelled' ? 'CANCEL' : 'REQUEST',
      uid: `${interview._id}@ziuping`,
      sequence: interview.version,
      startAt: interview.startAt,
      endAt: new Date(interview.startAt.getTime() + interview.minutes * 60_000),
      title: `${brand}面試（${requisition?.jobTitle ?? ''}）`,
      place:
        facts.interviewBranch?.address ??
        { in_person: '', trial: '', video: '視像面試', phone: '電話面試' }[interview.kind],
      ...people,
    };
  }
  if (intake?.firstDayAt && WITH_TRAINING.has(item.what)) {
    return {
      method: 'REQUEST',
      uid: `${intake._id}-${facts.candidate._id}@ziuping`,
      sequence: intake.version,
      startAt: intake.firstDayAt,
      endAt: intake.lastDayAt ?? new Date(intake.firstDayAt.getTime() + 8 * 3_600_000),
      title: `${brand}入職培訓`,
      place: intake.place,
      ...people,
    };
  }
  return undefined;
}
