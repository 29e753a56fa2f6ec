import { Schema, type SchemaDefinition } from 'mongoose';

type Definition<R> = { [Field in keyof R]: unknown };

/**
 * The schema of a collection. The same for all: our own text ids, no hidden version key, no timestamps (moments carry
 * business meaning and are written by the rules), no index building behind our back (`prepareCollections` builds them at
 * start), unknown fields refused.
 */
export function recordSchema<R>(definition: Definition<R>, collection: string): Schema {
  return new Schema(definition as SchemaDefinition, {
    collection,
    _id: false,
    id: false,
    versionKey: false,
    timestamps: false,
    autoIndex: false,
    autoCreate: false,
    minimize: false,
    strict: 'throw',
    strictQuery: 'throw',
  });
}

/** The schema of a part inside a document. */
export function partSchema<R>(definition: Definition<R>): Schema {
  return new Schema(definition as SchemaDefinition, { _id: false, id: false, minimize: false, strict: 'throw' });
}
