import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { InboundPress } from '../channel.ts';
import { type Decoded, looseText, parsedJson, recordOf } from './wire-values.ts';

type Value = InboundPress['values'][string];

const cardCallback = z.object({
  outTrackId: z.string().min(1),
  userId: z.string().min(1),
  content: z.unknown().optional(),
  value: z.unknown().optional(),
  params: z.unknown().optional(),
  type: looseText,
});

/** Where a press came in: what tells an exact repeat of the same delivery from a new click. */
export interface PressArrival {
  /** The frame's message id, or for HTTP the signed time stamp. */
  deliveryId: string;
  receivedAt: Date;
}

/**
 * Reads a card callback (DingTalk: "Event callback of a card"), the same document in stream and HTTP mode.
 * The button is our own id: the parameter `button` that the template hands back, else the first action id.
 * @param document the JSON text or its value.
 */
export function decodeCardPress(document: unknown, arrival: PressArrival): Decoded<InboundPress> {
  const parsed = cardCallback.safeParse(parsedJson(document));
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'document').join(', ');
    return { ok: false, reason: `not a card callback: ${fields}` };
  }
  const wire = parsed.data;
  // Older clients send only `value`; both hold the same JSON text.
  const content = recordOf(parsedJson(wire.content)) ?? recordOf(parsedJson(wire.value)) ?? {};
  const inner = recordOf(parsedJson(content.cardPrivateData)) ?? {};
  const params =
    recordOf(parsedJson(inner.params)) ??
    recordOf(parsedJson(content.params)) ??
    recordOf(parsedJson(wire.params)) ??
    {};
  const actionIds = inner.actionIds ?? content.actionIds;
  const firstAction = Array.isArray(actionIds) ? actionIds.find((id) => typeof id === 'string') : undefined;
  const named = params.button;
  const button = typeof named === 'string' && named !== '' ? named : firstAction;
  if (button === undefined) return { ok: false, reason: 'a card callback without an action' };
  const { button: _named, ...rest } = params;
  const values = flattenValues(rest);
  return {
    ok: true,
    event: {
      kind: 'press',
      eventId: pressId(wire.outTrackId, wire.userId, button, values, arrival.deliveryId),
      sentAt: arrival.receivedAt,
      cardId: wire.outTrackId,
      staffId: wire.userId,
      button,
      values,
    },
  };
}

function pressId(cardId: string, staffId: string, button: string, values: InboundPress['values'], deliveryId: string) {
  const identity = JSON.stringify([cardId, staffId, button, Object.entries(values).sort(), deliveryId]);
  return `press:${createHash('sha256').update(identity).digest('base64url').slice(0, 32)}`;
}

/**
 * Form fields and parameters as flat values: a choice `{index, value}` becomes its value, the fields of a form object
 * stand beside the other parameters, whatever has no value is left out.
 */
export function flattenValues(params: Record<string, unknown>): InboundPress['values'] {
  const flat = new Map<string, Value>();
  for (const [name, raw] of Object.entries(params)) {
    const value = simpleValue(raw);
    if (value !== undefined) {
      flat.set(name, value);
      continue;
    }
    const nested = recordOf(raw);
    if (!nested) continue;
    for (const [field, fieldRaw] of Object.entries(nested)) {
      const fieldValue = simpleValue(fieldRaw);
      if (fieldValue !== undefined) flat.set(field, fieldValue);
    }
  }
  return Object.fromEntries(flat);
}

function simpleValue(raw: unknown): Value | undefined {
  if (typeof raw === 'string' || typeof raw === 'boolean') return raw;
  if (typeof raw === 'number' && Number.isFinite(raw)) return raw;
  if (Array.isArray(raw)) return raw.filter((item) => item !== null && typeof item !== 'object').map(String);
  const choice = recordOf(raw);
  // A choice has exactly these two keys; a form field may itself be called "value".
  if (choice && 'value' in choice && 'index' in choice) return simpleValue(choice.value);
  return undefined;
}
