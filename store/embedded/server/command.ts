import type { Document } from '../engine/values.ts';
import type { View } from '../storage/view.ts';
import type { RetryableWrite } from './retryable-write.ts';
import type { StoreServer } from './store-server.ts';
import type { RawBatch, RawDocument } from './wire.ts';

/** The kinds of value a field of a command may have. `number` takes any number, `bool` numbers too, as MongoDB does. */
export type FieldType = 'object' | 'array' | 'string' | 'bool' | 'number' | 'objectOrString' | 'objectOrArray' | 'any';

/** What a command answers: fields of the answer, or a batch of documents that are BSON already with further fields. */
export type Reply = Document | RawReply;

/** An answer with a cursor. */
export class RawReply {
  readonly batch: RawBatch;
  readonly rest: Document;

  constructor(batch: RawBatch, rest: Document = {}) {
    this.batch = batch;
    this.rest = rest;
  }
}

/** One command on its way. */
export interface CommandContext {
  readonly server: StoreServer;
  readonly command: Document;
  readonly name: string;
  readonly database: string;
  /** What it reads and writes through: the session's transaction, or the store as it is now. */
  readonly view: View;
  readonly sequences: ReadonlyMap<string, readonly RawDocument[]>;
  /** Remembers what was done, so that the same write sent again takes effect once; undefined when not retryable. */
  readonly retryable: RetryableWrite | undefined;
  /** Key of the session, for cursors; empty for commands without one. */
  readonly sessionKey: string;
  /** Answers to a client that asked on this address. */
  readonly address: string;
  /** Wire time, on the scale of `Timers.elapsed`, after which the command gives up; undefined = never. */
  readonly deadline: number | undefined;
}

/** A command the store accepts. */
export interface CommandSpec {
  /** What it does, for the list of accepted commands. */
  readonly does: string;
  /** Its own fields, besides those every command may have. */
  readonly fields: Readonly<Record<string, FieldType>>;
  readonly required?: readonly string[];
  readonly inTransaction: boolean;
  /** May be sent with a transaction number outside a transaction. */
  readonly isRetryable?: boolean;
  /** Fields that are not listed are ignored and not refused, as MongoDB does for the oldest commands. */
  readonly ignoresUnknownFields?: boolean;
  readonly run: (context: CommandContext) => Reply | Promise<Reply>;
}
