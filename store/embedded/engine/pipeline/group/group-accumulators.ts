import { type Document, isDocument } from '../../bson-types.ts';
import { compareValues } from '../../compare.ts';
import { parseExpression } from '../../expressions/compile-expression.ts';
import { plainValueAt } from '../../expressions/field-path.ts';
import { countOf, Extremes, parseCounted } from '../../expressions/operators/array-iteration.ts';
import { constantExpression, type Expression, type Frame, type Value } from '../../expressions/scope.ts';
import { describeValue } from '../../filter/describe-value.ts';
import { MongoError } from '../../mongo-error.ts';
import { type CompiledSort, compileSort } from '../../sort.ts';
import { evaluateFor, type StageContext } from '../stage.ts';
import { type AccumulatorKind, countValue, createAccumulator } from './accumulators.ts';

/** What one field of a group gathers. */
export interface GroupState {
  add(document: Document, frame: Frame): void;
  result(): Value;
}

/** A field of a group, ready to start gathering. */
export interface GroupField {
  readonly name: string;
  /** Starts a group; `key` is the group's `_id`, which `n` may depend on. */
  start(key: Value, frame: Frame): GroupState;
}

const SIMPLE: ReadonlySet<string> = new Set([
  '$addToSet',
  '$avg',
  '$first',
  '$last',
  '$max',
  '$mergeObjects',
  '$min',
  '$push',
  '$stdDevPop',
  '$stdDevSamp',
  '$sum',
]);

/** Operators of expressions that are no accumulators are told apart from unknown ones only by their operands. */
export function parseGroupField(
  name: string,
  specification: unknown,
  context: StageContext,
  keepsLastEqual = false,
): GroupField {
  if (!isDocument(specification)) throw notAccumulator(name);
  const names = Object.keys(specification);
  const [operator] = names;
  if (operator === undefined) throw notAccumulator(name);
  if (name.includes('.')) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$')) throw new MongoError(40236, `The field name '${name}' cannot be an operator name`);
  if (names.length !== 1) throw new MongoError(40238, `The field '${name}' must specify one accumulator`);
  if (!operator.startsWith('$')) throw notAccumulator(name);
  const start = parseAccumulator(operator, specification[operator], context, keepsLastEqual);
  return { name, start };
}

function notAccumulator(name: string): MongoError {
  return new MongoError(40234, `The field '${name}' must be an accumulator object`);
}

function parseAccumulator(
  operator: string,
  argument: unknown,
  context: StageContext,
  keepsLastEqual: boolean,
): GroupField['start'] {
  if (SIMPLE.has(operator)) {
    if (Array.isArray(argument)) throw new MongoError(40237, `The ${operator} accumulator is a unary operator`);
    return simple(operator as AccumulatorKind, parseExpression(argument, context.scope), keepsLastEqual);
  }
  switch (operator) {
    case '$count':
      if (!isDocument(argument) || Object.keys(argument).length > 0) {
        throw new MongoError(14, '$count takes no arguments, i.e. $count:{}');
      }
      return counting;
    case '$firstN':
    case '$lastN':
    case '$maxN':
    case '$minN': {
      const fields = parseCounted(argument, operator, 'input');
      return counted(operator, parseCount(fields.n, context), parseExpression(fields.input, context.scope));
    }
    case '$top':
    case '$bottom':
    case '$topN':
    case '$bottomN':
      return parseSorted(operator, argument, context);
    default:
      if (Array.isArray(argument)) throw new MongoError(40237, `The ${operator} accumulator is a unary operator`);
      throw new MongoError(15952, `unknown group operator '${operator}'`);
  }
}

/** `n` may look at the group's `_id` only, which it sees as the whole document. */
function parseCount(specification: unknown, context: StageContext): Expression {
  return parseExpression(specification, context.scope);
}

function simple(kind: AccumulatorKind, expression: Expression, keepsLastEqual: boolean): GroupField['start'] {
  return () => {
    const accumulator = createAccumulator(kind, keepsLastEqual);
    return {
      add: (document, frame) => accumulator.add(evaluateFor(expression, document, frame)),
      result: () => accumulator.result(),
    };
  };
}

function counting(): GroupState {
  let count = 0;
  return {
    add: () => {
      count += 1;
    },
    result: () => countValue(count),
  };
}

function countFrom(n: Expression, key: Value, frame: Frame): number {
  return countOf(evaluateFor(n, isDocument(key) ? key : {}, frame));
}

