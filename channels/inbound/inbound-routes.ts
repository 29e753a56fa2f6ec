import { createHash } from 'node:crypto';
import express, { type ErrorRequestHandler, type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { parsePhone } from '../../hongkong/phones.ts';
import type { Clock } from '../../lib/clock.ts';
import { plusTagOf } from '../../lib/plus-address.ts';
import type { AnsweredMessage, InboundWords } from '../channel.ts';
import type { Log } from '../log.ts';
import { type ReceivedMail, readMail } from './read-mail.ts';
import { hasSecret } from './shared-secret.ts';

/** The people something came from, and what they are answering. */
export interface Writer {
  /** One, or several when they share a telephone number. */
  candidateIds: string[];
  /** The address on file, in lower case. */
  email: string | null;
  replyTo?: AnsweredMessage;
}

export interface InboundOptions {
  /** Undefined: replies by e-mail are not taken here. */
  email?: {
    secret: string;
    /** The mailbox whose plus-addresses candidates answer to. */
    mailbox: string;
    findByReplyTag(tag: string): Promise<Writer | undefined>;
  };
  /** Undefined: there is no gateway that brings replies. */
  sms?: {
    secret: string;
    /** @param phone E.164 */
    findByPhone(phone: string): Promise<Writer | undefined>;
  };
  /** Stores an event; resolves once it is in the database. Undefined while the app starts or stops. */
  receive: () => ((event: InboundWords) => Promise<unknown>) | undefined;
  clock: Clock;
  log: Log;
}

/** The largest mail that providers deliver, with its coding. */
const LARGEST_MAIL = '36mb';
const LARGEST_SMS = '64kb';
/** Some fifty parts; gateways join what phones send in pieces. In UTF-16 units. */
const LONGEST_SMS = 4_000;
/** Addresses of one mail that are looked at: a person answers to one of ours. */
const MOST_RECIPIENTS = 20;

const smsSchema = z.object({
  /** The gateway's own id of the message; the same one again is the same message. */
  id: z.union([z.string().trim().min(1).max(200), z.number()]).transform(String),
  from: z.string().trim().min(1).max(40),
  to: z.string().max(40).optional(),
  text: z.string().max(10_000),
});

/**
 * Replies of candidates, brought by a mail server (`POST /email`, the mail itself as `message/rfc822`) or an SMS gateway
 * (`POST /sms`, JSON). 202 means stored: what it says is worked off afterwards. Whose reply cannot be told is answered
 * 202 as well and forgotten, so that nobody learns who is on file; the log holds no word of it.
 */
export function createInboundRoutes(options: InboundOptions): Router {
  const { email, sms, log } = options;
  const router = express.Router();
  router.post(
    '/email',
    guard(email?.secret, log),
    express.raw({ type: 'message/rfc822', limit: LARGEST_MAIL }),
    async (request, response) => {
      const source: unknown = request.body;
      if (!email || !Buffer.isBuffer(source)) return refuse(response, 415, 'not_a_mail', 'send message/rfc822');
      if (source.length === 0) return refuse(response, 400, 'empty', 'the mail is empty');
      const mail = await readMail(source);
      const found = await writerOf(mail, email);
      if (!found) {
        log.warn({ bytes: source.length, automatic: mail.automatic ?? null }, 'a mail to an unknown reply address');
        return accept(response);
      }
      const id = mail.messageId ?? source;
      await store(
        options,
        response,
        mailEvent(options.clock.now(), mail, found.writer, eventId('email', [found.tag, id])),
      );
    },
  );
  router.post('/sms', guard(sms?.secret, log), express.json({ limit: LARGEST_SMS }), async (request, response) => {
    const read = smsSchema.safeParse(request.body);
    if (!sms || !read.success) return refuse(response, 400, 'bad_request', 'id, from and text are needed, as JSON');
    const { id, from, text } = read.data;
    const phone = parsePhone(from)?.e164;
    const writer = phone ? await sms.findByPhone(phone) : undefined;
    if (!writer) {
      log.warn({}, 'an SMS from a number that is nobody’s on file');
      return accept(response);
    }
    const { email: _, ...who } = writer;
    await store(options, response, {
      kind: 'words',
      eventId: eventId('sms', [id, from]),
      sentAt: options.clock.now(),
      channel: 'sms',
      ...who,
      text: text.trim().slice(0, LONGEST_SMS),
      fromKnownAddress: true,
      refusedFiles: 0,
    });
  });
  router.use(sayWhatIsWrong(log));
  return router;
}

/** 404 where the way is closed, 401 without the secret; nothing of the body is read before. */
function guard(secret: string | undefined, log: Log): RequestHandler {
  return (request, response, next) => {
    if (secret === undefined) return refuse(response, 404, 'disabled', 'no secret is set for this address');
    if (hasSecret(request.headers, secret)) return next();
    log.warn({ path: request.originalUrl.split('?')[0] }, 'a call without the shared secret');
    refuse(response, 401, 'wrong_secret', 'the shared secret is missing or wrong');
  };
}

/** The first receiver that is one of our reply addresses. */
async function writerOf(
  mail: ReceivedMail,
  { mailbox, findByReplyTag }: NonNullable<InboundOptions['email']>,
): Promise<{ tag: string; writer: Writer } | undefined> {
  const tags = mail.recipients.slice(0, MOST_RECIPIENTS).map((address) => plusTagOf(address, mailbox));
  for (const tag of new Set(tags)) {
    const writer = tag === undefined ? undefined : await findByReplyTag(tag);
    if (tag !== undefined && writer) return { tag, writer };
  }
  return undefined;
}

function mailEvent(sentAt: Date, mail: ReceivedMail, { email, ...who }: Writer, id: string): InboundWords {
  return {
    kind: 'words',
    eventId: id,
    sentAt,
    channel: 'email',
    ...who,
    // What a machine says is nobody's words.
    text: mail.automatic ? '' : mail.text,
    fromKnownAddress: mail.from === email,
    refusedFiles: mail.automatic ? 0 : mail.files,
    ...(mail.automatic ? { automatic: mail.automatic } : {}),
  };
}

/** Of one length and telling nothing, whatever the sender calls its message. */
function eventId(channel: InboundWords['channel'], parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\n');
  return `${channel}:${hash.digest('base64url')}`;
}

async function store(options: InboundOptions, response: Response, event: InboundWords): Promise<void> {
  const receive = options.receive();
  if (!receive) {
    response.set('Retry-After', '5');
    return refuse(response, 503, 'not_ready', 'starting or stopping; send again');
  }
  await receive(event);
  accept(response);
}

function accept(response: Response): void {
  response.status(202).json({ accepted: true });
}

function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}

/** Bodies that are too large or no JSON are the sender's fault; everything else is ours, and the sender tries again. */
function sayWhatIsWrong(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
    if (status === 413) return refuse(response, status, 'too_large', 'too large');
    if (status >= 400 && status < 500) return refuse(response, status, 'bad_request', 'cannot be read');
    // Its kind only: a message may repeat what somebody wrote.
    log.error({ error: error instanceof Error ? error.name : typeof error }, 'a reply could not be taken in');
    refuse(response, 500, 'failed', 'send again later');
  };
}
