import { Binary, Double, Long, Timestamp } from 'bson';
import { realTimers, type Timers } from '../../../lib/timers.ts';
import { MongoError } from '../engine/mongo-error.ts';
import type { Document } from '../engine/values.ts';
import { encode } from '../storage/bson-codec.ts';
import type { Store } from '../storage/store.ts';
import { Blocked, type View } from '../storage/view.ts';
import { type CommandContext, type CommandSpec, RawReply, type Reply } from './command.ts';
import { checkFields, flag, numberOf } from './command-fields.ts';
import { COMMANDS } from './commands/index.ts';
import { Cursors } from './cursors.ts';
import { errorReply, labelsFor } from './error-reply.ts';
import { type Session, Sessions, transactionNumber } from './sessions.ts';
import { encodeCursorReply, type Request } from './wire.ts';

/** What a server is made of. */
export interface StoreServerOptions {
  readonly store: Store;
  /** Calendar time for `$$NOW`, `$currentDate` and the age of what is kept for retries. */
  readonly now: () => Date;
  readonly timers?: Timers;
}

/** The client behind a request. */
export interface Caller {
  /** Host and port, or path of the socket, under which the client reached the server. */
  readonly address: string;
}

/** Unused sessions are forgotten after 30 minutes, as MongoDB does. */
const SESSION_LIFETIME_MS = 30 * 60_000;

/** Runs commands on a store. It knows nothing of sockets. */
export class StoreServer {
  readonly store: Store;
  readonly sessions: Sessions;
  readonly cursors: Cursors;
  readonly timers: Timers;
  readonly now: () => Date;
  readonly startedAt: Date;
  readonly #started: number;
  #lastSecond = 0;
  #increment = 0;

  constructor(options: StoreServerOptions) {
    this.store = options.store;
    this.now = options.now;
    this.timers = options.timers ?? realTimers;
    this.sessions = new Sessions(options.store, this.timers, options.now);
    this.cursors = new Cursors(this.timers);
    this.startedAt = options.now();
    this.#started = this.timers.elapsed();
  }

