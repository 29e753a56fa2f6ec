import { Int32 } from 'bson';
import type { CompiledFilter } from '../../engine/filter.ts';
import { MongoError } from '../../engine/mongo-error.ts';
import type { Document } from '../../engine/values.ts';
import type { Collection } from '../../storage/catalog.ts';
import { removeRecord } from '../../storage/records.ts';
import type { View } from '../../storage/view.ts';
import type { CommandContext, CommandSpec, FieldType } from '../command.ts';
import { checkEntry } from '../command-fields.ts';
import { namespaceOf } from '../namespace.ts';
import { clockOf, filterOf, hintOf, optionsOf, refuseCollation } from '../query/compile.ts';
import { startQuery } from '../query/run.ts';
import { fetchRecord } from '../query/scan.ts';
import type { StatementResult } from '../retryable-write.ts';
import { finishWrite, runStatements, unblocked } from '../write-statements.ts';

const DELETE_FIELDS: Readonly<Record<string, FieldType>> = {
  q: 'object',
  limit: 'number',
  hint: 'objectOrString',
  collation: 'object',
  let: 'object',
};

function checkStatement(given: unknown): Document {
  const statement = checkEntry('delete.deletes', given, DELETE_FIELDS, ['q', 'limit']);
  refuseCollation('delete.deletes', statement.collation);
  const limit = Number(statement.limit);
  if (limit !== 0 && limit !== 1) {
    throw new MongoError(9, `The limit field in delete objects must be 0 or 1. Got ${String(statement.limit)}`);
  }
  return statement;
}

async function deleteMatching(
  context: CommandContext,
  namespace: string,
  statement: Document,
): Promise<StatementResult> {
  const { view } = context;
  const limit = Number(statement.limit);
  if (limit === 0 && context.retryable !== undefined) {
    throw new MongoError(72, 'Cannot use (or request) retryable writes with limit=0');
  }
  const filter = filterOf(statement.q, optionsOf(context));
  const collection = view.collection(namespace);
  const query = { filter, limit, hint: hintOf(statement.hint), checkTime: clockOf(context) };
  // First who, then how: what is removed must not move the scan.
  const ids = [...startQuery(view, collection, query).results].map(({ id }) => id);
  if (collection === undefined) return { n: 0, nModified: 0 };
  let n = 0;
  for (const id of ids) {
    // A single document that somebody's transaction holds: the whole statement comes again, and may pick another one.
    const remove = (): number => removeIfMatching(view, collection, id, filter);
    n += limit === 1 ? remove() : await unblocked(context, remove);
  }
  return { n, nModified: 0 };
}

/** Removes a document if it still is there and matches; returns how many were removed. */
function removeIfMatching(view: View, collection: Collection, id: string, filter: CompiledFilter): number {
  const found = fetchRecord(view, collection, id, { documents: 0, keys: 0 });
  if (found === undefined || !filter.matches(found.document)) return 0;
  removeRecord(view, collection, id, found.document);
  return 1;
}

async function deleteDocuments(context: CommandContext): Promise<Document> {
  const { command, database } = context;
  const { namespace } = namespaceOf(command, 'delete', database);
  // A statement that is no statement is refused before any other runs.
  const deletes = (command.deletes as unknown[]).map(checkStatement);
  const outcome = await runStatements(context, deletes.length, (index) =>
    deleteMatching(context, namespace, deletes[index] as Document),
  );
  const n = outcome.results.reduce((sum, result) => sum + result.n, 0);
  return finishWrite(context, { n: new Int32(n) }, outcome);
}

export const deleteCommands: Readonly<Record<string, CommandSpec>> = {
  delete: {
    does: 'removes documents',
    fields: { deletes: 'array', ordered: 'bool', let: 'object', bypassDocumentValidation: 'bool' },
    required: ['deletes'],
    inTransaction: true,
    isRetryable: true,
    run: deleteDocuments,
  },
};
