import { MongoError } from '../../engine/mongo-error.ts';
import { compilePipeline } from '../../engine/pipeline/compile-pipeline.ts';
import { type Document, isDocument } from '../../engine/values.ts';
import { encode } from '../../storage/bson-codec.ts';
import { type CommandContext, type CommandSpec, RawReply, type Reply } from '../command.ts';
import { flag } from '../command-fields.ts';
import { FIRST_BATCH, type ResultSource } from '../cursors.ts';
import { namespaceOf } from '../namespace.ts';
import { countOf, optionsOf, refuseCollation } from '../query/compile.ts';
import { writeOutput } from '../query/pipeline-output.ts';
import { documentsOf, environmentOf, startSource } from '../query/pipeline-source.ts';
import { explainCommand } from './explain.ts';

/** The namespace of a pipeline: a collection's, or the database's own for `aggregate: 1`. */
function targetOf(context: CommandContext): { namespace: string; isCollectionless: boolean } {
  const { command, database } = context;
  if (typeof command.aggregate === 'string') {
    return { namespace: namespaceOf(command, 'aggregate', database).namespace, isCollectionless: false };
  }
  if (Number(command.aggregate) !== 1) {
    throw new MongoError(9, "Invalid command format: the 'aggregate' field must specify a collection name or 1");
  }
  return { namespace: `${database}.$cmd.aggregate`, isCollectionless: true };
}

function* encoded(documents: Iterable<Document>): ResultSource & Generator<Uint8Array> {
  for (const document of documents) yield encode(document);
}

async function aggregate(context: CommandContext): Promise<Reply> {
  const { command, server, view, sessionKey } = context;
  const stages = command.pipeline;
  if (!Array.isArray(stages)) throw new MongoError(14, "'pipeline' option must be specified as an array");
  refuseCollation('aggregate', command.collation);
  if (flag(command.explain)) {
    return explainCommand(context, command, 'queryPlanner');
  }
  if (!isDocument(command.cursor)) {
    throw new MongoError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  }
  const { namespace, isCollectionless } = targetOf(context);
  const options = optionsOf(context);
  const pipeline = compilePipeline(stages, {
    now: server.now(),
    isCollectionless,
    ...(options.let === undefined ? {} : { variables: options.let }),
  });
  if (isCollectionless) mustNeedNoCollection(stages);
  const source = isCollectionless ? [] : documentsOf(startSource(context, namespace, stages, options));
  const results = pipeline.run(source, environmentOf(context));
  const size = countOf(command.cursor.batchSize, 'batchSize') ?? FIRST_BATCH;
  let answered: Iterable<Document> = results;
  if (pipeline.output !== undefined) {
    await writeOutput(context, pipeline.output, results);
    answered = [];
  }
  const owner = { namespace, sessionKey, transaction: view.transaction };
  const batch = server.cursors.open(owner, encoded(answered), size, false);
  return new RawReply({ ...batch, namespace, field: 'firstBatch' });
}

function mustNeedNoCollection(stages: readonly unknown[]): void {
  const first = stages[0];
  const name = isDocument(first) ? Object.keys(first)[0] : undefined;
  if (name === '$documents') return;
  throw new MongoError(
    73,
    `{aggregate: 1} is not valid for '${name ?? 'an empty pipeline'}'; a collection is required.`,
  );
}

export const aggregateCommands: Readonly<Record<string, CommandSpec>> = {
  aggregate: {
    does: 'runs a pipeline',
    fields: {
      pipeline: 'any',
      cursor: 'object',
      explain: 'bool',
      allowDiskUse: 'bool',
      hint: 'objectOrString',
      collation: 'object',
      let: 'object',
      bypassDocumentValidation: 'bool',
    },
    required: ['pipeline'],
    inTransaction: true,
    run: aggregate,
  },
};
