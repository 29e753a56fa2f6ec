import type { StaffRecord } from '../../models/staff.model.ts';
import type { Reader } from '../../recruiting/unit/reader.ts';
import type { Reply } from '../replies/reply.ts';
import type { Said } from '../replies/said.ts';
import type { Piece } from '../understand/frame.ts';
import type { IntentFrame } from '../understand/intents.ts';
import type { Reading } from './reading.ts';

/** One understood frame on its way to commands, with everything around it. */
export interface OrderContext {
  frame: IntentFrame;
  /** Frames before it in the same message. */
  before: readonly IntentFrame[];
  reading: Reading;
  reader: Reader;
  asker: StaffRecord;
  now: Date;
  /** Its stretch of the message as typed. */
  typed: string;
}

/** What a frame comes to: a command with what was said of its arguments, or words that say why not. */
export type Intended =
  | {
      command: string;
      args: Record<string, Piece[]>;
      /** What of the wish is not done. */
      remarks?: Said[];
      /** Must be shown before it is done. */
      doubtful?: boolean;
    }
  | { cannot: Reply };

/** Turns frames of one intent into commands. */
export type OrderBuilder = (context: OrderContext) => Promise<Intended[]> | Intended[];

/** A value or a list of them as a list. */
export function listOf<T>(value: T | readonly T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? [...value] : [value as T];
}

/** An argument with pieces, or nothing. */
export function some(name: string, pieces: readonly (Piece | undefined)[]): Record<string, Piece[]> {
  const known = pieces.filter((piece) => piece !== undefined);
  return known.length > 0 ? { [name]: known } : {};
}
