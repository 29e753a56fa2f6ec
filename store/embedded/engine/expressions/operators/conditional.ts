import { bsonTypeOf, type Document, isDocument } from '../../bson-types.ts';
import { truthy } from '../../compare.ts';
import { MongoError } from '../../mongo-error.ts';
import { isNullish, type OperatorCompiler, type OperatorEntries, parseFixed, parseOperands } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
import { checkVariableName, constantExpression, type Expression, operation, type Scope } from '../scope.ts';

const compileCond: OperatorCompiler = (argument, scope, name) => {
  const operands = isDocument(argument) ? condByName(argument, scope) : parseFixed(argument, scope, name, 3);
  const [test, yes, no] = operands as [Expression, Expression, Expression];
  return operation(scope, operands, (frame) => (truthy(test.evaluate(frame)) ? yes : no).evaluate(frame));
};

function condByName(argument: Document, scope: Scope): Expression[] {
  const parts = new Map<string, Expression>();
  for (const [field, value] of Object.entries(argument)) {
    if (!['if', 'then', 'else'].includes(field))
      throw new MongoError(17083, `Unrecognized parameter to $cond: ${field}`);
    parts.set(field, parseExpression(value, scope));
  }
  return [
    ['if', 17080],
    ['then', 17081],
    ['else', 17082],
  ].map(([part, code]) => {
    const expression = parts.get(part as string);
    if (!expression) throw new MongoError(code as number, `Missing '${part}' parameter to $cond`);
    return expression;
  });
}

const compileIfNull: OperatorCompiler = (argument, scope) => {
  const operands = parseOperands(argument, scope);
  if (operands.length < 2) {
    throw new MongoError(1257300, `$ifNull needs at least two arguments, had: ${operands.length}`);
  }
  const last = operands.length - 1;
  return operation(scope, operands, (frame) => {
    for (let i = 0; i < last; i += 1) {
      const value = operands[i]?.evaluate(frame);
      if (!isNullish(value)) return value;
    }
    return operands[last]?.evaluate(frame);
  });
};

interface Branch {
  readonly test: Expression;
  readonly result: Expression;
}

function parseBranch(specification: unknown, scope: Scope): Branch {
  if (!isDocument(specification)) {
    throw new MongoError(40062, `$switch expected each branch to be an object, found: ${bsonTypeOf(specification)}`);
  }
  for (const field of Object.keys(specification)) {
    if (field !== 'case' && field !== 'then') {
      throw new MongoError(40063, `$switch found an unknown argument to a branch: ${field}`);
    }
  }
  const test = Object.hasOwn(specification, 'case') ? parseExpression(specification['case'], scope) : undefined;
  // What a constant case rules out is never computed beforehand.
  const isDead = test?.constant !== undefined && !truthy(test.constant.value);
  const result = Object.hasOwn(specification, 'then')
    ? parseExpression(specification['then'], isDead ? scope.unfolded() : scope)
    : undefined;
  if (!test) throw new MongoError(40064, "$switch requires each branch have a 'case' expression");
  if (!result) throw new MongoError(40065, "$switch requires each branch have a 'then' expression.");
  return { test, result };
}

const compileSwitch: OperatorCompiler = (argument, scope) => {
  if (!isDocument(argument)) {
    throw new MongoError(40060, `$switch requires an object as an argument, found: ${bsonTypeOf(argument)}`);
  }
  let branches: Branch[] = [];
  let otherwise: Expression | undefined;
  for (const [field, value] of Object.entries(argument)) {
    if (field === 'branches') {
      if (!Array.isArray(value)) {
        throw new MongoError(40061, `$switch expected an array for 'branches', found: ${bsonTypeOf(value)}`);
      }
      branches = value.map((branch) => parseBranch(branch, scope));
    } else if (field === 'default') otherwise = parseExpression(value, scope);
    else throw new MongoError(40067, `$switch found an unknown argument: ${field}`);
  }
  if (branches.length === 0) throw new MongoError(40068, '$switch requires at least one branch');
  const possible = branches.filter((branch) => !(branch.test.constant && !truthy(branch.test.constant.value)));
  if (possible.length === 0) {
    if (otherwise) return otherwise;
    scope.noteFoldingError(
      new MongoError(
        40069,
        'Cannot execute a switch statement where all the cases evaluate to false without a default',
      ),
    );
  }
  const [first] = possible;
  if (first?.test.constant) return first.result;
  return {
    evaluate: (frame) => {
      for (const branch of possible) if (truthy(branch.test.evaluate(frame))) return branch.result.evaluate(frame);
      if (!otherwise) {
        throw new MongoError(
          40066,
          '$switch could not find a matching branch for an input, and no default was specified.',
        );
      }
      return otherwise.evaluate(frame);
    },
  };
};

const compileLet: OperatorCompiler = (argument, scope) => {
  if (!isDocument(argument)) throw new MongoError(16874, '$let only supports an object as its argument');
  for (const field of Object.keys(argument)) {
    if (field !== 'vars' && field !== 'in') throw new MongoError(16875, `Unrecognized parameter to $let: ${field}`);
  }
  if (!Object.hasOwn(argument, 'vars')) throw new MongoError(16876, "Missing 'vars' parameter to $let");
  if (!Object.hasOwn(argument, 'in')) throw new MongoError(16877, "Missing 'in' parameter to $let");
  const variables = argument['vars'];
  if (!isDocument(variables)) throw new MongoError(10065, 'invalid parameter: expected an object (vars)');
  const names = Object.keys(variables);
  const values = names.map((name) => {
    checkVariableName(name);
    return parseExpression(variables[name], scope);
  });
  const { scope: inner, places } = scope.with(names);
  const body = parseExpression(argument['in'], inner);
  if (body.constant) return body;
  return {
    evaluate: (frame) => {
      const computed = values.map((value) => value.evaluate(frame));
      for (let i = 0; i < places.length; i += 1) frame[places[i] as number] = computed[i];
      return body.evaluate(frame);
    },
  };
};

export const CONDITIONAL_OPERATORS: OperatorEntries = [
  ['$cond', compileCond],
  ['$const', (argument) => constantExpression(argument)],
  ['$ifNull', compileIfNull],
  ['$let', compileLet],
  ['$literal', (argument) => constantExpression(argument)],
  ['$switch', compileSwitch],
];
