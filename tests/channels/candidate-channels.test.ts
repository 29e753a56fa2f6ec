import { createServer, type Server, type Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CandidateEnvelope } from '../../channels/channel.ts';
import { createEmailChannel, type EmailChannelOptions } from '../../channels/email/email-channel.ts';
import { interviewIcs } from '../../channels/email/interview-ics.ts';
import { createHttpSmsChannel } from '../../channels/sms/http-sms-channel.ts';
import { StillClock } from '../../lib/clock.ts';
import { closedPort } from './closed-port.ts';
import { type SandboxProcess, startSandbox } from './sandbox-process.ts';

const clock = new StillClock('2026-11-23T10:00:00+08:00');

let sandbox: SandboxProcess;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const invitation = {
  uid: 'interview-int_1@hr.example.com',
  sequence: 0,
  method: 'REQUEST' as const,
  stampedAt: new Date('2026-11-23T02:00:00Z'),
  startAt: new Date('2026-11-24T14:00:00+08:00'),
  endAt: new Date('2026-11-24T14:30:00+08:00'),
  title: '面試：店務員',
  description: '請帶同身份證明文件',
  location: '旺角分店，彌敦道 1 號',
  organizer: { name: '人事部', email: 'hr@example.com' },
  attendee: { name: '陳小姐', email: 'kayan@example.com' },
};

describe('an interview’s calendar text', () => {
  test('names place and moments, the same in every zone', () => {
    const text = interviewIcs(invitation).replaceAll('\r\n ', '');
    expect(text).toContain('METHOD:REQUEST');
    expect(text).toContain('UID:interview-int_1@hr.example.com');
    expect(text).toContain('SEQUENCE:0');
    expect(text).toContain('DTSTAMP:20261123T020000Z');
    expect(text).toContain('DTSTART:20261124T060000Z');
    expect(text).toContain('DTEND:20261124T063000Z');
    expect(text).toContain('SUMMARY:面試：店務員');
    expect(text).toContain('ORGANIZER;CN="人事部":mailto:hr@example.com');
    expect(text).toMatch(/ATTENDEE;.*mailto:kayan@example.com/i);
  });

  test('of a change has the same UID and a higher number, of a cancellation says so', () => {
    const changed = interviewIcs({ ...invitation, sequence: 1, method: 'CANCEL' });
    expect(changed).toContain('UID:interview-int_1@hr.example.com');
    expect(changed).toContain('SEQUENCE:1');
    expect(changed).toContain('METHOD:CANCEL');
    expect(changed).toContain('STATUS:CANCELLED');
  });

  test('is the same text for the same interview', () => {
    expect(interviewIcs(invitation)).toBe(interviewIcs(invitation));
  });
});

const envelope: CandidateEnvelope = {
  deliveryId: 'dlv_1',
  to: 'kayan@example.com',
  subject: '面試安排：店務員',
  text: '陳小姐您好：面試時間為 11 月 24 日下午 2 時。',
  html: '<p>陳小姐您好：面試時間為 11 月 24 日下午 2 時。</p>',
  calendar: { method: 'REQUEST', content: interviewIcs(invitation) },
  unsubscribeUrl: 'https://hr.example.com/p/token/stop',
  replyTo: 'carmen@example.com',
};
const from = { name: '天河茶餐廳人事部', address: 'hr@example.com' };

