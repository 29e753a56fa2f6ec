import { createHash } from 'node:crypto';
import { z } from 'zod';
import { redactHkids } from '../../hongkong/hkid.ts';
import type { CardFace, InboundPress, InboxEvent } from '../channel.ts';

/** Items of one lane are worked off one after the other: a conversation, one candidate's replies, one person's presses on a card. */
export function laneOf(event: InboxEvent): string {
  switch (event.kind) {
    case 'message':
      return `conversation:${event.conversation.id}`;
    case 'words':
      return `candidate:${event.candidateIds.join('+')}`;
    default:
      return `card:${event.cardId}:${event.staffId}`;
  }
}

/** What tells a click that is brought again from a new one, whichever delivery it came by; `null` for words. */
export function clickOf(event: InboxEvent): string | null {
  if (event.kind !== 'press') return null;
  const identity = JSON.stringify([event.cardId, event.staffId, event.button, Object.entries(event.values).sort()]);
  return createHash('sha256').update(identity).digest('base64url');
}

/** What an apology names and the log can be searched for; the same item always has the same one. */
export function referenceOf(itemId: string): string {
  return `E-${createHash('sha256').update(itemId).digest('hex').slice(0, 8).toUpperCase()}`;
}

/** Identity card numbers are neither stored nor repeated, in whatever a person typed. */
export function withoutHkids(event: InboxEvent): InboxEvent {
  if (event.kind === 'words') return { ...event, text: redactHkids(event.text) };
  if (event.kind === 'message') {
    return {
      ...event,
      text: redactHkids(event.text),
      files: event.files.map((file) => ({ ...file, name: redactHkids(file.name) })),
    };
  }
  const values = Object.entries(event.values).map(([name, value]) => [name, redactedValue(value)] as const);
  return { ...event, values: Object.fromEntries(values) };
}

function redactedValue(value: InboundPress['values'][string]): InboundPress['values'][string] {
  if (typeof value === 'string') return redactHkids(value);
  return Array.isArray(value) ? value.map((text) => redactHkids(text)) : value;
}

const moment = z.iso.datetime().transform((text) => new Date(text));
const storedEvent = z.looseObject({
  kind: z.enum(['message', 'press', 'words']),
  sentAt: moment,
  replyWebhook: z.looseObject({ expiresAt: moment }).optional(),
});

/** The event as it was given to `JSON.stringify`, with its moments as Dates again. */
export function eventOfPayload(payload: string): InboxEvent {
  const event: unknown = storedEvent.parse(JSON.parse(payload));
  return event as InboxEvent;
}

/** The face a press was answered with, as kept with the item. */
export function faceOfAnswer(answer: string | null): CardFace | undefined {
  return answer === null ? undefined : (JSON.parse(answer) as CardFace);
}
