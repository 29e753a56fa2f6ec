import { bsonTypeOf, type Document, isDocument } from '../../bson-types.ts';
import { parseExpression } from '../../expressions/compile-expression.ts';
import { parseFieldPath, valueAtPath } from '../../expressions/field-path.ts';
import { checkVariableName, type Expression, type Value } from '../../expressions/scope.ts';
import { describeElement, describeValue } from '../../filter/describe-value.ts';
import { compileFilter } from '../../filter.ts';
import { MongoError } from '../../mongo-error.ts';
import { evaluateFor, type PipelineRun, type StageCompiler, type StageContext, type StageRunner } from '../stage.ts';
import { withValueAt } from './unwind.ts';

interface Join {
  readonly local: readonly string[];
  readonly foreign: string;
}

interface LookupParts {
  from: string | undefined;
  as: string;
  localField: string;
  foreignField: string;
  pipeline: readonly unknown[] | undefined;
  variables: Document | undefined;
}

function parseParts(specification: Document): LookupParts {
  const parts: LookupParts = {
    from: undefined,
    as: '',
    localField: '',
    foreignField: '',
    pipeline: undefined,
    variables: undefined,
  };
  for (const [field, value] of Object.entries(specification)) {
    if (field === 'pipeline') parts.pipeline = parseInnerStages(value);
    else if (field === 'let') {
      if (!isDocument(value)) {
        throw new MongoError(
          9,
          `$lookup argument '${describeElement(field, value)}' must be an object, is type ${bsonTypeOf(value)}`,
        );
      }
      parts.variables = value;
    } else if (field === 'from') {
      if (isDocument(value)) {
        throw new MongoError(
          9,
          `$lookup with syntax {from: {db:<>, coll:<>},..} is not supported for db: ${value['db']} and coll: ${value['coll']}`,
        );
      }
      if (typeof value !== 'string')
        throw new MongoError(9, `$lookup 'from' field must be a string, but found ${bsonTypeOf(value)}`);
      parts.from = value;
    } else {
      if (typeof value !== 'string') {
        throw new MongoError(
          9,
          `$lookup argument '${field}' must be a string, found ${describeElement(field, value)}: ${bsonTypeOf(value)}`,
        );
      }
      if (field !== 'as' && field !== 'localField' && field !== 'foreignField') {
        throw new MongoError(9, `unknown argument to $lookup: ${field}`);
      }
      parts[field] = value;
    }
  }
  return parts;
}

/** A pipeline inside a stage. */
export function parseInnerStages(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new MongoError(14, "'pipeline' option must be specified as an array");
  if (!value.every(isDocument)) throw new MongoError(14, "Each element of the 'pipeline' array must be an object");
  return value;
}

/** True when a pipeline brings its own documents. */
export function startsWithDocuments(stages: readonly unknown[] | undefined): boolean {
  const first = stages?.[0];
  return isDocument(first) && Object.keys(first)[0] === '$documents';
}

