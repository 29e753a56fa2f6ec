import type { StaffIntent } from '../intents.ts';

/** One order, report or question found in a message of staff, before it is known of whom and when it speaks. */
export interface Order {
  intent: StaffIntent;
  /** The words that gave it away, in the marked text. */
  cueStart: number;
  cueEnd: number;
  /** Its own part of the message, in the marked text: from here to `end` its entities are looked for. */
  start: number;
  end: number;
  /** What the words themselves decide: `{ outcome: 'voicemail' }`, `{ mode: 'trial' }`. */
  keys: Record<string, unknown>;
  /** 0 to 1. */
  confidence: number;
  /** Decided without a person or by words that need an answer first: goes into `needs`. */
  needs: ('candidate' | 'intent')[];
}
