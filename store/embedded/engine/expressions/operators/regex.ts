import { Int32 } from 'bson';
import { bsonTypeOf, isDocument } from '../../bson-types.ts';
import { regexParts } from '../../compare.ts';
import { compileRegex } from '../../filter/regex.ts';
import { MongoError } from '../../mongo-error.ts';
import { isNullish, type OperatorCompiler, type OperatorEntries } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
import type { Frame, Scope, Value } from '../scope.ts';

/** A pattern ready to search with; undefined where the pattern is null or missing. */
function patternOf(regex: Value, options: Value, name: string): RegExp | undefined {
  if (!isNullish(options) && typeof options !== 'string') {
    throw new MongoError(51106, `${name} needs 'options' to be of type string`);
  }
  let pattern: string;
  let flags = typeof options === 'string' ? options : '';
  if (isNullish(regex)) {
    checkFlags(flags, name);
    return undefined;
  }
  if (typeof regex === 'string') pattern = regex;
  else if (bsonTypeOf(regex) === 'regex') {
    const parts = regexParts(regex);
    pattern = parts.pattern;
    if (parts.options !== '' && typeof options === 'string') {
      throw new MongoError(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
    }
    flags = parts.options || flags;
  } else throw new MongoError(51105, `${name} needs 'regex' to be of type string or regex`);
  if (pattern.includes('\0')) {
    throw new MongoError(51109, `${name}: regular expression cannot contain an embedded null byte`);
  }
  checkFlags(flags, name);
  try {
    const { compiled } = compileRegex(pattern, flags);
    return new RegExp(compiled.source, compiled.flags.includes('g') ? compiled.flags : `${compiled.flags}g`);
  } catch (error) {
    if (!(error instanceof MongoError)) throw error;
    throw new MongoError(51111, `Invalid Regex in ${name}: ${error.message}`);
  }
}

function checkFlags(flags: string, name: string): void {
  for (const flag of flags) {
    if (!'imsx'.includes(flag)) throw new MongoError(51108, `${name} invalid flag in regex options: ${flag}`);
  }
}

interface Search {
  readonly text: string;
  readonly pattern: RegExp;
}

/** The parts of a search; `answer` gets undefined where text or pattern are null or missing. */
function searching(answer: (search: Search | undefined) => Value): OperatorCompiler {
  return (argument, scope, name) => {
    const { input, regex, options } = parseParts(argument, scope, name);
    const known = regex.constant && (!options || options.constant);
    let fixed: { pattern: RegExp | undefined } | undefined;
    if (known) {
      try {
        fixed = { pattern: patternOf(regex.constant?.value, options?.constant?.value, name) };
      } catch (error) {
        scope.noteFoldingError(error);
      }
    }
    // Even of constants it is computed only when a document comes.
    const evaluate = (frame: Frame): Value => {
      const text = input.evaluate(frame);
      const pattern = fixed ? fixed.pattern : patternOf(regex.evaluate(frame), options?.evaluate(frame), name);
      if (!isNullish(text) && typeof text !== 'string') {
        throw new MongoError(51104, `${name} needs 'input' to be of type string`);
      }
      return answer(isNullish(text) || !pattern ? undefined : { text, pattern });
    };
    return { evaluate };
  };
}

function parseParts(argument: unknown, scope: Scope, name: string) {
  if (!isDocument(argument)) {
    throw new MongoError(51103, `${name} expects an object of named arguments but found: ${bsonTypeOf(argument)}`);
  }
  for (const field of Object.keys(argument)) {
    if (!['input', 'regex', 'options'].includes(field)) {
      throw new MongoError(31024, `${name} found an unknown argument: ${field}`);
    }
  }
  if (!Object.hasOwn(argument, 'input')) throw new MongoError(31022, `${name} requires 'input' parameter`);
  if (!Object.hasOwn(argument, 'regex')) throw new MongoError(31023, `${name} requires 'regex' parameter`);
  return {
    input: parseExpression(argument['input'], scope),
    regex: parseExpression(argument['regex'], scope),
    options: Object.hasOwn(argument, 'options') ? parseExpression(argument['options'], scope) : undefined,
  };
}

function codePointsBefore(text: string, at: number): number {
  let count = 0;
  for (let i = 0; i < at; count += 1) i += (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
  return count;
}

function describeMatch(text: string, match: RegExpExecArray): Value {
  return {
    match: match[0],
    idx: new Int32(codePointsBefore(text, match.index)),
    captures: match.slice(1).map((capture) => capture ?? null),
  };
}

function findFirst(search: Search | undefined): Value {
  if (!search) return null;
  search.pattern.lastIndex = 0;
  const match = search.pattern.exec(search.text);
  return match ? describeMatch(search.text, match) : null;
}

function findAll(search: Search | undefined): Value {
  if (!search) return [];
  const { text, pattern } = search;
  const found: Value[] = [];
  let at = 0;
  // An empty match moves on by one character; none is looked for at the very end, except in an empty text.
  do {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) break;
    found.push(describeMatch(text, match));
    at = match.index + match[0].length;
    if (match[0] === '') at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  } while (at < text.length);
  return found;
}

function matches(search: Search | undefined): Value {
  if (!search) return false;
  search.pattern.lastIndex = 0;
  return search.pattern.test(search.text);
}

export const REGEX_OPERATORS: OperatorEntries = [
  ['$regexFind', searching(findFirst)],
  ['$regexFindAll', searching(findAll)],
  ['$regexMatch', searching(matches)],
];
