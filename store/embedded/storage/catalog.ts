import { type Binary, Int32 } from 'bson';
import { type CompiledFilter, compileFilter } from '../engine/filter.ts';
import type { Document } from '../engine/values.ts';
import { decode, encode } from './bson-codec.ts';
import type { Disk } from './disk.ts';
import {
  afterPrefix,
  CATALOG_FROM,
  CATALOG_TO,
  catalogKey,
  metaKey,
  recordIdOf,
  recordPrefix,
  runningNumber,
} from './keys.ts';

/** An index of a collection. */
export interface Index {
  readonly id: number;
  readonly name: string;
  /** The specification, as `listIndexes` answers it. */
  spec: Document;
  /** The paths of the fields, and the direction in which each is kept. */
  readonly paths: readonly string[];
  readonly directions: readonly (1 | -1)[];
  /** What each path starts with: the field of the document itself. */
  readonly roots: readonly string[];
  readonly isUnique: boolean;
  readonly isSparse: boolean;
  readonly isHashed: boolean;
  readonly partial: CompiledFilter | undefined;
  /** Whether any document ever had an array on one of the paths. Never goes back. */
  isMultikey: boolean;
  /** Whether any key was ever too long to be kept whole; such an index finds, but gives no order. */
  hasLongKeys: boolean;
}

/** A collection. */
export interface Collection {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  /** `database.name` */
  readonly namespace: string;
  readonly uuid: Binary;
  options: Document;
  validator: CompiledFilter | undefined;
  indexes: Index[];
  /** The number of the store's change that last altered the collection itself. */
  alteredAt: number;
  nextRecord: number;
  /** Number of documents; undefined until somebody asked. */
  count: number | undefined;
}

/** The collections and indexes of the store, kept in memory. */
export class Catalog {
  readonly #disk: Disk;
  readonly #collections = new Map<string, Collection>();
  #nextId = 1;

  constructor(disk: Disk) {
    this.#disk = disk;
    this.load();
  }

  /** Reads everything again from the disk. */
  load(): void {
    this.#collections.clear();
    for (const [, value] of this.#disk.entries(CATALOG_FROM, CATALOG_TO, false, Number.MAX_SAFE_INTEGER)) {
      const collection = fromStored(decode(value));
      collection.nextRecord = this.#lastRecord(collection.id) + 1;
      this.#collections.set(collection.namespace, collection);
    }
    const nextId = this.#disk.get(metaKey('nextId'));
    this.#nextId = nextId === undefined ? 1 : Buffer.from(nextId).readUInt32LE(0);
  }

  #lastRecord(collectionId: number): number {
    const prefix = recordPrefix(collectionId);
    const last = this.#disk.entries(prefix, afterPrefix(prefix), true, 1)[0];
    return last === undefined ? 0 : runningNumber(recordIdOf(last[0]));
  }

  get(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  all(): IterableIterator<Collection> {
    return this.#collections.values();
  }

  /** The collections of a database, in the order of their making. */
  of(database: string): Collection[] {
    return [...this.#collections.values()].filter((one) => one.database === database);
  }

  databases(): string[] {
    return [...new Set([...this.#collections.values()].map((one) => one.database))].sort();
  }

  /** A number that no collection and no index ever had. */
  takeId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    const stored = Buffer.alloc(4);
    stored.writeUInt32LE(this.#nextId, 0);
    this.#disk.set(metaKey('nextId'), stored);
    return id;
  }

  add(collection: Collection): void {
    this.#collections.set(collection.namespace, collection);
  }

  remove(collection: Collection): void {
    if (this.#collections.get(collection.namespace) === collection) this.#collections.delete(collection.namespace);
  }
}

/** Where a collection is written, and what. */
export function storedCollection(collection: Collection): [key: string, value: Uint8Array] {
  const stored = {
    id: new Int32(collection.id),
    database: collection.database,
    name: collection.name,
    uuid: collection.uuid,
    options: collection.options,
    indexes: collection.indexes.map((index) => ({
      id: new Int32(index.id),
      spec: index.spec,
      isMultikey: index.isMultikey,
      hasLongKeys: index.hasLongKeys,
    })),
  };
  return [catalogKey(collection.namespace), encode(stored)];
}

interface StoredCollection {
  readonly id: Int32;
  readonly database: string;
  readonly name: string;
  readonly uuid: Binary;
  readonly options: Document;
  readonly indexes: readonly StoredIndex[];
}

interface StoredIndex {
  readonly id: Int32;
  readonly spec: Document;
  readonly isMultikey: boolean;
  readonly hasLongKeys: boolean;
}

function fromStored(document: Document): Collection {
  const stored = document as unknown as StoredCollection;
  const collection = newCollection(stored.id.value, stored.database, stored.name, stored.uuid, stored.options);
  collection.indexes = stored.indexes.map(({ id, spec, isMultikey, hasLongKeys }) => {
    const index = newIndex(id.value, spec);
    index.isMultikey = isMultikey;
    index.hasLongKeys = hasLongKeys;
    return index;
  });
  return collection;
}

/** A collection without indexes. */
export function newCollection(id: number, database: string, name: string, uuid: Binary, options: Document): Collection {
  const validator = options.validator as Document | undefined;
  return {
    id,
    database,
    name,
    namespace: `${database}.${name}`,
    uuid,
    options,
    validator: validator === undefined || Object.keys(validator).length === 0 ? undefined : compileFilter(validator),
    indexes: [],
    alteredAt: 0,
    nextRecord: 1,
    count: undefined,
  };
}

/** An index from its specification, as `listIndexes` shows it. */
export function newIndex(id: number, spec: Document): Index {
  const pattern = spec.key as Document;
  const paths = Object.keys(pattern);
  const partial = spec.partialFilterExpression as Document | undefined;
  return {
    id,
    name: spec.name as string,
    spec,
    paths,
    directions: paths.map((path) => (Number(pattern[path]) < 0 ? -1 : 1)),
    roots: paths.map((path) => path.split('.', 1)[0] as string),
    isUnique: isTrue(spec.unique) || isIdPattern(pattern),
    isSparse: isTrue(spec.sparse),
    isHashed: Object.values(pattern).includes('hashed'),
    partial: partial === undefined ? undefined : compileFilter(partial),
    isMultikey: false,
    hasLongKeys: false,
  };
}

function isTrue(value: unknown): boolean {
  return (
    value === true ||
    (typeof value !== 'boolean' && value !== undefined && Number(value) !== 0 && !Number.isNaN(Number(value)))
  );
}

/** Whether these are the fields of the index on `_id` that every collection has. */
export function isIdPattern(pattern: Document): boolean {
  return Object.keys(pattern).length === 1 && Number(pattern._id) === 1;
}

/** The specification of the index on `_id`. */
export function idIndexSpec(): Document {
  return { v: new Int32(2), key: { _id: new Int32(1) }, name: '_id_' };
}
