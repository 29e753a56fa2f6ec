import { bsonTypeOf, type Document, isDocument } from '../../bson-types.ts';
import { compareValues, truthy } from '../../compare.ts';
import { MongoError } from '../../mongo-error.ts';
import { toNumber } from '../../numbers.ts';
import { compileSort } from '../../sort.ts';
import { isNullish, type OperatorCompiler, type OperatorEntries } from '../arguments.ts';
import { parseExpression } from '../compile-expression.ts';
import { plainValueAt } from '../field-path.ts';
import { asInt32, asInt64, numberKind } from '../numbers/number.ts';
import { checkVariableName, type Expression, type Frame, type Scope, type Value } from '../scope.ts';

/** The fields of an operator's object, refusing unknown ones. */
function fieldsOf(
  argument: Document,
  known: readonly string[],
  refuse: (field: string) => MongoError,
): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [field, value] of Object.entries(argument)) {
    if (!known.includes(field)) throw refuse(field);
    fields.set(field, value);
  }
  return fields;
}

function loopVariable(fields: ReadonlyMap<string, unknown>, scope: Scope): { scope: Scope; place: number } {
  let name = 'this';
  if (fields.has('as')) {
    const as = fields.get('as');
    name = typeof as === 'string' ? as : '';
    checkVariableName(name);
  }
  const { scope: inner, places } = scope.with([name]);
  return { scope: inner, place: places[0] as number };
}

const compileMap: OperatorCompiler = (argument, scope) => {
  if (!isDocument(argument)) throw new MongoError(16878, '$map only supports an object as its argument');
  const fields = fieldsOf(
    argument,
    ['input', 'as', 'in'],
    (field) => new MongoError(16879, `Unrecognized parameter to $map: ${field}`),
  );
  if (!fields.has('input')) throw new MongoError(16880, "Missing 'input' parameter to $map");
  if (!fields.has('in')) throw new MongoError(16882, "Missing 'in' parameter to $map");
  const input = parseExpression(fields.get('input'), scope);
  const { scope: inner, place } = loopVariable(fields, scope);
  const body = parseExpression(fields.get('in'), inner);
  return {
    evaluate: (frame) => {
      const array = input.evaluate(frame);
      if (isNullish(array)) return null;
      if (!Array.isArray(array)) throw new MongoError(16883, `input to $map must be an array not ${bsonTypeOf(array)}`);
      return array.map((element) => {
        frame[place] = element;
        return body.evaluate(frame) ?? null;
      });
    },
  };
};

function filterLimit(limit: Expression | undefined, frame: Frame): number {
  const value = limit?.evaluate(frame);
  if (isNullish(value)) return Number.POSITIVE_INFINITY;
  const count = asInt32(value);
  if (count === undefined) {
    throw new MongoError(
      327391,
      `$filter: limit must be represented as a 32-bit integral value: ${JSON.stringify(value)}`,
    );
  }
  if (count <= 0) throw new MongoError(327392, `$filter: limit must be greater than 0: ${count}`);
  return count;
}

const compileFilterArray: OperatorCompiler = (argument, scope) => {
  if (!isDocument(argument)) throw new MongoError(28646, '$filter only supports an object as its argument');
  const fields = fieldsOf(
    argument,
    ['input', 'as', 'cond', 'limit'],
    (field) => new MongoError(28647, `Unrecognized parameter to $filter: ${field}`),
  );
  if (!fields.has('input')) throw new MongoError(28648, "Missing 'input' parameter to $filter");
  if (!fields.has('cond')) throw new MongoError(28650, "Missing 'cond' parameter to $filter");
  const input = parseExpression(fields.get('input'), scope);
  const { scope: inner, place } = loopVariable(fields, scope);
  const test = parseExpression(fields.get('cond'), inner);
  const limit = fields.has('limit') ? parseExpression(fields.get('limit'), scope) : undefined;
  return {
    evaluate: (frame) => {
      const array = input.evaluate(frame);
      if (isNullish(array)) return null;
      if (!Array.isArray(array)) {
        throw new MongoError(28651, `input to $filter must be an array not ${bsonTypeOf(array)}`);
      }
      const most = filterLimit(limit, frame);
      const kept: Value[] = [];
      for (const element of array) {
        frame[place] = element;
        if (truthy(test.evaluate(frame)) && kept.push(element) >= most) break;
      }
      return kept;
    },
  };
};

