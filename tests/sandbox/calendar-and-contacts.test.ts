import { describe, expect } from 'vitest';
import samples from './fixtures/calendar.json' with { type: 'json' };
import { APP, type Desk, test } from './sandbox-fixture.ts';

const EVENTS = '/v1.0/calendar/users/UNIONhr/calendars/primary/events';
type Event = {
  id: string;
  attendees: { id: string; responseStatus: string }[];
  status: string;
  summary: string;
  reminders: unknown;
};

const create = (
  desk: Desk,
  change: Record<string, unknown> = {},
  headers?: Record<string, string>,
): Promise<{ status: number; json: Event & { code?: string } }> =>
  desk.call('POST', EVENTS, { ...samples.createEvent, ...change }, undefined, headers);
const busy = async (
  desk: Desk,
  userIds: string[],
): Promise<{ userId: string; error?: string; scheduleItems: { status: string }[] }[]> => {
  const body = { userIds, startTime: '2026-12-02T00:00:00+08:00', endTime: '2026-12-03T00:00:00+08:00' };
  return (await desk.call<{ scheduleInformation: [] }>('POST', '/v1.0/calendar/users/UNIONhr/querySchedule', body)).json
    .scheduleInformation;
};

describe('calendar', () => {
  test('the sample event is made with everything in it, and the same client token makes no second one', async ({
    desk,
  }) => {
    const first = await create(desk, {}, { 'x-client-token': 'token-1' });
    expect(first).toMatchObject({
      status: 200,
      json: {
        summary: '张伟 二面',
        attendees: [{ id: 'UNIONboss', responseStatus: 'needsAction' }],
        reminders: [{ method: 'dingtalk', minutes: '15' }],
        onlineMeetingInfo: { url: expect.any(String) },
      },
    });
    expect((await desk.log()).at(-1)?.violation).toBeUndefined();
    expect((await create(desk, { summary: 'x' }, { 'x-client-token': 'token-1' })).json.id).toBe(first.json.id);
    expect((await create(desk, {}, { 'x-client-token': 'token-2' })).json.id).not.toBe(first.json.id);
    await desk.control('POST', '/clock', { by: 'P1DT1S' });
    expect((await create(desk, {}, { 'x-client-token': 'token-1' })).json.id).not.toBe(first.json.id);
  });

  test('the organiser changes and cancels it for all, an attendee removes only the own copy', async ({ desk }) => {
    const { id } = (await create(desk)).json;
    const asBoss = `/v1.0/calendar/users/UNIONboss/calendars/primary/events/${id}`;
    expect((await desk.call('PUT', asBoss, { summary: '我的' })).json).toMatchObject({ code: 'permissionDeny' });
    expect((await desk.call('PUT', `${EVENTS}/${id}`, { summary: '改期', id })).json).toMatchObject({
      summary: '改期',
      description: '...',
    });
    expect((await desk.call('POST', `${asBoss}/respond`, { responseStatus: 'accepted' })).status).toBe(200);
    expect((await desk.call('GET', `${EVENTS}/${id}/attendees`)).json).toMatchObject({
      attendees: [{ id: 'UNIONboss', responseStatus: 'accepted' }],
    });
    await desk.call('DELETE', asBoss);
    expect(await desk.call('GET', asBoss)).toMatchObject({ status: 404, json: { code: 'itemNotFound' } });
    expect((await desk.call('GET', `${EVENTS}/${id}`)).json).toMatchObject({ status: 'confirmed' });
    await desk.call('DELETE', `${EVENTS}/${id}`);
    expect((await desk.call('GET', EVENTS)).json).toEqual({ events: [] });
  });

  test('people come and go', async ({ desk }) => {
    const { id } = (await create(desk, { attendees: [] })).json;
    const cook = (await desk.control<{ id: string; unionId: string }[]>('GET', '/people')).find(
      (person) => person.id === 'cook',
    )?.unionId;
    await desk.call('POST', `${EVENTS}/${id}/attendees`, {
      attendeesToAdd: [{ id: cook, isOptional: true }],
      pushNotification: true,
      chatNotification: false,
    });
    expect((await desk.call<Event>('GET', `${EVENTS}/${id}`)).json.attendees).toMatchObject([
      { id: cook, isOptional: true },
    ]);
    await desk.call('POST', `${EVENTS}/${id}/attendees/batchRemove`, { attendeesToRemove: [{ id: cook }] });
    expect((await desk.call<Event>('GET', `${EVENTS}/${id}`)).json.attendees).toEqual([]);
  });

  test('free and busy come from events and from elsewhere; one person’s error does not spoil the answer', async ({
    desk,
  }) => {
    await create(desk);
    await desk.control('POST', '/settings', { scheduleDenied: ['UNIONhr'] });
    const [boss, hr, nobody] = await busy(desk, ['UNIONboss', 'UNIONhr', 'u1001']);
    expect(boss?.scheduleItems.map(({ status }) => status)).toEqual(['TENTATIVE', 'BUSY']);
    expect(JSON.stringify(boss)).not.toContain('二面');
    expect(hr).toEqual({ userId: 'UNIONhr', error: 'no permission', scheduleItems: [] });
    expect(nobody).toMatchObject({ error: 'user not found' });
    const tooMany = await desk.call('POST', '/v1.0/calendar/users/UNIONhr/querySchedule', {
      userIds: Array.from({ length: 21 }, () => 'UNIONhr'),
      startTime: 'a',
      endTime: 'b',
    });
    expect(tooMany.json).toMatchObject({ code: 'paramIllegal' });
  });

  test.for([
    ['attendees that are no unionIds', { attendees: [{ id: 'u1002' }] }, 'invalidParameter'],
    [
      'an end before the start',
      { end: { dateTime: '2026-12-02T09:00:00+08:00', timeZone: 'Asia/Shanghai' } },
      'invalidParameter',
    ],
    ['no title', { summary: '' }, 'invalidParameter'],
  ] as const)('%s are refused', async ([, change, code], { desk }) => {
    expect((await create(desk, change)).json.code).toBe(code);
  });

  test('a userId in the path is refused: the calendar knows unionIds only', async ({ desk }) => {
    expect((await desk.call('POST', EVENTS.replace('UNIONhr', 'u1001'), samples.createEvent)).json).toMatchObject({
      code: 'invalidParameter',
    });
  });

  test('a person makes at most 100 events a day', async ({ desk }) => {
    await desk.control('POST', '/settings', { callsPerSecond: 1000 });
    const token = await desk.token();
    for (let count = 0; count < 100; count += 1) await desk.call('POST', EVENTS, samples.createEvent, token);
    expect((await create(desk)).json).toMatchObject({ code: 'flowLimit' });
    await desk.control('POST', '/clock', { by: 'P1D' });
    expect((await create(desk)).status).toBe(200);
  });

  test('a room is booked once', async ({ desk }) => {
    const [first, second] = [(await create(desk)).json.id, (await create(desk)).json.id];
    const book = (id: string): Promise<{ status: number; json: unknown }> =>
      desk.call('POST', `${EVENTS}/${id}/meetingRooms`, { meetingRoomsToAdd: [{ roomId: 'room-a1' }] });
    expect((await book(first)).json).toEqual({ result: true });
    expect((await book(second)).json).toMatchObject({ code: 'meetingRoomNotAvailable' });
    await desk.call('POST', `${EVENTS}/${first}/meetingRooms/batchRemove`, {
      meetingRoomsToRemove: [{ roomId: 'room-a1' }],
    });
    expect((await book(second)).status).toBe(200);
    const body = {
      roomIds: ['room-a1', 'room-x'],
      startTime: '2026-12-01T00:00:00+08:00',
      endTime: '2026-12-08T00:00:00+08:00',
    };
    expect(
      (await desk.call('POST', '/v1.0/calendar/users/UNIONhr/meetingRooms/schedules/query', body)).json,
    ).toMatchObject({ scheduleInformation: [{ scheduleItems: [{ eventId: second }] }, { error: 'room not found' }] });
    expect((await desk.call('GET', '/v1.0/rooms/meetingRoomLists?unionId=UNIONhr')).json).toMatchObject({
      result: [{ roomId: 'room-a1', roomName: 'A1' }],
    });
  });

  test('changes are told as events to those who switched them on', async ({ desk }) => {
    await desk.control('POST', `/apps/${APP.clientId}`, { events: ['calendar_event_change'] });
    const robot = await desk.robot(APP, ['*']);
    const { id } = (await create(desk)).json;
    const frame = await robot.next('*');
    robot.ack(frame, { status: 'SUCCESS', message: '' });
    expect(frame.headers.eventType).toBe('calendar_event_change');
    expect(JSON.parse(frame.data)).toMatchObject({
      calendarEventId: id,
      changeType: 'created',
      unionIdList: ['UNIONhr', 'UNIONboss'],
    });
  });
});

