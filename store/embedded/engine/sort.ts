import { type Document, fieldOf, isDocument } from './bson-types.ts';
import { compareValues } from './compare.ts';
import { checkFieldPath } from './field-path.ts';
import { describeDocument, describeElement } from './filter/describe-value.ts';
import { compareKeys, indexKeysOf, type ParallelArrays } from './index-keys.ts';
import { MongoError } from './mongo-error.ts';
import { isNumber, toNumber } from './numbers.ts';

/** One part of a sort. */
export interface SortPart {
  readonly path: string;
  readonly direction: 1 | -1;
}

/** A sort ready for use. */
export interface CompiledSort {
  readonly parts: readonly SortPart[];
  /** Set for `{$natural: 1 | -1}`: the order of the records, or its reverse. */
  readonly natural: 1 | -1 | undefined;
  /** What a document is sorted by; of several (arrays) the one that comes first. Error 2 for two different arrays. */
  keyOf(document: Document): readonly unknown[];
  /** Order of two keys of `keyOf`. */
  compare(a: readonly unknown[], b: readonly unknown[]): number;
  /** Sorts documents; those with equal keys stay in the order in which they came. */
  sort<T extends Document>(documents: readonly T[]): T[];
}

const SORT_PARALLEL_ARRAYS: ParallelArrays = {
  code: 2,
  message: () => 'cannot sort with keys that are parallel arrays',
};

/** Parses a sort (`{a: 1, 'b.c': -1}`). Errors: 15974, 15975, 15976 and those of field paths, as MongoDB has them. */
export function compileSort(sort: unknown): CompiledSort {
  if (!isDocument(sort)) throw new MongoError(14, 'sort must be an object');
  const names = Object.keys(sort);
  if (Object.hasOwn(sort, '$natural')) {
    if (names.length > 1)
      throw new MongoError(2, `Cannot include '$natural' in compound sort: ${describeDocument(sort)}`);
    const direction = sort.$natural;
    return naturalSort(isNumber(direction) && toNumber(direction) < 0 ? -1 : 1);
  }
  const parts = names.map((path): SortPart => {
    const direction = directionOf(path, sort[path]);
    checkFieldPath(path);
    return { path, direction };
  });
  if (parts.length > 32) throw new MongoError(13103, 'too many compound keys');
  return sortOf(parts);
}

function directionOf(path: string, value: unknown): 1 | -1 {
  if (isDocument(value)) {
    if (Object.hasOwn(value, '$meta')) {
      throw new MongoError(40218, 'query requires text score metadata, but it is not available');
    }
    throw new MongoError(17312, '$meta is the only expression supported by $sort right now');
  }
  if (!isNumber(value)) {
    throw new MongoError(15974, `Illegal key in $sort specification: ${describeElement(path, value)}`);
  }
  const number = Math.trunc(toNumber(value));
  if (number !== 1 && number !== -1) {
    throw new MongoError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  }
  return number;
}

function naturalSort(natural: 1 | -1): CompiledSort {
  return {
    parts: [],
    natural,
    keyOf: () => [],
    compare: () => 0,
    sort: (documents) => (natural === 1 ? [...documents] : [...documents].reverse()),
  };
}

function sortOf(parts: readonly SortPart[]): CompiledSort {
  const paths = parts.map((part) => part.path);
  const split = paths.map((path) => path.split('.'));
  const directions = parts.map((part) => part.direction);
  const compare = (a: readonly unknown[], b: readonly unknown[]) => compareKeys(a, b, directions);

  function keyOf(document: Document): readonly unknown[] {
    const key: unknown[] = [];
    for (const path of split) {
      const value = plainValue(document, path);
      if (value === MEETS_ARRAY) return leastKey(document);
      key.push(value);
    }
    return key;
  }

  function leastKey(document: Document): readonly unknown[] {
    const { keys } = indexKeysOf(document, paths, SORT_PARALLEL_ARRAYS);
    let least = keys[0] ?? [];
    for (const key of keys) if (compare(key, least) < 0) least = key;
    return least;
  }

  return {
    parts,
    natural: undefined,
    keyOf,
    compare,
    sort(documents) {
      if (parts.length === 1 && directions[0] === 1) {
        const keyed = documents.map((document) => ({ document, key: keyOf(document)[0] }));
        return keyed.sort((a, b) => compareValues(a.key, b.key)).map(({ document }) => document);
      }
      const keyed = documents.map((document) => ({ document, key: keyOf(document) }));
      return keyed.sort((a, b) => compare(a.key, b.key)).map(({ document }) => document);
    },
  };
}

const MEETS_ARRAY = Symbol('an array on the way');

/** The value at a path that meets no array: null when missing. */
function plainValue(document: Document, path: readonly string[]): unknown {
  let current: unknown = document;
  for (const part of path) {
    if (!isDocument(current)) return null;
    current = fieldOf(current, part);
    if (Array.isArray(current)) return MEETS_ARRAY;
  }
  return current === undefined ? null : current;
}
