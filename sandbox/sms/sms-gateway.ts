import { z } from 'zod';
import { type Answer, type Call, type Operation, ok } from '../http/operation.ts';
import { isRecord, unknownFields } from '../http/validate.ts';

const SEND = z.object({ to: z.string(), from: z.string().optional(), text: z.string() });
const NUMBER = /^\+?[\d -]{8,20}$/;
const MAX_SEGMENTS = 10;

function refuse(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

/** Any key will do, but there must be one. */
function isAuthorised(call: Call): boolean {
  return /^Bearer \S+$/i.test(call.headers.authorization ?? '');
}

/** A number that can be dialled: eight digits in Hong Kong, or 8 to 15 digits with a country code. */
function isDiallable(number: string): boolean {
  const digits = number.replace(/\D/g, '');
  return (
    NUMBER.test(number) && digits.length >= 8 && digits.length <= 15 && !(digits.length === 8 && !/^[2-9]/.test(digits))
  );
}

/** `POST /sms-gateway/send {to,from,text}` with `authorization: Bearer …` → `{id,segments}` */
export const sendSms: Operation = {
  method: 'POST',
  path: '/sms-gateway/send',
  access: 'none',
  billed: false,
  run(call: Call): Answer {
    const { world } = call;
    if (!isAuthorised(call)) return refuse(401, 'unauthorized', 'send a key: authorization: Bearer KEY');
    const parsed = SEND.safeParse(call.body);
    if (!parsed.success)
      return refuse(
        400,
        'bad_request',
        `to, from and text are needed: ${parsed.error.issues[0]?.path.join('.') ?? ''}`,
      );
    const { to, from, text } = parsed.data;
    const unknown = isRecord(call.body) ? unknownFields(call.body, parsed.data) : [];
    if (unknown.length > 0) call.violation(`unknown fields: ${unknown.join(', ')}`);
    if (!isDiallable(to)) return refuse(400, 'bad_number', `${to} cannot be dialled`);
    if (text === '') return refuse(400, 'empty_text', 'the text is empty');
    const isDead = world.settings.get().deadNumbers.some((dead) => dead.replace(/\D/g, '') === to.replace(/\D/g, ''));
    const sms = world.smsBox.add({
      direction: 'outgoing',
      to,
      from: from ?? 'Sandbox',
      text,
      status: isDead ? 'failed' : 'delivered',
    });
    if (sms.segments > MAX_SEGMENTS) call.violation(`${sms.segments} segments`);
    world.log.add({
      direction: 'in',
      kind: 'sms',
      name: to,
      status: sms.status,
      body: { id: sms.id, from: sms.from, text, segments: sms.segments },
    });
    return ok({ id: sms.id, segments: sms.segments });
  },
};

/** `GET /sms-gateway/messages/{id}` → `{id,status}`: whether the phone was reached. */
export const smsStatus: Operation = {
  method: 'GET',
  path: '/sms-gateway/messages/{id}',
  access: 'none',
  billed: false,
  run(call: Call): Answer {
    if (!isAuthorised(call)) return refuse(401, 'unauthorized', 'send a key: authorization: Bearer KEY');
    const sms = call.world.smsBox.get(call.params.id ?? '');
    return sms
      ? ok({ id: sms.id, status: sms.status, segments: sms.segments })
      : refuse(404, 'not_found', 'no such message');
  },
};

/** `GET /sms-gateway/inbox?since=SEQ` → `{messages:[{seq,at,from,to,text}]}`: replies, for those who poll. */
export const smsInbox: Operation = {
  method: 'GET',
  path: '/sms-gateway/inbox',
  access: 'none',
  billed: false,
  run(call: Call): Answer {
    if (!isAuthorised(call)) return refuse(401, 'unauthorized', 'send a key: authorization: Bearer KEY');
    const since = Number(call.query.get('since') ?? '0');
    const replies = call.world.smsBox.list({ since }).filter((sms) => sms.direction === 'reply');
    return ok({ messages: replies.map(({ seq, at, from, to, text }) => ({ seq, at, from, to, text })) });
  },
};
