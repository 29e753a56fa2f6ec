import { z } from 'zod';
import type { Call } from '../http/operation.ts';
import { badRequest, WireError } from '../http/wire-error.ts';
import type { Person } from '../organisation/company.ts';
import type { World } from '../world.ts';
import { type CalendarEvent, type EventMoment, momentMs } from './calendar.ts';

const MOMENT = z.object({
  dateTime: z.string().optional(),
  timeZone: z.string().optional(),
  date: z.string().optional(),
});
export const ATTENDEE = z.object({ id: z.string(), isOptional: z.boolean().optional() });

const FIELDS = {
  summary: z.string().max(2048).optional(),
  description: z.string().max(5000).optional(),
  start: MOMENT.optional(),
  end: MOMENT.optional(),
  isAllDay: z.boolean().optional(),
  attendees: z.array(ATTENDEE).max(500).optional(),
  location: z.object({ displayName: z.string().optional() }).optional(),
  reminders: z
    .array(z.object({ method: z.string().optional(), minutes: z.coerce.number().int().optional() }))
    .optional(),
  onlineMeetingInfo: z.object({ type: z.string().optional() }).optional(),
  extra: z.record(z.string(), z.string()).optional(),
  recurrence: z.record(z.string(), z.unknown()).optional(),
  richTextDescription: z.object({ text: z.string().optional() }).optional(),
  uiConfigs: z.array(z.record(z.string(), z.unknown())).optional(),
  cardInstances: z.array(z.record(z.string(), z.unknown())).optional(),
  categories: z.array(z.record(z.string(), z.unknown())).optional(),
  freeBusyStatus: z.string().optional(),
};
export const CREATE_EVENT = z.object(FIELDS);
export const PATCH_EVENT = z.object({ ...FIELDS, id: z.string().optional() });
export type EventFields = z.infer<typeof CREATE_EVENT>;

/** The person of a unionId in a path; any other id is refused. */
export function personOf(call: Call, unionId: string | undefined): Person & { unionId: string } {
  const person = call.world.company.byUnionId(unionId ?? '');
  if (!person?.unionId) throw badRequest('invalidParameter', `用户不存在 ${unionId ?? ''}`);
  if (person.outOfRange) throw badRequest('permissionDeny', '用户不在授权范围内');
  if (call.params.calendarId !== undefined && call.params.calendarId !== 'primary')
    throw badRequest('invalidParameter', 'calendarId不合法');
  return { ...person, unionId: person.unionId };
}

/** An event the person can see. */
export function eventOf(call: Call, person: { unionId: string }): CalendarEvent {
  const event = call.world.calendar.get(call.params.eventId ?? '');
  const isMine =
    event && (event.organizer === person.unionId || event.attendees.some(({ id }) => id === person.unionId));
  if (!event || !isMine || event.removedFor.includes(person.unionId))
    throw new WireError(404, 'itemNotFound', '日程不存在');
  return event;
}

/** Checks that a moment is one, and that the end comes after the start. */
export function checkTimes(start: EventMoment, end: EventMoment): void {
  const from = momentMs(start);
  const to = momentMs(end);
  if (Number.isNaN(from)) throw badRequest('invalidParameter', 'start不合法');
  if (Number.isNaN(to)) throw badRequest('invalidParameter', 'end不合法');
  if (to <= from) throw badRequest('invalidParameter', 'end必须晚于start');
}

/** Attendee ids must be unionIds of members. */
export function checkAttendees(world: World, ids: readonly string[]): void {
  const wrong = ids.find((id) => !world.company.byUnionId(id));
  if (wrong !== undefined) throw badRequest('invalidParameter', `attendees不合法 ${wrong}`);
}

/** An event as the API shows it. */
export function showEvent(world: World, event: CalendarEvent): Record<string, unknown> {
  const nameOf = (unionId: string): string =>
    world.company.people().find((person) => person.unionId === unionId)?.name ?? '';
  return {
    id: event.id,
    summary: event.summary,
    description: event.description,
    status: event.status,
    start: event.start,
    end: event.end,
    isAllDay: event.isAllDay,
    attendees: event.attendees.map((attendee) => ({
      ...attendee,
      displayName: nameOf(attendee.id),
      self: attendee.id === event.organizer,
    })),
    organizer: { id: event.organizer, displayName: nameOf(event.organizer), responseStatus: 'accepted', self: true },
    ...(event.location ? { location: { displayName: event.location.displayName } } : {}),
    reminders: event.reminders.map(({ method, minutes }) => ({ method, minutes: String(minutes) })),
    ...(event.onlineMeetingInfo ? { onlineMeetingInfo: event.onlineMeetingInfo } : {}),
    ...(event.meetingRooms.length > 0
      ? {
          meetingRooms: event.meetingRooms.map((roomId) => ({
            roomId,
            displayName: roomId,
            responseStatus: 'accepted',
          })),
        }
      : {}),
    createTime: event.createTime,
    updateTime: event.updateTime,
  };
}

/** Tells every application that listens that an event changed. */
export function announceChange(world: World, event: CalendarEvent, changeType: string): void {
  const unionIdList = [event.organizer, ...event.attendees.map(({ id }) => id)].filter(
    (id, index, all) => all.indexOf(id) === index,
  );
  for (const app of world.apps.all()) {
    world.deliveries.event(app, 'calendar_event_change', {
      calendarEventId: event.id,
      calendarId: 'primary',
      changeType,
      unionIdList,
      operator: { type: 'app' },
      calendarEventUpdateTime: String(new Date(event.updateTime).getTime()),
      legacyCalendarEventId: event.id,
    });
  }
}
