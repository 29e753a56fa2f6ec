import { Int32 } from 'bson';
import { compileFilter } from '../engine/filter.ts';
import { MongoError } from '../engine/mongo-error.ts';
import { bsonTypeOf, type Document, equalValues, isDocument, isNumber, toNumber } from '../engine/values.ts';
import { showValue } from '../storage/duplicate-key.ts';
import { checkEntry, flag } from './command-fields.ts';
import { isSamePattern } from './query/plan.ts';

/** Options of an index that the store understands and lists as they were given. */
const OPTIONS = new Set([
  'v',
  'key',
  'name',
  'ns',
  'background',
  'unique',
  'sparse',
  'hidden',
  'expireAfterSeconds',
  'partialFilterExpression',
  'collation',
  'storageEngine',
]);
const MAX_EXPIRE_SECONDS = 2_147_483_647;

/** Checks the specification of an index and brings it into the form in which it is kept and listed. @throws MongoError. */
export function normalIndexSpec(given: unknown): Document {
  const spec = checkEntry('createIndexes.indexes', given, ANY_FIELDS, []);
  for (const option of Object.keys(spec)) {
    if (OPTIONS.has(option)) continue;
    throw new MongoError(
      197,
      `Error in specification ${showValue(spec)} :: caused by :: The field '${option}' is not valid for an index specification. Specification: ${showValue(spec)}`,
    );
  }
  const { key, name } = spec;
  if (!isDocument(key)) throw new MongoError(9, "The 'key' field is a required property of an index specification");
  if (typeof name !== 'string')
    throw new MongoError(9, "The 'name' field is a required property of an index specification");
  if (name === '') throw new MongoError(67, 'The index name cannot be empty');
  checkPattern(key);
  const normal: Document = { v: new Int32(2), key, name };
  for (const option of Object.keys(spec)) {
    if (['v', 'key', 'name', 'ns', 'collation'].includes(option)) continue;
    normal[option] = spec[option];
  }
  checkOptions(spec, key);
  return normal;
}

const ANY_FIELDS = new Proxy<Record<string, 'any'>>({}, { get: () => 'any' });

function checkPattern(key: Document): void {
  const paths = Object.keys(key);
  if (paths.length === 0) throw new MongoError(67, 'Index keys cannot be empty.');
  if (paths.length > 32) throw new MongoError(13103, 'too many compound keys');
  for (const path of paths) {
    const value = key[path];
    if (path === '' || path.split('.').includes(''))
      throw new MongoError(67, 'Index keys cannot contain an empty field.');
    if (path.startsWith('$') || path.includes('.$') || path.includes('$**')) {
      throw new MongoError(67, `Index key contains an illegal field name: field name starts with '$'.`);
    }
    if (typeof value === 'string') {
      if (value === 'hashed') continue;
      throw new MongoError(67, `Unknown index plugin '${value}'`);
    }
    if (!isNumber(value)) {
      throw new MongoError(
        67,
        `Values in v:2 index key pattern cannot be of type ${bsonTypeOf(value)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
      );
    }
    const number = toNumber(value);
    if (number === 0) throw new MongoError(67, 'Values in the index key pattern cannot be 0.');
    if (Number.isNaN(number)) throw new MongoError(67, 'Values in the index key pattern cannot be NaN.');
  }
}

function checkOptions(spec: Document, key: Document): void {
  const { expireAfterSeconds, partialFilterExpression, collation } = spec;
  if (isDocument(collation) && collation.locale !== undefined && collation.locale !== 'simple') {
    throw new MongoError(197, "The field 'collation' is not valid for an index specification.");
  }
  if (flag(spec.hidden)) throw new MongoError(197, "The field 'hidden' is not valid for an index specification.");
  if (partialFilterExpression !== undefined) {
    if (!isDocument(partialFilterExpression)) {
      throw new MongoError(14, "The field 'partialFilterExpression' must be an object");
    }
    compileFilter(partialFilterExpression);
    if (flag(spec.sparse)) {
      throw new MongoError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
    }
  }
  if (Object.values(key).includes('hashed') && flag(spec.unique)) {
    throw new MongoError(16764, 'Currently hashed indexes cannot guarantee uniqueness. Use a regular index.');
  }
  if (expireAfterSeconds === undefined) return;
  if (!isNumber(expireAfterSeconds)) {
    throw new MongoError(
      67,
      `TTL index 'expireAfterSeconds' option must be numeric, but received a type of ${bsonTypeOf(expireAfterSeconds)}`,
    );
  }
  const seconds = toNumber(expireAfterSeconds);
  if (seconds < 0 || seconds > MAX_EXPIRE_SECONDS) {
    throw new MongoError(
      67,
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different number than ${seconds}`,
    );
  }
  if (Object.keys(key).length !== 1) {
    throw new MongoError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  }
}

/** Options that make two indexes on the same keys different ones. */
function isSameSignature(a: Document, b: Document): boolean {
  return (
    isSamePattern(a.key as Document, b.key as Document) &&
    flag(a.unique) === flag(b.unique) &&
    flag(a.sparse) === flag(b.sparse) &&
    equalValues(a.partialFilterExpression ?? null, b.partialFilterExpression ?? null)
  );
}

function hasSameOptions(a: Document, b: Document): boolean {
  const expire = (spec: Document): number | undefined =>
    spec.expireAfterSeconds === undefined ? undefined : Number(spec.expireAfterSeconds);
  return expire(a) === expire(b);
}

/**
 * Whether an index that is wanted is there already. A conflict with one of another name or other options is refused.
 *
 * @throws MongoError 85, 86.
 */
export function isPresentIndex(wanted: Document, existing: readonly Document[]): boolean {
  const sameName = existing.find(({ name }) => name === wanted.name);
  if (sameName !== undefined) {
    if (!isSameSignature(sameName, wanted)) {
      throw new MongoError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${showValue(wanted)}, existing index: ${showValue(sameName)}`,
      );
    }
    if (!hasSameOptions(sameName, wanted)) {
      throw new MongoError(
        85,
        `An equivalent index already exists with the same name but different options. Requested index: ${showValue(wanted)}, existing index: ${showValue(sameName)}`,
      );
    }
    return true;
  }
  const sameKeys = existing.find((spec) => isSameSignature(spec, wanted));
  if (sameKeys === undefined) return false;
  if (hasSameOptions(sameKeys, wanted)) {
    throw new MongoError(85, `Index already exists with a different name: ${String(sameKeys.name)}`);
  }
  throw new MongoError(
    85,
    `An equivalent index already exists with a different name and options. Requested index: ${showValue(wanted)}, existing index: ${showValue(sameKeys)}`,
  );
}
