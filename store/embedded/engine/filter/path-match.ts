import { type Document, fieldOf, isDocument } from '../values.ts';

/** Answers of a walk along a path: nothing matched, or something outside of any array did; else the array's index. */
export const NO_MATCH = -2;
export const MATCH_WITHOUT_ARRAY = -1;

/** A test of one value; `undefined` stands for a missing one. */
export type ValueTest = (value: unknown) => boolean;

/** A compiled path: walks a document and gives NO_MATCH, MATCH_WITHOUT_ARRAY or the index within the outermost array. */
export type PathWalk = (document: Document) => number;

/** The part of a path as an array index, or -1. `01` is a name, not an index. */
export function indexOfPart(part: string): number {
  return /^(?:0|[1-9]\d{0,9})$/.test(part) ? Number(part) : -1;
}

/**
 * MongoDB's walk along a dotted path: through documents by name, through arrays into every document they hold and, for
 * a numeric part, to that position. The values at the end are tested one by one; with `intoLeafArrays` an array at the
 * end gives its elements and then itself, otherwise only itself. Non-documents inside of an array on the way give nothing,
 * a dead end outside of arrays gives a missing value.
 */
export function compilePathWalk(path: string, intoLeafArrays: boolean, test: ValueTest): PathWalk {
  const parts = path.split('.');
  const indexes = parts.map(indexOfPart);
  const count = parts.length;

  function leafArray(array: readonly unknown[]): number {
    if (intoLeafArrays) {
      for (let i = 0; i < array.length; i++) if (test(array[i])) return i;
    }
    return test(array) ? MATCH_WITHOUT_ARRAY : NO_MATCH;
  }

  function throughDocument(document: Document, from: number): number {
    let current = document;
    for (let i = from; ; i++) {
      const value = fieldOf(current, parts[i] as string);
      if (Array.isArray(value)) return i + 1 === count ? leafArray(value) : throughArray(value, i + 1);
      if (i + 1 === count) return test(value) ? MATCH_WITHOUT_ARRAY : NO_MATCH;
      if (!isDocument(value)) return test(undefined) ? MATCH_WITHOUT_ARRAY : NO_MATCH;
      current = value;
    }
  }

  /** A position named by the path takes no part in what `.$` stands for. */
  function atPosition(item: unknown, next: number): number {
    if (next === count) return test(item) ? MATCH_WITHOUT_ARRAY : NO_MATCH;
    if (isDocument(item)) return throughDocument(item, next);
    return Array.isArray(item) ? throughArray(item, next) : NO_MATCH;
  }

  function throughArray(array: readonly unknown[], next: number): number {
    for (let i = 0; i < array.length; i++) {
      const item = array[i];
      if (isDocument(item) && throughDocument(item, next) !== NO_MATCH) return i;
      if (indexes[next] === i) {
        const found = atPosition(item, next + 1);
        if (found !== NO_MATCH) return found;
      }
    }
    return NO_MATCH;
  }

  return (document) => throughDocument(document, 0);
}

/** The same walk as a plain yes or no, with a short way for paths of one part. */
export function compilePathTest(
  path: string,
  intoLeafArrays: boolean,
  test: ValueTest,
): (document: Document) => boolean {
  if (path.includes('.')) {
    const walk = compilePathWalk(path, intoLeafArrays, test);
    return (document) => walk(document) !== NO_MATCH;
  }
  return (document) => {
    const value = fieldOf(document, path);
    if (intoLeafArrays && Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) if (test(value[i])) return true;
    }
    return test(value);
  };
}
