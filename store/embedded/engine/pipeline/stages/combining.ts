import { bsonTypeOf, type Document, isDocument, setField } from '../../bson-types.ts';
import { parseExpression } from '../../expressions/compile-expression.ts';
import { checkFieldName } from '../../expressions/field-path.ts';
import { CURRENT, ROOT, type Value } from '../../expressions/scope.ts';
import { describeElement, describeValue } from '../../filter/describe-value.ts';
import { MongoError } from '../../mongo-error.ts';
import type { StageCompiler, StageRunner } from '../stage.ts';
import { startsWithDocuments } from './lookup.ts';

export const compileFacet: StageCompiler = (specification, context) => {
  if (!isDocument(specification) || Object.keys(specification).length === 0) {
    throw new MongoError(
      40169,
      `the $facet specification must be a non-empty object, but found: ${describeElement('$facet', specification)}`,
    );
  }
  const facets: { name: string; stages: readonly unknown[] }[] = [];
  for (const [name, stages] of Object.entries(specification)) {
    checkFieldName(name);
    if (!Array.isArray(stages)) {
      throw new MongoError(40170, `arguments to $facet must be arrays, ${name} is type ${bsonTypeOf(stages)}`);
    }
    for (const [i, stage] of stages.entries()) {
      if (!isDocument(stage) || Object.keys(stage).length === 0) {
        throw new MongoError(
          40171,
          `elements of arrays in $facet spec must be non-empty objects, ${name} argument contained an element of type ${bsonTypeOf(stage)}: ${i}`,
        );
      }
    }
    facets.push({ name, stages });
  }
  const runners = facets.map(({ name, stages }) => ({
    name,
    runner: context.compileInner(stages, { ...context, isAtHead: false, place: 'facet' }),
  }));
  return function* (source, run) {
    const documents = [...source];
    const result: Document = {};
    for (const { name, runner } of runners) setField(result, name, [...runner(documents, run)]);
    yield result;
  };
};

export const compileUnionWith: StageCompiler = (specification, context) => {
  let collection: string | undefined;
  let stages: readonly unknown[] = [];
  if (typeof specification === 'string') collection = specification;
  else if (isDocument(specification)) {
    for (const [field, value] of Object.entries(specification)) {
      if (field === 'coll') {
        if (typeof value !== 'string') throw wrongType('coll', value, 'string');
        collection = value;
      } else if (field === 'pipeline') {
        if (!Array.isArray(value)) throw wrongType('pipeline', value, 'array');
        stages = value;
      } else throw new MongoError(40415, `BSON field '$unionWith.${field}' is an unknown field.`);
    }
  } else {
    throw new MongoError(
      9,
      `the $unionWith stage specification must be an object or string, but found ${bsonTypeOf(specification)}`,
    );
  }
  const bringsDocuments = startsWithDocuments(stages);
  if (collection === undefined && !bringsDocuments) {
    throw new MongoError(
      9,
      '$unionWith stage without explicit collection must have a pipeline with $documents as first stage',
    );
  }
  const inner = context.compileInner(stages, {
    ...context,
    scope: context.scope.unfolded(),
    isAtHead: false,
    place: 'union',
    isCollectionless: bringsDocuments,
  });
  const name = collection;
  if (name !== undefined) context.collections.add(name);
  return function* (source, run) {
    yield* source;
    yield* inner(name === undefined || bringsDocuments ? [] : run.environment.readCollection(name), run);
  };
};

function wrongType(field: string, value: unknown, expected: string): MongoError {
  return new MongoError(
    14,
    `BSON field '$unionWith.${field}' is the wrong type '${bsonTypeOf(value)}', expected type '${expected}'`,
  );
}

export const compileDocuments: StageCompiler = (specification, context) => {
  if (!context.isCollectionless) throw new MongoError(73, "'$documents' can only be run with {aggregate: 1}");
  const expression = parseExpression(specification, context.scope);
  return function* (_source, run) {
    run.frame[ROOT] = {};
    run.frame[CURRENT] = {};
    const documents = expression.evaluate(run.frame);
    if (!Array.isArray(documents)) {
      throw new MongoError(5858203, `an array is expected, found ${describeValue(documents)}`);
    }
    for (const document of documents) {
      if (!isDocument(document))
        throw new MongoError(40228, `$documents must be objects, found ${describeValue(document)}`);
      yield document;
    }
  };
};

const KEEP = Symbol('keep');
const PRUNE = Symbol('prune');
const DESCEND = Symbol('descend');

export const compileRedact: StageCompiler = (specification, context): StageRunner => {
  const { scope, places } = context.scope.with(['KEEP', 'PRUNE', 'DESCEND', 'CURRENT']);
  const [keep, prune, descend, current] = places as [number, number, number, number];
  const expression = parseExpression(specification, scope);
  return function* (source, run) {
    const { frame } = run;
    for (const document of source) {
      const kept = redact(document, document);
      if (kept) yield kept;
    }

    function redact(document: Document, root: Document): Document | undefined {
      frame[keep] = KEEP;
      frame[prune] = PRUNE;
      frame[descend] = DESCEND;
      frame[ROOT] = root;
      frame[CURRENT] = document;
      frame[current] = document;
      const decision = expression.evaluate(frame);
      if (decision === KEEP) return document;
      if (decision === PRUNE) return undefined;
      if (decision !== DESCEND) {
        throw new MongoError(
          17053,
          `$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE, but returned ${describeValue(decision)}`,
        );
      }
      const result: Document = {};
      for (const name of Object.keys(document)) {
        const value = inside(document[name], root);
        if (value !== undefined) setField(result, name, value);
      }
      return result;
    }

    function inside(value: Value, root: Document): Value {
      if (Array.isArray(value))
        return value.map((element) => inside(element, root)).filter((element) => element !== undefined);
      return isDocument(value) ? redact(value, root) : value;
    }
  };
};
