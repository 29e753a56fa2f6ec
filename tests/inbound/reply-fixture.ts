import { createTransport } from 'nodemailer';
import type Mail from 'nodemailer/lib/mailer';
import { expect } from 'vitest';
import type { CandidateRecord } from '../../models/candidate.model.ts';
import { type ConversationOffice, test as conversation, SECRETS } from '../conversations/office.ts';

/** A mail as the sandbox's mail server has kept it. */
export interface KeptMail {
  seq: number;
  subject: string;
  text: string;
  from: string;
  headers: Record<string, string>;
}

/** A candidate with a phone of their own: mail programme and text messages. */
export class Candidate {
  readonly #office: ConversationOffice;
  readonly id: string;
  readonly phone: string;
  readonly email: string;

  constructor(office: ConversationOffice, id: string, phone: string, email: string) {
    this.#office = office;
    this.id = id;
    this.phone = phone;
    this.email = email;
  }

  /** Mails that have come, oldest first. */
  mails(): Promise<KeptMail[]> {
    return this.#office.desk.control('GET', `/mails?to=${encodeURIComponent(this.email)}`);
  }

  async lastMail(): Promise<KeptMail> {
    const mail = (await this.mails()).at(-1);
    if (!mail) throw new Error(`${this.email} has no mail`);
    return mail;
  }

  /** Where an answer to the last mail goes. */
  async replyAddress(): Promise<string> {
    return (await this.lastMail()).headers['reply-to'] ?? '';
  }

  /** Answers the last mail on the phone, which quotes it. */
  async answersMail(text: string): Promise<void> {
    const mail = await this.lastMail();
    await this.#office.act(() =>
      this.#office.desk.control('POST', '/mails', {
        from: this.email,
        to: mail.headers['reply-to'],
        subject: `Re: ${mail.subject}`,
        text,
        answers: mail.seq,
      }),
    );
  }

  /** Sends a mail with any mail programme, over SMTP. */
  async mailsBySmtp(mail: Mail.Options & { returnPath?: string }): Promise<void> {
    const to = await this.replyAddress();
    await this.#office.act(async () => {
      const { hostname, port } = new URL(this.#office.desk.smtp);
      const transport = createTransport({ host: hostname, port: Number(port), secure: false });
      await transport.sendMail({
        from: this.email,
        to,
        subject: 'Re: 面試邀請',
        envelope: { from: mail.returnPath ?? this.email, to: [to] },
        ...mail,
      });
      transport.close();
    });
  }

  /** Answers by SMS. */
  async texts(text: string): Promise<void> {
    await this.#office.act(() =>
      this.#office.desk.control('POST', '/sms', { from: this.phone, to: '金記茶餐廳', text }),
    );
  }

  async sms(): Promise<string[]> {
    const all = await this.#office.desk.control<{ text: string }[]>('GET', `/sms?to=${encodeURIComponent(this.phone)}`);
    return all.map(({ text }) => text);
  }

  async record(): Promise<CandidateRecord> {
    const record = await this.#office.office.models.candidates.findOne({ _id: this.id }).lean<CandidateRecord>();
    if (!record) throw new Error(`${this.id} is not on file`);
    return record;
  }

  async activities(): Promise<{ kind: string; detail: string | null; text: string | null }[]> {
    return this.#office.office.models.activities.find({ candidateId: this.id }).sort({ at: 1, _id: 1 }).lean();
  }
}

/** 陳家欣 is on file with phone and e-mail, and has been invited to an interview. */
export async function invites(office: ConversationOffice): Promise<Candidate> {
  await office.opens();
  await office.hasApplication('陳家欣', 'shortlisted');
  const email = 'ka.yan@mail.example';
  await office.office.models.candidates.updateOne({ _id: 'cand_A1003' }, { email });
  await office.hr.says('約 陳家欣 26/11 15:30');
  await office.passes('PT5M');
  const candidate = new Candidate(office, 'cand_A1003', '+85291234567', email);
  expect((await candidate.lastMail()).text).toContain('面試');
  return candidate;
}

/** Brings something to the product as a mail server or a gateway does. */
export async function bring(
  office: ConversationOffice,
  way: 'email' | 'sms',
  body: string | Uint8Array<ArrayBuffer> | object,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  let answer = { status: 0, text: '' };
  await office.act(async () => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(`${office.address}/inbound/${way}`, {
      method: 'POST',
      headers: {
        'content-type': way === 'email' ? 'message/rfc822' : 'application/json',
        ...('authorization' in headers ? {} : { 'x-inbound-secret': SECRETS[way] }),
        ...headers,
      },
      body: isRaw ? body : JSON.stringify(body),
    });
    answer = { status: response.status, text: await response.text() };
  });
  return answer;
}

export { conversation as test };
