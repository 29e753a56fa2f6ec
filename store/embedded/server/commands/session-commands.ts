import { randomBytes } from 'node:crypto';
import { Binary, Int32 } from 'bson';
import { MongoError } from '../../engine/mongo-error.ts';
import type { Document } from '../../engine/values.ts';
import type { CommandContext, CommandSpec } from '../command.ts';
import { flag } from '../command-fields.ts';
import { transactionNumber } from '../sessions.ts';

function startSession(): Document {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return { id: { id: new Binary(bytes, Binary.SUBTYPE_UUID) }, timeoutMinutes: new Int32(30) };
}

function endSessions({ server, command, name }: CommandContext): Document {
  server.sessions.endSessions(command[name] as unknown[]);
  return {};
}

/** The session and number of a commit or an abort. */
function transactionOf({ server, command, name, database }: CommandContext) {
  if (database !== 'admin') throw new MongoError(13, `${name} may only be run against the admin database.`);
  const session = server.sessions.of(command);
  const number = transactionNumber(command);
  if (session === undefined || number === undefined || command.autocommit === undefined || flag(command.autocommit)) {
    throw new MongoError(125, `${name} must be run within a transaction`);
  }
  return { session, number };
}

async function commitTransaction(context: CommandContext): Promise<Document> {
  const { session, number } = transactionOf(context);
  await context.server.sessions.commit(session, number);
  return {};
}

function abortTransaction(context: CommandContext): Document {
  const { session, number } = transactionOf(context);
  context.server.sessions.abort(session, number);
  return {};
}

export const sessionCommands: Readonly<Record<string, CommandSpec>> = {
  startSession: { does: 'gives a session id', fields: {}, inTransaction: false, run: startSession },
  endSessions: { does: 'ends sessions and their transactions', fields: {}, inTransaction: false, run: endSessions },
  refreshSessions: { does: 'keeps sessions alive', fields: {}, inTransaction: false, run: () => ({}) },
  killSessions: { does: 'ends sessions and their transactions', fields: {}, inTransaction: false, run: endSessions },
  commitTransaction: {
    does: 'commits; what it answers is on disk',
    fields: { recoveryToken: 'object' },
    inTransaction: false,
    run: commitTransaction,
  },
  abortTransaction: {
    does: 'aborts',
    fields: { recoveryToken: 'object' },
    inTransaction: false,
    run: abortTransaction,
  },
};
