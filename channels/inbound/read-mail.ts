import { type AddressObject, type Attachment, type ParsedMail, simpleParser } from 'mailparser';
import { type AutomaticKind, automaticKind } from './automatic-mail.ts';
import { writtenText } from './written-text.ts';

/** A mail that came in, as far as it matters here. */
export interface ReceivedMail {
  /** The sender's own id of the mail; undefined when it has none. */
  messageId: string | undefined;
  /** Whom it was delivered or written to, the most reliable first. */
  recipients: string[];
  /** Sender's address in lower case. */
  from: string;
  /** What the person wrote themselves. */
  text: string;
  /** Files that came along. */
  files: number;
  automatic: AutomaticKind | undefined;
}

/** Where mail servers note the receiver of the envelope; `To` and `Cc` are what the writer typed. */
const ENVELOPE_HEADERS = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-forwarded-to'];
/** Longer HTML is not turned into text. */
const LONGEST_HTML = 1_000_000;
const OPTIONS = { skipTextToHtml: true, skipImageLinks: true, maxHtmlLengthToParse: LONGEST_HTML } as const;
/** Parts that nobody attached: signatures of the mail itself, visiting cards, answers of a calendar. */
const NO_FILE =
  /^(?:application\/(?:pgp-signature|pkcs7-signature|x-pkcs7-signature|ms-tnef|ics)|text\/(?:calendar|x?-?vcard|directory))/;
const REPLY_PREFIX = /^\s*(?:re|aw|sv|fwd?|回覆|回复|答覆|轉寄|转发)\s*[:：]/i;

/** Reads a mail (`message/rfc822`): any charset, HTML where there is no text. */
export async function readMail(source: Buffer): Promise<ReceivedMail> {
  const mail = await simpleParser(source, { ...OPTIONS, skipHtmlToText: true });
  const from = mail.from?.value[0]?.address?.trim().toLowerCase() ?? '';
  const subject = mail.subject ?? '';
  const header = (name: string): string | undefined => rawHeader(mail, name)?.toLowerCase();
  const written = writtenText(mail.text?.trim() || (await textOfHtml(mail.html || '')));
  return {
    messageId: mail.messageId?.trim() || undefined,
    recipients: recipientsOf(mail),
    from,
    // Some people write their whole message into the subject.
    text: written === '' && !REPLY_PREFIX.test(subject) ? writtenText(subject) : written,
    files: mail.attachments.filter(isFile).length,
    automatic: automaticKind({ header, from, subject, source: source.toString('latin1') }),
  };
}

/**
 * HTML as text, without pictures (their addresses are no words). mailparser turns only a mail that is nothing but HTML into
 * text, so what stands beside files is made one.
 */
async function textOfHtml(html: string): Promise<string> {
  if (html === '' || html.length > LONGEST_HTML) return '';
  const alone = Buffer.from(
    `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${html.replace(/<img\b[^<>]*>/gi, '')}`,
  );
  return (await simpleParser(alone, OPTIONS)).text ?? '';
}

function recipientsOf(mail: ParsedMail): string[] {
  const envelope = ENVELOPE_HEADERS.flatMap((name) =>
    mail.headerLines.filter(({ key }) => key === name).map(({ line }) => contentOf(line).replace(/[<>]/g, '')),
  );
  const typed = [mail.to, mail.cc].flatMap((list) => (list === undefined ? [] : [list].flat()));
  return [...envelope, ...typed.flatMap(addressesOf)].filter((address) => address !== '');
}

/** Addresses of a header, those inside groups too. */
function addressesOf(list: AddressObject): string[] {
  return list.value.flatMap((one) => [one.address ?? '', ...(one.group ?? []).map((member) => member.address ?? '')]);
}

function rawHeader(mail: ParsedMail, name: string): string | undefined {
  const found = mail.headerLines.find(({ key }) => key === name);
  return found ? contentOf(found.line) : undefined;
}

function contentOf(line: string): string {
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n/g, ' ')
    .trim();
}

/** A picture inside the text (a logo in a signature) is no file. */
function isFile(part: Attachment): boolean {
  return !part.related && !NO_FILE.test(part.contentType);
}