describe('contacts', () => {
  const legacy = async (
    desk: Desk,
    path: string,
    body: Record<string, unknown>,
    token?: string,
  ): Promise<Record<string, unknown>> => {
    const response = await fetch(`${desk.origin}${path}?access_token=${token ?? (await desk.token())}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as Record<string, unknown>;
  };

  test('a member is found by userId, mobile and unionId; who has left is not', async ({ desk }) => {
    expect(await legacy(desk, '/topapi/v2/user/get', { userid: 'u1003', language: 'zh_CN' })).toEqual({
      errcode: 0,
      errmsg: 'ok',
      request_id: expect.any(String),
      result: expect.objectContaining({
        userid: 'u1003',
        unionid: expect.any(String),
        name: '馬世豪',
        mobile: '91230003',
        dept_id_list: [3],
        manager_userid: 'u1002',
      }),
    });
    expect(await legacy(desk, '/topapi/v2/user/getbymobile', { mobile: '91230001' })).toMatchObject({
      result: { userid: 'u1001' },
    });
    expect(await legacy(desk, '/topapi/user/getbyunionid', { unionid: 'UNIONboss' })).toMatchObject({
      result: { userid: 'u1002', contact_type: 0 },
    });
    expect(await legacy(desk, '/topapi/v2/user/get', { userid: 'u1004' })).toMatchObject({ errcode: 60121 });
    expect(await legacy(desk, '/topapi/v2/user/getbymobile', { mobile: '91230004' })).toMatchObject({ errcode: 60121 });
    expect(await legacy(desk, '/topapi/v2/user/getbymobile', { mobile: 'no' })).toMatchObject({ errcode: 40104 });
    expect(await legacy(desk, '/topapi/v2/user/get', {})).toMatchObject({ errcode: 40035 });
    expect(await legacy(desk, '/topapi/v2/user/get', { userid: 'u1001' }, 'wrong')).toMatchObject({
      errcode: 40014,
      request_id: expect.any(String),
    });
  });

  test('an expired token is told apart', async ({ desk }) => {
    const token = await desk.token();
    await desk.control('POST', '/tokens/expire');
    expect(await legacy(desk, '/topapi/v2/user/get', { userid: 'u1001' }, token)).toMatchObject({ errcode: 42001 });
  });

  test('departments and who is in them', async ({ desk }) => {
    expect(await legacy(desk, '/topapi/v2/department/listsub', {})).toMatchObject({
      result: [{ dept_id: 2, name: '人事部', parent_id: 1 }, { dept_id: 3 }],
    });
    expect(await legacy(desk, '/topapi/v2/department/get', { dept_id: 3 })).toMatchObject({
      result: { name: '旺角分店' },
    });
    expect(await legacy(desk, '/topapi/user/listid', { dept_id: 3 })).toMatchObject({
      result: { userid_list: ['u1002', 'u1003'] },
    });
    expect(await legacy(desk, '/topapi/v2/user/list', { dept_id: 3, cursor: 0, size: 1 })).toMatchObject({
      result: { has_more: true, next_cursor: 1, list: [{ userid: 'u1002' }] },
    });
    expect(await legacy(desk, '/topapi/user/listid', { dept_id: 99 })).toMatchObject({ errcode: 60003 });
  });

  test('the new API finds by unionId and by words, and is not billed', async ({ desk }) => {
    expect((await desk.call('GET', '/v1.0/contact/users/me')).json).toMatchObject({ code: 'InvalidAuthentication' });
    expect((await desk.call('GET', '/v1.0/contact/users/u1001')).status).toBe(404);
    expect(
      (await desk.call('POST', '/v1.0/contact/users/search', { queryWord: '陳', offset: 0, size: 10 })).json,
    ).toEqual({ hasMore: false, totalCount: 1, list: ['u1002'] });
    expect(
      (await desk.call('POST', '/v1.0/contact/departments/search', { queryWord: '旺角', offset: 0, size: 10 })).json,
    ).toEqual({ hasMore: false, totalCount: 1, list: [3] });
    expect((await desk.control('GET', '/quota')).calls).toBe(0);
  });
});
