import { Int32 } from 'bson';
import { MongoError } from '../engine/mongo-error.ts';
import type { Document } from '../engine/values.ts';
import { Blocked } from '../storage/view.ts';
import type { CommandContext } from './command.ts';
import { flag } from './command-fields.ts';
import type { StatementResult } from './retryable-write.ts';

/** The most statements in one command. */
const MAX_STATEMENTS = 100_000;

/** What the statements of a write command came to. */
export interface StatementsOutcome {
  readonly results: readonly (StatementResult & { readonly index: number })[];
  readonly writeErrors: readonly Document[];
  readonly retriedStatements: readonly Int32[];
}

/** Errors that end a whole command and are no matter of one statement. */
const COMMAND_ERRORS = new Set([50, 112, 246, 251, 11600]);

/**
 * Runs the statements of a write command one after the other: what was done under the same number before is not done
 * again, a statement that meets somebody's transaction waits, and an error ends an ordered command.
 */
export async function runStatements(
  context: CommandContext,
  count: number,
  perform: (index: number) => StatementResult | Promise<StatementResult>,
): Promise<StatementsOutcome> {
  if (count < 1 || count > MAX_STATEMENTS) {
    throw new MongoError(16, `Write batch sizes must be between 1 and ${MAX_STATEMENTS}. Got ${count} operations.`);
  }
  const { command, retryable, view } = context;
  const isOrdered = command.ordered === undefined || flag(command.ordered);
  const results: (StatementResult & { index: number })[] = [];
  const writeErrors: Document[] = [];
  const retriedStatements: Int32[] = [];
  for (let index = 0; index < count; index += 1) {
    const statement = statementId(command, index);
    const before = retryable?.resultOf(statement);
    if (before !== undefined) {
      results.push({ ...before, index });
      retriedStatements.push(new Int32(statement));
      continue;
    }
    try {
      const result = await unblocked(context, () => perform(index));
      results.push({ ...result, index });
      retryable?.record(statement, result);
    } catch (error) {
      if (!(error instanceof MongoError) || COMMAND_ERRORS.has(error.code)) throw error;
      writeErrors.push(writeError(index, error));
      if (view.transaction !== undefined) {
        view.transaction.abort();
        break;
      }
      if (isOrdered) break;
    }
  }
  retryable?.save();
  return { results, writeErrors, retriedStatements };
}

/** Does something that a transaction may stand in the way of; comes again when that has ended. */
export async function unblocked<T>(context: CommandContext, perform: () => T | Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await perform();
    } catch (error) {
      if (!(error instanceof Blocked)) throw error;
      await context.server.waitFor(error, context);
    }
  }
}

function statementId(command: Document, index: number): number {
  if (Array.isArray(command.stmtIds)) return Number(command.stmtIds[index]);
  return (command.stmtId === undefined ? 0 : Number(command.stmtId)) + index;
}

function writeError(index: number, error: MongoError): Document {
  return { index: new Int32(index), code: new Int32(error.code), errmsg: error.message, ...error.fields };
}

/** The fields every write answers with, besides its counts. Resolves when what was written is on disk. */
export async function finishWrite(
  context: CommandContext,
  reply: Document,
  outcome: StatementsOutcome,
): Promise<Document> {
  if (context.view.transaction === undefined) await context.server.store.disk.flushed();
  return {
    ...reply,
    ...(outcome.writeErrors.length > 0 ? { writeErrors: [...outcome.writeErrors] } : {}),
    ...(outcome.retriedStatements.length > 0 ? { retriedStmtIds: [...outcome.retriedStatements] } : {}),
  };
}
