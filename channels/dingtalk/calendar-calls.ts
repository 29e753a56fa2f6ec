import type { BusyTime, CalendarDraft, SendAnswer } from '../channel.ts';
import { answerOfFailure, CallFailure, callFailureOf } from './call-failure.ts';
import type { DingTalkCaller } from './dingtalk-caller.ts';
import type { Directory } from './directory.ts';
import type { GovernedCall } from './governor.ts';
import type { SdkClients } from './sdk-clients.ts';
import { calendar } from './sdk-products.ts';

const CALENDAR = 'primary';
const ZONE = 'Asia/Hong_Kong';
/** DingTalk: "Query schedules": 20 people per call. */
const MOST_PEOPLE = 20;
const REMINDER_MINUTES = 15;
/** What the SDK puts into an address as it is. Anything else would change the address or throw. */
const ADDRESS_SAFE = /^[A-Za-z0-9._~$@=+-]+$/;

export interface CalendarCallsParts {
  sdk: SdkClients;
  caller: DingTalkCaller;
  directory: Directory;
}

/** Calendar entries and busy times (DingTalk: "Create a schedule" and its neighbours). People are known by unionId here. */
export class CalendarCalls {
  readonly #parts: CalendarCallsParts;

  constructor(parts: CalendarCallsParts) {
    this.#parts = parts;
  }