/** A mail server of the test's own, to break at a chosen point. */
async function mailServer(
  options: SMTPServerOptions,
): Promise<{ smtp: EmailChannelOptions['smtp']; close(): Promise<void> }> {
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, ...options });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.server.once('listening', resolve));
  const { port } = server.server.address() as { port: number };
  return {
    smtp: { host: '127.0.0.1', port },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const refusing = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

describe('an e-mail', () => {
  test('arrives in text and HTML, with invitation, unsubscribe address, reply address and a telling Message-ID', async () => {
    const channel = createEmailChannel({ smtp: sandbox.smtp, from, clock });
    expect(await channel.send(envelope)).toMatchObject({ outcome: 'accepted' });
    const mails = await sandbox.get<{ mails?: { raw: string }[] } | { raw: string }[]>('/mails?to=kayan@example.com');
    const [mail] = Array.isArray(mails) ? mails : (mails.mails ?? []);
    const raw = mail?.raw ?? '';
    const parsed: ParsedMail = await simpleParser(raw);
    expect(parsed).toMatchObject({
      subject: envelope.subject,
      messageId: '<dlv_1@example.com>',
      date: new Date('2026-11-23T02:00:00Z'),
    });
    expect(parsed.from?.text).toContain('hr@example.com');
    expect(parsed.replyTo?.text).toContain('carmen@example.com');
    expect(parsed.text?.trim()).toBe(envelope.text);
    expect(parsed.html).toContain(envelope.html);
    expect(raw).toMatch(/^List-Unsubscribe: <https:\/\/hr\.example\.com\/p\/token\/stop>\r?$/m);
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
    expect(raw).toMatch(/^Content-Type: multipart\/alternative/m);
    expect(raw).toMatch(/^Content-Type: text\/calendar;.*method=REQUEST/m);
    const attached = parsed.attachments.map(({ content }) => content.toString());
    expect(attached).toContainEqual(expect.stringContaining('UID:interview-int_1@hr.example.com'));
  });

  test('to a mailbox that does not exist is refused for good', async () => {
    await sandbox.post('/settings', { deadMailboxes: ['kayan@example.com'] });
    const channel = createEmailChannel({ smtp: sandbox.smtp, from, clock });
    expect(await channel.send(envelope)).toMatchObject({
      outcome: 'refused',
      kind: 'recipient_invalid',
      retryAfterMs: null,
    });
    await sandbox.post('/settings', { deadMailboxes: [] });
  });

  test.for(['not an address', 'a@b', 'a@b.c, d@e.f', 'a@b.c\r\nBcc: d@e.f'])(
    'to %j is refused before anybody is called',
    async (to) => {
      const channel = createEmailChannel({ smtp: { host: '127.0.0.1', port: 1 }, from, clock });
      expect(await channel.send({ ...envelope, to })).toMatchObject({ outcome: 'refused', kind: 'recipient_invalid' });
    },
  );

  test.for([
    [
      'greylisting at RCPT',
      { onRcptTo: (_a, _s, done) => done(refusing(451, '4.7.1 try later')) },
      'throttled',
      300_000,
    ],
    ['a refused sender', { onMailFrom: (_a, _s, done) => done(refusing(550, '5.7.1 not you')) }, 'bad_request', null],
    [
      'a full server',
      { onData: (stream, _s, done) => stream.resume().on('end', () => done(refusing(452, '4.3.1 no space'))) },
      'throttled',
      300_000,
    ],
    [
      'refused content',
      { onData: (stream, _s, done) => stream.resume().on('end', () => done(refusing(554, '5.6.0 no'))) },
      'bad_request',
      null,
    ],
    [
      'an unknown mailbox told after the content',
      { onData: (stream, _s, done) => stream.resume().on('end', () => done(refusing(550, '5.1.1 unknown'))) },
      'recipient_invalid',
      null,
    ],
  ] as [string, SMTPServerOptions, string, number | null][])(
    '%s is surely not sent: %s',
    async ([, options, kind, retryAfterMs]) => {
      const server = await mailServer(options);
      const channel = createEmailChannel({ smtp: server.smtp, from, clock });
      expect(await channel.send(envelope)).toMatchObject({ outcome: 'refused', kind, retryAfterMs });
      await server.close();
    },
  );

  test('with a wrong password is not permitted', async () => {
    const server = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('wrong')),
    });
    const channel = createEmailChannel({ smtp: { ...server.smtp, user: 'hr', password: 'x' }, from, clock });
    expect(await channel.send(envelope)).toMatchObject({
      outcome: 'refused',
      kind: 'not_permitted',
      retryAfterMs: null,
    });
    await server.close();
  });

  test('over a line that is cut after the content is uncertain, before it is surely not sent', async () => {
    const cutting = async (cutAt: RegExp) => {
      const server: Server = createServer((socket: Socket) => {
        socket.on('error', () => undefined);
        socket.write('220 test\r\n');
        socket.on('data', (data) => {
          const line = data.toString();
          if (cutAt.test(line)) socket.destroy();
          else if (line.startsWith('DATA')) socket.write('354 go on\r\n');
          else socket.write('250 ok\r\n');
        });
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as { port: number };
      const answer = await createEmailChannel({ smtp: { host: '127.0.0.1', port }, from, clock }).send(envelope);
      await new Promise((resolve) => server.close(resolve));
      return answer;
    };
    expect(await cutting(/\r\n\.\r\n$/)).toMatchObject({ outcome: 'uncertain' });
    expect(await cutting(/^MAIL FROM/)).toMatchObject({
      outcome: 'refused',
      kind: 'unreachable',
      retryAfterMs: 60_000,
    });
    expect(await cutting(/^EHLO/)).toMatchObject({ outcome: 'refused', kind: 'unreachable' });
  });

  test('to a server that is not there is worth another try', async () => {
    const channel = createEmailChannel({ smtp: { host: '127.0.0.1', port: await closedPort() }, from, clock });
    expect(await channel.send(envelope)).toMatchObject({
      outcome: 'refused',
      kind: 'unreachable',
      retryAfterMs: 60_000,
    });
  });
});

