import { Int32 } from 'bson';
import { bsonTypeOf, type Document, isDocument, rankOfType, setField, typeNumber } from '../../bson-types.ts';
import { compareValues } from '../../compare.ts';
import { parseExpression } from '../../expressions/compile-expression.ts';
import { asInt32, numberKind } from '../../expressions/numbers/number.ts';
import type { Expression, Value } from '../../expressions/scope.ts';
import { describeValue } from '../../filter/describe-value.ts';
import { MongoError } from '../../mongo-error.ts';
import { type GroupField, isForNewerEngine, parseGroupField } from '../group/group-accumulators.ts';
import { evaluateFor, type StageCompiler, type StageContext } from '../stage.ts';
import { grouping } from './group.ts';

const DEFAULT_OUTPUT = { count: { $sum: new Int32(1) } };

function parseOutput(output: unknown, context: StageContext, isGroup: boolean): GroupField[] {
  const fields = isDocument(output) ? output : DEFAULT_OUTPUT;
  const keepsLastEqual = isGroup && context.isAtHead && isForNewerEngine(Object.values(fields));
  return Object.entries(fields).map(([name, value]) => parseGroupField(name, value, context, keepsLastEqual));
}

function parseGroupBy(value: unknown, context: StageContext, code: number, stage: string): Expression {
  const isExpression = isDocument(value)
    ? Object.keys(value)[0]?.startsWith('$')
    : typeof value === 'string' && value.startsWith('$');
  if (!isExpression) {
    throw new MongoError(
      code,
      `The ${stage} 'groupBy' field must be defined as a $-prefixed path or an expression, but found: ${describeValue(value)}.`,
    );
  }
  return parseExpression(value, context.scope);
}

