import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a signed time stamp may be from now, in both directions (DingTalk: "Receive messages": 1 hour). */
export const SIGNATURE_SKEW_MS = 3_600_000;

/** Whether a callback is genuine, or why not. */
export type SignatureCheck = { ok: true } | { ok: false; reason: 'missing' | 'stale' | 'wrong' };

interface SignedHeaders {
  timestamp: string | undefined;
  signature: string | undefined;
  now: Date;
}

/** Checks the headers `timestamp` and `sign` of a robot message in HTTP mode: key and text both hold the app secret. */
export function verifyRobotSignature(headers: SignedHeaders, appSecret: string): SignatureCheck {
  return verify(headers, appSecret, (timestamp) => `${timestamp}\n${appSecret}`);
}

/** Checks the headers `x-ddpaas-signature-timestamp` and `x-ddpaas-signature` of a card callback: only the time is signed. */
export function verifyCardSignature(headers: SignedHeaders, apiSecret: string): SignatureCheck {
  return verify(headers, apiSecret, (timestamp) => timestamp);
}

function verify(headers: SignedHeaders, key: string, textOf: (timestamp: string) => string): SignatureCheck {
  const { timestamp, signature, now } = headers;
  if (!timestamp || !signature) return { ok: false, reason: 'missing' };
  const expected = createHmac('sha256', key).update(textOf(timestamp)).digest();
  const given = Buffer.from(signature, 'base64');
  // Equal length first: timingSafeEqual throws otherwise, and the length is no secret.
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { ok: false, reason: 'wrong' };
  const signedAtMs = Number(timestamp);
  if (!Number.isFinite(signedAtMs) || Math.abs(now.getTime() - signedAtMs) > SIGNATURE_SKEW_MS) {
    return { ok: false, reason: 'stale' };
  }
  return { ok: true };
}
