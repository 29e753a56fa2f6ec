import { describeElement } from '../filter/describe-value.ts';
import { compileDocumentTest } from '../filter/filter-compile.ts';
import { isRegexValue } from '../filter/filter-operators.ts';
import { isFieldOperator, parseFilter, parseValueConditions } from '../filter/filter-parse.ts';
import { bsonTypeOf, equalValues, exactInteger, isDocument, isNumber, MongoError } from '../values.ts';
import { assign, type Target, type UpdateLeaf } from './leaf.ts';

type ElementTest = (element: unknown) => boolean;

function removalLeaf(operator: string, isRemoved: ElementTest): UpdateLeaf {
  return {
    kind: 'leaf',
    operator,
    updateExisting(target) {
      if (!Array.isArray(target.value)) throw new MongoError(2, 'Cannot apply $pull to a non-array value');
      const kept = target.value.filter((element) => !isRemoved(element));
      return kept.length !== target.value.length && assign(target, kept);
    },
    valueForNew: () => undefined,
  };
}

/** `$pull`: by equality, by conditions on the element, or by conditions on the fields of a document. */
export function pullLeaf(operand: unknown): UpdateLeaf {
  return removalLeaf('$pull', pullTest(operand));
}

function pullTest(operand: unknown): ElementTest {
  if (isDocument(operand)) {
    const first = Object.keys(operand)[0];
    if (first === undefined || !isFieldOperator(first)) {
      const matches = compileDocumentTest(parseFilter(operand));
      return (element) => isDocument(element) && matches(element);
    }
    const children = parseValueConditions(operand);
    const matches = compileDocumentTest({ type: 'and', children });
    return (element) => matches({ '': element });
  }
  if (isRegexValue(operand)) {
    const matches = compileDocumentTest(parseFilter({ '': operand }));
    return (element) => matches({ '': element });
  }
  return (element) => equalValues(element, operand);
}

/** `$pullAll`: by equality with any of the values. */
export function pullAllLeaf(operand: unknown): UpdateLeaf {
  if (!Array.isArray(operand)) {
    throw new MongoError(2, `$pullAll requires an array argument but was given a ${bsonTypeOf(operand)}`);
  }
  return removalLeaf('$pullAll', (element) => operand.some((value) => equalValues(element, value)));
}

/** `$pop`: the last element (1) or the first (-1). */
export function popLeaf(path: string, operand: unknown): UpdateLeaf {
  const fromStart = parsePop(path, operand) < 0;
  return {
    kind: 'leaf',
    operator: '$pop',
    updateExisting(target: Target) {
      const { value } = target;
      if (!Array.isArray(value)) {
        throw new MongoError(14, `Path '${target.path}' contains an element of non-array type '${bsonTypeOf(value)}'`);
      }
      if (value.length === 0) return false;
      return assign(target, fromStart ? value.slice(1) : value.slice(0, -1));
    },
    valueForNew: () => undefined,
  };
}

function parsePop(path: string, operand: unknown): number {
  if (!isNumber(operand)) throw new MongoError(9, `Expected a number in: ${describeElement(path, operand)}`);
  const integer = exactInteger(operand);
  if (integer === undefined) throw new MongoError(9, `Expected an integer: ${describeElement(path, operand)}`);
  if (integer !== 1n && integer !== -1n) throw new MongoError(9, `$pop expects 1 or -1, found: ${integer}`);
  return Number(integer);
}
