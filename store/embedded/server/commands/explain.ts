import { Int32 } from 'bson';
import { MongoError } from '../../engine/mongo-error.ts';
import { type Document, isDocument } from '../../engine/values.ts';
import type { CommandContext, CommandSpec } from '../command.ts';
import { checkFields } from '../command-fields.ts';
import { namespaceOf } from '../namespace.ts';
import { clockOf, countOf, filterOf, hintOf, optionsOf, sortOf } from '../query/compile.ts';
import { type PlanFrame, showPlan } from '../query/explain-plan.ts';
import { startQuery } from '../query/run.ts';
import { COMMANDS } from './index.ts';

/** What a command asks of its collection, in the words of a find. */
interface AskedQuery {
  readonly filter: Document;
  readonly sort?: unknown;
  readonly skip?: unknown;
  readonly limit?: unknown;
  readonly hint?: unknown;
  readonly projection?: unknown;
  /** The stage that stands over the query, such as UPDATE. */
  readonly over?: string;
}

const VERBOSITIES = ['queryPlanner', 'executionStats', 'allPlansExecution'];

function document(value: unknown): Document {
  return isDocument(value) ? value : {};
}

function first(list: unknown): Document {
  return document(Array.isArray(list) ? list[0] : undefined);
}

/** The leading stages of a pipeline that a query can take over. */
function queryOfPipeline(pipeline: unknown): AskedQuery {
  let filter: Document = {};
  let sort: unknown;
  const stages = Array.isArray(pipeline) ? (pipeline as Document[]) : [];
  for (const stage of stages) {
    if (isDocument(stage.$match) && sort === undefined && Object.keys(filter).length === 0) filter = stage.$match;
    else if (isDocument(stage.$sort) && sort === undefined) sort = stage.$sort;
    else break;
  }
  return { filter, sort };
}

function askedQuery(name: string, command: Document): AskedQuery {
  switch (name) {
    case 'find':
      return { ...command, filter: document(command.filter) };
    case 'count':
      return { ...command, filter: document(command.query), over: 'COUNT' };
    case 'distinct':
      return { filter: document(command.query) };
    case 'aggregate':
      return { ...queryOfPipeline(command.pipeline), hint: command.hint };
    case 'findAndModify':
    case 'findandmodify':
      return {
        filter: document(command.query),
        sort: command.sort,
        limit: new Int32(1),
        hint: command.hint,
        over: command.remove === true ? 'DELETE' : 'UPDATE',
      };
    case 'update': {
      const update = first(command.updates);
      return { filter: document(update.q), hint: update.hint, over: 'UPDATE' };
    }
    case 'delete': {
      const one = first(command.deletes);
      return { filter: document(one.q), hint: one.hint, over: 'DELETE' };
    }
    default:
      throw new MongoError(59, `Explain failed due to unknown command: ${name}`);
  }
}

function explain(context: CommandContext): Document {
  const { command } = context;
  return explainCommand(context, document(command.explain), command.verbosity ?? 'allPlansExecution');
}

/** Shows how a command would find its documents; nothing is changed. @throws MongoError 2, 59. */
export function explainCommand(context: CommandContext, explained: Document, verbosity: unknown): Document {
  const { view, server, address } = context;
  if (typeof verbosity !== 'string' || !VERBOSITIES.includes(verbosity)) {
    throw new MongoError(
      2,
      `Enumeration value '${String(verbosity)}' for field 'explain.verbosity' is not a valid value.`,
    );
  }
  const name = Object.keys(explained)[0] ?? '';
  const asked = askedQuery(name, explained);
  const spec = COMMANDS.get(name);
  if (spec !== undefined) checkFields(spec, name, explained);
  const { namespace } = namespaceOf(explained, name, context.database);
  const sort = sortOf(asked.sort);
  const query = {
    filter: filterOf(asked.filter, optionsOf(context, explained.let)),
    sort,
    skip: countOf(asked.skip, 'skip') ?? 0,
    limit: countOf(asked.limit, 'limit') ?? 0,
    hint: hintOf(asked.hint),
    checkTime: clockOf(context),
  };
  const running = startQuery(view, view.collection(namespace), query);
  const projection = document(asked.projection);
  const frame: PlanFrame = {
    namespace,
    filter: asked.filter,
    sort,
    sortPattern: document(asked.sort),
    skip: query.skip,
    limit: query.limit,
    hasProjection: Object.keys(projection).length > 0,
    projection,
  };
  const plan = showPlan(running.plan, frame);
  const winningPlan = asked.over === undefined ? plan : { stage: asked.over, inputStage: plan };
  const reply: Document = {
    explainVersion: '1',
    queryPlanner: {
      namespace,
      indexFilterSet: false,
      parsedQuery: asked.filter,
      maxIndexedOrSolutionsReached: false,
      maxIndexedAndSolutionsReached: false,
      maxScansToExplodeReached: false,
      winningPlan,
      rejectedPlans: [],
    },
  };
  if (verbosity !== 'queryPlanner') {
    const started = server.timers.elapsed();
    let nReturned = 0;
    for (const _ of running.results) nReturned += 1;
    const { examined } = running;
    reply.executionStats = {
      executionSuccess: true,
      nReturned: new Int32(nReturned),
      executionTimeMillis: new Int32(Math.round(server.timers.elapsed() - started)),
      totalKeysExamined: new Int32(examined.keys),
      totalDocsExamined: new Int32(examined.documents),
      executionStages: { ...winningPlan, nReturned: new Int32(nReturned) },
      ...(verbosity === 'allPlansExecution' ? { allPlansExecution: [] } : {}),
    };
  }
  return {
    ...reply,
    command: { ...explained, $db: context.database },
    serverInfo: { host: address, version: '6.0.5', gitVersion: 'ziuping-embedded' },
  };
}

export const explainCommands: Readonly<Record<string, CommandSpec>> = {
  explain: {
    does: 'shows which index a command uses and how many documents and keys it looks at',
    fields: { verbosity: 'string' },
    inTransaction: false,
    run: explain,
  },
};
