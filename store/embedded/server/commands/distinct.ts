import { checkFieldPath } from '../../engine/field-path.ts';
import { MongoError } from '../../engine/mongo-error.ts';
import { compareValues, type Document, fieldOf, isDocument } from '../../engine/values.ts';
import type { Index } from '../../storage/catalog.ts';
import { encodeIndexKey, indexEntries } from '../../storage/index-keys.ts';
import type { CommandContext, CommandSpec } from '../command.ts';
import { namespaceOf } from '../namespace.ts';
import { clockOf, filterOf, hintOf, optionsOf, refuseCollation } from '../query/compile.ts';
import { startQuery } from '../query/run.ts';

/** The values at a path; arrays on the way and at its end are spread. A number in the path is a place in an array. */
function* valuesAt(value: unknown, parts: readonly string[], at: number): Generator<unknown> {
  const part = parts[at];
  if (part === undefined) {
    if (Array.isArray(value)) yield* value;
    else if (value !== undefined) yield value;
    return;
  }
  if (Array.isArray(value)) {
    if (/^(?:0|[1-9]\d*)$/.test(part) && value[Number(part)] !== undefined) {
      yield* valuesAt(value[Number(part)], parts, at + 1);
      return;
    }
    for (const element of value) if (isDocument(element)) yield* valuesAt(element, parts, at);
    return;
  }
  if (isDocument(value)) yield* valuesAt(fieldOf(value, part), parts, at + 1);
}

function isEmpty(query: unknown): boolean {
  return !isDocument(query) || Object.keys(query).length === 0;
}

/**
 * The index whose keys MongoDB lists instead of looking at documents. It shows: a document without the field then counts
 * as null, an array within an array is spread, and an empty array gives BSON's undefined, which goes out as null.
 */
function indexFor(indexes: readonly Index[], key: string): Index | undefined {
  return indexes.find(({ paths, partial, isHashed }) => paths[0] === key && partial === undefined && !isHashed);
}

function* keysOf(index: Index, document: Document): Generator<unknown> {
  for (const [value] of indexEntries(index, document).values) {
    if (Array.isArray(value)) yield* value;
    else yield value;
  }
}

function distinct(context: CommandContext): Document {
  const { command, view, database } = context;
  const { namespace } = namespaceOf(command, 'distinct', database);
  refuseCollation('distinct', command.collation);
  const key = command.key;
  if (typeof key !== 'string') throw new MongoError(14, "BSON field 'distinct.key' is the wrong type");
  checkFieldPath(key);
  if (key.includes('\0')) throw new MongoError(67, 'Key field cannot contain an embedded null byte');
  const filter = filterOf(command.query, optionsOf(context));
  const query = { filter, hint: hintOf(command.hint), checkTime: clockOf(context) };
  const collection = view.collection(namespace);
  const index = collection !== undefined && isEmpty(command.query) ? indexFor(collection.indexes, key) : undefined;
  const parts = key.split('.');
  const found = new Map<string, unknown>();
  for (const { document } of startQuery(view, collection, query).results) {
    for (const value of index === undefined ? valuesAt(document, parts, 0) : keysOf(index, document)) {
      const encoded = encodeIndexKey([value], [1]).key;
      if (!found.has(encoded)) found.set(encoded, value ?? null);
    }
  }
  return { values: [...found.values()].sort(compareValues) };
}

export const distinctCommands: Readonly<Record<string, CommandSpec>> = {
  distinct: {
    does: 'lists the different values of a field',
    fields: { key: 'string', query: 'object', hint: 'objectOrString', collation: 'object' },
    required: ['key'],
    inTransaction: true,
    run: distinct,
  },
};
