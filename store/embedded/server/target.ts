import { randomBytes } from 'node:crypto';
import { MongoError } from '../engine/mongo-error.ts';
import type { Document } from '../engine/values.ts';
import type { Collection } from '../storage/catalog.ts';
import { createCollection } from '../storage/records.ts';
import type { CommandContext } from './command.ts';
import { flag } from './command-fields.ts';
import { checkNewCollectionName } from './namespace.ts';

/** Sixteen bytes for the UUID of a collection. */
export function newUuid(): Buffer {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes;
}

/** The collection of this name; it is made when it is not there. */
export function targetCollection(context: CommandContext, name: string): Collection {
  const namespace = `${context.database}.${name}`;
  const found = context.view.collection(namespace);
  if (found !== undefined) return found;
  checkNewCollectionName(name, namespace);
  return createCollection(context.server.store, context.view, context.database, name, {}, newUuid());
}

/** Largest document, in bytes. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Holds a document against the collection's validator. @throws MongoError 121. */
export function validate(context: CommandContext, collection: Collection, document: Document): void {
  if (collection.validator === undefined || flag(context.command.bypassDocumentValidation)) return;
  const { validationAction, validationLevel } = collection.options;
  if (validationAction === 'warn' || validationLevel === 'off') return;
  if (collection.validator.matches(document)) return;
  throw new MongoError(121, 'Document failed validation', {
    fields: { errInfo: { failingDocumentId: document._id, details: { operatorName: '$and' } } },
  });
}

/** The same for a change: under `moderate` a document that was invalid before may stay so. */
export function validateChange(
  context: CommandContext,
  collection: Collection,
  before: Document,
  after: Document,
): void {
  const isModerate = collection.options.validationLevel === 'moderate';
  if (isModerate && collection.validator !== undefined && !collection.validator.matches(before)) return;
  validate(context, collection, after);
}
