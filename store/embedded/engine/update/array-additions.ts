import { describeDocument } from '../filter/describe-value.ts';
import {
  bsonTypeOf,
  compareValues,
  type Document,
  equalValues,
  exactInteger,
  fieldOf,
  isDocument,
  isNumber,
  MongoError,
  toNumber,
} from '../values.ts';
import { assign, type UpdateLeaf } from './leaf.ts';
import { describeId } from './number-operators.ts';

/** `$addToSet`, with `$each` or a single value. */
export function addToSetLeaf(operand: unknown): UpdateLeaf {
  const additions: unknown[] = [];
  for (const value of parseAddToSet(operand)) {
    if (!additions.some((other) => equalValues(other, value))) additions.push(value);
  }
  return {
    kind: 'leaf',
    operator: '$addToSet',
    updateExisting(target) {
      const { value: array } = target;
      if (!Array.isArray(array)) {
        throw new MongoError(
          2,
          `Cannot apply $addToSet to non-array field. Field named '${target.key}' has non-array type ${bsonTypeOf(array)}`,
        );
      }
      const fresh = additions.filter((value) => !array.some((other) => equalValues(other, value)));
      return fresh.length > 0 && assign(target, [...array, ...fresh]);
    },
    valueForNew: () => [...additions],
  };
}

function parseAddToSet(operand: unknown): readonly unknown[] {
  if (!isDocument(operand) || Object.keys(operand)[0] !== '$each') return [operand];
  const each = operand.$each;
  if (!Array.isArray(each)) {
    throw new MongoError(
      14,
      `The argument to $each in $addToSet must be an array but it was of type ${bsonTypeOf(each)}`,
    );
  }
  if (Object.keys(operand).length > 1) {
    throw new MongoError(2, `Found unexpected fields after $each in $addToSet: ${describeDocument(operand)}`);
  }
  return each;
}

/** The parts of a `$push`. */
interface Push {
  readonly each: readonly unknown[];
  readonly slice: number | undefined;
  readonly position: number | undefined;
  readonly sort: ((a: unknown, b: unknown) => number) | undefined;
}

/** `$push` with `$each`, `$position`, `$sort` and `$slice`, or a single value. */
export function pushLeaf(operand: unknown): UpdateLeaf {
  const push = parsePush(operand);
  return {
    kind: 'leaf',
    operator: '$push',
    updateExisting(target) {
      const { value: array } = target;
      if (!Array.isArray(array)) {
        throw new MongoError(
          2,
          `The field '${target.path}' must be an array but is of type ${bsonTypeOf(array)} in document {${describeId(target.document)}}`,
        );
      }
      const result = pushed(array, push);
      // A sort counts as a change, even of what was in order before; only of nothing it does not.
      const isSame = push.each.length === 0 && result.length === array.length && (!push.sort || array.length === 0);
      return !isSame && assign(target, result);
    },
    valueForNew: () => pushed([], push),
  };
}

function pushed(array: readonly unknown[], { each, position, sort, slice }: Push): unknown[] {
  const result = [...array];
  const at = position === undefined ? result.length : position < 0 ? Math.max(0, result.length + position) : position;
  result.splice(Math.min(at, result.length), 0, ...each);
  if (sort) result.sort(sort);
  if (slice === undefined) return result;
  if (slice >= 0) return result.slice(0, slice);
  return result.slice(slice);
}

const CLAUSES = new Set(['$each', '$slice', '$sort', '$position']);

function parsePush(operand: unknown): Push {
  if (!isDocument(operand) || !Object.hasOwn(operand, '$each')) {
    return { each: [operand], slice: undefined, position: undefined, sort: undefined };
  }
  for (const name of Object.keys(operand)) {
    if (!CLAUSES.has(name)) throw new MongoError(2, `Unrecognized clause in $push: ${name}`);
  }
  const { $each: each, $slice: slice, $sort: sort, $position: position } = operand;
  if (!Array.isArray(each)) {
    throw new MongoError(2, `The argument to $each in $push must be an array but it was of type: ${bsonTypeOf(each)}`);
  }
  return {
    each,
    slice: slice === undefined ? undefined : clauseInteger('$slice', slice),
    position: position === undefined ? undefined : clauseInteger('$position', position),
    sort: sort === undefined ? undefined : pushOrder(sort),
  };
}

function clauseInteger(name: '$slice' | '$position', value: unknown): number {
  if (!isNumber(value) || exactInteger(value) === undefined) {
    throw new MongoError(
      2,
      `The value for ${name} must be an integer value${name === '$slice' ? ' but was given type: ' : ', not of type: '}${bsonTypeOf(value)}`,
    );
  }
  return Math.max(-2147483648, Math.min(2147483647, toNumber(value)));
}

function sortDirection(value: unknown): 1 | -1 | undefined {
  if (!isNumber(value)) return undefined;
  const number = toNumber(value);
  return number === 1 || number === -1 ? number : undefined;
}

function pushOrder(sort: unknown): (a: unknown, b: unknown) => number {
  if (isNumber(sort)) {
    const direction = sortDirection(sort);
    if (!direction) throw new MongoError(2, 'The $sort element value must be either 1 or -1');
    return (a, b) => direction * compareValues(a, b);
  }
  if (!isDocument(sort)) {
    throw new MongoError(
      2,
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  }
  const parts = Object.keys(sort).map((path) => {
    if (path === '') throw new MongoError(2, 'The sort field cannot be empty');
    const direction = sortDirection(sort[path]);
    if (!direction) throw new MongoError(2, 'The sort element value must be either 1 or -1');
    if (path.split('.').includes('')) {
      throw new MongoError(2, `The sort field is a dotted field but has an empty part: ${path}`);
    }
    return { path: path.split('.'), direction };
  });
  if (parts.length === 0) throw new MongoError(2, 'The sort pattern is empty when it should be a set of fields.');
  return (a, b) => {
    for (const { path, direction } of parts) {
      const order = compareValues(valueAt(a, path), valueAt(b, path));
      if (order !== 0) return direction * order;
    }
    return 0;
  };
}

/** The value below an element, by names and positions; null when there is none. */
function valueAt(element: unknown, path: readonly string[]): unknown {
  if (!isDocument(element)) return null;
  let current: unknown = element;
  for (const part of path) {
    if (Array.isArray(current)) current = /^\d+$/.test(part) ? current[Number(part)] : undefined;
    else current = isDocument(current) ? fieldOf(current as Document, part) : undefined;
    if (current === undefined) return null;
  }
  return current;
}
