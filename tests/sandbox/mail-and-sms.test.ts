import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { describe, expect } from 'vitest';
import { segmentCount } from '../../sandbox/sms/segments.ts';
import { type Desk, test, until } from './sandbox-fixture.ts';

interface Mail {
  seq: number;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  raw: string;
  attachments: { filename: string; contentType: string; text?: string }[];
}

async function post(desk: Desk, mail: Record<string, unknown> = {}): Promise<unknown> {
  const { hostname, port } = new URL(desk.smtp);
  const transport = createTransport({ host: hostname, port: Number(port), secure: false });
  try {
    return await transport.sendMail({
      from: '好味茶餐廳 <hr@good.example>',
      to: 'kayan@mail.example',
      subject: '面試邀請：店務員',
      text: '陳小姐您好：請看 https://h5.example/i/9',
      html: '<p>陳小姐您好</p>',
      list: { unsubscribe: { url: 'https://h5.example/stop' } },
      icalEvent: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nUID:interview-42\r\nEND:VCALENDAR' },
      ...mail,
    });
  } finally {
    transport.close();
  }
}

describe('mail', () => {
  test('is taken, parsed and kept with its source, and found by receiver or person', async ({ desk }) => {
    await post(desk);
    await post(desk, { to: 'somebody@else.example' });
    const mails = await desk.control<Mail[]>('GET', '/mails?to=kayan');
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      to: ['kayan@mail.example'],
      subject: '面試邀請：店務員',
      text: expect.stringContaining('陳小姐您好：請看 https://h5.example/i/9'),
      html: '<p>陳小姐您好</p>',
    });
    expect(mails[0]?.headers['list-unsubscribe']).toBe('<https://h5.example/stop>');
    expect(
      mails[0]?.attachments.some(
        ({ contentType, text }) => contentType === 'text/calendar' && text?.includes('UID:interview-42'),
      ),
    ).toBe(true);
    expect(mails[0]?.raw).toMatch(/^From: /m);
    expect((await desk.log()).filter(({ kind }) => kind === 'smtp')).toMatchObject([
      { status: 250, name: 'kayan@mail.example' },
      { status: 250 },
    ]);
  });

  test('a dead mailbox is refused; scripted faults refuse, cut after the work, or double', async ({ desk }) => {
    await desk.control('POST', '/settings', { deadMailboxes: ['kayan@mail.example'] });
    await expect(post(desk)).rejects.toMatchObject({ responseCode: 550 });
    await desk.control('POST', '/settings', { deadMailboxes: [] });
    await desk.control('POST', '/faults', { path: 'smtp', times: 1, status: 451 });
    await expect(post(desk)).rejects.toMatchObject({ responseCode: 451 });
    expect(await desk.control('GET', '/mails')).toEqual([]);
    await desk.control('POST', '/faults', { path: 'smtp', times: 1, drop: true, afterWork: true });
    await expect(post(desk)).rejects.toThrow();
    expect(await desk.control<Mail[]>('GET', '/mails')).toHaveLength(1);
    await desk.control('POST', '/faults', { path: 'smtp', times: 1, duplicate: true });
    await post(desk);
    expect(await desk.control<Mail[]>('GET', '/mails')).toHaveLength(3);
  });
});

describe('text messages', () => {
  const send = async (
    desk: Desk,
    body: Record<string, unknown>,
    key = 'Bearer any',
  ): Promise<{ status: number; json: Record<string, unknown> }> => {
    const response = await fetch(`${desk.origin}/sms-gateway/send`, {
      method: 'POST',
      headers: key === '' ? {} : { authorization: key },
      body: JSON.stringify(body),
    });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };

  test('go through the gateway with any key and a number that can be dialled', async ({ desk }) => {
    expect((await send(desk, { to: '+852 6123 0001', from: 'GoodTaste', text: '字'.repeat(71) })).json).toEqual({
      id: 'sms-1',
      segments: 2,
    });
    expect(await desk.control('GET', '/sms?to=61230001')).toMatchObject([
      { to: '+852 6123 0001', from: 'GoodTaste', segments: 2, status: 'delivered' },
    ]);
    expect((await send(desk, { to: '61230001', text: 'x' }, '')).status).toBe(401);
    for (const to of ['12345678', '6123', 'kayan', '+852'])
      expect((await send(desk, { to, text: 'x' })).json, to).toMatchObject({ error: { code: 'bad_number' } });
    expect((await send(desk, { to: '61230001' })).status).toBe(400);
  });

  test('a dead number is accepted and never reached', async ({ desk }) => {
    await desk.control('POST', '/settings', { deadNumbers: ['61230001'] });
    const { json } = await send(desk, { to: '61230001', text: 'x' });
    const response = await fetch(`${desk.origin}/sms-gateway/messages/${json.id}`, {
      headers: { authorization: 'Bearer any' },
    });
    expect(await response.json()).toMatchObject({ id: json.id, status: 'failed' });
  });

  test.for([
    ['', 1],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['字'.repeat(70), 1],
    ['字'.repeat(71), 2],
    [`${'a'.repeat(69)}字`, 1],
    ['😀'.repeat(36), 2],
  ] as const)('%s has %i parts', ([text, parts]) => {
    expect(segmentCount(text)).toBe(parts);
  });
});

