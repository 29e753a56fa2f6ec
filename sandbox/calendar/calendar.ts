import type { SandboxIds } from '../state/ids.ts';
import type { Journal, Table } from '../state/journal.ts';

/** A moment of an event: a time of day with its zone, or a whole day. */
export interface EventMoment {
  readonly dateTime?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly date?: string | undefined;
}

export interface Attendee {
  /** unionId. */
  readonly id: string;
  readonly isOptional: boolean;
  readonly responseStatus: 'needsAction' | 'accepted' | 'declined' | 'tentative';
}

export interface CalendarEvent {
  readonly id: string;
  readonly organizer: string;
  readonly summary: string;
  readonly description: string;
  readonly start: EventMoment;
  readonly end: EventMoment;
  readonly isAllDay: boolean;
  readonly attendees: readonly Attendee[];
  readonly location: { readonly displayName: string } | undefined;
  readonly reminders: readonly { readonly method: string; readonly minutes: number }[];
  readonly onlineMeetingInfo: Readonly<Record<string, unknown>> | undefined;
  readonly meetingRooms: readonly string[];
  readonly status: 'confirmed' | 'cancelled';
  /** unionIds of attendees who removed their own copy. */
  readonly removedFor: readonly string[];
  readonly createTime: string;
  readonly updateTime: string;
}

interface Busy {
  readonly unionId: string;
  readonly start: string;
  readonly end: string;
  readonly summary: string;
}

export interface BusyTime {
  readonly status: 'BUSY' | 'TENTATIVE';
  readonly start: EventMoment;
  readonly end: EventMoment;
}

const ZONE = 'Asia/Hong_Kong';

/** The first moment of an event, in milliseconds; a whole day begins at midnight in Hong Kong. */
export function momentMs(moment: EventMoment): number {
  return Date.parse(moment.dateTime ?? `${moment.date ?? ''}T00:00:00+08:00`);
}

/** Everybody's primary calendar. */
export class Calendar {
  readonly #events: Table<CalendarEvent>;
  readonly #busy: Table<Busy>;
  readonly #ids: SandboxIds;

  constructor(journal: Journal, ids: SandboxIds) {
    this.#events = journal.table('calendarEvents');
    this.#busy = journal.table('busy');
    this.#ids = ids;
  }

  get(id: string): CalendarEvent | undefined {
    return this.#events.get(id);
  }

  all(): CalendarEvent[] {
    return this.#events.all();
  }

  put(event: CalendarEvent): CalendarEvent {
    return this.#events.put(event.id, event);
  }

  newId(): string {
    return this.#ids.opaque('ev', 24).replaceAll('=', '');
  }

  /** Time that is taken for a reason outside this calendar. */
  addBusy(unionId: string, start: string, end: string, summary: string): void {
    this.#busy.put(`busy-${this.#ids.count('busy')}`, { unionId, start, end, summary });
  }

  /** Events in which somebody takes part and that they have not removed. */
  eventsOf(unionId: string): CalendarEvent[] {
    return this.#events
      .all()
      .filter(
        (event) =>
          (event.organizer === unionId || event.attendees.some(({ id }) => id === unionId)) &&
          !event.removedFor.includes(unionId),
      )
      .sort((a, b) => momentMs(a.start) - momentMs(b.start));
  }

  createdBy(unionId: string, onDay: string): number {
    return this.#events.all().filter((event) => event.organizer === unionId && event.createTime.startsWith(onDay))
      .length;
  }

  /** When somebody is taken between two moments; says nothing about why. */
  busyTimes(unionId: string, from: number, to: number): BusyTime[] {
    const overlaps = (start: EventMoment, end: EventMoment): boolean => momentMs(start) < to && momentMs(end) > from;
    const events = this.eventsOf(unionId)
      .filter((event) => event.status === 'confirmed' && overlaps(event.start, event.end))
      .flatMap((event) => {
        const response =
          event.organizer === unionId ? 'accepted' : event.attendees.find(({ id }) => id === unionId)?.responseStatus;
        if (response === 'declined') return [];
        return [
          {
            status: response === 'accepted' ? ('BUSY' as const) : ('TENTATIVE' as const),
            start: event.start,
            end: event.end,
          },
        ];
      });
    const others = this.#busy
      .all()
      .filter((busy) => busy.unionId === unionId)
      .map((busy) => ({
        status: 'BUSY' as const,
        start: { dateTime: busy.start, timeZone: ZONE },
        end: { dateTime: busy.end, timeZone: ZONE },
      }))
      .filter(({ start, end }) => overlaps(start, end));
    return [...events, ...others].sort((a, b) => momentMs(a.start) - momentMs(b.start));
  }
}
