import { BSONRegExp, ObjectId } from 'bson';
import { MongoError } from '../engine/mongo-error.ts';
import { type Document, isDocument } from '../engine/values.ts';
import { encode } from '../storage/bson-codec.ts';
import { MAX_DOCUMENT_BYTES } from './target.ts';

/** A document as it is to be stored: `_id` first, made when it is missing. */
export interface Prepared {
  readonly document: Document;
  readonly bytes: Uint8Array;
}

/** Makes a document ready for storing. @throws MongoError 2, 53. */
export function prepareForInsert(given: Document, givenBytes: Uint8Array | undefined): Prepared {
  const names = Object.keys(given);
  const isFirst = names[0] === '_id' && given._id !== undefined;
  const document = isFirst ? given : withIdFirst(given);
  checkId(document._id);
  const bytes = isFirst && givenBytes !== undefined ? givenBytes : encode(document);
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    throw new MongoError(
      2,
      `object to insert too large. size in bytes: ${bytes.length}, max size: ${MAX_DOCUMENT_BYTES}`,
    );
  }
  return { document, bytes };
}

function withIdFirst(given: Document): Document {
  const { _id, ...rest } = given;
  return { _id: _id === undefined ? new ObjectId() : _id, ...rest };
}

function checkId(id: unknown): void {
  if (Array.isArray(id)) throw new MongoError(53, "The '_id' value cannot be of type array");
  if (id instanceof BSONRegExp) throw new MongoError(53, "The '_id' value cannot be of type regex");
  if (isDocument(id)) {
    for (const name of Object.keys(id)) {
      if (!name.startsWith('$')) continue;
      throw new MongoError(52, `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`);
    }
  }
}
