import { type CompiledFilter, compileFilter, type FilterOptions } from '../../engine/filter.ts';
import { MongoError } from '../../engine/mongo-error.ts';
import { type CompiledSort, compileSort } from '../../engine/sort.ts';
import type { UpdateOptions } from '../../engine/update.ts';
import { BSON_TYPE, type Document, isDocument, isNumber, toNumber, typeNumber } from '../../engine/values.ts';
import type { CommandContext } from '../command.ts';
import { expressionOptions, pipelineOptions } from './expressions.ts';
import { outOfTime } from './run.ts';

/** Compiles a filter with the variables of its command; null and a missing one stand for `{}`. */
export function filterOf(filter: unknown, options: FilterOptions): CompiledFilter {
  return compileFilter(filter ?? {}, options);
}

/** What expressions in the filter and the projection of a command may use. */
export function optionsOf(context: CommandContext, letValue: unknown = context.command.let): FilterOptions {
  return expressionOptions(letValue as Document | undefined, context.server.now());
}

/** What an update may use besides its filter: the moment, and the same variables. */
export function updateOptionsOf(context: CommandContext, options: FilterOptions): UpdateOptions {
  return { now: context.server.now(), let: options.let, ...pipelineOptions() };
}

/** Compiles a sort; undefined for none. */
export function sortOf(sort: unknown): CompiledSort | undefined {
  if (sort === undefined || sort === null) return undefined;
  if (isDocument(sort) && Object.keys(sort).length === 0) return undefined;
  return compileSort(sort);
}

/** A count such as `skip` that may not be negative. @throws MongoError 51024. */
export function countOf(value: unknown, field: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isNumber(value)) throw new MongoError(14, `Field '${field}' must be a number`);
  const number = toNumber(value);
  if (number < 0)
    throw new MongoError(51024, `BSON field '${field}' value must be >= 0, actual value '${Math.trunc(number)}'`);
  return Math.trunc(number);
}

/** Refuses every collation but the simple one, which is none. @throws MongoError 40415. */
export function refuseCollation(name: string, collation: unknown): void {
  if (collation === undefined || collation === null) return;
  if (isDocument(collation) && (Object.keys(collation).length === 0 || collation.locale === 'simple')) return;
  throw new MongoError(40415, `BSON field '${name}.collation' is an unknown field.`);
}

/** A hint: an index's name or key pattern; undefined for none. */
export function hintOf(hint: unknown): unknown {
  if (hint === undefined || hint === null) return undefined;
  if (typeof hint === 'string' || typeNumber(hint) === BSON_TYPE.object) {
    return isDocument(hint) && Object.keys(hint).length === 0 ? undefined : hint;
  }
  throw new MongoError(9, 'Hint must be a string or an object');
}

/** Throws when the command's time is over; undefined when it has all the time there is. */
export function clockOf(context: CommandContext): (() => void) | undefined {
  const { deadline, server } = context;
  if (deadline === undefined) return undefined;
  return () => {
    if (server.timers.elapsed() > deadline) throw outOfTime();
  };
}