  /** Seconds since the start. */
  get uptimeSeconds(): number {
    return (this.timers.elapsed() - this.#started) / 1000;
  }

  /** Answers one request; never throws. */
  async answer(request: Request, caller: Caller): Promise<Uint8Array> {
    try {
      const reply = await this.#run(request, caller);
      return this.#encode(reply);
    } catch (error) {
      return encode({ ...errorReply(error, request.command), ...this.#times() });
    }
  }

  /** Takes away what nobody has used for a long time. */
  tidy(): void {
    this.sessions.forgetUnused(SESSION_LIFETIME_MS);
    this.cursors.forgetUnused();
  }

  #encode(reply: Reply): Uint8Array {
    if (reply instanceof RawReply) {
      return encodeCursorReply(reply.batch, { ...reply.rest, ok: new Double(1), ...this.#times() });
    }
    return encode({ ...reply, ok: new Double(1), ...this.#times() });
  }

  /** A logical time as replica sets have it: the second, and a running number within it. */
  #times(): Document {
    const second = Math.floor(this.now().getTime() / 1000);
    if (second > this.#lastSecond) {
      this.#lastSecond = second;
      this.#increment = 0;
    }
    this.#increment += 1;
    const time = new Timestamp({ t: this.#lastSecond, i: this.#increment });
    return {
      $clusterTime: { clusterTime: time, signature: { hash: new Binary(new Uint8Array(20)), keyId: Long.ZERO } },
      operationTime: time,
    };
  }

  async #run(request: Request, caller: Caller): Promise<Reply> {
    const { command } = request;
    const name = Object.keys(command)[0] ?? '';
    const spec = request.isLegacy && !GREETINGS.has(name) ? undefined : COMMANDS.get(name);
    if (spec === undefined) {
      if (request.isLegacy)
        throw new MongoError(352, `Unsupported OP_QUERY command: ${name}. The client driver may require an upgrade.`);
      throw new MongoError(59, `no such command: '${name}'`);
    }
    const database = command.$db;
    if (typeof database !== 'string') throw new MongoError(40571, 'OP_MSG requests require a $db argument');
    checkDatabaseName(database);
    checkFields(spec, name, command);
    const session = this.sessions.of(command);
    if (session === undefined) {
      if (command.txnNumber !== undefined) {
        throw new MongoError(72, 'Transaction number requires a session ID to also be specified');
      }
      return this.#perform(request, spec, name, database, caller, undefined);
    }
    while (session.tail !== undefined) await session.tail;
    const result = this.#perform(request, spec, name, database, caller, session);
    const tail = result.then(
      () => {},
      () => {},
    );
    session.tail = tail;
    try {
      return await result;
    } finally {
      if (session.tail === tail) session.tail = undefined;
    }
  }

  async #perform(
    request: Request,
    spec: CommandSpec,
    name: string,
    database: string,
    caller: Caller,
    session: Session | undefined,
  ): Promise<Reply> {
    const { command } = request;
    const number = transactionNumber(command);
    const isInTransaction =
      command.autocommit !== undefined && name !== 'commitTransaction' && name !== 'abortTransaction';
    let view: View = this.store.latest;
    let retryable: CommandContext['retryable'];
    checkTransactionFields(command, number, name);
    if (session !== undefined && number !== undefined && isInTransaction) {
      if (!spec.inTransaction) {
        throw new MongoError(263, `Cannot run '${name}' in a multi-document transaction.`);
      }
      view = this.sessions.transaction(session, number, flag(command.startTransaction));
    } else if (session !== undefined && number !== undefined && command.autocommit === undefined) {
      if (spec.isRetryable !== true) {
        throw new MongoError(
          50768,
          `txnNumber may only be provided for multi-document transactions and retryable write commands. autocommit:false was not provided, and ${name} is not a retryable write command.`,
        );
      }
      retryable = this.sessions.retryable(session, number);
    }
    const maxTimeMS = numberOf(command.maxTimeMS) ?? 0;
    const context: CommandContext = {
      server: this,
      command,
      name,
      database,
      view,
      sequences: request.sequences,
      retryable,
      sessionKey: session?.key ?? '',
      address: caller.address,
      deadline: maxTimeMS > 0 && name !== 'getMore' ? this.timers.elapsed() + maxTimeMS : undefined,
    };
    try {
      return await this.#runUnblocked(spec, context);
    } catch (error) {
      if (view.transaction !== undefined && session !== undefined) {
        this.sessions.fail(session);
        throw labelsFor(error, true);
      }
      throw error;
    }
  }

  /** Runs a command; one that met a transaction before it did anything comes again when that has ended. */
  async #runUnblocked(spec: CommandSpec, context: CommandContext): Promise<Reply> {
    for (;;) {
      try {
        return await spec.run(context);
      } catch (error) {
        if (!(error instanceof Blocked)) throw error;
        await this.waitFor(error, context);
      }
    }
  }

  /** Waits until a transaction that is in the way has ended. @throws MongoError 50 when the command's time is over first. */
  async waitFor(blocked: Blocked, context: CommandContext): Promise<void> {
    // What was done up to here reaches the disk during the wait: what is known of it must go there together.
    context.retryable?.save();
    const { deadline } = context;
    if (deadline === undefined) {
      await blocked.by.ended;
      return;
    }
    const isInTime = await new Promise<boolean>((resolve) => {
      const timer = this.timers.after(Math.max(0, deadline - this.timers.elapsed()), () => resolve(false));
      void blocked.by.ended.then(() => {
        timer.cancel();
        resolve(true);
      });
    });
    if (!isInTime) throw new MongoError(50, 'operation exceeded time limit');
  }
}

const GREETINGS = new Set(['hello', 'isMaster', 'ismaster']);

function checkDatabaseName(database: string): void {
  if (database === '' || database.length > 63 || /[/\\. "$\0]/.test(database)) {
    throw new MongoError(73, `Invalid database name: '${database}'`);
  }
}

function checkTransactionFields(command: Document, number: bigint | undefined, name: string): void {
  if (command.autocommit === undefined) {
    if (command.startTransaction !== undefined) {
      throw new MongoError(72, "'startTransaction' field requires 'autocommit' field to also be specified");
    }
    return;
  }
  if (flag(command.autocommit)) {
    throw new MongoError(72, "'autocommit' field must be false when specified");
  }
  if (number === undefined)
    throw new MongoError(72, `'autocommit' field requires a transaction number to also be specified`);
  if (flag(command.startTransaction) || name === 'commitTransaction' || name === 'abortTransaction') return;
  if (command.readConcern !== undefined) {
    throw new MongoError(72, 'Only the first command in a transaction may specify a readConcern');
  }
}
