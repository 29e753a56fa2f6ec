import type { Request, Response } from 'express';
import type { Said } from './presses.ts';
import { hasWords, say } from './words.ts';

/**
 * What a press came to, carried over the redirect to the page in a cookie that no script can read and that is gone after
 * one look. It holds a key of the words, never a text: a forged one can only say what the product says anyway.
 */
const NAME = 'said';
const SECONDS = 60;

/** Remembers what to say on the next page of this link. */
export function remember(request: Request, response: Response, base: string, said: Said): void {
  response.cookie(NAME, JSON.stringify(said), {
    httpOnly: true,
    sameSite: 'strict',
    secure: request.secure,
    path: base,
    maxAge: SECONDS * 1000,
  });
}

/** What there is to say now, once. */
export function recall(request: Request, response: Response, base: string): { text: string; isLate: boolean } | null {
  const raw = cookieOf(request);
  if (raw === undefined) return null;
  response.clearCookie(NAME, { httpOnly: true, sameSite: 'strict', secure: request.secure, path: base });
  try {
    const { key, values, also = [] } = JSON.parse(raw) as Said;
    if (typeof key !== 'string' || !hasWords(key)) return null;
    const more = Array.isArray(also) ? also.filter((one) => typeof one === 'string' && hasWords(one)) : [];
    return { text: [say(key, values ?? {}), ...more.map((one) => say(one))].join(''), isLate: key.startsWith('late.') };
  } catch {
    return null;
  }
}

function cookieOf(request: Request): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name !== NAME || value === undefined) continue;
    try {
      return decodeURIComponent(value);
    } catch {
      return undefined;
    }
  }
  return undefined;
}
