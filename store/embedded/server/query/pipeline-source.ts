import type { FilterOptions } from '../../engine/filter.ts';
import type { PipelineEnvironment } from '../../engine/pipeline/compile-pipeline.ts';
import { leadingStages } from '../../engine/pipeline/leading-stages.ts';
import { type Document, isDocument } from '../../engine/values.ts';
import type { CommandContext } from '../command.ts';
import { clockOf, filterOf, hintOf, sortOf } from './compile.ts';
import { conditionsOf, fieldBounds } from './conditions.ts';
import { holdsAllMatches } from './implies.ts';
import { type Query, type Running, startQuery } from './run.ts';

/** What the beginning of a pipeline asks of its collection. Its stages still run over what is found. */
export function startSource(
  context: CommandContext,
  namespace: string,
  stages: readonly unknown[],
  options: FilterOptions,
): Running {
  const leading = leadingStages(stages);
  const query: Query = {
    filter: filterOf(leading.filter, options),
    sort: sortOf(leading.sort),
    limit: leading.limit,
    hint: hintOf(context.command.hint),
    checkTime: clockOf(context),
  };
  return startQuery(context.view, context.view.collection(namespace), query);
}

/** The documents of a query. */
export function* documentsOf({ results }: Running): Generator<Document> {
  for (const { document } of results) yield document;
}

/** How `$lookup` and its like reach other collections of the same database. */
export function environmentOf(context: CommandContext): PipelineEnvironment {
  const { view, database } = context;
  const find = (name: string, filter: Document): Generator<Document> =>
    documentsOf(startQuery(view, view.collection(`${database}.${name}`), { filter: filterOf(filter, {}) }));
  return {
    readCollection: (name) => find(name, {}),
    findByField(name, field, value) {
      const collection = view.collection(`${database}.${name}`);
      if (collection === undefined) return [];
      const filter = { [field]: isDocument(value) ? { $eq: value } : value };
      const conditions = conditionsOf(filterOf(filter, {}).node);
      const hasIndex = collection.indexes.some(
        (index) => holdsAllMatches(index, conditions) && fieldBounds(index, conditions)[0] !== undefined,
      );
      return hasIndex ? find(name, filter) : undefined;
    },
  };
}
