import { MongoError } from '../engine/mongo-error.ts';
import { bsonTypeOf, type Document } from '../engine/values.ts';

/** The collection a command names in its first field, with its database. @throws MongoError 73. */
export function namespaceOf(
  command: Document,
  name: string,
  database: string,
): { collection: string; namespace: string } {
  const collection = command[name];
  if (typeof collection !== 'string') {
    throw new MongoError(name === 'find' ? 2 : 73, `collection name has invalid type ${bsonTypeOf(collection)}`);
  }
  const namespace = `${database}.${collection}`;
  checkCollectionName(collection, namespace);
  return { collection, namespace };
}

/** @throws MongoError 73 for a name no collection can have. */
export function checkCollectionName(collection: string, namespace: string): void {
  if (collection.startsWith('.')) throw new MongoError(73, `Collection names cannot start with '.': ${collection}`);
  if (collection === '' || collection.includes('\0')) {
    throw new MongoError(73, `Invalid namespace specified '${namespace}'`);
  }
}

/** Refuses names under which a collection cannot be made. @throws MongoError 73. */
export function checkNewCollectionName(collection: string, namespace: string): void {
  checkCollectionName(collection, namespace);
  if (collection.startsWith('system.')) throw new MongoError(73, `Invalid system namespace: ${namespace}`);
  if (collection.includes('$')) throw new MongoError(73, `Invalid collection name: ${collection}`);
  if (Buffer.byteLength(namespace) > 255) {
    throw new MongoError(73, `Fully qualified namespace is too long. Namespace: ${namespace} Max: 255`);
  }
}
