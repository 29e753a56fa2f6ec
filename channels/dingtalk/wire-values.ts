import { z } from 'zod';

/** What a decoder made of a wire document: an event, or why none could be read from it. */
export type Decoded<Event> = { ok: true; event: Event } | { ok: false; reason: string };

/** An optional text; any other type counts as missing, so that one odd field never costs the whole message. */
export const looseText = z.string().optional().catch(undefined);

/** An optional number that may come as text (DingTalk: "Receive messages" types `createAt` as String, samples show a number). */
export const looseNumber = z.coerce.number().optional().catch(undefined);

/** An optional text that may come as a number. */
export const looseLabel = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);

/** Milliseconds since 1970 as a Date, or `undefined` when they make none. */
export function momentOf(ms: number | undefined): Date | undefined {
  if (ms === undefined || !Number.isFinite(ms) || ms <= 0 || ms > 8.64e15) return undefined;
  return new Date(ms);
}

/** The value of a JSON text; a value that is no text is returned as it is; unreadable JSON gives `undefined`. */
export function parsedJson(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

/** A plain object of a JSON document; `undefined` for anything else. */
export function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
