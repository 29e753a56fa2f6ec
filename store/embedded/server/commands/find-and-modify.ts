import { Int32 } from 'bson';
import { MongoError } from '../../engine/mongo-error.ts';
import { compileProjection } from '../../engine/projection.ts';
import { compileUpdate } from '../../engine/update.ts';
import { type Document, isDocument } from '../../engine/values.ts';
import { removeRecord } from '../../storage/records.ts';
import type { CommandContext, CommandSpec } from '../command.ts';
import { flag } from '../command-fields.ts';
import { namespaceOf } from '../namespace.ts';
import { clockOf, filterOf, hintOf, optionsOf, refuseCollation, sortOf, updateOptionsOf } from '../query/compile.ts';
import { startQuery } from '../query/run.ts';
import { insertUpsert, updateIfMatching } from '../query/update-document.ts';
import { unblocked } from '../write-statements.ts';

/** Refuses combinations that make no sense. @throws MongoError 9. */
function checkCombination(command: Document): void {
  const isRemove = flag(command.remove);
  const hasUpdate = command.update !== undefined && command.update !== null;
  if (!isRemove && !hasUpdate) throw new MongoError(9, 'Either an update or remove=true must be specified');
  if (!isRemove) return;
  if (hasUpdate) throw new MongoError(9, 'Cannot specify both an update and remove=true');
  if (flag(command.upsert)) throw new MongoError(9, 'Cannot specify both upsert=true and remove=true ');
  if (flag(command.new)) {
    throw new MongoError(
      9,
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  }
  if (command.arrayFilters !== undefined) throw new MongoError(9, 'Cannot specify arrayFilters and remove=true');
}

/** Finds, changes and shows one document, all in one step. */
function perform(context: CommandContext, name: string): Document {
  const { command, view, database } = context;
  const options = optionsOf(context);
  const isRemove = flag(command.remove);
  const update = isRemove
    ? undefined
    : compileUpdate(command.update, {
        ...updateOptionsOf(context, options),
        arrayFilters: command.arrayFilters as unknown[] | undefined,
      });
  // The update is read first: of two faults MongoDB reports that of the update.
  const filter = filterOf(command.query, { ...options, isUpsert: flag(command.upsert) });
  const fields = command.fields;
  const projection =
    isDocument(fields) && Object.keys(fields).length > 0
      ? compileProjection(fields, { ...options, filter })
      : undefined;
  const show = (document: Document): Document => projection?.project(document) ?? document;
  const collection = view.collection(`${database}.${name}`);
  const query = {
    filter,
    sort: sortOf(command.sort),
    limit: 1,
    hint: hintOf(command.hint),
    checkTime: clockOf(context),
  };
  const [found] = startQuery(view, collection, query).results;
  if (found === undefined || collection === undefined) {
    if (update === undefined) return { lastErrorObject: { n: new Int32(0) }, value: null };
    if (!flag(command.upsert)) {
      return { lastErrorObject: { n: new Int32(0), updatedExisting: false }, value: null };
    }
    const inserted = insertUpsert(context, name, filter, update);
    return {
      lastErrorObject: { n: new Int32(1), updatedExisting: false, upserted: inserted._id },
      value: flag(command.new) ? show(inserted) : null,
    };
  }
  if (update === undefined) {
    removeRecord(view, collection, found.id, found.document);
    return { lastErrorObject: { n: new Int32(1) }, value: show(found.document) };
  }
  const updated = updateIfMatching(context, collection, found.id, filter, update);
  const shown = flag(command.new) ? updated?.after : updated?.before;
  return {
    lastErrorObject: { n: new Int32(1), updatedExisting: true },
    value: shown === undefined ? null : show(shown),
  };
}

async function findAndModify(context: CommandContext): Promise<Document> {
  const { command, name: spelled, database, retryable, server, view } = context;
  const { collection: name } = namespaceOf(command, spelled, database);
  refuseCollation('findAndModify', command.collation);
  checkCombination(command);
  const before = retryable?.reply;
  if (before !== undefined) {
    await server.store.disk.flushed();
    return { ...before, retriedStmtId: new Int32(0) };
  }
  const reply = await unblocked(context, () => perform(context, name));
  retryable?.recordReply(reply);
  retryable?.save();
  if (view.transaction === undefined) await server.store.disk.flushed();
  return reply;
}

const spec: CommandSpec = {
  does: 'changes or removes one document and shows it',
  fields: {
    query: 'object',
    sort: 'object',
    remove: 'bool',
    update: 'objectOrArray',
    new: 'bool',
    fields: 'object',
    upsert: 'bool',
    bypassDocumentValidation: 'bool',
    arrayFilters: 'array',
    hint: 'objectOrString',
    collation: 'object',
    let: 'object',
  },
  inTransaction: true,
  isRetryable: true,
  run: findAndModify,
};

export const findAndModifyCommands: Readonly<Record<string, CommandSpec>> = {
  findAndModify: spec,
  findandmodify: spec,
};