function parseBoundaries(value: unknown, context: StageContext): Value[] {
  if (!Array.isArray(value)) {
    throw new MongoError(
      40200,
      `The $bucket 'boundaries' field must be an array, but found type: ${bsonTypeOf(value)}.`,
    );
  }
  const bounds = value.map((bound) => {
    const { constant } = parseExpression(bound, context.scope);
    if (!constant) {
      throw new MongoError(
        40191,
        `The $bucket 'boundaries' field must be an array of constant values, but found value: ${describeValue(bound)}.`,
      );
    }
    return constant.value;
  });
  if (bounds.length < 2) {
    throw new MongoError(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${bounds.length} value(s).`,
    );
  }
  for (let i = 1; i < bounds.length; i += 1) {
    const [low, high] = [bounds[i - 1], bounds[i]];
    if (rankOfType(typeNumber(low)) !== rankOfType(typeNumber(high))) {
      throw new MongoError(
        40193,
        `All values in the the 'boundaries' option to $bucket must have the same type. Found conflicting types ${bsonTypeOf(low)} and ${bsonTypeOf(high)}.`,
      );
    }
    if (compareValues(low, high) >= 0) {
      throw new MongoError(
        40194,
        `The 'boundaries' option to $bucket must be sorted, but elements ${i - 1} and ${i} are not in ascending order.`,
      );
    }
  }
  return bounds;
}

export const compileBucket: StageCompiler = (specification, context) => {
  if (!isDocument(specification)) {
    throw new MongoError(
      40201,
      `Argument to $bucket stage must be an object, but found type: ${bsonTypeOf(specification)}.`,
    );
  }
  let groupBy: Expression | undefined;
  let bounds: Value[] | undefined;
  let otherwise: { value: Value } | undefined;
  let output: unknown;
  for (const [field, value] of Object.entries(specification)) {
    if (field === 'groupBy') groupBy = parseGroupBy(value, context, 40202, '$bucket');
    else if (field === 'boundaries') bounds = parseBoundaries(value, context);
    else if (field === 'default') {
      otherwise = parseExpression(value, context.scope).constant;
      if (!otherwise) {
        throw new MongoError(
          40195,
          `The $bucket 'default' field must be a constant expression, but found: ${describeValue(value)}.`,
        );
      }
    } else if (field === 'output') {
      if (!isDocument(value)) {
        throw new MongoError(
          40196,
          `The $bucket 'output' field must be an object, but found type: ${bsonTypeOf(value)}.`,
        );
      }
      output = value;
    } else throw new MongoError(40197, `Unrecognized option to $bucket: ${field}.`);
  }
  if (!groupBy || !bounds) throw new MongoError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  const [lowest, highest] = [bounds[0], bounds[bounds.length - 1]];
  if (otherwise && compareValues(otherwise.value, lowest) >= 0 && compareValues(otherwise.value, highest) < 0) {
    throw new MongoError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  }
  const key = groupBy;
  const limits = bounds;
  const bucketOf = (value: Value): Value => {
    for (let i = 1; i < limits.length; i += 1) {
      if (compareValues(value, limits[i - 1]) >= 0 && compareValues(value, limits[i]) < 0) return limits[i - 1];
    }
    if (otherwise) return otherwise.value === undefined ? null : otherwise.value;
    throw new MongoError(
      4934200,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
  const run = grouping(
    { evaluate: (document, frame) => bucketOf(evaluateFor(key, document, frame)) },
    parseOutput(output, context, true),
  );
  return function* (source, pipelineRun) {
    const buckets = [...run(source, pipelineRun)];
    yield* buckets.sort((left, right) => compareValues(left['_id'], right['_id']));
  };
};

export const compileBucketAuto: StageCompiler = (specification, context) => {
  if (!isDocument(specification)) {
    throw new MongoError(
      40240,
      `The argument to $bucketAuto must be an object, but found type: ${bsonTypeOf(specification)}`,
    );
  }
  let groupBy: Expression | undefined;
  let buckets: number | undefined;
  let output: unknown;
  for (const [field, value] of Object.entries(specification)) {
    if (field === 'groupBy') groupBy = parseGroupBy(value, context, 40239, '$bucketAuto');
    else if (field === 'buckets') {
      if (numberKind(value) < 0) {
        throw new MongoError(
          40241,
          `The $bucketAuto 'buckets' field must be a numeric value, but found type: ${bsonTypeOf(value)}`,
        );
      }
      buckets = asInt32(value);
      if (buckets === undefined) {
        throw new MongoError(
          40242,
          `The $bucketAuto 'buckets' field must be representable as a 32-bit integer, but found ${describeValue(value)}`,
        );
      }
    } else if (field === 'output') {
      if (!isDocument(value)) {
        throw new MongoError(
          40244,
          `The $bucketAuto 'output' field must be an object, but found type: ${bsonTypeOf(value)}`,
        );
      }
      output = value;
    } else if (field === 'granularity') {
      throw new MongoError(typeof value === 'string' ? 40257 : 40261, `Unknown rounding granularity '${value}'`);
    } else throw new MongoError(40245, `Unrecognized option to $bucketAuto: ${field}`);
  }
  if (!groupBy || buckets === undefined) {
    throw new MongoError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified");
  }
  if (buckets <= 0)
    throw new MongoError(40243, `The $bucketAuto 'buckets' field must be greater than 0, but found: ${buckets}`);
  const key = groupBy;
  const wanted = buckets;
  const fields = parseOutput(output, context, false);
  return function* (source, run) {
    const { frame } = run;
    const rows = [...source].map((document) => ({ document, key: evaluateFor(key, document, frame) ?? null }));
    rows.sort((left, right) => compareValues(left.key, right.key));
    const made: { min: Value; max: Value; rows: Document[] }[] = [];
    const size = Math.max(1, Math.round(rows.length / wanted));
    for (let at = 0; at < rows.length; ) {
      const isLast = made.length === wanted - 1;
      let end = isLast ? rows.length : Math.min(at + size, rows.length);
      // Equal keys stay together.
      while (end < rows.length && compareValues(rows[end]?.key, rows[end - 1]?.key) === 0) end += 1;
      made.push({ min: rows[at]?.key, max: rows[end - 1]?.key, rows: rows.slice(at, end).map((row) => row.document) });
      at = end;
    }
    for (const [i, bucket] of made.entries()) {
      const next = made[i + 1];
      const id = { min: bucket.min, max: next ? next.min : bucket.max };
      const result: Document = { _id: id };
      for (const field of fields) {
        const state = field.start(id, frame);
        for (const document of bucket.rows) state.add(document, frame);
        setField(result, field.name, state.result());
      }
      yield result;
    }
  };
};