const compileReduce: OperatorCompiler = (argument, scope) => {
  if (!isDocument(argument)) {
    throw new MongoError(40075, `$reduce requires an object as an argument, found: ${bsonTypeOf(argument)}`);
  }
  const fields = fieldsOf(
    argument,
    ['input', 'initialValue', 'in'],
    (field) => new MongoError(40076, `$reduce found an unknown argument: ${field}`),
  );
  const missing = (field: string, code: number) => new MongoError(code, `$reduce requires '${field}' to be specified`);
  if (!fields.has('input')) throw missing('input', 40077);
  if (!fields.has('initialValue')) throw missing('initialValue', 40078);
  if (!fields.has('in')) throw missing('in', 40079);
  const input = parseExpression(fields.get('input'), scope);
  const initial = parseExpression(fields.get('initialValue'), scope);
  const { scope: inner, places } = scope.with(['this', 'value']);
  const [thisPlace, valuePlace] = places as [number, number];
  const body = parseExpression(fields.get('in'), inner);
  return {
    evaluate: (frame) => {
      const array = input.evaluate(frame);
      if (isNullish(array)) return null;
      if (!Array.isArray(array)) {
        throw new MongoError(40080, `$reduce requires that 'input' be an array, found: ${JSON.stringify(array)}`);
      }
      let value = initial.evaluate(frame);
      for (const element of array) {
        frame[thisPlace] = element;
        frame[valuePlace] = value;
        value = body.evaluate(frame);
      }
      return value;
    },
  };
};

/** The `n` of operators that keep the first, last, greatest or least n values. */
export function countOf(value: Value): number {
  if (numberKind(value) < 0) {
    throw new MongoError(
      5787902,
      `Value for 'n' must be of integral type, but found ${JSON.stringify(value) ?? 'MISSING'}`,
    );
  }
  if (Math.abs(toNumber(value)) >= 2 ** 63) {
    throw new MongoError(31109, `Can't coerce out of range value ${toNumber(value)} to long`);
  }
  const count = asInt64(value);
  if (count === undefined) {
    throw new MongoError(5787903, `Value for 'n' must be of integral type, but found ${toNumber(value)}`);
  }
  if (count <= 0n) throw new MongoError(5787908, `'n' must be greater than 0, found ${count}`);
  return Number(count);
}

/** `n` and `input` (for other operators: `output`) of an operator that keeps n values. */
export function parseCounted(
  argument: unknown,
  name: string,
  what: 'input' | 'output',
): { n: unknown; input: unknown } {
  if (!isDocument(argument)) {
    throw new MongoError(5787801, `specification must be an object; found ${name}: ${JSON.stringify(argument)}`);
  }
  const fields = fieldsOf(
    argument,
    ['n', what],
    (field) => new MongoError(5787901, `Unknown argument for 'n' operator: ${field}`),
  );
  if (!fields.has('n')) throw new MongoError(5787906, "Missing value for 'n'");
  if (!fields.has(what)) throw new MongoError(5787907, `Missing value for '${what}'`);
  return { n: fields.get('n'), input: fields.get(what) };
}

/** Keeps the greatest (direction -1) or least (1) `n` values that are not null; of equal ones those that came first. */
export class Extremes {
  readonly #n: number;
  readonly #direction: 1 | -1;
  /** In ascending order, equal ones as they came. */
  readonly #kept: Value[] = [];

  constructor(n: number, direction: 1 | -1) {
    this.#n = n;
    this.#direction = direction;
  }