describe('an SMS', () => {
  const sms: CandidateEnvelope = { deliveryId: 'dlv_2', to: '+85261230005', text: '【天河】面試提示：明日下午2時' };
  const channel = (change: object = {}) =>
    createHttpSmsChannel({
      url: `${sandbox.origin}/sms-gateway/send`,
      from: 'Tinho',
      bearerKey: 'key',
      timeoutMs: 500,
      ...change,
    });

  test('goes out through the gateway', async () => {
    expect(await channel().send(sms)).toEqual({ outcome: 'accepted', providerId: expect.any(String) });
    const sent = await sandbox.get(`/sms?to=${encodeURIComponent(sms.to)}`);
    expect(JSON.stringify(sent)).toContain(sms.text);
  });

  test('can be put together for another gateway', async () => {
    const since = await sandbox.logEnd();
    const other = channel({
      url: `${sandbox.origin}/sms-gateway/send?ref={id}`,
      body: { to: '{to}', text: '{from}: {text}' },
    });
    expect(await other.send(sms)).toMatchObject({ outcome: 'accepted' });
    const [call] = await sandbox.log(since, 'POST /sms-gateway/send');
    expect(call?.body).toMatchObject({ to: sms.to, text: `Tinho: ${sms.text}` });
  });

  test('to a number that cannot be dialled, or without a key, is refused for good', async () => {
    expect(await channel().send({ ...sms, to: '123' })).toMatchObject({
      outcome: 'refused',
      kind: 'recipient_invalid',
      retryAfterMs: null,
    });
    expect(await channel({ bearerKey: '' }).send(sms)).toMatchObject({ outcome: 'refused', kind: 'not_permitted' });
  });

  test.for([
    [{ status: 500, body: { error: 'x' } }, { outcome: 'uncertain' }],
    [{ html: true }, { outcome: 'uncertain' }],
    [{ empty: true }, { outcome: 'uncertain' }],
    [{ drop: true }, { outcome: 'uncertain' }],
    [{ delayMs: 1_000, afterWork: true }, { outcome: 'uncertain' }],
    [
      { status: 429, body: {} },
      { outcome: 'refused', kind: 'throttled', retryAfterMs: 60_000 },
    ],
    [
      { status: 503, body: {} },
      { outcome: 'refused', kind: 'unreachable', retryAfterMs: 30_000 },
    ],
    [
      { status: 402, body: {} },
      { outcome: 'refused', kind: 'quota_spent', retryAfterMs: null },
    ],
  ] as const)('with the gateway’s fault %j is %j', async ([fault, answer]) => {
    await sandbox.post('/faults', { path: '/sms-gateway/send', times: 1, ...fault });
    expect(await channel().send(sms)).toMatchObject(answer);
    await sandbox.clearFaults();
  });

  test('to a gateway that knows repeated sends is simply tried again after a failure in the dark', async () => {
    await sandbox.post('/faults', { path: '/sms-gateway/send', times: 1, drop: true });
    expect(await channel({ onceHeader: 'idempotency-key' }).send(sms)).toMatchObject({
      outcome: 'refused',
      kind: 'unreachable',
    });
  });

  test('to a gateway that is not there is worth another try', async () => {
    expect(await channel({ url: `http://127.0.0.1:${await closedPort()}/` }).send(sms)).toMatchObject({
      outcome: 'refused',
      kind: 'unreachable',
      retryAfterMs: 30_000,
    });
  });
});
