import { type Document, isDocument } from '../bson-types.ts';
import { isNumber, toNumber } from '../numbers.ts';

/** What the beginning of a pipeline asks for, so that the server can use indexes and stop early. */
export interface LeadingStages {
  /** The filters of the leading `$match` stages, joined by `$and`; undefined when there is none. */
  readonly filter: Document | undefined;
  /** The `$sort` that follows them directly. */
  readonly sort: Document | undefined;
  /** How many documents are needed at most: of a `$limit` (and the `$skip` before it) that follows directly. */
  readonly limit: number | undefined;
}

/**
 * Reads the leading stages. They stay part of the pipeline: running them again over documents that already pass and are
 * already in order changes nothing.
 */
export function leadingStages(stages: readonly unknown[]): LeadingStages {
  const filters: Document[] = [];
  let at = 0;
  const stageAt = (name: string): unknown => {
    const stage = stages[at];
    return isDocument(stage) && Object.hasOwn(stage, name) ? stage[name] : undefined;
  };
  for (let filter = stageAt('$match'); isDocument(filter); filter = stageAt('$match')) {
    filters.push(filter);
    at += 1;
  }
  const sort = stageAt('$sort');
  if (isDocument(sort)) at += 1;
  let skip = 0;
  for (let more = stageAt('$skip'); isNumber(more); more = stageAt('$skip')) {
    skip += toNumber(more);
    at += 1;
  }
  const limit = stageAt('$limit');
  return {
    filter: filters.length > 1 ? { $and: filters } : filters[0],
    sort: isDocument(sort) ? sort : undefined,
    limit: isNumber(limit) ? skip + toNumber(limit) : undefined,
  };
}