  add(value: Value): void {
    if (isNullish(value)) return;
    const kept = this.#kept;
    if (kept.length >= this.#n) {
      const worst = this.#direction === 1 ? kept[kept.length - 1] : kept[0];
      if (compareValues(value, worst) * this.#direction >= 0) return;
      if (this.#direction === 1) kept.pop();
      else kept.shift();
    }
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareValues(kept[middle], value) <= 0) low = middle + 1;
      else high = middle;
    }
    kept.splice(low, 0, value);
  }

  /** Best first. */
  result(): Value[] {
    return this.#direction === 1 ? [...this.#kept] : this.#kept.toReversed();
  }
}

function extremes(values: readonly Value[], n: number, direction: 1 | -1): Value[] {
  const kept = new Extremes(n, direction);
  for (const value of values) kept.add(value);
  return kept.result();
}

function countedOperator(pick: (array: readonly Value[], n: number) => Value[]): OperatorCompiler {
  return (argument, scope, name) => {
    const fields = parseCounted(argument, name, 'input');
    const n = parseExpression(fields.n, scope.unfolded());
    const input = parseExpression(fields.input, scope.unfolded());
    return {
      evaluate: (frame) => {
        const count = countOf(n.evaluate(frame));
        const array = input.evaluate(frame);
        if (!Array.isArray(array)) throw new MongoError(5788200, 'Input must be an array');
        return pick(array, count);
      },
    };
  };
}

function elementOrder(sortBy: unknown): (left: Value, right: Value) => number {
  if (isDocument(sortBy)) {
    if (Object.keys(sortBy).length === 0) {
      throw new MongoError(2942505, 'BadValue: The sort pattern is empty when it should be a set of fields.');
    }
    try {
      const parts = compileSort(sortBy).parts.map(({ path, direction }) => ({ path: path.split('.'), direction }));
      return (left, right) => {
        for (const { path, direction } of parts) {
          const order = compareValues(plainValueAt(left, path) ?? null, plainValueAt(right, path) ?? null);
          if (order !== 0) return order * direction;
        }
        return 0;
      };
    } catch (error) {
      throw new MongoError(2942505, `BadValue: ${error instanceof Error ? error.message : error}`);
    }
  }
  if (numberKind(sortBy) < 0) {
    throw new MongoError(
      2942507,
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  }
  const direction = toNumber(sortBy);
  if (direction !== 1 && direction !== -1) {
    throw new MongoError(2942506, 'The $sort element value must be either 1 or -1');
  }
  return (left, right) => direction * compareValues(left, right);
}

const compileSortArray: OperatorCompiler = (argument, scope) => {
  if (!isDocument(argument)) {
    throw new MongoError(2942500, `$sortArray requires an object as an argument, found: ${bsonTypeOf(argument)}`);
  }
  const fields = fieldsOf(
    argument,
    ['input', 'sortBy'],
    (field) => new MongoError(2942501, `$sortArray found an unknown argument: ${field}`),
  );
  if (!fields.has('input')) throw new MongoError(2942502, "$sortArray requires 'input' to be specified");
  if (!fields.has('sortBy')) throw new MongoError(2942503, "$sortArray requires 'sortBy' to be specified");
  const input = parseExpression(fields.get('input'), scope);
  const compare = elementOrder(fields.get('sortBy'));
  return {
    evaluate: (frame) => {
      const array = input.evaluate(frame);
      if (isNullish(array)) return null;
      if (!Array.isArray(array)) {
        throw new MongoError(
          2942504,
          `The input argument to $sortArray must be an array, but was of type: ${bsonTypeOf(array)}`,
        );
      }
      return array.toSorted(compare);
    },
  };
};

export const ARRAY_ITERATION_OPERATORS: OperatorEntries = [
  ['$filter', compileFilterArray],
  ['$firstN', countedOperator((array, n) => array.slice(0, n))],
  ['$lastN', countedOperator((array, n) => array.slice(-n))],
  ['$map', compileMap],
  ['$maxN', countedOperator((array, n) => extremes(array, n, -1))],
  ['$minN', countedOperator((array, n) => extremes(array, n, 1))],
  ['$reduce', compileReduce],
  ['$sortArray', compileSortArray],
];
