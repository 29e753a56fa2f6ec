import { describe, expect } from 'vitest';
import { plusTagOf } from '../../lib/plus-address.ts';
import { findByPhone, findByReplyTag } from '../../recruiting/correspondence/find-writer.ts';
import { SECRETS } from '../conversations/office.ts';
import { bring, Candidate, invites, test } from './reply-fixture.ts';

const plainMail = (to: string, text: string, more: string[] = []): string =>
  ['From: ka.yan@mail.example', `To: ${to}`, 'Subject: Re:', 'Message-ID: <one@mail.example>', ...more, '', text].join(
    '\r\n',
  );

describe('answering an e-mail', () => {
  test('reaches HR in the person’s own words, is a sign of life, and stops nothing', async ({ office }) => {
    const kaYan = await invites(office);
    const { headers } = await kaYan.lastMail();
    expect(headers['reply-to']).toMatch(/^hr\+r\.[0-9a-f]{32}@kamkee\.example$/);
    const tag = plusTagOf(headers['reply-to'] ?? '', 'hr@kamkee.example') ?? '';
    expect(await findByReplyTag(office.office, tag)).toMatchObject({
      candidateIds: [kaYan.id],
      replyTo: { template: 'interview_invitation' },
    });

    await kaYan.answersMail('請問要帶證書正本嗎？');

    office.hr.sees(/陳家欣.*以電郵留言（查詢需要準備甚麼.*：[\s\S]*請問要帶證書正本嗎？/);
    // The mail quoted below holds our own 「停止接收」: not the person's words.
    office.hr.doesNotSee('寫道');
    office.hr.doesNotSee('停止');
    const { choices, lastActivityAt } = await kaYan.record();
    expect(choices.nudgesStoppedAt).toBeNull();
    expect(lastActivityAt).toEqual(office.office.clock.now());
    expect(await kaYan.activities()).toMatchObject([{ kind: 'wrote', detail: 'email', text: '請問要帶證書正本嗎？' }]);
  });

  test('STOP in any words works at once and is confirmed by e-mail', async ({ office }) => {
    const kaYan = await invites(office);
    await kaYan.answersMail('多謝你哋，我已經搵到工，唔使再搵我喇');
    const { choices } = await kaYan.record();
    expect(choices.allStoppedAt).toEqual(office.office.clock.now());
    office.hr.sees('已停止接收所有訊息');
    expect((await kaYan.lastMail()).text).toContain('已停止向您發送所有訊息');
    // The confirmation can be answered too; nothing is stopped or confirmed twice.
    const before = (await kaYan.mails()).length;
    await kaYan.answersMail('STOP ALL');
    expect(await kaYan.mails()).toHaveLength(before);
  });

  test('by any mail programme over SMTP, in HTML, from another address: taken, and HR is told', async ({ office }) => {
    const kaYan = await invites(office);
    await kaYan.mailsBySmtp({
      from: '丈夫 <hubby@mail.example>',
      html: '<p>佢會準時到</p><blockquote>停止接收</blockquote>',
    });
    office.hr.sees(/以電郵留言（.*沒有代為處理；由另一個電郵地址寄出）：[\s\S]*佢會準時到/);
    office.hr.doesNotSee('停止接收');
  });

  test('files are not kept; the person is told kindly once a day, HR each time', async ({ office }) => {
    const kaYan = await invites(office);
    const before = (await kaYan.mails()).length;
    const attachments = [{ filename: 'HKID.jpg', content: Buffer.from('a picture') }];
    await kaYan.mailsBySmtp({ text: '附上證書', attachments });
    office.hr.sees(/寄來1個附件，系統沒有接收/);
    office.hr.sees('附上證書');
    const answers = (await kaYan.mails()).slice(before);
    expect(answers.map(({ text }) => text)).toEqual([
      expect.stringContaining('不以電郵接收附件'),
      expect.stringContaining('Carmen會於2026年11月24日（星期二）或之前親自回覆您'),
    ]);
    await office.passes('PT1H');
    await kaYan.mailsBySmtp({ text: '', subject: 'Re:', attachments });
    office.hr.sees(/寄來1個附件.*電郵沒有其他文字/);
    expect(await kaYan.mails()).toHaveLength(before + 2);
    const { lastActivityAt } = await kaYan.record();
    expect(lastActivityAt).toEqual(office.office.clock.now());
    const everything = JSON.stringify(await kaYan.activities());
    expect(everything).not.toContain('HKID');
  });
});

