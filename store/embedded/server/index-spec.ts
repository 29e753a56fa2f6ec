import { Int32 } from 'bson';
import { compileFilter, type FilterNode } from '../engine/filter.ts';
import { MongoError } from '../engine/mongo-error.ts';
import { bsonTypeOf, type Document, equalValues, isDocument, isNumber, toNumber } from '../engine/values.ts';
import { isIdPattern } from '../storage/catalog.ts';
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

/** The order in which `listIndexes` shows what was given. */
const LISTED = ['background', 'unique', 'sparse', 'expireAfterSeconds', 'partialFilterExpression', 'storageEngine'];
const BOOLEANS = new Set(['background', 'unique', 'sparse']);

/** Checks the specification of an index and brings it into the form in which it is kept and listed. @throws MongoError. */
export function normalIndexSpec(given: unknown): Document {
  const spec = checkEntry('createIndexes.indexes', given, ANY_FIELDS, []);
  try {
    return normalized(spec);
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    throw new MongoError(error.code, `Error in specification ${showValue(spec)} :: caused by :: ${error.message}`);
  }
}

/** A fault that MongoDB reports together with the whole specification. */
class SpecError extends MongoError {}

function normalized(spec: Document): Document {
  for (const option of Object.keys(spec)) {
    if (OPTIONS.has(option)) continue;
    throw new SpecError(
      197,
      `The field '${option}' is not valid for an index specification. Specification: ${showValue(spec)}`,
    );
  }
  const { key, name } = spec;
  if (!isDocument(key)) throw new SpecError(9, "The 'key' field is a required property of an index specification");
  if (typeof name !== 'string') {
    throw new SpecError(9, "The 'name' field is a required property of an index specification");
  }
  if (name === '') throw new SpecError(67, 'The index name cannot be empty');
  if (name === '*') throw new MongoError(2, "The index name '*' is not valid.");
  checkPattern(key);
  checkOptions(spec, key);
  const normal: Document = { v: new Int32(2), key, name };
  for (const option of LISTED) {
    const value = spec[option];
    // MongoDB forgets `unique: false`, but keeps the others.
    if (value === undefined || (option === 'unique' && !flag(value))) continue;
    normal[option] = BOOLEANS.has(option) ? flag(value) : value;
  }
  return normal;
}

const ANY_FIELDS = new Proxy<Record<string, 'any'>>({}, { get: () => 'any' });

function checkPattern(key: Document): void {
  const paths = Object.keys(key);
  if (paths.length === 0) throw new SpecError(67, 'Index keys cannot be empty.');
  if (paths.length > 32) throw new MongoError(13103, 'too many compound keys');
  for (const path of paths) {
    const value = key[path];
    if (path === '') throw new SpecError(67, 'Index keys cannot be an empty field.');
    if (path.split('.').includes('')) throw new SpecError(67, 'Index keys cannot contain an empty field.');
    if (path.startsWith('$') || path.includes('.$')) {
      throw new SpecError(67, "Index key contains an illegal field name: field name starts with '$'.");
    }
    if (typeof value === 'string') {
      if (value === 'hashed') continue;
      throw new SpecError(67, `Unknown index plugin '${value}'`);
    }
    if (!isNumber(value)) {
      throw new SpecError(
        67,
        `Values in v:2 index key pattern cannot be of type ${bsonTypeOf(value)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
      );
    }
    const number = toNumber(value);
    if (number === 0) throw new SpecError(67, 'Values in the index key pattern cannot be 0.');
    if (Number.isNaN(number)) throw new SpecError(67, 'Values in the index key pattern cannot be NaN.');
  }
}

function checkOptions(spec: Document, key: Document): void {
  for (const option of BOOLEANS) {
    const value = spec[option];
    if (value === undefined || typeof value === 'boolean' || isNumber(value)) continue;
    throw new SpecError(
      14,
      `The field '${option} has value ${option}: ${showValue(value)}, which is not convertible to bool`,
    );
  }
  const { partialFilterExpression, collation } = spec;
  if (isDocument(collation) && collation.locale !== undefined && collation.locale !== 'simple') {
    throw new SpecError(197, `The field 'collation' is not valid for an index specification.`);
  }
  if (flag(spec.hidden)) throw new SpecError(197, `The field 'hidden' is not valid for an index specification.`);
  if (partialFilterExpression !== undefined) checkPartial(partialFilterExpression, flag(spec.sparse));
  if (Object.values(key).includes('hashed') && flag(spec.unique)) {
    throw new MongoError(16764, 'Currently hashed indexes cannot guarantee uniqueness. Use a regular index.');
  }
  checkLifetime(spec, key);
}

/** Conditions a partial index may have. */
const PARTIAL_CONDITIONS = new Set(['and', 'or', 'eq', 'lt', 'lte', 'gt', 'gte', 'exists', 'type', 'in', 'alwaysTrue']);

function checkPartial(expression: unknown, isSparse: boolean): void {
  if (!isDocument(expression)) throw new SpecError(14, "The field 'partialFilterExpression' must be an object");
  if (isSparse) throw new SpecError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  checkPartialNode(compileFilter(expression).node);
}

function checkPartialNode(node: FilterNode): void {
  if (!PARTIAL_CONDITIONS.has(node.type)) {
    throw new SpecError(67, `Expression not supported in partial index: $${node.type}`);
  }
  if ('children' in node) for (const child of node.children) checkPartialNode(child);
}

function checkLifetime(spec: Document, key: Document): void {
  const { expireAfterSeconds } = spec;
  if (expireAfterSeconds === undefined) return;
  const shown = `Index spec: ${showValue(spec)}`;
  if (!isNumber(expireAfterSeconds)) {
    const type = bsonTypeOf(expireAfterSeconds);
    throw new MongoError(
      67,
      `TTL index 'expireAfterSeconds' option must be numeric, but received a type of '${type}'. ${shown}`,
    );
  }
  const seconds = toNumber(expireAfterSeconds);
  if (seconds < 0) {
    throw new MongoError(67, `TTL index 'expireAfterSeconds' option cannot be less than 0. ${shown}`);
  }
  if (seconds > MAX_EXPIRE_SECONDS) {
    throw new MongoError(
      67,
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a smaller number. ${shown}`,
    );
  }
  if (Object.keys(key).length !== 1) {
    throw new MongoError(67, `TTL indexes are single-field indexes, compound indexes do not support TTL. ${shown}`);
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
  // The index on `_id` is always there, whatever it is called.
  if (isIdPattern(wanted.key as Document)) return true;
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
