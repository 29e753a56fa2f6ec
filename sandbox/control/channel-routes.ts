import { z } from 'zod';
import type { World } from '../world.ts';
import { ControlError } from './control-error.ts';
import { type ControlRoute, numberOf, read, route } from './control-route.ts';
import { MOMENT } from './moment.ts';
import { personBy } from './people-routes.ts';

const SMS = z.object({ from: z.string().min(1), to: z.string().default(''), text: z.string() });
const MAIL = z.object({
  from: z.string().min(1),
  to: z.string().min(1),
  text: z.string(),
  subject: z.string().optional(),
  /** Number of the mail being answered: it is quoted below, as phones do. */
  answers: z.number().int().optional(),
});

/** A phone number or mail address; a person's id stands for theirs. */
function addressOf(world: World, given: string, which: 'phone' | 'email'): string {
  return world.company.get(given)?.[which] || given;
}

function optional(world: World, query: URLSearchParams, name: string, which: 'phone' | 'email'): string | undefined {
  const given = query.get(name);
  return given === null || given === '' ? undefined : addressOf(world, given, which);
}

export const channelRoutes: readonly ControlRoute[] = [
  route('GET', '/sms', ({ world, query }) => {
    return world.smsBox.list({
      to: optional(world, query, 'to', 'phone'),
      from: optional(world, query, 'from', 'phone'),
      since: numberOf(query, 'since'),
    });
  }),
  route('POST', '/sms', (call) => {
    const { from, to, text } = read(call, SMS);
    const sender = addressOf(call.world, from, 'phone');
    const sms = call.world.smsBox.add({ direction: 'reply', to, from: sender, text, status: 'delivered' });
    call.world.log.add({
      direction: 'out',
      kind: 'sms',
      name: to,
      status: 'reply',
      body: { id: sms.id, from: sender, text },
    });
    call.world.replyHooks.postSms({ id: sms.id, from: sender, to, text, at: sms.at });
    return sms;
  }),
  route('GET', '/mails', ({ world, query }) =>
    world.mailbox.list({ to: optional(world, query, 'to', 'email'), since: numberOf(query, 'since') }),
  ),
  route('POST', '/mails', (call) => {
    const { world } = call;
    const { from, to, text, subject, answers } = read(call, MAIL);
    const answered = answers === undefined ? undefined : world.mailbox.get(answers);
    if (answers !== undefined && !answered) throw new ControlError(404, 'no_such_mail', `there is no mail ${answers}`);
    const sender = addressOf(world, from, 'email');
    const mail = world.mailbox.reply({ from: sender, to, text, subject, answers: answered });
    world.log.add({
      direction: 'out',
      kind: 'smtp',
      name: to,
      status: 'reply',
      body: { seq: mail.seq, from: mail.from, subject: mail.subject },
    });
    const { mailInboundAddress } = world.settings.get();
    if (mailInboundAddress === '' || world.replyHooks.isProducts(to))
      world.replyHooks.postMail(world.mailbox.source(mail.seq), mail);
    return mail;
  }),
  route('GET', '/calendar', ({ world, query }) => {
    const person = personBy(world, query.get('as'));
    if (person.unionId === undefined)
      throw new ControlError(409, 'not_in_organisation', `${person.id} has no calendar`);
    return {
      unionId: person.unionId,
      events: world.calendar.eventsOf(person.unionId),
      busy: world.calendar.busyTimes(person.unionId, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
    };
  }),
  route('POST', '/calendar/busy', (call) => {
    const request = read(
      call,
      z.object({
        as: z.string(),
        start: MOMENT,
        end: MOMENT,
        summary: z.string().default('忙碌'),
      }),
    );
    const person = personBy(call.world, request.as);
    if (person.unionId === undefined)
      throw new ControlError(409, 'not_in_organisation', `${person.id} has no calendar`);
    call.world.calendar.addBusy(person.unionId, request.start, request.end, request.summary);
    return { busy: call.world.calendar.busyTimes(person.unionId, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY) };
  }),
  route('POST', '/calendar/respond', (call) => {
    const request = read(
      call,
      z.object({
        as: z.string(),
        eventId: z.string(),
        responseStatus: z.enum(['accepted', 'declined', 'tentative', 'needsAction']),
      }),
    );
    const person = personBy(call.world, request.as);
    const event = call.world.calendar.get(request.eventId);
    if (!event?.attendees.some(({ id }) => id === person.unionId))
      throw new ControlError(404, 'no_such_event', `${person.id} is not invited to ${request.eventId}`);
    const attendees = event.attendees.map((attendee) =>
      attendee.id === person.unionId ? { ...attendee, responseStatus: request.responseStatus } : attendee,
    );
    return call.world.calendar.put({ ...event, attendees, updateTime: call.world.clock.now().toISOString() });
  }),
];