function parseJoin(parts: LookupParts): Join | undefined {
  const { localField, foreignField, pipeline } = parts;
  const isComplete = localField !== '' && foreignField !== '';
  if (!isComplete && (pipeline === undefined || localField !== '' || foreignField !== '')) {
    throw new MongoError(
      9,
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  }
  if (!isComplete) return undefined;
  parseFieldPath(foreignField);
  return { local: parseFieldPath(localField), foreign: foreignField };
}

export const compileLookup: StageCompiler = (specification, context) => {
  if (!isDocument(specification)) {
    throw new MongoError(
      9,
      `the $lookup stage specification must be an object, but found ${bsonTypeOf(specification)}`,
    );
  }
  const parts = parseParts(specification);
  const { from, pipeline } = parts;
  const bringsDocuments = startsWithDocuments(pipeline);
  if (from === undefined && pipeline === undefined)
    throw new MongoError(9, "must specify 'pipeline' when 'from' is empty");
  if (from === undefined && !bringsDocuments) {
    throw new MongoError(
      9,
      '$lookup stage without explicit collection must have a pipeline with $documents as first stage',
    );
  }
  if (parts.as === '') throw new MongoError(9, "must specify 'as' field for a $lookup");
  if (from === '') throw new MongoError(73, 'invalid $lookup namespace');
  const join = parseJoin(parts);
  if (parts.variables && pipeline === undefined) {
    throw new MongoError(9, "$lookup with a 'let' argument must also specify 'pipeline'");
  }
  const as = parseFieldPath(parts.as);
  if (from !== undefined) context.collections.add(from);
  const { values, places, inner } = parseVariables(parts.variables, pipeline, context);
  // At the head of a pipeline a plain join puts its field last, even if the document has such a field.
  const appends = context.isAtHead && !inner;
  return function* (source, run) {
    const foreign = memoized(() =>
      from === undefined || bringsDocuments ? [] : [...run.environment.readCollection(from)],
    );
    for (const document of source) {
      const computed = values.map((value) => evaluateFor(value, document, run.frame));
      for (const [i, place] of places.entries()) run.frame[place] = computed[i];
      const joined = join && from !== undefined ? partners(document, join, from, foreign, run) : foreign();
      const found = inner ? [...inner(joined, run)] : [...joined];
      const joinedDocument = withValueAt(document, as, found);
      yield appends ? withFieldLast(joinedDocument, as[0] as string) : joinedDocument;
    }
  };
};

function memoized<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function parseVariables(
  variables: Document | undefined,
  pipeline: readonly unknown[] | undefined,
  context: StageContext,
) {
  const names = Object.keys(variables ?? {});
  const values: Expression[] = names.map((name) => {
    checkVariableName(name);
    return parseExpression(variables?.[name], context.scope);
  });
  const { scope, places } = context.scope.with(names);
  let inner: StageRunner | undefined;
  if (pipeline) {
    inner = context.compileInner(pipeline, {
      ...context,
      scope: scope.unfolded(),
      isAtHead: false,
      place: 'lookup',
      isCollectionless: startsWithDocuments(pipeline),
    });
  }
  return { values, places, inner };
}

/** The foreign documents whose field equals the local one: any element of a local array counts, missing counts as null. */
function partners(
  document: Document,
  join: Join,
  from: string,
  foreign: () => readonly Document[],
  run: PipelineRun,
): Iterable<Document> {
  const local = localValues(document, join.local);
  const filter = compileFilter(joinFilter(local, join.foreign));
  const candidates = byIndex(local, join, from, run) ?? foreign();
  const found: Document[] = [];
  for (const candidate of candidates) if (filter.matches(candidate)) found.push(candidate);
  return found;
}

function localValues(document: Document, path: readonly string[]): Value[] {
  const values: Value[] = [];
  const gather = (value: Value): void => {
    if (Array.isArray(value)) values.push(...value);
    else values.push(value === undefined ? null : value);
  };
  gatherAt(document, path, 0, gather);
  // Nothing at all, as in an empty array, counts as missing.
  return values.length === 0 ? [null] : values;
}

function gatherAt(value: Value, path: readonly string[], from: number, gather: (value: Value) => void): void {
  const [name] = path.slice(from, from + 1);
  if (name === undefined) {
    gather(value);
    return;
  }
  if (Array.isArray(value)) {
    for (const element of value) if (isDocument(element)) gatherAt(element, path, from, gather);
    return;
  }
  if (!isDocument(value)) {
    gather(undefined);
    return;
  }
  gatherAt(valueAtPath(value, [name]), path, from + 1, gather);
}

function joinFilter(local: readonly Value[], foreign: string): Document {
  const plain = local.filter((value) => bsonTypeOf(value) !== 'regex');
  const regexes = local.filter((value) => bsonTypeOf(value) === 'regex');
  if (regexes.length === 0) return { [foreign]: { $in: plain } };
  return { $or: [{ [foreign]: { $in: plain } }, ...regexes.map((value) => ({ [foreign]: { $eq: value } }))] };
}

function byIndex(local: readonly Value[], join: Join, from: string, run: PipelineRun): Iterable<Document> | undefined {
  const { findByField } = run.environment;
  if (!findByField || local.length === 0 || local.length > 50) return undefined;
  const found = new Set<Document>();
  for (const value of local) {
    if (value === null || Array.isArray(value) || bsonTypeOf(value) === 'regex') return undefined;
    const some = findByField.call(run.environment, from, join.foreign, value);
    if (!some) return undefined;
    for (const document of some) found.add(document);
  }
  // Several values may find the same document through an array; each is looked at once, by its _id.
  if (local.length === 1) return found;
  const byId = new Map<string, Document>();
  for (const document of found) byId.set(describeValue(document['_id']), document);
  return byId.values();
}

function withFieldLast(document: Document, name: string): Document {
  const { [name]: field, ...others } = document;
  others[name] = field;
  return others;
}
