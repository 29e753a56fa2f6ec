import { Int32 } from 'bson';
import { bsonTypeOf, isDocument } from '../../bson-types.ts';
import { compareStrings } from '../../compare.ts';
import { MongoError } from '../../mongo-error.ts';
import { toNumber } from '../../numbers.ts';
import { binary, fixed, isNullish, joined, type OperatorCompiler, type OperatorEntries, unary } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
import { coerceToText } from '../number-text.ts';
import { asInt32, numberKind } from '../numbers/number.ts';
import { type Expression, operation, type Value } from '../scope.ts';

function concatenate(values: Iterable<Value>): Value {
  let text = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string')
      throw new MongoError(16702, `$concat only supports strings, not ${bsonTypeOf(value)}`);
    text += value;
  }
  return text;
}

/** Only ASCII letters change, as in MongoDB. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function upper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function substringByCodePoints(values: readonly Value[]): Value {
  const text = coerceToText(values[0]);
  const start = codePointNumber(values[1], 'starting index', 34450, 34451);
  const length = codePointNumber(values[2], 'length', 34452, 34453);
  if (length < 0) throw new MongoError(34454, '$substrCP: length must be a nonnegative integer.');
  if (start < 0) throw new MongoError(34455, '$substrCP: the starting index must be nonnegative integer.');
  return Array.from(text)
    .slice(start, start + length)
    .join('');
}

function codePointNumber(value: Value, what: string, typeCode: number, rangeCode: number): number {
  if (numberKind(value) < 0) {
    throw new MongoError(typeCode, `$substrCP: ${what} must be a numeric type (is BSON type ${bsonTypeOf(value)})`);
  }
  const number = asInt32(value);
  if (number === undefined) {
    throw new MongoError(rangeCode, `$substrCP: ${what} cannot be represented as a 32-bit integral value: ${value}`);
  }
  return number;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function substringByBytes(values: readonly Value[], name: string): Value {
  const bytes = Buffer.from(coerceToText(values[0]), 'utf8');
  const numberOf = (value: Value, what: string, code: number) => {
    if (numberKind(value) < 0) {
      throw new MongoError(code, `${name}:  ${what} must be a numeric type (is BSON type ${bsonTypeOf(value)})`);
    }
    return Math.trunc(toNumber(value));
  };
  const start = numberOf(values[1], 'starting index', 16034);
  const length = numberOf(values[2], 'length', 16035);
  if (start < 0) throw new MongoError(50752, `${name}:  starting index must be non-negative (got: ${start})`);
  if (isContinuation(bytes[start])) {
    throw new MongoError(28656, `${name}:  Invalid range, starting index is a UTF-8 continuation byte.`);
  }
  const end = length < 0 ? bytes.length : Math.min(start + length, bytes.length);
  if (isContinuation(bytes[end])) {
    throw new MongoError(28657, `${name}:  Invalid range, ending index is in the middle of a UTF-8 character.`);
  }
  return bytes.toString('utf8', start, end);
}

function codePointLength(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function lengthOf(measure: (text: string) => number, code: number): OperatorCompiler {
  return unary((value, name) => {
    if (typeof value !== 'string') {
      throw new MongoError(code, `${name} requires a string argument, found: ${bsonTypeOf(value)}`);
    }
    return new Int32(measure(value));
  });
}

function compareWithoutCase(left: Value, right: Value): Value {
  return new Int32(Math.sign(compareStrings(upper(coerceToText(left)), upper(coerceToText(right)))));
}

function split(text: Value, separator: Value): Value {
  if (isNullish(text) || isNullish(separator)) return null;
  if (typeof text !== 'string') {
    throw new MongoError(
      40085,
      `$split requires an expression that evaluates to a string as a first argument, found: ${bsonTypeOf(text)}`,
    );
  }
  if (typeof separator !== 'string') {
    throw new MongoError(
      40086,
      `$split requires an expression that evaluates to a string as a second argument, found: ${bsonTypeOf(separator)}`,
    );
  }
  if (separator === '') throw new MongoError(40087, '$split requires a non-empty separator');
  return text.split(separator);
}

/** What is trimmed when nothing is named. */
const WHITE_SPACE = new Set(
  '\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
);

function trimmer(left: boolean, right: boolean): OperatorCompiler {
  return (argument, scope, name) => {
    if (!isDocument(argument)) {
      throw new MongoError(50696, `${name} only supports an object as an argument, found ${bsonTypeOf(argument)}`);
    }
    for (const field of Object.keys(argument)) {
      if (field !== 'input' && field !== 'chars') {
        throw new MongoError(50694, `${name} found an unknown argument: ${field}`);
      }
    }
    if (!Object.hasOwn(argument, 'input')) throw new MongoError(50695, `${name} requires an 'input' field`);
    const input = parseExpression(argument['input'], scope);
    const chars = Object.hasOwn(argument, 'chars') ? parseExpression(argument['chars'], scope) : undefined;
    const operands: Expression[] = chars ? [input, chars] : [input];
    return operation(scope, operands, (frame) => {
      const text = input.evaluate(frame);
      if (isNullish(text)) return null;
      if (typeof text !== 'string') {
        throw new MongoError(
          50699,
          `${name} requires its input to be a string, got ${JSON.stringify(text)} (of type ${bsonTypeOf(text)}) instead.`,
        );
      }
      if (!chars) return trim(text, WHITE_SPACE);
      const removed = chars.evaluate(frame);
      if (isNullish(removed)) return null;
      if (typeof removed !== 'string') {
        throw new MongoError(
          50700,
          `${name} requires 'chars' to be a string, got ${JSON.stringify(removed)} (of type ${bsonTypeOf(removed)}) instead.`,
        );
      }
      return trim(text, new Set(removed));
    });
  };

  function trim(text: string, removed: ReadonlySet<string>): string {
    const letters = Array.from(text);
    let start = 0;
    let end = letters.length;
    if (left) while (start < end && removed.has(letters[start] as string)) start += 1;
    if (right) while (end > start && removed.has(letters[end - 1] as string)) end -= 1;
    return letters.slice(start, end).join('');
  }
}

export const STRING_OPERATORS: OperatorEntries = [
  ['$concat', joined('adjacent', concatenate)],
  ['$ltrim', trimmer(true, false)],
  ['$rtrim', trimmer(false, true)],
  ['$split', binary(split)],
  ['$strLenBytes', lengthOf((text) => Buffer.byteLength(text, 'utf8'), 34473)],
  ['$strLenCP', lengthOf(codePointLength, 34471)],
  ['$strcasecmp', binary(compareWithoutCase)],
  ['$substr', fixed(3, substringByBytes)],
  ['$substrBytes', fixed(3, substringByBytes)],
  ['$substrCP', fixed(3, substringByCodePoints)],
  ['$toLower', unary((value) => lower(coerceToText(value)))],
  ['$toUpper', unary((value) => upper(coerceToText(value)))],
  ['$trim', trimmer(true, true)],
];
