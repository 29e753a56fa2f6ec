import { Long } from 'bson';
import { bsonTypeOf, type Document, isDocument } from '../../bson-types.ts';
import { parseExpression } from '../../expressions/compile-expression.ts';
import { parseFieldPath, valueAtPath } from '../../expressions/field-path.ts';
import { asInt64, numberKind } from '../../expressions/numbers/number.ts';
import type { Expression, Value } from '../../expressions/scope.ts';
import { describeValue } from '../../filter/describe-value.ts';
import { compileFilter } from '../../filter.ts';
import { MongoError } from '../../mongo-error.ts';
import { toNumber } from '../../numbers.ts';
import { groupKey } from '../group/accumulators.ts';
import { compileStageFilter, evaluateFor, type StageCompiler } from '../stage.ts';
import { withValueAt } from './unwind.ts';

const PATHS = ['as', 'connectFromField', 'connectToField', 'depthField'];

function parseMaxDepth(value: unknown): number {
  if (numberKind(value) < 0) throw new MongoError(40100, `maxDepth must be numeric, found type: ${bsonTypeOf(value)}`);
  if (toNumber(value) < 0)
    throw new MongoError(40101, `maxDepth requires a nonnegative argument, found: ${toNumber(value)}`);
  const depth = asInt64(value);
  if (depth === undefined)
    throw new MongoError(40102, `maxDepth could not be represented as a long long: ${toNumber(value)}`);
  return Number(depth);
}

export const compileGraphLookup: StageCompiler = (specification, context) => {
  if (!isDocument(specification)) {
    throw new MongoError(
      9,
      `the $graphLookup stage specification must be an object, but found ${bsonTypeOf(specification)}`,
    );
  }
  if (!Object.hasOwn(specification, 'from')) {
    throw new MongoError(
      9,
      `missing 'from' option to $graphLookup stage specification: ${describeValue(specification)}`,
    );
  }
  const from = specification['from'];
  if (typeof from !== 'string') {
    throw new MongoError(9, `$graphLookup 'from' field must be a string, but found ${bsonTypeOf(from)}`);
  }
  let startWith: Expression | undefined;
  let maxDepth = Number.POSITIVE_INFINITY;
  let restriction: ReturnType<typeof compileStageFilter> | undefined;
  const paths = new Map<string, string[]>();
  for (const [field, value] of Object.entries(specification)) {
    if (field === 'from') continue;
    if (field === 'startWith') startWith = parseExpression(value, context.scope);
    else if (field === 'maxDepth') maxDepth = parseMaxDepth(value);
    else if (field === 'restrictSearchWithMatch') {
      if (!isDocument(value))
        throw new MongoError(40185, `restrictSearchWithMatch must be an object, found ${bsonTypeOf(value)}`);
      restriction = compileStageFilter(value, context);
    } else if (PATHS.includes(field)) {
      if (typeof value !== 'string')
        throw new MongoError(40103, `expected string as argument for ${field}, found: ${bsonTypeOf(value)}`);
      paths.set(field, parseFieldPath(value));
    } else throw new MongoError(40104, `Unknown argument to $graphLookup: ${field}`);
  }
  const as = paths.get('as');
  const connectFrom = paths.get('connectFromField');
  const connectTo = paths.get('connectToField')?.join('.');
  const depthField = paths.get('depthField');
  if (!startWith || !as || !connectFrom || !connectTo) {
    throw new MongoError(
      40105,
      "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.",
    );
  }
  const start = startWith;
  context.collections.add(from);
  return function* (source, run) {
    restriction?.bind(run);
    let foreign: Document[] | undefined;
    for (const document of source) {
      foreign ??= [...run.environment.readCollection(from)].filter(
        (other) => restriction?.filter.matches(other) ?? true,
      );
      const startValue = evaluateFor(start, document, run.frame);
      yield withValueAt(document, as, search(startValue, foreign));
    }
  };

  function search(startValue: Value, foreign: readonly Document[]): Document[] {
    const asked = new Set<string>();
    const found = new Map<Document, Document>();
    let frontier = newValues(
      Array.isArray(startValue) ? startValue : [startValue === undefined ? null : startValue],
      asked,
    );
    for (let depth = 0; frontier.length > 0 && depth <= maxDepth; depth += 1) {
      const filter = compileFilter({ [connectTo as string]: { $in: frontier } });
      const next: Value[] = [];
      for (const other of foreign) {
        if (found.has(other) || !filter.matches(other)) continue;
        found.set(other, depthField ? withValueAt(other, depthField, Long.fromNumber(depth)) : other);
        const value = valueAtPath(other, connectFrom as string[]);
        if (Array.isArray(value)) next.push(...value);
        else if (value !== undefined) next.push(value);
      }
      frontier = newValues(next, asked);
    }
    return [...found.values()];
  }
};

function newValues(values: readonly Value[], asked: Set<string>): Value[] {
  return values.filter((value) => {
    const key = groupKey(value);
    if (asked.has(key)) return false;
    asked.add(key);
    return true;
  });
}
