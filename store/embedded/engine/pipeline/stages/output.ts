import { bsonTypeOf, type Document, isDocument } from '../../bson-types.ts';
import { MongoError } from '../../mongo-error.ts';

/** What the server does with the results of a pipeline instead of answering them. */
export type PipelineOutput =
  | { readonly kind: 'out'; readonly database: string | undefined; readonly collection: string }
  | {
      readonly kind: 'merge';
      readonly database: string | undefined;
      readonly collection: string;
      /** Fields that identify a document; a unique index on them must exist. */
      readonly on: readonly string[];
      readonly whenMatched: 'replace' | 'keepExisting' | 'merge' | 'fail' | readonly unknown[];
      readonly whenNotMatched: 'insert' | 'discard' | 'fail';
      /** Expressions of the variables of a `whenMatched` pipeline; without it there is `$$new`. */
      readonly variables: Document | undefined;
    };

/** Reads `$out`. */
export function parseOut(specification: unknown): PipelineOutput {
  if (typeof specification === 'string') {
    if (specification === '') throw new MongoError(73, 'Invalid $out target namespace');
    return { kind: 'out', database: undefined, collection: specification };
  }
  if (!isDocument(specification)) {
    throw new MongoError(
      16990,
      `$out only supports a string or object argument, but found ${bsonTypeOf(specification)}`,
    );
  }
  const { db, coll } = specification;
  if (Object.keys(specification).length !== 2 || typeof db !== 'string' || typeof coll !== 'string') {
    throw new MongoError(16994, "If an object is passed to $out it must have exactly 2 fields: 'db' and 'coll'");
  }
  return { kind: 'out', database: db, collection: coll };
}

const MATCHED = ['replace', 'keepExisting', 'merge', 'fail'] as const;
const NOT_MATCHED = ['insert', 'discard', 'fail'] as const;

/** Reads `$merge`. */
export function parseMerge(specification: unknown): PipelineOutput {
  if (typeof specification === 'string') return mergeInto(specification, {});
  if (!isDocument(specification)) {
    throw new MongoError(14, `$merge requires a string or object argument, but found ${bsonTypeOf(specification)}`);
  }
  for (const field of Object.keys(specification)) {
    if (!['into', 'on', 'let', 'whenMatched', 'whenNotMatched'].includes(field)) {
      throw new MongoError(40415, `BSON field '$merge.${field}' is an unknown field.`);
    }
  }
  if (!Object.hasOwn(specification, 'into')) {
    throw new MongoError(40414, "BSON field '$merge.into' is missing but a required field");
  }
  return mergeInto(specification['into'], specification);
}

function mergeInto(
  into: unknown,
  { on, let: variables, whenMatched = 'merge', whenNotMatched = 'insert' }: Document,
): PipelineOutput {
  const { database, collection } = target(into);
  const matched = Array.isArray(whenMatched) ? whenMatched : MATCHED.find((mode) => mode === whenMatched);
  if (!matched)
    throw new MongoError(2, `Enumeration value '${whenMatched}' for field 'whenMatched' is not a valid value.`);
  const notMatched = NOT_MATCHED.find((mode) => mode === whenNotMatched);
  if (!notMatched)
    throw new MongoError(
      2,
      `Enumeration value '${whenNotMatched}' for field '$merge.whenNotMatched' is not a valid value.`,
    );
  if (variables !== undefined) {
    if (!isDocument(variables))
      throw new MongoError(14, "BSON field '$merge.let' is the wrong type, expected type 'object'");
    if (!Array.isArray(matched))
      throw new MongoError(51199, `Cannot use 'let' variables with 'whenMatched: ${whenMatched}' mode`);
  }
  return {
    kind: 'merge',
    database,
    collection,
    on: fieldsOf(on),
    whenMatched: matched,
    whenNotMatched: notMatched,
    variables: isDocument(variables) ? variables : undefined,
  };
}

function target(into: unknown): { database: string | undefined; collection: string } {
  if (typeof into === 'string') {
    if (into === '') throw new MongoError(73, 'Invalid $merge target namespace');
    return { database: undefined, collection: into };
  }
  if (!isDocument(into)) {
    throw new MongoError(
      51178,
      `$merge 'into' field  must be either a string or an object, but found ${bsonTypeOf(into)}`,
    );
  }
  const { db, coll } = into;
  if (typeof coll !== 'string')
    throw new MongoError(51178, "$merge 'into' field must specify a 'coll' that is not empty");
  return { database: typeof db === 'string' ? db : undefined, collection: coll };
}

function fieldsOf(on: unknown): readonly string[] {
  if (on === undefined) return ['_id'];
  if (typeof on === 'string') return [on];
  if (!Array.isArray(on)) {
    throw new MongoError(
      51186,
      `$merge 'on' field  must be either a string or an array of strings, but found ${bsonTypeOf(on)}`,
    );
  }
  if (on.length === 0)
    throw new MongoError(51187, "If explicitly specifying $merge 'on', must include at least one field");
  return on.map((field) => {
    if (typeof field !== 'string') {
      throw new MongoError(51134, `$merge 'on' array elements must be strings, but found ${bsonTypeOf(field)}`);
    }
    return field;
  });
}
