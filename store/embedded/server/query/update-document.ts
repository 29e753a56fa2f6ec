import { ObjectId } from 'bson';
import type { CompiledFilter } from '../../engine/filter.ts';
import type { CompiledUpdate } from '../../engine/update.ts';
import type { Document } from '../../engine/values.ts';
import { encode } from '../../storage/bson-codec.ts';
import type { Collection } from '../../storage/catalog.ts';
import { insertRecord, replaceRecord } from '../../storage/records.ts';
import type { CommandContext } from '../command.ts';
import { targetCollection, validate, validateChange } from '../target.ts';
import { fetchRecord } from './scan.ts';

/** What an update did to one document. */
export interface Updated {
  readonly before: Document;
  readonly after: Document;
  readonly isModified: boolean;
}

/** Updates a document if it still is there and matches. @throws Blocked, and MongoError of the update or an index. */
export function updateIfMatching(
  context: CommandContext,
  collection: Collection,
  id: string,
  filter: CompiledFilter,
  update: CompiledUpdate,
): Updated | undefined {
  const { view } = context;
  const found = fetchRecord(view, collection, id, { documents: 0, keys: 0 });
  if (found === undefined || !filter.matches(found.document)) return undefined;
  // Whoever wants to change a document waits for, or yields to, a transaction that holds it, even if nothing changes.
  view.claim(found.key);
  const { document, modified } = update.apply(found.document, filter);
  if (modified) {
    validateChange(context, collection, found.document, document);
    replaceRecord(view, collection, id, found.document, document, encode(document));
  }
  return { before: found.document, after: document, isModified: modified };
}

/** Inserts what an upsert makes of its filter and update. */
export function insertUpsert(
  context: CommandContext,
  collectionName: string,
  filter: CompiledFilter,
  update: CompiledUpdate,
): Document {
  const document = update.buildUpsert(filter, () => new ObjectId());
  const collection = targetCollection(context, collectionName);
  validate(context, collection, document);
  insertRecord(context.view, collection, document, encode(document));
  return document;
}
