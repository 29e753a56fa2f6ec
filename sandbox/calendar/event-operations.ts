import { z } from 'zod';
import { type Answer, appOf, type Call, type Operation, ok } from '../http/operation.ts';
import { readRequest } from '../http/validate.ts';
import { badRequest } from '../http/wire-error.ts';
import type { Attendee, CalendarEvent } from './calendar.ts';
import {
  ATTENDEE,
  announceChange,
  CREATE_EVENT,
  checkAttendees,
  checkTimes,
  type EventFields,
  eventOf,
  PATCH_EVENT,
  personOf,
  showEvent,
} from './event-request.ts';

const EVENTS = '/v1.0/calendar/users/{userId}/calendars/{calendarId}/events';
const EVENTS_PER_DAY = 100;
const MAX_ATTENDEES = 5000;
const DAY_MS = 24 * 3_600_000;

function operation(
  method: Operation['method'],
  path: string,
  scope: 'Write' | 'Read',
  run: (call: Call) => Answer,
): Operation {
  return { method, path, access: 'token', billed: true, scope: `Calendar.Event.${scope}`, run };
}

function attendeesOf(fields: EventFields['attendees'], known: readonly Attendee[], organizer: string): Attendee[] {
  return (fields ?? []).map(({ id, isOptional }) => ({
    id,
    isOptional: isOptional ?? false,
    responseStatus:
      known.find((attendee) => attendee.id === id)?.responseStatus ?? (id === organizer ? 'accepted' : 'needsAction'),
  }));
}

function remindersOf(fields: EventFields): CalendarEvent['reminders'] {
  const given = fields.reminders ?? [{ method: 'dingtalk', minutes: 15 }];
  return given.map(({ method, minutes }) => ({ method: method ?? 'dingtalk', minutes: minutes ?? 15 }));
}

const createEvent = operation('POST', EVENTS, 'Write', (call) => {
  const { world } = call;
  const person = personOf(call, call.params.userId);
  const token = call.headers['x-client-token'];
  const tokenKey =
    typeof token === 'string' && token !== '' ? `${appOf(call).clientId} ${person.unionId} ${token}` : undefined;
  const earlier = tokenKey === undefined ? undefined : world.clientTokens.get(tokenKey);
  const now = world.clock.now();
  if (earlier && now.getTime() - new Date(earlier.at).getTime() < DAY_MS) {
    const event = world.calendar.get(earlier.eventId);
    if (event) return ok(showEvent(world, event));
  }
  const fields = readRequest(call, CREATE_EVENT, 'invalidParameter');
  if (fields.summary === undefined || fields.summary === '') throw badRequest('invalidParameter', 'summary不能为空');
  if (!fields.start) throw badRequest('invalidParameter', 'start不能为空');
  const end = fields.end ?? fields.start;
  checkTimes(fields.start, end);
  checkAttendees(
    world,
    (fields.attendees ?? []).map(({ id }) => id),
  );
  if (world.calendar.createdBy(person.unionId, now.toISOString().slice(0, 10)) >= EVENTS_PER_DAY)
    throw badRequest('flowLimit', '创建日程过于频繁');
  const id = world.calendar.newId();
  const event = world.calendar.put({
    id,
    organizer: person.unionId,
    summary: fields.summary,
    description: fields.description ?? '',
    start: fields.start,
    end,
    isAllDay: fields.isAllDay ?? false,
    attendees: attendeesOf(fields.attendees, [], person.unionId),
    location: fields.location?.displayName === undefined ? undefined : { displayName: fields.location.displayName },
    reminders: remindersOf(fields),
    onlineMeetingInfo: fields.onlineMeetingInfo && {
      type: 'dingtalk',
      conferenceId: id,
      url: `dingtalk://dingtalkclient/page/videoConfFromCalendar?confId=${id}`,
      extraInfo: {},
    },
    meetingRooms: [],
    status: 'confirmed',
    removedFor: [],
    createTime: now.toISOString(),
    updateTime: now.toISOString(),
  });
  if (tokenKey !== undefined) world.clientTokens.put(tokenKey, { eventId: id, at: now.toISOString() });
  announceChange(world, event, 'created');
  return ok(showEvent(world, event));
});

const patchEvent = operation('PUT', `${EVENTS}/{eventId}`, 'Write', (call) => {
  const { world } = call;
  const person = personOf(call, call.params.userId);
  const event = eventOf(call, person);
  if (event.organizer !== person.unionId) throw badRequest('permissionDeny', '只有组织者可以修改日程');
  if (event.status === 'cancelled') throw badRequest('invalidParameter', '日程已取消');
  const fields = readRequest(call, PATCH_EVENT, 'invalidParameter');
  const start = fields.start ?? event.start;
  const end = fields.end ?? event.end;
  checkTimes(start, end);
  if (fields.attendees)
    checkAttendees(
      world,
      fields.attendees.map(({ id }) => id),
    );
  const changed = world.calendar.put({
    ...event,
    summary: fields.summary ?? event.summary,
    description: fields.description ?? event.description,
    start,
    end,
    isAllDay: fields.isAllDay ?? event.isAllDay,
    attendees: fields.attendees ? attendeesOf(fields.attendees, event.attendees, event.organizer) : event.attendees,
    location:
      fields.location?.displayName === undefined ? event.location : { displayName: fields.location.displayName },
    reminders: fields.reminders ? remindersOf(fields) : event.reminders,
    updateTime: world.clock.now().toISOString(),
  });
  announceChange(world, changed, 'updated');
  return ok(showEvent(world, changed));
});

