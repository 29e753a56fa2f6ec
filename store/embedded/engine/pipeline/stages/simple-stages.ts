import { bsonTypeOf, type Document, isDocument, setField } from '../../bson-types.ts';
import { compareValues } from '../../compare.ts';
import { parseExpression } from '../../expressions/compile-expression.ts';
import { checkFieldName } from '../../expressions/field-path.ts';
import { numberKind } from '../../expressions/numbers/number.ts';
import { describeElement, describeValue } from '../../filter/describe-value.ts';
import { MongoError } from '../../mongo-error.ts';
import { exactInteger, toNumber } from '../../numbers.ts';
import { compileSort } from '../../sort.ts';
import { countValue } from '../group/accumulators.ts';
import { compileStageFilter, evaluateFor, type StageCompiler } from '../stage.ts';

export const compileMatch: StageCompiler = (specification, context) => {
  if (!isDocument(specification)) {
    throw new MongoError(15959, 'the match filter must be an expression in an object');
  }
  const { filter, bind } = compileStageFilter(specification, context);
  return function* (source, run) {
    bind(run);
    for (const document of source) if (filter.matches(document)) yield document;
  };
};

/** A whole number of documents, as `$limit` and `$skip` take it. */
export function parseCount(specification: unknown, name: string, code: number): number {
  const refuse = (reason: string) =>
    new MongoError(code, `invalid argument to ${name} stage: ${reason} ${describeElement(name, specification)}`);
  if (numberKind(specification) < 0) throw refuse('Expected a number in:');
  const double = toNumber(specification);
  const whole = exactInteger(specification);
  if (whole === undefined) {
    throw refuse(
      Number.isInteger(double) || !Number.isFinite(double)
        ? 'Cannot represent as a 64-bit integer:'
        : 'Expected an integer:',
    );
  }
  if (whole < 0n) throw refuse('Expected a non-negative number in:');
  return Number(whole);
}

export const compileLimit: StageCompiler = (specification, _context, name) => {
  const limit = parseCount(specification, name, 5107201);
  if (limit === 0) throw new MongoError(15958, 'the limit must be positive');
  return function* (source) {
    let left = limit;
    for (const document of source) {
      yield document;
      left -= 1;
      if (left === 0) return;
    }
  };
};

export const compileSkip: StageCompiler = (specification, _context, name) => {
  const skip = parseCount(specification, name, 5107200);
  return function* (source) {
    let left = skip;
    for (const document of source) {
      if (left > 0) left -= 1;
      else yield document;
    }
  };
};

export const compileSortStage: StageCompiler = (specification) => {
  if (!isDocument(specification)) throw new MongoError(15973, 'the $sort key specification must be an object');
  const names = Object.keys(specification);
  if (names.length === 0) throw new MongoError(15976, '$sort stage must have at least one sort key');
  for (const name of names) if (name.startsWith('$')) checkFieldName(name);
  for (const value of Object.values(specification)) {
    if (isDocument(value) && Object.hasOwn(value, '$meta')) {
      throw new MongoError(40218, 'query requires text score metadata, but it is not available');
    }
  }
  const sort = compileSort(specification);
  const [only] = sort.parts;
  if (sort.parts.length === 1 && only?.path === '_id') {
    // By _id alone a whole array is compared, not its least element.
    const { direction } = only;
    return function* (source) {
      yield* [...source].sort((left, right) => direction * compareValues(left['_id'] ?? null, right['_id'] ?? null));
    };
  }
  return function* (source) {
    yield* sort.sort([...source]);
  };
};

/** The documents a stage makes of each one; anything but a document is refused. */
function replacing(newRoot: unknown, label: string): StageCompiler {
  return (_specification, context) => {
    const expression = parseExpression(newRoot, context.scope);
    const fields = literalFields(newRoot).map(
      ([name, value]) => [name, parseExpression(value, context.scope)] as const,
    );
    return function* (source, run) {
      for (const document of source) {
        if (fields.length > 0) {
          const made: Document = {};
          // A field that is missing keeps its place at the top until the end of the pipeline, as in MongoDB.
          for (const [name, field] of fields) setField(made, name, evaluateFor(field, document, run.frame));
          yield made;
          continue;
        }
        const value = evaluateFor(expression, document, run.frame);
        if (!isDocument(value)) {
          const shown = value === undefined ? 'MISSING' : describeValue(value);
          throw new MongoError(
            40228,
            `${label} must evaluate to an object, but resulting value was: ${shown}. Type of resulting value: '${bsonTypeOf(value)}'.`,
          );
        }
        yield value;
      }
    };
  };
}

/** The fields of a document written out field by field; none for an operator or a path. */
function literalFields(newRoot: unknown): [string, unknown][] {
  if (!isDocument(newRoot)) return [];
  const fields = Object.entries(newRoot);
  return fields.some(([name]) => name.startsWith('$')) ? [] : fields;
}

export const compileReplaceRoot: StageCompiler = (specification, context, name) => {
  if (!isDocument(specification)) {
    throw new MongoError(
      40229,
      `expected an object as specification for $replaceRoot stage, got ${bsonTypeOf(specification)}`,
    );
  }
  for (const field of Object.keys(specification)) {
    if (field !== 'newRoot') throw new MongoError(40415, `BSON field '$replaceRoot.${field}' is an unknown field.`);
  }
  if (!Object.hasOwn(specification, 'newRoot')) {
    throw new MongoError(40414, "BSON field '$replaceRoot.newRoot' is missing but a required field");
  }
  return replacing(specification['newRoot'], "'newRoot' expression ")(specification, context, name);
};

export const compileReplaceWith: StageCompiler = (specification, context, name) =>
  replacing(specification, "'replacement document' ")(specification, context, name);

export const compileCount: StageCompiler = (specification) => {
  if (typeof specification !== 'string') throw new MongoError(40156, 'the count field must be a non-empty string');
  if (specification === '') throw new MongoError(40157, 'the count field must be a non-empty string');
  if (specification.startsWith('$')) throw new MongoError(40158, 'the count field cannot be a $-prefixed path');
  if (specification.includes('\0')) throw new MongoError(40159, 'the count field cannot contain a null byte');
  if (specification.includes('.')) throw new MongoError(40160, "the count field cannot contain '.'");
  if (specification === '_id') throw new MongoError(15948, "a group's _id may only be specified once");
  return function* (source) {
    let count = 0;
    for (const _ of source) count += 1;
    if (count > 0) yield { [specification]: countValue(count) };
  };
};

export const compileSample: StageCompiler = (specification) => {
  if (!isDocument(specification)) throw new MongoError(28745, 'the $sample stage specification must be an object');
  let size: number | undefined;
  for (const [field, value] of Object.entries(specification)) {
    if (field !== 'size') throw new MongoError(28748, `unrecognized option to $sample: ${field}`);
    if (numberKind(value) < 0) throw new MongoError(28746, 'size argument to $sample must be a number');
    size = Math.trunc(toNumber(value));
    if (size < 0) throw new MongoError(28747, 'size argument to $sample must not be negative');
  }
  if (size === undefined) throw new MongoError(28749, '$sample stage must specify a size');
  const wanted = size;
  return function* (source, run) {
    const { random } = run.environment;
    if (!random) throw new MongoError(28745, '$sample needs a source of chance');
    const pool: Document[] = [...source];
    for (let taken = 0; taken < wanted && pool.length > 0; taken += 1) {
      const at = Math.floor(random() * pool.length);
      const [document] = pool.splice(at, 1);
      if (document) yield document;
    }
  };
};
