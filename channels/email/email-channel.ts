import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Clock } from '../../lib/clock.ts';
import type { CandidateChannel, CandidateEnvelope, SendAnswer } from '../channel.ts';
import { smtpAnswerOf, smtpFailureOf } from './smtp-failure.ts';

export interface EmailChannelOptions {
  smtp: {
    host: string;
    port: number;
    /** TLS from the first byte (port 465); otherwise STARTTLS where the server offers it. */
    secure?: boolean;
    user?: string;
    password?: string;
  };
  /** Whom the mails come from, for example `{ name: '人事部', address: 'hr@example.com' }`. */
  from: { name: string; address: string };
  clock: Clock;
  /** Limit for connecting, for the greeting and for a silent line; default 20 s. */
  timeoutMs?: number;
}

/** One address, nothing that could end the header line or add a second one. */
const ONE_ADDRESS = /^[^\s@,;<>"()]+@[^\s@,;<>"()]+\.[^\s@,;<>"()]+$/;

/** Reaches candidates by e-mail. The Message-ID is made of the delivery's id, so that a doubled mail can be recognised. */
export function createEmailChannel(options: EmailChannelOptions): CandidateChannel {
  return {
    name: 'email',
    async send(envelope) {
      if (!ONE_ADDRESS.test(envelope.to)) {
        return { outcome: 'refused', kind: 'recipient_invalid', retryAfterMs: null, detail: 'not an e-mail address' };
      }
      const content = await composed(envelope, options);
      return sendMail(options, envelope.to, content);
    },
  };
}

function composed(envelope: CandidateEnvelope, options: EmailChannelOptions): Promise<Buffer> {
  const domain = options.from.address.slice(options.from.address.indexOf('@') + 1);
  const { unsubscribeUrl, calendar } = envelope;
  const composer = new MailComposer({
    from: options.from,
    to: { name: '', address: envelope.to },
    subject: envelope.subject ?? '',
    messageId: `<${envelope.deliveryId}@${domain}>`,
    date: options.clock.now(),
    text: envelope.text,
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribeUrl
        ? { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
        : {}),
    },
    ...(envelope.replyTo ? { replyTo: envelope.replyTo } : {}),
    ...(envelope.html ? { html: envelope.html } : {}),
    ...(calendar
      ? { icalEvent: { method: calendar.method, content: calendar.content, filename: 'interview.ics' } }
      : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/**
 * Sends one mail over a connection of its own. nodemailer's transport does not say how far it came when the line breaks;
 * here the content is a stream that knows whether the server has asked for it.
 */
function sendMail(options: EmailChannelOptions, to: string, content: Buffer): Promise<SendAnswer> {
  const { smtp, from, timeoutMs = 20_000 } = options;
  const connection = new SMTPConnection({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure ?? false,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  let contentHasLeft = false;
  const message = new Readable({
    read() {
      contentHasLeft = true;
      this.push(content);
      this.push(null);
    },
  });
  return new Promise<SendAnswer>((resolve) => {
    const fail = (error: unknown): void => {
      connection.close();
      resolve(smtpAnswerOf(smtpFailureOf(error), contentHasLeft));
    };
    connection.once('error', fail);
    const send = (): void => {
      connection.send({ from: from.address, to: [to] }, message, (error, info) => {
        if (error) return fail(error);
        connection.removeListener('error', fail);
        // A line that breaks after the acceptance changes nothing.
        connection.on('error', () => undefined);
        connection.quit();
        const providerId = typeof info?.response === 'string' ? info.response.slice(0, 200) : undefined;
        resolve(providerId ? { outcome: 'accepted', providerId } : { outcome: 'accepted' });
      });
    };
    connection.connect((error) => {
      if (error) return fail(error);
      if (!smtp.user) return send();
      connection.login({ credentials: { user: smtp.user, pass: smtp.password ?? '' } }, (refusal) =>
        refusal ? fail(refusal) : send(),
      );
    });
  });
}