const deleteEvent = operation('DELETE', `${EVENTS}/{eventId}`, 'Write', (call) => {
  const { world } = call;
  const person = personOf(call, call.params.userId);
  const event = eventOf(call, person);
  const updateTime = world.clock.now().toISOString();
  // The organiser cancels it for everybody; an attendee removes only the own copy.
  const isOrganizer = event.organizer === person.unionId;
  const changed = world.calendar.put({
    ...event,
    removedFor: [...event.removedFor, person.unionId],
    status: isOrganizer ? 'cancelled' : event.status,
    updateTime,
  });
  announceChange(world, changed, isOrganizer ? 'deleted' : 'updated');
  return ok({});
});

const getEvent = operation('GET', `${EVENTS}/{eventId}`, 'Read', (call) => {
  return ok(showEvent(call.world, eventOf(call, personOf(call, call.params.userId))));
});

function listBetween(call: Call): Answer {
  const person = personOf(call, call.params.userId);
  const from = Date.parse(call.query.get('timeMin') ?? '') || Number.NEGATIVE_INFINITY;
  const to = Date.parse(call.query.get('timeMax') ?? '') || Number.POSITIVE_INFINITY;
  const size = Math.min(Number(call.query.get('maxResults') ?? '100') || 100, 100);
  const offset = Number(call.query.get('nextToken') || '0') || 0;
  const events = call.world.calendar
    .eventsOf(person.unionId)
    .filter(
      (event) =>
        event.status === 'confirmed' &&
        Date.parse(event.end.dateTime ?? event.end.date ?? '') > from &&
        Date.parse(event.start.dateTime ?? event.start.date ?? '') < to,
    );
  const hasMore = offset + size < events.length;
  return ok({
    events: events.slice(offset, offset + size).map((event) => showEvent(call.world, event)),
    ...(hasMore ? { nextToken: String(offset + size) } : {}),
  });
}

const listEvents = operation('GET', EVENTS, 'Read', listBetween);
const listEventsView = operation(
  'GET',
  '/v1.0/calendar/users/{userId}/calendars/{calendarId}/eventsview',
  'Read',
  listBetween,
);

const listAttendees = operation('GET', `${EVENTS}/{eventId}/attendees`, 'Read', (call) => {
  const event = eventOf(call, personOf(call, call.params.userId));
  const shown = showEvent(call.world, event).attendees;
  return ok({ attendees: shown });
});

const ADD = z.object({
  attendeesToAdd: z.array(ATTENDEE).max(500),
  pushNotification: z.boolean().optional(),
  chatNotification: z.boolean().optional(),
});

const addAttendee = operation('POST', `${EVENTS}/{eventId}/attendees`, 'Write', (call) => {
  const person = personOf(call, call.params.userId);
  const event = eventOf(call, person);
  const { attendeesToAdd } = readRequest(call, ADD, 'invalidParameter');
  checkAttendees(
    call.world,
    attendeesToAdd.map(({ id }) => id),
  );
  const added = attendeesOf(attendeesToAdd, [], event.organizer).filter(
    ({ id }) => !event.attendees.some((known) => known.id === id),
  );
  if (event.attendees.length + added.length > MAX_ATTENDEES) throw badRequest('invalidParameter', '参与人数超过上限');
  changeAttendees(call, event, [...event.attendees, ...added]);
  return ok({});
});

const REMOVE = z.object({ attendeesToRemove: z.array(z.object({ id: z.string() })) });

const removeAttendee = operation('POST', `${EVENTS}/{eventId}/attendees/batchRemove`, 'Write', (call) => {
  const event = eventOf(call, personOf(call, call.params.userId));
  const { attendeesToRemove } = readRequest(call, REMOVE, 'invalidParameter');
  const gone = new Set(attendeesToRemove.map(({ id }) => id));
  changeAttendees(
    call,
    event,
    event.attendees.filter(({ id }) => !gone.has(id)),
  );
  return ok({});
});

const RESPOND = z.object({ responseStatus: z.enum(['needsAction', 'accepted', 'declined', 'tentative']) });

const respondEvent = operation('POST', `${EVENTS}/{eventId}/respond`, 'Write', (call) => {
  const person = personOf(call, call.params.userId);
  const event = eventOf(call, person);
  const { responseStatus } = readRequest(call, RESPOND, 'invalidParameter');
  changeAttendees(
    call,
    event,
    event.attendees.map((attendee) => (attendee.id === person.unionId ? { ...attendee, responseStatus } : attendee)),
  );
  return ok({});
});

function changeAttendees(call: Call, event: CalendarEvent, attendees: readonly Attendee[]): void {
  const changed = call.world.calendar.put({ ...event, attendees, updateTime: call.world.clock.now().toISOString() });
  announceChange(call.world, changed, 'updated');
}

/** Events of the primary calendar (DingTalk: 日程). */
export const eventOperations: readonly Operation[] = [
  createEvent,
  patchEvent,
  deleteEvent,
  getEvent,
  listEvents,
  listEventsView,
  listAttendees,
  addAttendee,
  removeAttendee,
  respondEvent,
];
