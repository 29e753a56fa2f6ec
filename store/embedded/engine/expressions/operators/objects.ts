import { bsonTypeOf, type Document, fieldOf, isDocument, setField } from '../../bson-types.ts';
import { MongoError } from '../../mongo-error.ts';
import { isNullish, type OperatorCompiler, type OperatorEntries, unary } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
import type { Expression, Scope, Value } from '../scope.ts';

function arrayToObject(value: Value): Value {
  if (isNullish(value)) return null;
  if (!Array.isArray(value))
    throw new MongoError(40386, `$arrayToObject requires an array input, found: ${bsonTypeOf(value)}`);
  const result: Document = {};
  const pairs = Array.isArray(value[0]);
  for (const element of value) {
    const [key, item] = pairs ? readPair(element) : readEntry(element);
    if (key.includes('\0')) throw new MongoError(4940400, 'Key field cannot contain an embedded null byte');
    if (item === undefined) continue;
    setField(result, key, item);
  }
  return result;
}

function readPair(element: Value): [string, Value] {
  if (!Array.isArray(element)) {
    throw new MongoError(
      40396,
      `$arrayToObject requires a consistent input format. Elements mustall be arrays or all be objects. Array was detected, now found: ${bsonTypeOf(element)}`,
    );
  }
  if (element.length !== 2) {
    throw new MongoError(
      40397,
      `$arrayToObject requires an array of size 2 arrays,found array of size: ${element.length}`,
    );
  }
  const [key, item] = element;
  if (typeof key !== 'string') {
    throw new MongoError(
      40395,
      `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${bsonTypeOf(key)}`,
    );
  }
  return [key, item];
}

function readEntry(element: Value): [string, Value] {
  if (!isDocument(element)) {
    if (Array.isArray(element)) {
      throw new MongoError(
        40391,
        `$arrayToObject requires a consistent input format. Elements mustall be arrays or all be objects. Object was detected, now found: ${bsonTypeOf(element)}`,
      );
    }
    throw new MongoError(40398, `Unrecognised input type format for $arrayToObject: ${bsonTypeOf(element)}`);
  }
  const names = Object.keys(element);
  if (names.length !== 2) {
    throw new MongoError(
      40392,
      `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys:${names.length}`,
    );
  }
  if (!names.includes('k') || !names.includes('v')) {
    throw new MongoError(40393, "$arrayToObject requires an object with keys 'k' and 'v'. Missing either or both keys");
  }
  const key = element['k'];
  if (typeof key !== 'string') {
    throw new MongoError(
      40394,
      `$arrayToObject requires an object with keys 'k' and 'v', where the value of 'k' must be of type string. Found type: ${bsonTypeOf(key)}`,
    );
  }
  return [key, element['v']];
}

function objectToArray(value: Value): Value {
  if (isNullish(value)) return null;
  if (!isDocument(value))
    throw new MongoError(40390, `$objectToArray requires a document input, found: ${bsonTypeOf(value)}`);
  return Object.keys(value).map((name) => ({ k: name, v: value[name] }));
}

/** The name of a field given to an operator: written out, or as `$literal`. */
function constantName(
  specification: unknown,
  name: string,
  codes: { path: number; variable: number; type: number },
): string {
  let value = specification;
  if (typeof value === 'string' && value.startsWith('$')) {
    const path = value.startsWith('$$') ? value : `$CURRENT.${value.slice(1)}`;
    throw new MongoError(
      codes.path,
      `'$${path}' is a field path reference which is not allowed in this context. Did you mean {$literal: '$${path}'}?`,
    );
  }
  if (
    isDocument(value) &&
    Object.keys(value).length === 1 &&
    (Object.hasOwn(value, '$literal') || Object.hasOwn(value, '$const'))
  ) {
    value = Object.values(value)[0];
  } else if (Array.isArray(value) || (isDocument(value) && Object.keys(value).length > 0)) {
    throw new MongoError(
      codes.variable,
      `${name} requires 'field' to evaluate to a constant, but got a non-constant argument`,
    );
  }
  if (typeof value !== 'string') {
    throw new MongoError(
      codes.type,
      `${name} requires 'field' to evaluate to type String, but got ${bsonTypeOf(value)}`,
    );
  }
  return value;
}

const GET_CODES = { path: 5654600, variable: 5654601, type: 5654602 };
const SET_CODES = { path: 4161108, variable: 4161106, type: 4161107 };

const compileGetField: OperatorCompiler = (argument, scope, name) => {
  let field: unknown = argument;
  let input: unknown = '$$CURRENT';
  if (isDocument(argument) && !Object.keys(argument)[0]?.startsWith('$')) {
    for (const key of Object.keys(argument)) {
      if (key !== 'field' && key !== 'input')
        throw new MongoError(3041701, `$getField found an unknown argument: ${key}`);
    }
    if (!Object.hasOwn(argument, 'field')) throw new MongoError(3041702, "$getField requires 'field' to be specified");
    if (!Object.hasOwn(argument, 'input')) throw new MongoError(3041703, "$getField requires 'input' to be specified");
    field = argument['field'];
    input = argument['input'];
  }
  parseExpression(field, scope);
  const key = constantName(field, name, GET_CODES);
  const source = parseExpression(input, scope.unfolded());
  return {
    evaluate: (frame) => {
      const value = source.evaluate(frame);
      if (value === null) return null;
      return isDocument(value) ? fieldOf(value, key) : undefined;
    },
  };
};

function setFieldExpression(argument: unknown, scope: Scope, name: string, sets: boolean): Expression {
  if (!isDocument(argument)) throw new MongoError(4161100, `${name} only supports an object as its argument`);
  const known = sets ? ['field', 'input', 'value'] : ['field', 'input'];
  for (const key of Object.keys(argument)) {
    if (!known.includes(key)) throw new MongoError(4161101, `${name} found an unknown argument: ${key}`);
  }
  const required: [string, number][] = [
    ['field', 4161102],
    ['value', 4161103],
    ['input', 4161109],
  ];
  for (const [key, code] of required) {
    if (known.includes(key) && !Object.hasOwn(argument, key)) {
      throw new MongoError(code, `${name} requires '${key}' to be specified`);
    }
  }
  parseExpression(argument['field'], scope);
  const key = constantName(argument['field'], name, SET_CODES);
  const source = parseExpression(argument['input'], scope.unfolded());
  const value = sets ? parseExpression(argument['value'], scope.unfolded()) : undefined;
  return {
    evaluate: (frame) => {
      const input = source.evaluate(frame);
      if (isNullish(input)) return null;
      if (!isDocument(input)) throw new MongoError(4161105, `${name} requires 'input' to evaluate to type Object`);
      return withField(input, key, value?.evaluate(frame));
    },
  };
}

/** A copy of a document with one field set in its place (or at the end); undefined removes it. */
export function withField(document: Document, name: string, value: Value): Document {
  const result: Document = {};
  for (const key of Object.keys(document))
    if (value !== undefined || key !== name) setField(result, key, document[key]);
  if (value !== undefined) setField(result, name, value);
  return result;
}

export const OBJECT_OPERATORS: OperatorEntries = [
  ['$arrayToObject', unary(arrayToObject)],
  ['$getField', compileGetField],
  ['$objectToArray', unary(objectToArray)],
  ['$setField', (argument, scope, name) => setFieldExpression(argument, scope, name, true)],
  ['$unsetField', (argument, scope, name) => setFieldExpression(argument, scope, name, false)],
];
