import { z } from 'zod';
import { type Answer, type Call, type Operation, ok } from '../http/operation.ts';
import { readRequest } from '../http/validate.ts';
import { badRequest } from '../http/wire-error.ts';
import { personOf } from './event-request.ts';

const MAX_PEOPLE = 20;
const REQUEST = z.object({ userIds: z.array(z.string()), startTime: z.string(), endTime: z.string() });

/** `POST /v1.0/calendar/users/{userId}/querySchedule`: a person who cannot be read has an `error` inside a 200. */
export const querySchedule: Operation = {
  method: 'POST',
  path: '/v1.0/calendar/users/{userId}/querySchedule',
  access: 'token',
  billed: true,
  scope: 'Calendar.EventSchedule.Read',
  run(call: Call): Answer {
    personOf(call, call.params.userId);
    const { userIds, startTime, endTime } = readRequest(call, REQUEST, 'paramIllegal');
    const from = Date.parse(startTime);
    const to = Date.parse(endTime);
    if (userIds.length === 0 || userIds.length > MAX_PEOPLE) throw badRequest('paramIllegal', 'userIds数量不合法');
    if (Number.isNaN(from) || Number.isNaN(to) || to <= from) throw badRequest('paramIllegal', '时间不合法');
    const denied = call.world.settings.get().scheduleDenied;
    const scheduleInformation = userIds.map((userId) => {
      const person = call.world.company.byUnionId(userId);
      if (!person) return { userId, error: 'user not found', scheduleItems: [] };
      if (denied.includes(userId)) return { userId, error: 'no permission', scheduleItems: [] };
      return { userId, scheduleItems: call.world.calendar.busyTimes(userId, from, to) };
    });
    return ok({ scheduleInformation });
  },
};
