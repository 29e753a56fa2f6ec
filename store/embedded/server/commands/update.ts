import { Int32 } from 'bson';
import { MongoError } from '../../engine/mongo-error.ts';
import { compileUpdate } from '../../engine/update.ts';
import { type Document, isDocument } from '../../engine/values.ts';
import type { CommandContext, CommandSpec, FieldType } from '../command.ts';
import { checkEntry, flag } from '../command-fields.ts';
import { namespaceOf } from '../namespace.ts';
import { clockOf, filterOf, hintOf, optionsOf, refuseCollation, updateOptionsOf } from '../query/compile.ts';
import { startQuery } from '../query/run.ts';
import { insertUpsert, updateIfMatching } from '../query/update-document.ts';
import type { StatementResult } from '../retryable-write.ts';
import { finishWrite, runStatements, unblocked } from '../write-statements.ts';

const UPDATE_FIELDS: Readonly<Record<string, FieldType>> = {
  q: 'object',
  u: 'any',
  c: 'object',
  multi: 'bool',
  upsert: 'bool',
  arrayFilters: 'array',
  hint: 'objectOrString',
  collation: 'object',
};

async function updateMatching(context: CommandContext, name: string, statement: Document): Promise<StatementResult> {
  const { view, database, retryable } = context;
  const isMulti = flag(statement.multi);
  if (isMulti && retryable !== undefined) {
    throw new MongoError(72, 'Cannot use (or request) retryable writes with multi=true');
  }
  const options = optionsOf(context);
  const update = compileUpdate(statement.u, {
    ...updateOptionsOf(context, options),
    arrayFilters: statement.arrayFilters as unknown[] | undefined,
    isMulti,
  });
  // The update is read first: of two faults MongoDB reports that of the update.
  const filter = filterOf(statement.q, { ...options, isUpsert: flag(statement.upsert) });
  const collection = view.collection(`${database}.${name}`);
  const query = { filter, limit: isMulti ? 0 : 1, hint: hintOf(statement.hint), checkTime: clockOf(context) };
  // First who, then how: what is changed must not meet the scan again.
  const ids = [...startQuery(view, collection, query).results].map(({ id }) => id);
  let n = 0;
  let nModified = 0;
  if (collection !== undefined) {
    for (const id of ids) {
      const change = () => updateIfMatching(context, collection, id, filter, update);
      // A single document that somebody's transaction holds: the whole statement comes again, and may pick another one.
      const updated = isMulti ? await unblocked(context, change) : change();
      if (updated === undefined) continue;
      n += 1;
      if (updated.isModified) nModified += 1;
    }
  }
  if (n > 0 || !flag(statement.upsert)) return { n, nModified };
  const inserted = insertUpsert(context, name, filter, update);
  return { n: 1, nModified: 0, upserted: inserted._id };
}

async function update(context: CommandContext): Promise<Document> {
  const { command, database } = context;
  const { collection: name } = namespaceOf(command, 'update', database);
  // A statement that is no statement is refused before any other runs.
  const statements = (command.updates as unknown[]).map((given) => {
    const statement = checkEntry('update.updates', given, UPDATE_FIELDS, ['q', 'u']);
    refuseCollation('update.updates', statement.collation);
    if (!Array.isArray(statement.u) && !isDocument(statement.u)) {
      throw new MongoError(9, 'Update argument must be either an object or an array');
    }
    return statement;
  });
  const outcome = await runStatements(context, statements.length, (index) =>
    updateMatching(context, name, statements[index] as Document),
  );
  const upserted = outcome.results
    .filter((result) => result.upserted !== undefined)
    .map((result) => ({ index: new Int32(result.index), _id: result.upserted }));
  const sum = (field: 'n' | 'nModified'): Int32 =>
    new Int32(outcome.results.reduce((total, result) => total + result[field], 0));
  const reply = { n: sum('n'), ...(upserted.length > 0 ? { upserted } : {}), nModified: sum('nModified') };
  return finishWrite(context, reply, outcome);
}

export const updateCommands: Readonly<Record<string, CommandSpec>> = {
  update: {
    does: 'changes documents: by operators, a replacement or a pipeline; with upsert and array filters',
    fields: { updates: 'array', ordered: 'bool', bypassDocumentValidation: 'bool', let: 'object' },
    required: ['updates'],
    inTransaction: true,
    isRetryable: true,
    run: update,
  },
};
