import { simpleParser } from 'mailparser';
import type { LiveFeed } from '../live/feed.ts';
import type { Blobs } from '../state/blobs.ts';
import type { SandboxIds } from '../state/ids.ts';
import type { Journal, Table } from '../state/journal.ts';
import { replySource } from './reply-source.ts';

export interface MailAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: number;
  /** Base64 of the content. */
  readonly base64: string;
  /** The content as text, for text and calendar parts. */
  readonly text?: string | undefined;
}

/** A mail, parsed; the raw source lies beside the journal. `reply` marks mails that candidates wrote. */
export interface Mail {
  readonly seq: number;
  readonly at: string;
  readonly direction: 'outgoing' | 'reply';
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly MailAttachment[];
}

/** What a candidate writes back. */
export interface Reply {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly subject?: string | undefined;
  /** The mail being answered. */
  readonly answers?: Mail | undefined;
}

/** Every mail that passed, in order. */
export class Mailbox {
  readonly #table: Table<Mail>;
  readonly #blobs: Blobs;
  readonly #ids: SandboxIds;
  readonly #now: () => Date;
  readonly #feed: LiveFeed;

  constructor(journal: Journal, blobs: Blobs, ids: SandboxIds, now: () => Date, feed: LiveFeed) {
    this.#table = journal.table('mails');
    this.#blobs = blobs;
    this.#ids = ids;
    this.#now = now;
    this.#feed = feed;
  }

  /** Keeps a mail as it came in by SMTP; `to` are the receivers of the envelope. */
  async receive(
    raw: Buffer,
    from: string,
    to: readonly string[],
    direction: Mail['direction'] = 'outgoing',
  ): Promise<Mail> {
    const parsed = await simpleParser(raw, { skipImageLinks: true, skipTextToHtml: true });
    const headers = Object.fromEntries(
      parsed.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()]),
    );
    const attachments = parsed.attachments.map((part) => ({
      filename: part.filename ?? '',
      contentType: part.contentType,
      bytes: part.content.length,
      base64: part.content.toString('base64'),
      ...(/^text\//.test(part.contentType) ? { text: part.content.toString('utf8') } : {}),
    }));
    return this.#keep(raw, {
      direction,
      from: parsed.from?.text ?? from,
      to,
      subject: parsed.subject ?? '',
      text: parsed.text ?? '',
      html: parsed.html || '',
      messageId: parsed.messageId ?? '',
      headers,
      attachments,
    });
  }

  /** A candidate answers by mail, as a mail programme would: with the answered mail quoted below, where it is named. */
  reply({ from, to, text, subject = 'Re:', answers }: Reply): Mail {
    const messageId = `<${this.#ids.hex('mail')}@sandbox.invalid>`;
    const raw = replySource({ from, to, text, subject, answers, messageId, at: this.#now() });
    return this.#keep(raw, {
      direction: 'reply',
      from,
      to: [to],
      subject,
      text,
      html: '',
      messageId,
      headers: {},
      attachments: [],
    });
  }

  /** The source of a mail as it came. */
  source(seq: number): Buffer {
    return this.#blobs.get(`mail-${seq}`) ?? Buffer.alloc(0);
  }

  get(seq: number): Mail | undefined {
    return this.#table.get(String(seq));
  }

  /** Mails, oldest first; `to` picks those sent to one address. */
  list(filter: { to?: string | undefined; since?: number | undefined }): (Mail & { raw: string })[] {
    const wanted = filter.to?.toLowerCase();
    return this.#table
      .all()
      .filter(
        (mail) =>
          mail.seq > (filter.since ?? 0) && (wanted === undefined || mail.to.some((to) => to.toLowerCase() === wanted)),
      )
      .map((mail) => ({ ...mail, raw: this.source(mail.seq).toString('utf8') }));
  }

  #keep(raw: Buffer, mail: Omit<Mail, 'seq' | 'at'>): Mail {
    const full: Mail = { ...mail, seq: this.#ids.count('mail'), at: this.#now().toISOString() };
    this.#blobs.put(`mail-${full.seq}`, raw);
    this.#table.put(String(full.seq), full);
    this.#feed.emit({ type: 'mail', data: { seq: full.seq, to: [...full.to] } });
    return full;
  }
}
