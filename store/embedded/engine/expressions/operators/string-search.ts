import { Int32 } from 'bson';
import { bsonTypeOf, isDocument } from '../../bson-types.ts';
import { MongoError } from '../../mongo-error.ts';
import { isNullish, type OperatorCompiler, type OperatorEntries, ranged } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
import type { Value } from '../scope.ts';
import { searchBound } from './arrays.ts';

function checkTexts(text: Value, wanted: Value, name: string, codes: readonly [number, number]): [string, string] {
  if (typeof text !== 'string') {
    throw new MongoError(codes[0], `${name} requires a string as the first argument, found: ${bsonTypeOf(text)}`);
  }
  if (typeof wanted !== 'string') {
    throw new MongoError(codes[1], `${name} requires a string as the second argument, found: ${bsonTypeOf(wanted)}`);
  }
  return [text, wanted];
}

function bounds(values: readonly Value[], name: string, length: number): [number, number] {
  const start = values.length > 2 ? searchBound(values[2], name, 'starting') : 0;
  const end = values.length > 3 ? Math.min(searchBound(values[3], name, 'ending'), length) : length;
  return [start, end];
}

function indexByCodePoints(values: Value[], name: string): Value {
  if (isNullish(values[0])) return null;
  const [text, wanted] = checkTexts(values[0], values[1], name, [40093, 40094]);
  const letters = Array.from(text);
  const sought = Array.from(wanted);
  const [start, end] = bounds(values, name, letters.length);
  if (letters.length === 0 && sought.length === 0 && start === 0 && end === 0) return new Int32(0);
  // The end bounds where a match may begin, not where it ends.
  for (let i = start; i < end; i += 1) {
    if (sought.every((letter, j) => letters[i + j] === letter)) return new Int32(i);
  }
  return new Int32(-1);
}

function indexByBytes(values: Value[], name: string): Value {
  if (isNullish(values[0])) return null;
  const [text, wanted] = checkTexts(values[0], values[1], name, [40091, 40092]);
  const bytes = Buffer.from(text, 'utf8');
  const [start, end] = bounds(values, name, bytes.length);
  if (start > bytes.length || end < start) return new Int32(-1);
  return new Int32(bytes.subarray(0, end).indexOf(Buffer.from(wanted, 'utf8'), start));
}

/** The text of each part of `$replaceOne` and `$replaceAll`; null when a part is null or missing. */
function replacer(replace: (text: string, find: string, replacement: string) => string): OperatorCompiler {
  return (argument, scope, name) => {
    if (!isDocument(argument)) {
      throw new MongoError(51751, `${name} requires an object as an argument, found: ${bsonTypeOf(argument)}`);
    }
    for (const field of Object.keys(argument)) {
      if (!['input', 'find', 'replacement'].includes(field)) {
        throw new MongoError(51750, `${name} found an unknown argument: ${field}`);
      }
    }
    const part = (field: string, missing: number) => {
      if (!Object.hasOwn(argument, field)) throw new MongoError(missing, `${name} requires '${field}' to be specified`);
      return parseExpression(argument[field], scope);
    };
    const input = part('input', 51749);
    const find = part('find', 51748);
    const replacement = part('replacement', 51747);
    return {
      evaluate: (frame) => {
        const values = [input.evaluate(frame), find.evaluate(frame), replacement.evaluate(frame)];
        const names = ['input', 'find', 'replacement'];
        for (const [i, value] of values.entries()) {
          if (typeof value !== 'string' && !isNullish(value)) {
            throw new MongoError(
              51746 - i,
              `${name} requires that '${names[i]}' be a string, found: ${JSON.stringify(value)}`,
            );
          }
        }
        const [text, wanted, other] = values;
        if (typeof text !== 'string' || typeof wanted !== 'string' || typeof other !== 'string') return null;
        return replace(text, wanted, other);
      },
    };
  };
}

function replaceFirst(text: string, find: string, replacement: string): string {
  const at = text.indexOf(find);
  return at < 0 ? text : text.slice(0, at) + replacement + text.slice(at + find.length);
}

function replaceEvery(text: string, find: string, replacement: string): string {
  if (find === '')
    return (
      replacement +
      Array.from(text)
        .map((letter) => letter + replacement)
        .join('')
    );
  return text.split(find).join(replacement);
}

export const STRING_SEARCH_OPERATORS: OperatorEntries = [
  ['$indexOfBytes', ranged(2, 4, indexByBytes)],
  ['$indexOfCP', ranged(2, 4, indexByCodePoints)],
  ['$replaceAll', replacer(replaceEvery)],
  ['$replaceOne', replacer(replaceFirst)],
];
