import { type Document, fieldOf, isDocument } from './bson-types.ts';
import { compareValues } from './compare.ts';
import { MongoError } from './mongo-error.ts';

/** What a path found before it ended or met an array: the value and the parts still to walk. */
interface Found {
  readonly value: unknown;
  readonly rest: readonly string[];
}

/** Walks by name, in arrays by position, and stops at the first array or at the end. */
function untilArray(start: Document | readonly unknown[], parts: readonly string[]): Found {
  let current: unknown = start;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as string;
    if (Array.isArray(current)) current = /^(?:0|[1-9]\d*)$/.test(part) ? current[Number(part)] : undefined;
    else current = isDocument(current) ? fieldOf(current, part) : undefined;
    if (current === undefined) return { value: undefined, rest: [] };
    if (Array.isArray(current)) return { value: current, rest: parts.slice(i + 1) };
  }
  return { value: current, rest: [] };
}

/** A path whose next part names a position of the array being expanded. */
interface Positional {
  readonly element: unknown;
  readonly found: Found;
}

/** One column of a key during expansion: parts still to walk (none: done) and the value so far. */
interface Column {
  readonly rest: readonly string[];
  readonly value: unknown;
}

/** How sorts and indexes name the error of two different arrays in one key. */
export interface ParallelArrays {
  readonly code: number;
  readonly message: (first: string, second: string) => string;
}

const INDEX_PARALLEL_ARRAYS: ParallelArrays = {
  code: 171,
  message: (first, second) => `cannot index parallel arrays [${second}] [${first}]`,
};

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

class KeyExpansion {
  readonly keys: unknown[][] = [];
  readonly foundKeys: unknown[][] = [];
  readonly parallel: ParallelArrays;
  missing = 0;
  isMultikey = false;

  constructor(parallel: ParallelArrays) {
    this.parallel = parallel;
  }

  expand(document: Document, columns: readonly Column[], positionals: readonly (Positional | undefined)[]): void {
    let array: readonly unknown[] | undefined;
    let isNested = false;
    let arrayPath = '';
    const inArray: number[] = [];
    const next = columns.map((column, i): Column => {
      const head = column.rest[0];
      if (head === undefined) return column;
      const { value, rest } = this.step(document, column.rest, positionals[i]);
      if (value === undefined) {
        this.missing += 1;
        return { rest: [], value: null };
      }
      if (!Array.isArray(value)) return { rest: [], value };
      // An array right within an array is one value, not several keys.
      if (fieldOf(document, head) === undefined && Array.isArray(positionals[i]?.element)) isNested = true;
      // Told apart by path: two fields may share one array object in memory.
      const path = column.rest.slice(0, column.rest.length - rest.length).join('.');
      if (array === undefined) {
        array = value;
        arrayPath = path;
      } else if (arrayPath !== path) {
        throw new MongoError(this.parallel.code, this.parallel.message(lastPart(arrayPath), lastPart(path)));
      }
      inArray.push(i);
      return { rest, value: undefined };
    });
    if (array === undefined) {
      const key = next.map((column) => column.value);
      this.keys.push(key);
      if (this.missing < key.length) this.foundKeys.push(key);
      return;
    }
    this.isMultikey = true;
    this.expandArray(array, next, inArray, isNested);
  }

  /** The next value along a path: from the document, or from the position that the part names in the array around it. */
  step(document: Document, parts: readonly string[], positional: Positional | undefined): Found {
    const head = parts[0] as string;
    if (fieldOf(document, head) === undefined) return positional ? positional.found : { value: undefined, rest: [] };
    if (positional) {
      throw new MongoError(
        16746,
        `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${head}'`,
      );
    }
    return untilArray(document, parts);
  }

  expandArray(
    array: readonly unknown[],
    columns: readonly Column[],
    inArray: readonly number[],
    isNested: boolean,
  ): void {
    const positionals = columns.map((column, i): Positional | undefined => {
      const head = column.rest[0];
      if (head === undefined || !inArray.includes(i) || !/^(?:0|[1-9]\d*)$/.test(head)) return undefined;
      const element = array[Number(head)];
      return element === undefined ? undefined : { element, found: untilArray(array, column.rest) };
    });
    const missing = this.missing;
    for (const entry of array.length === 0 ? [undefined] : array) {
      this.missing = missing;
      const filled = columns.map((column, i) =>
        inArray.includes(i) && column.rest.length === 0
          ? { rest: column.rest, value: isNested && array.length > 0 ? array : entry }
          : column,
      );
      this.expand(isDocument(entry) ? entry : {}, filled, positionals);
    }
  }
}

/** The keys of a document under an index. */
export interface IndexKeys {
  /** Different keys only, one value per path; null for missing, `undefined` for an empty array. */
  readonly keys: readonly (readonly unknown[])[];
  /** Whether an array took part: then the index is multikey. */
  readonly isMultikey: boolean;
  /** The keys of a sparse index: those in which at least one path was found. */
  readonly sparseKeys: readonly (readonly unknown[])[];
}

/**
 * The keys of a document for an index (or a sort) over `paths`, as MongoDB builds them: an array on the way gives one
 * key per element, numeric parts name positions, arrays within arrays are values of their own.
 * Errors: 171 when two different arrays would have to be expanded, 16746 for an ambiguous numeric name.
 */
export function indexKeysOf(
  document: Document,
  paths: readonly string[],
  parallel: ParallelArrays = INDEX_PARALLEL_ARRAYS,
): IndexKeys {
  const expansion = new KeyExpansion(parallel);
  const columns = paths.map((path): Column => ({ rest: path.split('.'), value: undefined }));
  expansion.expand(document, columns, []);
  const { keys, foundKeys, isMultikey } = expansion;
  return { keys: distinctKeys(keys), isMultikey, sparseKeys: distinctKeys(foundKeys) };
}

/** Order of two keys of the same index. */
export function compareKeys(a: readonly unknown[], b: readonly unknown[], directions: readonly (1 | -1)[]): number {
  for (let i = 0; i < a.length; i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return directions[i] === -1 ? -order : order;
  }
  return 0;
}

function distinctKeys(keys: unknown[][]): unknown[][] {
  if (keys.length < 2) return keys;
  const sorted = [...keys].sort((a, b) => compareKeys(a, b, []));
  return sorted.filter((key, i) => i === 0 || compareKeys(key, sorted[i - 1] as unknown[], []) !== 0);
}