describe('what machines send', () => {
  test('an out-of-office note is no sign of life, is not answered, and disturbs nobody', async ({ office }) => {
    const kaYan = await invites(office);
    const before = (await kaYan.mails()).length;
    const { lastActivityAt } = await kaYan.record();
    await kaYan.mailsBySmtp({
      text: '我正在放假，STOP 前請致電同事',
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
    await kaYan.mailsBySmtp({ text: 'I am away', returnPath: '' });
    expect(office.hr.heard()).toEqual([]);
    expect(await kaYan.mails()).toHaveLength(before);
    const record = await kaYan.record();
    expect(record.lastActivityAt).toEqual(lastActivityAt);
    expect(record.choices.nudgesStoppedAt).toBeNull();
    expect(await kaYan.activities()).toMatchObject([
      { kind: 'auto_reply', text: null },
      { kind: 'auto_reply', text: null },
    ]);
  });

  test('a returned mail is told to HR, once', async ({ office }) => {
    const kaYan = await invites(office);
    const report = plainMail(await kaYan.replyAddress(), '', [
      'Return-Path: <>',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    ]).concat(
      '\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; x\r\nAction: failed\r\n--b--\r\n',
    );
    expect((await bring(office, 'email', report)).status).toBe(202);
    office.hr.sees(/陳家欣.*電郵被退回/);
    expect((await bring(office, 'email', report)).status).toBe(202);
    expect(office.hr.heard()).toEqual([]);
  });
});

describe('the way in', () => {
  test('the same mail twice, also at the same time, has one effect', async ({ office }) => {
    const kaYan = await invites(office);
    const mail = plainMail(await kaYan.replyAddress(), '請問使唔使自備圍裙');
    const bearer = { authorization: `Bearer ${SECRETS.email}` };
    const answers = await Promise.all([bring(office, 'email', mail), bring(office, 'email', mail)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect((await bring(office, 'email', mail, bearer)).status).toBe(202);
    expect(await kaYan.activities()).toHaveLength(1);
    const told = await office.office.models.outbox.countDocuments({ what: 'candidate_wrote' });
    expect(told).toBe(1);
    // Another mail that says the same is another mail.
    await bring(office, 'email', mail.replace('<one@', '<two@'));
    office.hr.sees('請問使唔使自備圍裙');
  });

  test('an identity card number is cut out before anything is stored', async ({ office }) => {
    const kaYan = await invites(office);
    await kaYan.answersMail('我身份證號碼係 A123456(3)');
    office.hr.sees('以電郵留言');
    office.hr.doesNotSee('A123456');
    expect(JSON.stringify(await kaYan.activities())).not.toContain('A123456');
  });

  test('without the secret, with a wrong one, of another kind, too large or empty: refused', async ({ office }) => {
    const kaYan = await invites(office);
    const address = await kaYan.replyAddress();
    const mail = plainMail(address, '請問使唔使自備圍裙');
    expect((await bring(office, 'email', mail, { 'x-inbound-secret': 'brought by the mail serve' })).status).toBe(401);
    expect((await bring(office, 'email', mail, { 'x-inbound-secret': '' })).status).toBe(401);
    expect((await bring(office, 'email', mail, { authorization: `Bearer ${SECRETS.sms}` })).status).toBe(401);
    expect((await bring(office, 'email', mail, { 'content-type': 'application/json' })).status).toBe(415);
    expect((await bring(office, 'email', '')).status).toBeGreaterThanOrEqual(400);
    const large = new Uint8Array(37 * 1024 * 1024);
    expect((await bring(office, 'email', large)).status).toBe(413);
    for (const bad of ['no json', { id: '', from: kaYan.phone, text: 'x' }, { from: kaYan.phone, text: 'x' }]) {
      expect((await bring(office, 'sms', bad)).status).toBe(400);
    }
    expect((await fetch(`${office.address}/inbound/email`)).status).toBe(404);
    expect(office.hr.heard()).toEqual([]);
    expect(await kaYan.activities()).toEqual([]);
  });

  test('whose reply it is cannot be told: accepted like any other, and forgotten', async ({ office }) => {
    const kaYan = await invites(office);
    const address = await kaYan.replyAddress();
    const known = await bring(office, 'email', plainMail(address, '好'));
    const inboxItems = () => office.office.models.inboxItems.countDocuments({ kind: 'words' });
    expect(await inboxItems()).toBe(1);
    for (const wrong of ['hr@kamkee.example', address.replace(/r\.../, 'r.zz'), address.replace('kamkee', 'else')]) {
      expect(await bring(office, 'email', plainMail(wrong, 'STOP ALL'))).toEqual(known);
    }
    expect(await bring(office, 'sms', { id: 'm1', from: '+85298888888', text: 'STOP' })).toEqual(known);
    expect(await inboxItems()).toBe(1);
    expect((await kaYan.record()).choices.allStoppedAt).toBeNull();
  });

  test('the token of a reply address opens no page', async ({ office }) => {
    const kaYan = await invites(office);
    const token = /\+r\.([0-9a-f]{32})@/.exec(await kaYan.replyAddress())?.[1];
    expect((await fetch(`${office.address}/${token}`)).status).toBe(404);
    const press = await fetch(`${office.address}/${token}/press`, {
      method: 'POST',
      body: new URLSearchParams({ do: 'stop_all' }),
    });
    expect(press.status).toBe(404);
    expect((await kaYan.record()).choices.allStoppedAt).toBeNull();
  });
});

describe('answering by SMS', () => {
  test('reaches HR; a stop works at once and is confirmed by SMS; the same message twice is one', async ({
    office,
  }) => {
    const kaYan = await invites(office);
    await kaYan.texts('請問使唔使自備圍裙？');
    office.hr.sees(/陳家欣.*以短訊留言（查詢需要準備甚麼.*：[\s\S]*請問使唔使自備圍裙？/);
    const before = await kaYan.sms();
    await kaYan.texts('TD');
    const { choices } = await kaYan.record();
    expect(choices.nudgesStoppedAt).toEqual(office.office.clock.now());
    expect((await kaYan.sms()).slice(before.length)).toEqual([expect.stringContaining('已停止發送')]);
    // What is answered next is that confirmation.
    expect(await findByPhone(office.office, kaYan.phone)).toMatchObject({
      candidateIds: [kaYan.id],
      replyTo: { template: 'opt_out_confirmation' },
    });
    const again = { id: 'gateway-7', from: '9123 4567', text: '收到' };
    const activities = (await kaYan.activities()).length;
    await bring(office, 'sms', again);
    expect(await kaYan.activities()).toHaveLength(activities + 1);
    await bring(office, 'sms', again);
    expect(await kaYan.activities()).toHaveLength(activities + 1);
    expect(office.hr.heard()).toEqual([]);
  });

  test('from a number of two people nothing is done in anybody’s name, but a stop works for both', async ({
    office,
  }) => {
    const kaYan = await invites(office);
    await office.hasApplication('陳大文', 'shortlisted', { ref: 'A1004' });
    const other = new Candidate(office, 'cand_A1004', kaYan.phone, '');
    await kaYan.texts('我去唔到');
    office.hr.sees(/9123 4567.*未能分辨是誰.*陳家欣.*陳大文[\s\S]*我去唔到/);
    expect(office.hr.heard()).toHaveLength(1);
    expect([...(await kaYan.activities()), ...(await other.activities())]).toEqual([]);
    await kaYan.texts('STOP');
    office.hr.sees('已為以下各人停止');
    for (const person of [kaYan, other]) {
      expect((await person.record()).choices.nudgesStoppedAt).toEqual(office.office.clock.now());
    }
  });
});
