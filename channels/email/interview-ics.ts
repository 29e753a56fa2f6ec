import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

/** What a calendar invitation says. */
export interface InterviewInvitation {
  /** The same for every change of one interview, so that the entry in the person's calendar is the same one. */
  uid: string;
  /** Grows with every change. */
  sequence: number;
  method: 'REQUEST' | 'CANCEL';
  /** When this version was made. */
  stampedAt: Date;
  startAt: Date;
  endAt: Date;
  title: string;
  description: string;
  location: string;
  organizer: { name: string; email: string };
  attendee: { name: string; email: string };
  /** The candidate's own page. */
  url?: string;
}

/**
 * The invitation as ICS text (RFC 5545, RFC 5546). Moments are written in UTC, so that no time zone table is needed;
 * calendars show them in the reader's zone.
 */
export function interviewIcs(invitation: InterviewInvitation): string {
  const isCancelled = invitation.method === 'CANCEL';
  const calendar = ical({
    prodId: { company: 'ziuping', product: 'recruiting', language: 'ZH' },
    method: isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: invitation.uid,
    sequence: invitation.sequence,
    stamp: invitation.stampedAt,
    start: invitation.startAt,
    end: invitation.endAt,
    summary: invitation.title,
    description: invitation.description,
    location: invitation.location,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: invitation.organizer,
    attendees: [
      {
        ...invitation.attendee,
        role: ICalAttendeeRole.REQ,
        status: ICalAttendeeStatus.NEEDSACTION,
        rsvp: false,
      },
    ],
    ...(invitation.url ? { url: invitation.url } : {}),
  });
  return calendar.toString();
}
