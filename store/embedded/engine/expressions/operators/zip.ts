import { bsonTypeOf, isDocument } from '../../bson-types.ts';
import { MongoError } from '../../mongo-error.ts';
import { isNullish, type OperatorCompiler, type OperatorEntries } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
import type { Expression, Value } from '../scope.ts';

const compileZip: OperatorCompiler = (argument, scope) => {
  if (!isDocument(argument)) {
    throw new MongoError(34460, `$zip only supports an object as an argument, found ${bsonTypeOf(argument)}`);
  }
  let inputs: Expression[] = [];
  let defaults: Expression[] = [];
  let longest = false;
  for (const [field, value] of Object.entries(argument)) {
    if (field === 'inputs') {
      if (!Array.isArray(value)) {
        throw new MongoError(34461, `inputs must be an array of expressions, found ${bsonTypeOf(value)}`);
      }
      inputs = value.map((input) => parseExpression(input, scope));
    } else if (field === 'defaults') {
      if (!Array.isArray(value)) {
        throw new MongoError(34462, `defaults must be an array of expressions, found ${bsonTypeOf(value)}`);
      }
      defaults = value.map((input) => parseExpression(input, scope));
    } else if (field === 'useLongestLength') {
      if (typeof value !== 'boolean') throw new MongoError(34463, 'useLongestLength must be a bool, found object');
      longest = value;
    } else throw new MongoError(34464, `$zip found an unknown argument: ${field}`);
  }
  if (inputs.length === 0) throw new MongoError(34465, '$zip requires at least one input array');
  if (defaults.length > 0 && !longest) {
    throw new MongoError(34466, 'cannot specify defaults unless useLongestLength is true');
  }
  if (defaults.length > 0 && defaults.length !== inputs.length) {
    throw new MongoError(34467, 'defaults and inputs must have the same length');
  }
  return {
    evaluate: (frame) => {
      const arrays: Value[][] = [];
      for (const input of inputs) {
        const value = input.evaluate(frame);
        if (isNullish(value)) return null;
        if (!Array.isArray(value)) {
          throw new MongoError(34468, `$zip found a non-array expression in input: ${JSON.stringify(value)}`);
        }
        arrays.push(value);
      }
      const fillers = inputs.map((_, i) => defaults[i]?.evaluate(frame) ?? null);
      const lengths = arrays.map((array) => array.length);
      const length = longest ? Math.max(...lengths) : Math.min(...lengths);
      return Array.from({ length }, (_, row) =>
        arrays.map((array, i) => (row < array.length ? array[row] : fillers[i])),
      );
    },
  };
};

export const ZIP_OPERATORS: OperatorEntries = [['$zip', compileZip]];
