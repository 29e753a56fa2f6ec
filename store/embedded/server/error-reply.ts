import { Double } from 'bson';
import { describeError } from '../../../lib/errors.ts';
import { MongoError } from '../engine/mongo-error.ts';
import type { Document } from '../engine/values.ts';

/** Errors after which a whole transaction may be tried again. */
const TRANSIENT_CODES = new Set([112, 246, 251, 24, 117, 91, 11600, 11602]);

/** Gives an error of a transaction the label by which drivers know that the transaction may be tried again. */
export function labelsFor(error: unknown, isInTransaction: boolean): unknown {
  if (!(error instanceof MongoError) || !isInTransaction || !TRANSIENT_CODES.has(error.code)) return error;
  if (error.errorLabels?.includes('TransientTransactionError')) return error;
  return new MongoError(error.code, error.message, {
    errorLabels: [...(error.errorLabels ?? []), 'TransientTransactionError'],
    ...(error.fields === undefined ? {} : { fields: error.fields }),
  });
}

/** The answer MongoDB gives for an error. What is not MongoDB's own error is a fault of the store: code 1. */
export function errorReply(thrown: unknown, command: Document): Document {
  const isInTransaction = command.autocommit !== undefined;
  const error = labelsFor(thrown, isInTransaction);
  if (!(error instanceof MongoError)) {
    return { ok: new Double(0), errmsg: describeError(error), code: 1, codeName: 'InternalError' };
  }
  return {
    ...(error.errorLabels === undefined ? {} : { errorLabels: [...error.errorLabels] }),
    ok: new Double(0),
    errmsg: error.message,
    code: error.code,
    codeName: error.codeName,
    ...error.fields,
  };
}
