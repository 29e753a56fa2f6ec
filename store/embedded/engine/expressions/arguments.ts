import { bsonTypeOf, isDocument } from '../bson-types.ts';
import { MongoError } from '../mongo-error.ts';
import { parseExpression } from './compile-expression.ts';
import { type Expression, type Joining, joinedOperation, operation, type Scope, type Value } from './scope.ts';

/** Compiles one operator: its argument as written, the scope, and the name it was called by. */
export type OperatorCompiler = (argument: unknown, scope: Scope, name: string) => Expression;

/** Operators by name. */
export type OperatorEntries = readonly (readonly [string, OperatorCompiler])[];

/** The operands of an operator that takes a list; a single operand needs no brackets. */
export function parseOperands(argument: unknown, scope: Scope): Expression[] {
  const list = Array.isArray(argument) ? argument : [argument];
  return list.map((operand) => parseExpression(operand, scope));
}

/** Exactly `count` operands. */
export function parseFixed(argument: unknown, scope: Scope, name: string, count: number): Expression[] {
  const operands = parseOperands(argument, scope);
  if (operands.length !== count) {
    throw new MongoError(
      16020,
      `Expression ${name} takes exactly ${count} arguments. ${operands.length} were passed in.`,
    );
  }
  return operands;
}

/** Between `least` and `most` operands. */
export function parseRanged(argument: unknown, scope: Scope, name: string, least: number, most: number): Expression[] {
  const operands = parseOperands(argument, scope);
  if (operands.length < least || operands.length > most) {
    throw new MongoError(
      28667,
      `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${operands.length} were passed in.`,
    );
  }
  return operands;
}

/** An operator of one operand. */
export function unary(compute: (value: Value, name: string) => Value): OperatorCompiler {
  return (argument, scope, name) => {
    const [operand] = parseFixed(argument, scope, name, 1) as [Expression];
    const { evaluate } = operand;
    return operation(scope, [operand], (frame) => compute(evaluate(frame), name));
  };
}

/** An operator of two operands. */
export function binary(compute: (left: Value, right: Value, name: string) => Value): OperatorCompiler {
  return (argument, scope, name) => {
    const operands = parseFixed(argument, scope, name, 2) as [Expression, Expression];
    const [left, right] = operands;
    return operation(scope, operands, (frame) => compute(left.evaluate(frame), right.evaluate(frame), name));
  };
}

/** An operator of two operands of which MongoDB evaluates the second first; seen when both fail. */
export function binaryRightFirst(compute: (left: Value, right: Value) => Value): OperatorCompiler {
  return (argument, scope, name) => {
    const operands = parseFixed(argument, scope, name, 2) as [Expression, Expression];
    const [left, right] = operands;
    return operation(scope, operands, (frame) => {
      const second = right.evaluate(frame);
      return compute(left.evaluate(frame), second);
    });
  };
}

/** An operator of any number of operands, all of which are evaluated. */
export function variadic(compute: (values: Value[], name: string) => Value): OperatorCompiler {
  return (argument, scope, name) => {
    const operands = parseOperands(argument, scope);
    return operation(scope, operands, (frame) =>
      compute(
        operands.map((operand) => operand.evaluate(frame)),
        name,
      ),
    );
  };
}

/** An operator of exactly so many operands. */
export function fixed(count: number, compute: (values: Value[], name: string) => Value): OperatorCompiler {
  return (argument, scope, name) => {
    const operands = parseFixed(argument, scope, name, count);
    return operation(scope, operands, (frame) =>
      compute(
        operands.map((operand) => operand.evaluate(frame)),
        name,
      ),
    );
  };
}

/** An operator of any number of operands that may be joined step by step. */
export function joined(joining: Joining, compute: (values: Iterable<Value>, name: string) => Value): OperatorCompiler {
  return (argument, scope, name) =>
    joinedOperation(scope, name, parseOperands(argument, scope), joining, (values) => compute(values, name));
}

/** An operator of a range of operands; `compute` gets as many values as were written. */
export function ranged(
  least: number,
  most: number,
  compute: (values: Value[], name: string) => Value,
): OperatorCompiler {
  return (argument, scope, name) => {
    const operands = parseRanged(argument, scope, name, least, most);
    return operation(scope, operands, (frame) =>
      compute(
        operands.map((operand) => operand.evaluate(frame)),
        name,
      ),
    );
  };
}

/** The codes with which an operator refuses what it was given by name; fields not named here are unknown. */
export interface NamedErrors {
  /** The argument is no object. */
  readonly shape: number;
  /** A field that the operator does not know. */
  readonly unknown: number;
}

/** The named arguments of an operator; fields not in `known` are refused. */
export function namedArguments(
  argument: unknown,
  name: string,
  known: readonly string[],
  errors: NamedErrors,
): Map<string, unknown> {
  if (!isDocument(argument)) {
    throw new MongoError(errors.shape, `${name} only supports an object as its argument, not ${bsonTypeOf(argument)}`);
  }
  const given = new Map<string, unknown>();
  for (const [field, value] of Object.entries(argument)) {
    if (!known.includes(field)) throw new MongoError(errors.unknown, `Unrecognized argument to ${name}: ${field}`);
    given.set(field, value);
  }
  return given;
}

/** null, missing and undefined answer null in most operators. */
export function isNullish(value: Value): value is null | undefined {
  return value === null || value === undefined;
}