  /** @param onceKey the platform makes one entry per key within a day. */
  async create(draft: CalendarDraft, onceKey: string): Promise<SendAnswer> {
    const { sdk, caller, directory } = this.#parts;
    try {
      const organizer = addressSafe(await directory.unionId(draft.organizerStaffId));
      const request = new calendar.CreateEventRequest({
        ...timesOf(draft),
        summary: draft.title,
        description: draft.description,
        isAllDay: false,
        location: new calendar.CreateEventRequestLocation({ displayName: draft.location }),
        attendees: (await this.#attendees(draft)).map((person) => new calendar.CreateEventRequestAttendees(person)),
        reminders: [new calendar.CreateEventRequestReminders({ method: 'dingtalk', minutes: REMINDER_MINUTES })],
      });
      const { body } = await caller.call(billed('calendar.createEvent'), (token) =>
        sdk.calendar.createEventWithOptions(
          organizer,
          CALENDAR,
          request,
          new calendar.CreateEventHeaders({ xAcsDingtalkAccessToken: token, xClientToken: onceKey }),
          sdk.runtime,
        ),
      );
      return body?.id ? { outcome: 'accepted', providerId: body.id } : { outcome: 'accepted' };
    } catch (error) {
      return answerOfFailure(error, true);
    }
  }

  async change(entryId: string, draft: CalendarDraft): Promise<SendAnswer> {
    const { sdk, caller, directory } = this.#parts;
    try {
      const organizer = addressSafe(await directory.unionId(draft.organizerStaffId));
      const request = new calendar.PatchEventRequest({
        ...timesOf(draft),
        id: entryId,
        summary: draft.title,
        description: draft.description,
        location: new calendar.PatchEventRequestLocation({ displayName: draft.location }),
        attendees: (await this.#attendees(draft)).map((person) => new calendar.PatchEventRequestAttendees(person)),
      });
      await caller.call(billed('calendar.patchEvent'), (token) =>
        sdk.calendar.patchEventWithOptions(
          organizer,
          CALENDAR,
          addressSafe(entryId),
          request,
          new calendar.PatchEventHeaders({ xAcsDingtalkAccessToken: token }),
          sdk.runtime,
        ),
      );
      return { outcome: 'accepted', providerId: entryId };
    } catch (error) {
      return answerOfFailure(error, true);
    }
  }

  /** Deleting by the organizer cancels for everybody. An entry that is gone already counts as deleted. */
  async delete(entryId: string, organizerStaffId: string): Promise<SendAnswer> {
    const { sdk, caller, directory } = this.#parts;
    try {
      const organizer = addressSafe(await directory.unionId(organizerStaffId));
      await caller.call(billed('calendar.deleteEvent'), (token) =>
        sdk.calendar.deleteEventWithOptions(
          organizer,
          CALENDAR,
          addressSafe(entryId),
          new calendar.DeleteEventRequest({ pushNotification: true }),
          new calendar.DeleteEventHeaders({ xAcsDingtalkAccessToken: token }),
          sdk.runtime,
        ),
      );
      return { outcome: 'accepted', providerId: entryId };
    } catch (error) {
      if (callFailureOf(error).code === 'itemNotFound') return { outcome: 'accepted', providerId: entryId };
      return answerOfFailure(error, true);
    }
  }

  /** @throws CallFailure when nobody's calendar could be asked for. */
  async busyTimes(staffIds: readonly string[], from: Date, to: Date): Promise<{ busy: BusyTime[]; unknown: string[] }> {
    const people = [...new Set(staffIds)];
    const byUnionId = new Map<string, string>();
    const unknown: string[] = [];
    const unionIds = await Promise.allSettled(people.map((staffId) => this.#parts.directory.unionId(staffId)));
    for (const [index, staffId] of people.entries()) {
      const found = unionIds[index];
      if (found?.status === 'fulfilled' && ADDRESS_SAFE.test(found.value)) byUnionId.set(found.value, staffId);
      else if (found?.status === 'rejected' && callFailureOf(found.reason).kind !== 'recipient_invalid')
        throw found.reason;
      else unknown.push(staffId);
    }
    const busy: BusyTime[] = [];
    const known = [...byUnionId.keys()];
    for (let at = 0; at < known.length; at += MOST_PEOPLE) {
      for (const row of await this.#schedules(known.slice(at, at + MOST_PEOPLE), from, to)) {
        const staffId = byUnionId.get(row.userId ?? '');
        if (staffId === undefined) continue;
        byUnionId.delete(row.userId ?? '');
        // A person whose calendar may not be read stands inside an answer of success.
        if (row.error) unknown.push(staffId);
        else busy.push(...busyTimesOf(staffId, row.scheduleItems ?? []));
      }
    }
    unknown.push(...byUnionId.values());
    return { busy, unknown };
  }

  async #schedules(
    userIds: string[],
    from: Date,
    to: Date,
  ): Promise<InstanceType<typeof calendar.GetScheduleResponseBodyScheduleInformation>[]> {
    const { sdk, caller } = this.#parts;
    const [asker = ''] = userIds;
    const request = new calendar.GetScheduleRequest({
      userIds,
      startTime: hongKongIso(from),
      endTime: hongKongIso(to),
    });
    const { body } = await caller.call({ ...billed('calendar.getSchedule'), callClass: 'reply' }, (token) =>
      sdk.calendar.getScheduleWithOptions(
        addressSafe(asker),
        request,
        new calendar.GetScheduleHeaders({ xAcsDingtalkAccessToken: token }),
        sdk.runtime,
      ),
    );
    return body?.scheduleInformation ?? [];
  }

  async #attendees(draft: CalendarDraft): Promise<{ id: string; isOptional: boolean }[]> {
    const ids = await Promise.all(
      [...new Set(draft.attendeeStaffIds)].map((staffId) => this.#parts.directory.unionId(staffId)),
    );
    return ids.map((id) => ({ id, isOptional: false }));
  }
}

function billed(api: string): GovernedCall {
  return { api, callClass: 'normal', bills: 'calls' };
}

function addressSafe(id: string): string {
  if (ADDRESS_SAFE.test(id)) return id;
  throw new CallFailure('an id that no address may hold', { kind: 'bad_request', retryAfterMs: null, isBilled: false });
}

function timesOf(draft: CalendarDraft) {
  return {
    start: new calendar.CreateEventRequestStart({ dateTime: hongKongIso(draft.startAt), timeZone: ZONE }),
    end: new calendar.CreateEventRequestEnd({ dateTime: hongKongIso(draft.endAt), timeZone: ZONE }),
  };
}

/** `2026-03-02T10:00:00+08:00` */
function hongKongIso(moment: Date): string {
  return `${new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

function busyTimesOf(
  staffId: string,
  items: readonly InstanceType<typeof calendar.GetScheduleResponseBodyScheduleInformationScheduleItems>[],
): BusyTime[] {
  return items.flatMap((item) => {
    const startAt = new Date(item.start?.dateTime ?? Number.NaN);
    const endAt = new Date(item.end?.dateTime ?? Number.NaN);
    return Number.isNaN(startAt.getTime()) || Number.isNaN(endAt.getTime()) ? [] : [{ staffId, startAt, endAt }];
  });
}