describe('replies of candidates', () => {
  test('are kept, can be polled, and are posted to the address that was set, again until it answers', async ({
    desk,
  }) => {
    const got: { type: string | undefined; secret: unknown; body: string }[] = [];
    let failures = 1;
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      if (failures > 0) {
        failures -= 1;
        response.writeHead(500).end();
        return;
      }
      got.push({ type: request.headers['content-type'], secret: request.headers['x-inbound-secret'], body });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await desk.control('POST', '/settings', {
      smsInboundUrl: url,
      smsInboundSecret: 's3cret',
      mailInboundUrl: url,
      mailInboundSecret: 'm4il',
    });
    await desk.control('POST', '/sms', { from: 'kayan', to: 'GoodTaste', text: 'STOP' });
    await until(() => got.length === 1);
    await desk.control('POST', '/mails', { from: 'kayan', to: 'hr@good.example', text: '我會準時到' });
    await desk.control('POST', '/settle', {});
    expect(got).toMatchObject([
      { type: 'application/json', secret: 's3cret' },
      { type: 'message/rfc822', secret: 'm4il' },
    ]);
    expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({ from: '61230001', to: 'GoodTaste', text: 'STOP' });
    const mail = await simpleParser(got[1]?.body ?? '');
    expect(mail.from?.text).toBe('kayan@mail.example');
    expect(mail.text).toBe('我會準時到\n');
    server.close();
    const inbox = await fetch(`${desk.origin}/sms-gateway/inbox?since=0`, { headers: { authorization: 'Bearer any' } });
    expect(await inbox.json()).toMatchObject({ messages: [{ from: '61230001', text: 'STOP' }] });
    expect(await desk.control('GET', '/mails?to=hr@good.example')).toMatchObject([
      { direction: 'reply', text: '我會準時到', raw: expect.stringContaining('我會準時到') },
    ]);
  });

  test('a mail to the product’s mailbox by SMTP is delivered there, as a mail server delivers; others are not', async ({
    desk,
  }) => {
    const got: string[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      got.push(body);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const mailInboundUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await desk.control('POST', '/settings', { mailInboundUrl, mailInboundAddress: 'hr@good.example' });
    await post(desk);
    await post(desk, { from: 'kayan@mail.example', to: 'HR+r.1a2b@good.example', subject: 'Re: 面試' });
    await post(desk, { from: 'kayan@mail.example', to: 'hr+x@elsewhere.example', subject: 'Re: 面試' });
    await desk.control('POST', '/settle', {});
    expect(got).toEqual([
      expect.stringMatching(/^Return-Path: <kayan@mail\.example>\r\nDelivered-To: HR\+r\.1a2b@good\.example\r\n/),
    ]);
    server.close();
  });

  test('an answer quotes the mail below it and survives a line break in its subject; a reset keeps the way', async ({
    desk,
  }) => {
    await post(desk);
    const [asked] = await desk.control<Mail[]>('GET', '/mails?to=kayan');
    await desk.control('POST', '/mails', {
      from: 'kayan',
      to: 'hr@good.example',
      text: '好',
      subject: 'Re: 面試\r\nBcc: all@good.example',
      answers: asked?.seq,
    });
    const [answer] = await desk.control<Mail[]>('GET', '/mails?to=hr@good.example');
    const parsed = await simpleParser(answer?.raw ?? '');
    expect(parsed.subject).toBe('Re: 面試 Bcc: all@good.example');
    expect(parsed.bcc).toBeUndefined();
    expect(parsed.inReplyTo).toBe(asked?.headers['message-id']);
    expect(parsed.text).toMatch(/^好\n\n.*於 .*寫道：\n\n> 陳小姐您好：請看/);
    await desk.control('POST', '/settings', { mailInboundUrl: 'http://127.0.0.1:9/', callsPerSecond: 7 });
    await desk.control('POST', '/reset', { seed: 'empty' });
    expect(await desk.control('GET', '/settings')).toMatchObject({
      mailInboundUrl: 'http://127.0.0.1:9/',
      callsPerSecond: 20,
    });
  });
});
