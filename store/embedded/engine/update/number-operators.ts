import { type Decimal128, type Double, Int32, Long } from 'bson';
import { describeElement } from '../filter/describe-value.ts';
import {
  addNumbers,
  BSON_TYPE,
  bsonTypeOf,
  compareNumbers,
  type Document,
  identicalValues,
  isDocument,
  isNumber,
  MongoError,
  multiplyNumbers,
  toNumber,
  typeNumber,
} from '../values.ts';
import { describeOperand } from './field-operators.ts';
import { assign, type Target, type UpdateLeaf } from './leaf.ts';

/** The `_id` of a document as error texts show it. */
export function describeId(document: Document): string {
  return Object.hasOwn(document, '_id') ? describeElement('_id', document._id) : '_id: missing';
}

function describeNumber(value: unknown): string {
  const name = { int: 'NumberInt', long: 'NumberLong', double: 'NumberDouble', decimal: 'NumberDecimal' }[
    bsonTypeOf(value) as 'int'
  ];
  return `(${name})${String((value as Int32 | Long | Double | Decimal128).toString())}`;
}

/** Same type and same value; `2.50` and `2.5` of decimals count as the same, NaN never does. */
function isSameNumber(a: unknown, b: unknown): boolean {
  if (typeNumber(a) !== typeNumber(b)) return false;
  if (Number.isNaN(toNumber(a))) return false;
  return compareNumbers(a, b) === 0;
}

/** `$inc` and `$mul`. Error 14 for anything that is no number, 2 when 64 bits overflow. */
export function arithmeticLeaf(operator: '$inc' | '$mul', path: string, operand: unknown): UpdateLeaf {
  if (!isNumber(operand)) {
    const verb = operator === '$inc' ? 'increment' : 'multiply';
    throw new MongoError(14, `Cannot ${verb} with non-numeric argument: ${describeOperand(path, operand)}`);
  }
  const combine = operator === '$inc' ? addNumbers : multiplyNumbers;
  return {
    kind: 'leaf',
    operator,
    updateExisting(target) {
      const { value, document } = target;
      if (!isNumber(value)) {
        throw new MongoError(
          14,
          `Cannot apply ${operator} to a value of non-numeric type. {${describeId(document)}} has the field '${target.key}' of non-numeric type ${bsonTypeOf(value)}`,
        );
      }
      const result = combine(value, operand);
      if (result === undefined) {
        throw new MongoError(
          2,
          `Failed to apply ${operator} operations to current value (${describeNumber(value)}) for document {${describeId(document)}}`,
        );
      }
      return !isSameNumber(value, result) && assign(target, result);
    },
    valueForNew: () => (operator === '$inc' ? operand : multiplyNumbers(operand, new Int32(0))),
  };
}

type BitName = 'and' | 'or' | 'xor';

/** `$bit: {field: {and | or | xor: integer}}`. */
export function bitLeaf(operand: unknown): UpdateLeaf {
  const steps = parseBit(operand);
  const compute = (value: Int32 | Long): Int32 | Long => steps.reduce((result, step) => applyBit(result, step), value);
  return {
    kind: 'leaf',
    operator: '$bit',
    updateExisting(target) {
      const { value } = target;
      if (!(value instanceof Int32 || (value instanceof Long && typeNumber(value) === BSON_TYPE.long))) {
        refuseNonInteger(target);
      }
      const result = compute(value as Int32 | Long);
      return !identicalValues(value, result) && assign(target, result);
    },
    valueForNew: () => compute(new Int32(0)),
  };
}

function refuseNonInteger({ document, key, value }: Target): never {
  throw new MongoError(
    2,
    `Cannot apply $bit to a value of non-integral type.${describeId(document)} has the field ${key} of non-integer type ${bsonTypeOf(value)}`,
  );
}

function parseBit(operand: unknown): { name: BitName; mask: Int32 | Long }[] {
  const usage = '{$bit: {field: {and/or/xor: #}}';
  if (!isDocument(operand)) {
    throw new MongoError(
      2,
      `The $bit modifier is not compatible with a ${bsonTypeOf(operand)}. You must pass in an embedded document: ${usage}`,
    );
  }
  const names = Object.keys(operand);
  if (names.length === 0) {
    throw new MongoError(2, `You must pass in at least one bitwise operation. The format is: ${usage}`);
  }
  return names.map((name) => {
    const mask = operand[name];
    if (name !== 'and' && name !== 'or' && name !== 'xor') {
      throw new MongoError(
        2,
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${describeElement(name, mask)}}`,
      );
    }
    const type = typeNumber(mask);
    if (type !== BSON_TYPE.int && type !== BSON_TYPE.long) {
      throw new MongoError(
        2,
        `The $bit modifier field must be an Integer(32/64 bit); a '${bsonTypeOf(mask)}' is not supported here: {${describeElement(name, mask)}}`,
      );
    }
    return { name, mask: mask as Int32 | Long };
  });
}

function applyBit(value: Int32 | Long, { name, mask }: { name: BitName; mask: Int32 | Long }): Int32 | Long {
  if (value instanceof Int32 && mask instanceof Int32) {
    const { value: left } = value;
    const { value: right } = mask;
    return new Int32(name === 'and' ? left & right : name === 'or' ? left | right : left ^ right);
  }
  const left = toLong(value);
  const right = toLong(mask);
  return name === 'and' ? left.and(right) : name === 'or' ? left.or(right) : left.xor(right);
}

function toLong(value: Int32 | Long): Long {
  return value instanceof Int32 ? Long.fromInt(value.value) : value;
}
