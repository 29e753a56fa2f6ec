import { Int32 } from 'bson';
import { MongoError } from '../../engine/mongo-error.ts';
import { type Document, isDocument } from '../../engine/values.ts';
import { insertRecord } from '../../storage/records.ts';
import type { CommandContext, CommandSpec } from '../command.ts';
import { checkNewCollectionName, namespaceOf } from '../namespace.ts';
import { prepareForInsert } from '../prepare-document.ts';
import { targetCollection, validate } from '../target.ts';
import { finishWrite, runStatements } from '../write-statements.ts';

async function insert(context: CommandContext): Promise<Document> {
  const { command, view, database } = context;
  const { collection: name, namespace } = namespaceOf(command, 'insert', database);
  if (view.collection(namespace) === undefined) checkNewCollectionName(name, namespace);
  const documents = command.documents as unknown[];
  const raw = context.sequences.get('documents');
  const outcome = await runStatements(context, documents.length, (index) => {
    const given = documents[index];
    if (!isDocument(given)) throw new MongoError(14, `BSON field 'insert.documents.${index}' is the wrong type`);
    const { document, bytes } = prepareForInsert(given, raw?.[index]?.bytes);
    const collection = targetCollection(context, name);
    validate(context, collection, document);
    insertRecord(view, collection, document, bytes);
    return { n: 1, nModified: 0 };
  });
  return finishWrite(context, { n: new Int32(outcome.results.length) }, outcome);
}

export const insertCommands: Readonly<Record<string, CommandSpec>> = {
  insert: {
    does: 'inserts documents',
    fields: { documents: 'array', ordered: 'bool', bypassDocumentValidation: 'bool' },
    required: ['documents'],
    inTransaction: true,
    isRetryable: true,
    run: insert,
  },
};
