import { Int32, Long } from 'bson';
import { MongoError } from '../../engine/mongo-error.ts';
import { compileProjection } from '../../engine/projection.ts';
import { type Document, isDocument } from '../../engine/values.ts';
import { encode } from '../../storage/bson-codec.ts';
import { type CommandContext, type CommandSpec, type FieldType, RawReply } from '../command.ts';
import { flag } from '../command-fields.ts';
import { cursorId, FIRST_BATCH, type ResultSource } from '../cursors.ts';
import { namespaceOf } from '../namespace.ts';
import { clockOf, countOf, filterOf, hintOf, optionsOf, refuseCollation, sortOf } from '../query/compile.ts';
import { type Query, type Running, startQuery } from '../query/run.ts';

/** The fields of `find`; `explain` takes them too. */
export const FIND_FIELDS: Readonly<Record<string, FieldType>> = {
  filter: 'object',
  projection: 'object',
  sort: 'object',
  hint: 'objectOrString',
  skip: 'number',
  limit: 'number',
  batchSize: 'number',
  singleBatch: 'bool',
  allowDiskUse: 'bool',
  noCursorTimeout: 'bool',
  allowPartialResults: 'bool',
  oplogReplay: 'bool',
  tailable: 'bool',
  awaitData: 'bool',
  returnKey: 'bool',
  showRecordId: 'bool',
  collation: 'object',
  let: 'object',
};

/** A find command, compiled and started. */
export interface StartedFind extends Running {
  readonly namespace: string;
  readonly project: ((document: Document) => Document) | undefined;
}

/** Compiles a find command and starts it. */
export function startFind(context: CommandContext): StartedFind {
  const { command, view } = context;
  const { namespace } = namespaceOf(command, 'find', context.database);
  refuseCollation('FindCommandRequest', command.collation);
  for (const option of ['tailable', 'awaitData', 'returnKey', 'showRecordId']) {
    if (flag(command[option]))
      throw new MongoError(40415, `BSON field 'FindCommandRequest.${option}' is an unknown field.`);
  }
  const options = optionsOf(context);
  const filter = filterOf(command.filter, options);
  const query: Query = {
    filter,
    sort: sortOf(command.sort),
    skip: countOf(command.skip, 'skip'),
    limit: countOf(command.limit, 'limit'),
    hint: hintOf(command.hint),
    checkTime: clockOf(context),
  };
  const projection = command.projection;
  const compiled =
    isDocument(projection) && Object.keys(projection).length > 0
      ? compileProjection(projection, { ...options, filter })
      : undefined;
  const running = startQuery(view, view.collection(namespace), query);
  return { ...running, namespace, project: compiled && ((document) => compiled.project(document)) };
}

function* encoded(context: CommandContext, { results, project }: StartedFind): ResultSource & Generator<Uint8Array> {
  const { view } = context;
  for (const { key, document, bytes } of results) {
    if (project !== undefined) yield encode(project(document));
    else yield bytes ?? view.get(key) ?? encode(document);
  }
}

function find(context: CommandContext): RawReply {
  const { command, server, view } = context;
  const batchSize = countOf(command.batchSize, 'batchSize');
  const limit = countOf(command.limit, 'limit') ?? 0;
  const started = startFind(context);
  const owner = { namespace: started.namespace, sessionKey: context.sessionKey, transaction: view.transaction };
  const first = Math.min(batchSize ?? FIRST_BATCH, limit === 0 ? Number.POSITIVE_INFINITY : limit);
  const isSingle = flag(command.singleBatch) || (limit > 0 && batchSize !== 0 && first === limit);
  const batch = server.cursors.open(owner, encoded(context, started), first, isSingle);
  return new RawReply({ ...batch, namespace: started.namespace, field: 'firstBatch' });
}

function getMore(context: CommandContext): RawReply {
  const { command, server, view, database, sessionKey } = context;
  const collection = command.collection;
  if (typeof collection !== 'string' || collection === '') {
    throw new MongoError(73, `Invalid namespace specified '${database}.'`);
  }
  const namespace = `${database}.${collection}`;
  const size = countOf(command.batchSize, 'batchSize');
  const owner = { namespace, sessionKey, transaction: view.transaction };
  const batch = server.cursors.more(cursorId(command.getMore), owner, size === 0 ? undefined : size);
  return new RawReply({ ...batch, namespace, field: 'nextBatch' });
}

function killCursors({ command, server, database }: CommandContext): Document {
  const namespace = `${database}.${String(command.killCursors)}`;
  const killed: Long[] = [];
  const notFound: Long[] = [];
  for (const id of command.cursors as unknown[]) {
    const number = cursorId(id);
    (server.cursors.kill(number, namespace) ? killed : notFound).push(Long.fromBigInt(number));
  }
  return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [] };
}

function count(context: CommandContext): Document {
  const { command, view, database, server } = context;
  const { namespace } = namespaceOf(command, 'count', database);
  refuseCollation('count', command.collation);
  const filter = filterOf(command.query, optionsOf(context));
  const rawLimit = command.limit === undefined || command.limit === null ? 0 : Number(command.limit);
  // A negative limit counts like its amount.
  const limit = Math.abs(Math.trunc(rawLimit));
  const skip = countOf(command.skip, 'skip') ?? 0;
  const collection = view.collection(namespace);
  if (collection === undefined) return { n: new Int32(0) };
  if (!isDocument(command.query) || Object.keys(command.query).length === 0) {
    const all = Math.max(0, server.store.countOf(collection, view) - skip);
    return { n: new Int32(limit > 0 ? Math.min(limit, all) : all) };
  }
  const query = { filter, skip, limit, hint: hintOf(command.hint), checkTime: clockOf(context) };
  let n = 0;
  for (const _ of startQuery(view, collection, query).results) n += 1;
  return { n: new Int32(n) };
}

export const findCommands: Readonly<Record<string, CommandSpec>> = {
  find: { does: 'finds documents', fields: FIND_FIELDS, inTransaction: true, run: find },
  getMore: {
    does: 'gives the next documents of a cursor',
    fields: { collection: 'string', batchSize: 'number', term: 'number', lastKnownCommittedOpTime: 'object' },
    inTransaction: true,
    run: getMore,
  },
  killCursors: {
    does: 'ends cursors',
    fields: { cursors: 'array' },
    required: ['cursors'],
    inTransaction: true,
    run: killCursors,
  },
  count: {
    does: 'counts documents',
    fields: {
      query: 'object',
      limit: 'number',
      skip: 'number',
      hint: 'objectOrString',
      collation: 'object',
      fields: 'any',
    },
    inTransaction: false,
    run: count,
  },
};