function counted(operator: string, n: Expression, input: Expression): GroupField['start'] {
  if (operator === '$maxN' || operator === '$minN') {
    return (key, frame) => {
      const kept = new Extremes(countFrom(n, key, frame), operator === '$maxN' ? -1 : 1);
      return {
        add: (document, inner) => kept.add(evaluateFor(input, document, inner)),
        result: () => kept.result(),
      };
    };
  }
  return (key, frame) => {
    const count = countFrom(n, key, frame);
    let values: Value[] = [];
    return {
      add: (document, inner) => {
        if (operator === '$firstN' && values.length >= count) return;
        values.push(evaluateFor(input, document, inner) ?? null);
        if (values.length > count * 2 + 16) values = values.slice(-count);
      },
      result: () => (operator === '$firstN' ? values : values.slice(-count)),
    };
  };
}

function parseSorted(operator: string, argument: unknown, context: StageContext): GroupField['start'] {
  const many = operator.endsWith('N');
  if (!isDocument(argument)) {
    throw new MongoError(5788001, `specification must be an object; found ${operator}: ${describeValue(argument)}`);
  }
  for (const field of Object.keys(argument)) {
    if (field !== 'output' && field !== 'sortBy' && !(many && field === 'n')) {
      throw new MongoError(5788002, `Unknown argument to ${operator} '${field}'`);
    }
  }
  if (Object.hasOwn(argument, 'sortBy') && !isDocument(argument['sortBy'])) {
    throw new MongoError(10065, 'invalid parameter: expected an object (sortBy)');
  }
  const missing = (field: string, code: number) => {
    if (!Object.hasOwn(argument, field)) throw new MongoError(code, `Missing value for '${field}'`);
  };
  if (many) missing('n', 5788003);
  missing('output', 5788004);
  missing('sortBy', 5788005);
  const sort = compileSort(argument['sortBy']);
  const output = parseExpression(argument['output'], context.scope);
  const n = many ? parseCount(argument['n'], context) : constantExpression(undefined);
  return sorted(operator, sort, output, n, many);
}

/** What `$top` and `$bottom` order by: whole arrays, empty ones before everything, missing as null. */
function orderOf(sort: CompiledSort): {
  keyOf(document: Document): readonly Value[];
  compare(left: readonly Value[], right: readonly Value[]): number;
} {
  const parts = sort.parts.map(({ path, direction }) => ({ path: path.split('.'), direction }));
  return {
    keyOf: (document) =>
      parts.map(({ path }) => {
        const value = plainValueAt(document, path) ?? null;
        return Array.isArray(value) && value.length === 0 ? undefined : value;
      }),
    compare: (left, right) => {
      for (const [i, { direction }] of parts.entries()) {
        const order = compareValues(left[i], right[i]) * direction;
        if (order !== 0) return order;
      }
      return 0;
    },
  };
}

function sorted(
  operator: string,
  sort: CompiledSort,
  output: Expression,
  n: Expression,
  many: boolean,
): GroupField['start'] {
  const isTop = operator.startsWith('$top');
  const order = orderOf(sort);
  return (key, frame) => {
    const count = many ? countFrom(n, key, frame) : 1;
    const rows: { key: readonly Value[]; value: Value }[] = [];
    return {
      add: (document, inner) => {
        const value = evaluateFor(output, document, inner) ?? null;
        const own = order.keyOf(document);
        if (rows.length >= count) {
          // Of equal ones those that came first stay.
          const worst = isTop ? rows[rows.length - 1] : rows[0];
          const against = worst ? order.compare(own, worst.key) : 0;
          if (isTop ? against >= 0 : against <= 0) return;
          if (isTop) rows.pop();
          else rows.shift();
        }
        let at = rows.length;
        while (at > 0 && order.compare(rows[at - 1]?.key ?? own, own) > 0) at -= 1;
        rows.splice(at, 0, { key: own, value });
      },
      result: () => (many ? rows.map((row) => row.value) : (rows[0]?.value ?? null)),
    };
  };
}

/** True when MongoDB's newer engine knows all accumulators of a group; it answers the last of equal values. */
export function isForNewerEngine(specifications: readonly unknown[]): boolean {
  return specifications.every((specification) => {
    const operator = isDocument(specification) ? (Object.keys(specification)[0] ?? '') : '';
    return SIMPLE.has(operator) || operator === '$count';
  });
}
