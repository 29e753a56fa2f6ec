import iconv from 'iconv-lite';
import MailComposer from 'nodemailer/lib/mail-composer';
import type Mail from 'nodemailer/lib/mailer';
import { describe, expect, test } from 'vitest';
import { readMail } from '../../channels/inbound/read-mail.ts';

const mail = (parts: Mail.Options): Promise<Buffer> =>
  new MailComposer({
    from: '陳家欣 <Ka.Yan@mail.example>',
    to: 'hr+r.1a2b@kamkee.example',
    subject: 'Re: 面試邀請',
    text: '好',
    ...parts,
  })
    .compile()
    .build();

const QUOTE =
  '<div class="gmail_quote"><div>HR &lt;hr@kamkee.example&gt; 於 2026年11月23日 週一 上午10:05寫道：<br></div><blockquote>停止接收請按</blockquote></div>';

describe('a person’s mail', () => {
  test('tells who, to whom and what', async () => {
    const source = await mail({ messageId: '<one@mail.example>', cc: 'Friend <friend@mail.example>' });
    expect(await readMail(source)).toEqual({
      messageId: '<one@mail.example>',
      recipients: ['hr+r.1a2b@kamkee.example', 'friend@mail.example'],
      from: 'ka.yan@mail.example',
      text: '好',
      files: 0,
      automatic: undefined,
    });
  });

  test('the receiver of the envelope comes first, where the mail server notes it', async () => {
    const source = await mail({ to: 'HR <hr@kamkee.example>' });
    const delivered = Buffer.concat([Buffer.from('Delivered-To: <hr+r.9f@kamkee.example>\r\n'), source]);
    expect((await readMail(delivered)).recipients).toEqual(['hr+r.9f@kamkee.example', 'hr@kamkee.example']);
  });

  test('HTML becomes text, alone and beside files and pictures; a logo in the signature is no file', async () => {
    const html = `<div>我改變主意了，<b>唔好再send</b></div><br>${QUOTE}`;
    const alone = await readMail(await mail({ text: undefined, html }));
    expect(alone.text).toBe('我改變主意了，唔好再send');
    const beside = await readMail(
      await mail({
        text: undefined,
        html: `${html}<img src="cid:logo">`,
        attachments: [
          { filename: 'cv.pdf', content: '%PDF', contentType: 'application/pdf' },
          { filename: 'logo.png', content: 'png', cid: 'logo', contentType: 'image/png' },
        ],
      }),
    );
    expect(beside).toMatchObject({ text: '我改變主意了，唔好再send', files: 1 });
  });

  test('in Big5 and in GB 18030', async () => {
    for (const charset of ['big5', 'gb18030']) {
      const head = `From: a@mail.example\r\nSubject: Re:\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
      const source = Buffer.from(head + iconv.encode('停止接收', charset).toString('base64'));
      expect((await readMail(source)).text).toBe('停止接收');
    }
  });

  test('written into the subject alone', async () => {
    expect((await readMail(await mail({ subject: 'STOP', text: '' }))).text).toBe('STOP');
    expect((await readMail(await mail({ subject: 'Re: 停止接收', text: '' }))).text).toBe('');
  });

  test('a forwarded mail that is attached is not the person’s words', async () => {
    const inner = await mail({ from: 'hr@kamkee.example', text: 'Unsubscribe: 停止接收' });
    const outer = await mail({
      text: '請看附件',
      attachments: [{ content: inner, contentType: 'message/rfc822', contentDisposition: 'inline' }],
    });
    expect((await readMail(outer)).text).toBe('請看附件');
  });
});

describe('a machine’s mail', () => {
  test.each<[string, Mail.Options]>([
    ['Auto-Submitted', { headers: { 'Auto-Submitted': 'auto-replied' } }],
    ['X-Autoreply', { headers: { 'X-Autoreply': 'yes' } }],
    ['Precedence', { headers: { Precedence: 'auto_reply' } }],
    ['a mailing list', { headers: { Precedence: 'bulk', 'List-Id': '<jobs.example>' } }],
    ['an empty return path', { headers: { 'Return-Path': '<>' } }],
    ['the subject of Outlook', { subject: 'Automatic reply: 面試邀請' }],
    ['the subject in Chinese', { subject: '自動回覆：我正在放假' }],
  ])('is known by %s', async (_, parts) => {
    expect((await readMail(await mail(parts))).automatic).toBe('auto_reply');
  });

  const report = (action: string): Buffer =>
    Buffer.from(
      [
        'Return-Path: <>',
        'From: Mail Delivery System <MAILER-DAEMON@mail.example>',
        'To: hr+r.1a2b@kamkee.example',
        'Subject: Undelivered Mail Returned to Sender',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'Your message STOP could not be delivered.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mail.example',
        '',
        'Final-Recipient: rfc822; ka.yan@mail.example',
        `Action: ${action}`,
        'Status: 5.1.1',
        '--b--',
        '',
      ].join('\r\n'),
    );

  test('that says a mail came back, or only that it is late', async () => {
    expect((await readMail(report('failed'))).automatic).toBe('returned');
    expect((await readMail(report('delayed'))).automatic).toBe('auto_reply');
  });

  test('an ordinary mail that says so of itself, and one about holidays, are a person’s', async () => {
    expect((await readMail(await mail({ headers: { 'Auto-Submitted': 'no' } }))).automatic).toBeUndefined();
    expect((await readMail(await mail({ subject: 'Re: 自動回覆' }))).automatic).toBeUndefined();
    expect((await readMail(await mail({ text: '我下星期放假，out of office' }))).automatic).toBeUndefined();
  });
});
