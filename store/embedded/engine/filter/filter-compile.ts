import { type Document, truthy } from '../values.ts';
import { type ElemMatchNode, type FilterNode, isPathNode, type PathNode } from './filter-node.ts';
import { compilePathTest, compilePathWalk, MATCH_WITHOUT_ARRAY, NO_MATCH, type ValueTest } from './path-match.ts';
import { asDocument, simpleValueTest } from './value-tests.ts';

/** Whether a document passes. */
export type DocumentTest = (document: Document) => boolean;

/** Which nodes test the elements of an array at the end of the path, and not only the array. */
function looksIntoLeafArrays(node: PathNode): boolean {
  return node.type !== 'size' && node.type !== 'elemMatchObject' && node.type !== 'elemMatchValue';
}

/** The test of one value, without any walking into arrays (what `$elemMatch: {$gt: 5}` applies to each element). */
export function compileValueTest(node: FilterNode): ValueTest {
  switch (node.type) {
    case 'and': {
      const tests = node.children.map(compileValueTest);
      return (value) => tests.every((test) => test(value));
    }
    case 'or': {
      const tests = node.children.map(compileValueTest);
      return (value) => tests.some((test) => test(value));
    }
    case 'nor': {
      const tests = node.children.map(compileValueTest);
      return (value) => !tests.some((test) => test(value));
    }
    case 'not': {
      const test = compileValueTest(node.child);
      return (value) => !test(value);
    }
    case 'alwaysTrue':
      return () => true;
    case 'alwaysFalse':
      return () => false;
    case 'expr':
      return () => false;
    case 'elemMatchObject':
    case 'elemMatchValue': {
      const find = compileArrayFinder(node);
      return (value) => Array.isArray(value) && find(value) >= 0;
    }
    default:
      return simpleValueTest(node);
  }
}

/** Index of the first element that `$elemMatch` accepts, or -1. */
export function compileArrayFinder(node: ElemMatchNode): (array: readonly unknown[]) => number {
  if (node.type === 'elemMatchObject') {
    const matches = compileDocumentTest(node.child);
    return (array) =>
      array.findIndex((item) => {
        const document = asDocument(item);
        return document !== undefined && matches(document);
      });
  }
  const tests = node.children.map(compileValueTest);
  return (array) => array.findIndex((item) => tests.every((test) => test(item)));
}

/** Turns a parsed filter into a function over documents. */
export function compileDocumentTest(node: FilterNode): DocumentTest {
  switch (node.type) {
    case 'and':
      return allOf(node.children.map(compileDocumentTest));
    case 'or': {
      const tests = node.children.map(compileDocumentTest);
      return (document) => tests.some((test) => test(document));
    }
    case 'nor': {
      const tests = node.children.map(compileDocumentTest);
      return (document) => !tests.some((test) => test(document));
    }
    case 'not': {
      const test = compileDocumentTest(node.child);
      return (document) => !test(document);
    }
    case 'expr':
      return (document) => truthy(node.evaluate(document));
    case 'alwaysTrue':
      return () => true;
    case 'alwaysFalse':
      return () => false;
    default:
      return compilePathTest(node.path, looksIntoLeafArrays(node), compileValueTest(node));
  }
}

function allOf(tests: readonly DocumentTest[]): DocumentTest {
  const [first, second, third] = tests;
  if (!first) return () => true;
  if (!second) return first;
  if (!third) return (document) => first(document) && second(document);
  return (document) => {
    for (let i = 0; i < tests.length; i++) if (!tests[i]?.(document)) return false;
    return true;
  };
}

/**
 * The array index that `.$` stands for: the place where the filter's conditions matched within an array. Several
 * conditions on arrays: the last one in MongoDB's own order of conditions decides. Gives NO_MATCH when the document
 * does not pass, MATCH_WITHOUT_ARRAY when no array took part.
 */
export function compilePositional(node: FilterNode): (document: Document) => number {
  if (isPathNode(node)) {
    if (node.type === 'elemMatchObject' || node.type === 'elemMatchValue') return positionalOfElemMatch(node);
    return compilePathWalk(node.path, looksIntoLeafArrays(node), compileValueTest(node));
  }
  if (node.type === 'and') {
    const children = node.children.map(compilePositional);
    return (document) => {
      let found = MATCH_WITHOUT_ARRAY;
      for (const child of children) {
        const index = child(document);
        if (index === NO_MATCH) return NO_MATCH;
        if (index !== MATCH_WITHOUT_ARRAY) found = index;
      }
      return found;
    };
  }
  if (node.type === 'or' && node.children.length === 1 && node.children[0]) return compilePositional(node.children[0]);
  const test = compileDocumentTest(node);
  return (document) => (test(document) ? MATCH_WITHOUT_ARRAY : NO_MATCH);
}

function positionalOfElemMatch(node: ElemMatchNode): (document: Document) => number {
  const find = compileArrayFinder(node);
  let element = -1;
  const walk = compilePathWalk(node.path, false, (value) => {
    element = Array.isArray(value) ? find(value) : -1;
    return element >= 0;
  });
  return (document) => {
    const outer = walk(document);
    return outer === MATCH_WITHOUT_ARRAY ? element : outer;
  };
}
