import { type Document, isDocument, setField } from '../bson-types.ts';
import { MongoError } from '../mongo-error.ts';
import { checkFieldName, parseFieldPath, valueAtPath } from './field-path.ts';
import { OPERATORS } from './operator-table.ts';
import {
  CURRENT,
  checkVariableName,
  constantExpression,
  type Evaluate,
  type Expression,
  ROOT,
  Scope,
  type Value,
} from './scope.ts';

/** What a single expression may use besides its document. */
export interface ExpressionOptions {
  /** Values of the command's `let`. */
  readonly variables?: Readonly<Record<string, Value>>;
  /** The moment of the command, for `$$NOW`. */
  readonly now: Date;
}

/** A compiled expression as a function of the document; `undefined` means missing. */
export type CompiledExpression = (document: Document) => Value;

/**
 * Compiles an aggregation expression. Throws MongoError with MongoDB's code for everything MongoDB refuses and for every
 * operator that is not supported, before any document is looked at.
 */
export function compileExpression(specification: unknown, options: ExpressionOptions): CompiledExpression {
  const scope = Scope.create(options.variables ?? {});
  const expression = parseExpression(specification, scope);
  scope.throwFoldingError();
  const { evaluate } = expression;
  const frame = scope.frame(options.now);
  return (document) => {
    frame[ROOT] = document;
    frame[CURRENT] = document;
    return evaluate(frame);
  };
}

/** Evaluates the expressions of a command's `let`, which may not look at documents. */
export function evaluateLet(specification: Document, now: Date): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(specification)) {
    checkVariableName(name);
    if (readsDocument(value)) {
      throw new MongoError(
        4890500,
        'Command let Expression tried to access a field, but this is not allowed because Command let expressions run before the query examines any documents.',
      );
    }
    const result = compileExpression(value, { variables: values, now })({});
    if (result !== undefined) values[name] = result;
    else values[name] = null;
  }
  return values;
}

function readsDocument(specification: unknown): boolean {
  if (typeof specification === 'string') {
    return /^\$([^$]|$)/.test(specification) || /^\$\$(ROOT|CURRENT)\b/.test(specification);
  }
  if (Array.isArray(specification)) return specification.some(readsDocument);
  if (!isDocument(specification)) return false;
  if (Object.hasOwn(specification, '$literal')) return false;
  return Object.values(specification).some(readsDocument);
}

/** Parses any operand: a path, a variable, an operator, an object or array of operands, or a constant. */
export function parseExpression(specification: unknown, scope: Scope): Expression {
  if (typeof specification === 'string') {
    return specification.startsWith('$') ? parsePath(specification, scope) : constantExpression(specification);
  }
  if (Array.isArray(specification)) return parseArray(specification, scope);
  if (isDocument(specification)) return parseObject(specification, scope);
  return constantExpression(specification);
}

/** Parses an object: one operator, or named fields. */
export function parseObject(specification: Document, scope: Scope): Expression {
  const names = Object.keys(specification);
  const [first] = names;
  if (first === undefined) return constantExpression({});
  if (first.startsWith('$')) {
    if (names.length > 1) {
      throw new MongoError(
        15983,
        `An object representing an expression must have exactly one field: ${JSON.stringify(specification)}`,
      );
    }
    return parseOperator(first, specification[first], scope);
  }
  const fields = names.map((name) => {
    checkFieldName(name);
    return { name, expression: parseExpression(specification[name], scope) };
  });
  const evaluate: Evaluate = (frame) => {
    const result: Document = {};
    for (const { name, expression } of fields) {
      const value = expression.evaluate(frame);
      if (value !== undefined) setField(result, name, value);
    }
    return result;
  };
  return fields.every((field) => field.expression.constant) ? constantExpression(evaluate([])) : { evaluate };
}

/** Parses one operator with its argument. */
export function parseOperator(name: string, argument: unknown, scope: Scope): Expression {
  const compile = OPERATORS.get(name);
  if (!compile) throw new MongoError(168, `Unrecognized expression '${name}'`);
  return compile(argument, scope, name);
}

function parseArray(specification: readonly unknown[], scope: Scope): Expression {
  const elements = specification.map((element) => parseExpression(element, scope));
  const evaluate: Evaluate = (frame) => {
    const result: Value[] = [];
    for (const element of elements) result.push(element.evaluate(frame) ?? null);
    return result;
  };
  return elements.every((element) => element.constant) ? constantExpression(evaluate([])) : { evaluate };
}

function parsePath(text: string, scope: Scope): Expression {
  if (text === '$') throw new MongoError(16872, "'$' by itself is not a valid FieldPath");
  if (!text.startsWith('$$')) {
    const names = parseFieldPath(text.slice(1));
    return pathFrom(scope.placeOf('CURRENT'), names, scope);
  }
  const rest = text.slice(2);
  const dot = rest.indexOf('.');
  const variable = dot < 0 ? rest : rest.slice(0, dot);
  checkVariableName(variable, true);
  const place = scope.placeOf(variable);
  return pathFrom(place, dot < 0 ? [] : parseFieldPath(rest.slice(dot + 1)), scope);
}

function pathFrom(place: number, names: readonly string[], scope: Scope): Expression {
  const constant = scope.constantAt(place);
  if (constant) return constantExpression(valueAtPath(constant.value, names));
  const path = place === ROOT || place === CURRENT ? names.join('.') : undefined;
  if (names.length === 0) {
    if (path === undefined) return { evaluate: (frame) => frame[place] };
    return { evaluate: (frame) => withoutPlaces(frame[place]), path };
  }
  return { evaluate: (frame) => valueAtPath(frame[place], names), path };
}

/** A document read as a whole: fields that are missing but keep their place in the pipeline are left out. */
export function withoutPlaces(value: Value): Value {
  if (!isDocument(value)) return value;
  for (const name of Object.keys(value)) {
    if (value[name] !== undefined) continue;
    const result: Document = {};
    for (const [key, field] of Object.entries(value)) if (field !== undefined) setField(result, key, field);
    return result;
  }
  return value;
}
