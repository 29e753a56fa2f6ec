import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The header that a mail server or an SMS gateway names the secret in. */
export const SECRET_HEADER = 'x-inbound-secret';

/**
 * Whether a call carries the secret that was agreed with its sender: in `X-Inbound-Secret`, or as
 * `Authorization: Bearer …` for senders that can set nothing else. Takes the same time however much of a guess is right.
 */
export function hasSecret(headers: IncomingHttpHeaders, secret: string): boolean {
  const own = headers[SECRET_HEADER];
  const bearer = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1];
  const given = typeof own === 'string' ? own : bearer;
  return timingSafeEqual(digest(given?.trim() ?? ''), digest(secret)) && given !== undefined;
}

/** Of one length, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
