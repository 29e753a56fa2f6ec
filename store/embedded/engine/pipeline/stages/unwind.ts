import { Long } from 'bson';
import { bsonTypeOf, type Document, isDocument, setField } from '../../bson-types.ts';
import { parseFieldPath, plainValueAt } from '../../expressions/field-path.ts';
import type { Value } from '../../expressions/scope.ts';
import { MongoError } from '../../mongo-error.ts';
import type { StageCompiler } from '../stage.ts';

interface Unwind {
  readonly path: readonly string[];
  readonly indexPath: readonly string[] | undefined;
  readonly keepsEmpty: boolean;
}

function parseUnwind(specification: unknown): Unwind {
  let path: unknown;
  let indexPath: readonly string[] | undefined;
  let keepsEmpty = false;
  if (typeof specification === 'string') path = specification;
  else if (isDocument(specification)) {
    for (const [field, value] of Object.entries(specification)) {
      if (field === 'path') {
        if (typeof value !== 'string') {
          throw new MongoError(28808, `expected a string as the path for $unwind stage, got ${bsonTypeOf(value)}`);
        }
        path = value;
      } else if (field === 'preserveNullAndEmptyArrays') {
        if (typeof value !== 'boolean') {
          throw new MongoError(
            28809,
            `expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage, got ${bsonTypeOf(value)}`,
          );
        }
        keepsEmpty = value;
      } else if (field === 'includeArrayIndex') {
        if (typeof value !== 'string' || value === '') {
          throw new MongoError(
            28810,
            `expected a non-empty string for the includeArrayIndex  option to $unwind stage, got ${bsonTypeOf(value)}`,
          );
        }
        if (value.startsWith('$')) {
          throw new MongoError(
            28822,
            `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${value}`,
          );
        }
        indexPath = parseFieldPath(value);
      } else throw new MongoError(28811, `unrecognized option to $unwind stage: ${field}`);
    }
  } else {
    throw new MongoError(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${bsonTypeOf(specification)}`,
    );
  }
  if (typeof path !== 'string' || path === '') throw new MongoError(28812, 'no path specified to $unwind stage');
  if (!path.startsWith('$')) {
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  }
  return { path: parseFieldPath(path.slice(1)), indexPath, keepsEmpty };
}

/** A copy of a document with the value at a path set (undefined removes it, at the top it leaves its place); what is no document on the way gives way. */
export function withValueAt(document: Document, path: readonly string[], value: Value, from = 0): Document {
  const name = path[from] as string;
  const copy: Document = { ...document };
  if (from < path.length - 1) {
    const inner = Object.hasOwn(document, name) ? document[name] : undefined;
    setField(copy, name, withValueAt(isDocument(inner) ? inner : {}, path, value, from + 1));
  } else if (value === undefined && from > 0) delete copy[name];
  else setField(copy, name, value);
  return copy;
}

export const compileUnwind: StageCompiler = (specification) => {
  const { path, indexPath, keepsEmpty } = parseUnwind(specification);
  const withIndex = (document: Document, index: Long | null) =>
    indexPath ? withValueAt(document, indexPath, index) : document;
  return function* (source) {
    for (const document of source) {
      const value = plainValueAt(document, path);
      if (Array.isArray(value)) {
        for (const [i, element] of value.entries()) {
          yield withIndex(withValueAt(document, path, element), Long.fromNumber(i));
        }
        if (value.length === 0 && keepsEmpty) yield withIndex(withValueAt(document, path, undefined), null);
      } else if (value === null || value === undefined) {
        if (keepsEmpty) yield withIndex(document, null);
      } else yield withIndex(document, null);
    }
  };
};
