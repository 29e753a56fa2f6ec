import { MongoError } from '../engine/mongo-error.ts';
import { BSON_TYPE, bsonTypeOf, type Document, isNumber, typeNumber } from '../engine/values.ts';
import type { CommandSpec, FieldType } from './command.ts';

/** Fields every command may have. */
export const COMMON_FIELDS: Readonly<Record<string, FieldType>> = {
  $db: 'string',
  lsid: 'object',
  txnNumber: 'number',
  autocommit: 'bool',
  startTransaction: 'bool',
  stmtId: 'number',
  stmtIds: 'array',
  readConcern: 'object',
  writeConcern: 'object',
  $clusterTime: 'object',
  $readPreference: 'object',
  maxTimeMS: 'number',
  comment: 'any',
  apiVersion: 'string',
  apiStrict: 'bool',
  apiDeprecationErrors: 'bool',
  $client: 'object',
  $audit: 'object',
  $configServerState: 'object',
  shardVersion: 'any',
  databaseVersion: 'any',
};

const EXPECTED: Readonly<Record<FieldType, string>> = {
  object: "type 'object'",
  array: "type 'array'",
  string: "type 'string'",
  bool: "types '[bool, long, int, decimal, double']",
  number: "types '[long, int, decimal, double']",
  objectOrString: "types '[string, object']",
  objectOrArray: "types '[array, object']",
  any: '',
};

function isOfType(value: unknown, type: FieldType): boolean {
  const bson = typeNumber(value);
  switch (type) {
    case 'object':
      return bson === BSON_TYPE.object;
    case 'array':
      return bson === BSON_TYPE.array;
    case 'string':
      return bson === BSON_TYPE.string;
    case 'bool':
      return bson === BSON_TYPE.bool || isNumber(value);
    case 'number':
      return isNumber(value);
    case 'objectOrString':
      return bson === BSON_TYPE.object || bson === BSON_TYPE.string;
    case 'objectOrArray':
      return bson === BSON_TYPE.object || bson === BSON_TYPE.array;
    case 'any':
      return true;
  }
}

/** Some commands have another name inside MongoDB, which its errors show. */
const PARSER_NAMES: Readonly<Record<string, string>> = { find: 'FindCommandRequest' };

/**
 * Refuses fields nobody knows and values of the wrong type, as MongoDB's command parser does.
 *
 * @throws MongoError 40415 unknown field, 14 wrong type, 40414 missing.
 */
export function checkFields(spec: CommandSpec, name: string, command: Document): void {
  const label = PARSER_NAMES[name] ?? name;
  for (const field of Object.keys(command)) {
    if (field === name) continue;
    const type = spec.fields[field] ?? COMMON_FIELDS[field];
    if (type === undefined) {
      if (spec.ignoresUnknownFields === true) continue;
      throw new MongoError(40415, `BSON field '${label}.${field}' is an unknown field.`);
    }
    if (name === 'find') checkFindField(field, command[field], type);
    checkType(`${label}.${field}`, command[field], type);
  }
  for (const field of spec.required ?? []) {
    if (command[field] === undefined) {
      throw new MongoError(40414, `BSON field '${name}.${field}' is missing but a required field`);
    }
  }
}

/** The same for one entry of a list inside a command, such as one of `updates`. */
export function checkEntry(
  label: string,
  entry: unknown,
  fields: Readonly<Record<string, FieldType>>,
  required: readonly string[],
): Document {
  checkType(label, entry, 'object');
  const document = entry as Document;
  for (const field of Object.keys(document)) {
    const type = fields[field];
    if (type === undefined) throw new MongoError(40415, `BSON field '${label}.${field}' is an unknown field.`);
    checkType(`${label}.${field}`, document[field], type);
  }
  for (const field of required) {
    if (document[field] === undefined) {
      throw new MongoError(40414, `BSON field '${label}.${field}' is missing but a required field`);
    }
  }
  return document;
}

/** `find` has a parser of its own, with texts of its own. */
function checkFindField(field: string, value: unknown, type: FieldType): void {
  if (value === undefined || value === null || isOfType(value, type)) return;
  if (field === 'hint') throw new MongoError(9, 'Hint must be a string or an object');
  if (type === 'object') throw new MongoError(14, `Expected field ${field}to be of type object`);
  if (type === 'bool') {
    throw new MongoError(14, `Field '${field}' should be a boolean value, but found: ${bsonTypeOf(value)}`);
  }
}

function checkType(label: string, value: unknown, type: FieldType): void {
  if (isOfType(value, type) || value === undefined) return;
  // MongoDB takes null for many optional fields; the ones it does not take are refused where they are used.
  if (value === null) return;
  throw new MongoError(
    14,
    `BSON field '${label}' is the wrong type '${bsonTypeOf(value)}', expected ${EXPECTED[type]}`,
  );
}

/** A boolean field, numbers included. */
export function flag(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null) return false;
  return Number(value) !== 0;
}

/** A number field as a JS number; undefined where it is missing. */
export function numberOf(value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : Number(value);
}
