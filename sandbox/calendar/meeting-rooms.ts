import { z } from 'zod';
import { type Answer, type Call, type Operation, ok } from '../http/operation.ts';
import { readRequest } from '../http/validate.ts';
import { badRequest } from '../http/wire-error.ts';
import { type CalendarEvent, momentMs } from './calendar.ts';
import { eventOf, personOf } from './event-request.ts';

/** A room that can be booked with an event. */
export interface MeetingRoom {
  readonly id: string;
  readonly name: string;
  readonly capacity: number;
}

const EVENT = '/v1.0/calendar/users/{userId}/calendars/{calendarId}/events/{eventId}';
const MAX_ROOMS = 5;
const MAX_DAYS_MS = 90 * 24 * 3_600_000;

function operation(method: Operation['method'], path: string, run: (call: Call) => Answer): Operation {
  return { method, path, access: 'token', billed: true, scope: 'Calendar.EventSchedule.Write', run };
}

/** Confirmed events that hold a room between two moments. */
function bookings(call: Call, roomId: string, from: number, to: number): CalendarEvent[] {
  return call.world.calendar
    .all()
    .filter(
      (event) =>
        event.status === 'confirmed' &&
        event.meetingRooms.includes(roomId) &&
        momentMs(event.start) < to &&
        momentMs(event.end) > from,
    );
}

const ADD = z.object({ meetingRoomsToAdd: z.array(z.object({ roomId: z.string() })).min(1) });

const addRooms = operation('POST', `${EVENT}/meetingRooms`, (call) => {
  const event = eventOf(call, personOf(call, call.params.userId));
  const { meetingRoomsToAdd } = readRequest(call, ADD, 'invalidParameter');
  const rooms = [...new Set([...event.meetingRooms, ...meetingRoomsToAdd.map(({ roomId }) => roomId)])];
  if (rooms.length > MAX_ROOMS) throw badRequest('invalidParameter', '会议室数量超过上限');
  for (const { roomId } of meetingRoomsToAdd) {
    if (!call.world.rooms.has(roomId)) throw badRequest('invalidParameter', `会议室不存在 ${roomId}`);
    const others = bookings(call, roomId, momentMs(event.start), momentMs(event.end)).filter(
      ({ id }) => id !== event.id,
    );
    if (others.length > 0) throw badRequest('meetingRoomNotAvailable', '会议室不可用');
  }
  call.world.calendar.put({ ...event, meetingRooms: rooms, updateTime: call.world.clock.now().toISOString() });
  return ok({ result: true });
});

const REMOVE = z.object({ meetingRoomsToRemove: z.array(z.object({ roomId: z.string() })).min(1) });

const removeRooms = operation('POST', `${EVENT}/meetingRooms/batchRemove`, (call) => {
  const event = eventOf(call, personOf(call, call.params.userId));
  const gone = new Set(readRequest(call, REMOVE, 'invalidParameter').meetingRoomsToRemove.map(({ roomId }) => roomId));
  const meetingRooms = event.meetingRooms.filter((id) => !gone.has(id));
  call.world.calendar.put({ ...event, meetingRooms, updateTime: call.world.clock.now().toISOString() });
  return ok({ result: true });
});

const SCHEDULE = z.object({
  roomIds: z.array(z.string()).min(1).max(MAX_ROOMS),
  startTime: z.string(),
  endTime: z.string(),
});

const roomSchedule = operation('POST', '/v1.0/calendar/users/{userId}/meetingRooms/schedules/query', (call) => {
  personOf(call, call.params.userId);
  const { roomIds, startTime, endTime } = readRequest(call, SCHEDULE, 'paramIllegal');
  const [from, to] = [Date.parse(startTime), Date.parse(endTime)];
  if (!(to > from) || to - from > MAX_DAYS_MS) throw badRequest('paramIllegal', '时间不合法');
  const scheduleInformation = roomIds.map((roomId) => {
    if (!call.world.rooms.has(roomId)) return { roomId, error: 'room not found', scheduleItems: [] };
    const scheduleItems = bookings(call, roomId, from, to).map(({ id, start, end, organizer }) => ({
      eventId: id,
      status: 'BUSY',
      start,
      end,
      organizer: { id: organizer },
    }));
    return { roomId, scheduleItems };
  });
  return ok({ scheduleInformation });
});

const roomList: Operation = {
  method: 'GET',
  path: '/v1.0/rooms/meetingRoomLists',
  access: 'token',
  billed: true,
  run(call: Call): Answer {
    if (!call.world.company.byUnionId(call.query.get('unionId') ?? ''))
      throw badRequest('invalidParameter', 'unionId不合法');
    const result = call.world.rooms.all().map(({ id, name, capacity }) => ({
      roomId: id,
      roomName: name,
      roomCapacity: capacity,
      roomStatus: 1,
      corpId: call.world.corpId(),
    }));
    return ok({ hasMore: false, nextToken: 0, result });
  },
};

/** Meeting rooms (DingTalk: 会议室). */
export const roomOperations: readonly Operation[] = [addRooms, removeRooms, roomSchedule, roomList];
