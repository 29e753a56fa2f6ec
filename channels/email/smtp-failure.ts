import { describeError } from '../../lib/errors.ts';
import type { RefusalKind, SendAnswer } from '../channel.ts';

const BUSY_RETRY_MS = 300_000;
const UNREACHABLE_RETRY_MS = 60_000;

/** What nodemailer tells about a failed mail. */
export interface SmtpFailure {
  /** `EENVELOPE`, `ECONNECTION`, `EAUTH` … */
  code: string;
  /** The command it failed at: `CONN`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA` … */
  command: string;
  /** The server's answer code, when there was one. */
  responseCode: number | undefined;
  response: string;
}

export function smtpFailureOf(error: unknown): SmtpFailure {
  const own = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    code: text(own.code),
    command: text(own.command),
    responseCode: typeof own.responseCode === 'number' ? own.responseCode : undefined,
    response: text(own.response) || describeError(error),
  };
}

/**
 * What a failed mail means.
 * @param contentHasLeft true when the server had asked for the content and some of it was written: without a final
 * answer the server may have kept the mail.
 */
export function smtpAnswerOf(failure: SmtpFailure, contentHasLeft: boolean): SendAnswer {
  const { code, command, responseCode, response } = failure;
  const detail = [code, command, response].filter(Boolean).join(' ').slice(0, 500);
  const refused = (kind: RefusalKind, retryAfterMs: number | null): SendAnswer => ({
    outcome: 'refused',
    kind,
    retryAfterMs,
    detail,
  });
  if (responseCode === undefined) {
    if (contentHasLeft) return { outcome: 'uncertain', detail };
    // Not a fault of the line: the envelope or the message itself was not accepted by the client.
    if (code === 'EENVELOPE') return refused('recipient_invalid', null);
    if (code === 'EMESSAGE' || code === 'ESTREAM') return refused('bad_request', null);
    if (code === 'EAUTH' || code === 'ETLS') return refused('not_permitted', null);
    return refused('unreachable', UNREACHABLE_RETRY_MS);
  }
  if (responseCode >= 400 && responseCode < 500) {
    // 421: the service is closing down; the rest is greylisting, a full box or a busy server.
    return responseCode === 421 ? refused('unreachable', UNREACHABLE_RETRY_MS) : refused('throttled', BUSY_RETRY_MS);
  }
  if (responseCode < 400) return { outcome: 'uncertain', detail };
  if (code === 'EAUTH' || command.startsWith('AUTH') || responseCode === 530) return refused('not_permitted', null);
  if (command === 'RCPT TO' || isAboutAddress(response)) return refused('recipient_invalid', null);
  return refused('bad_request', null);
}

/** Enhanced status 5.1.x and 5.2.1: the mailbox does not exist or takes no mail. */
function isAboutAddress(response: string): boolean {
  return /\b5\.(1\.\d+|2\.1)\b/.test(response);
}
