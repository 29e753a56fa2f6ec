import { Timestamp } from 'bson';
import { describeElement } from '../filter/describe-value.ts';
import { bsonTypeOf, compareValues, identicalValues, isDocument, MongoError } from '../values.ts';
import { assign, type UpdateLeaf } from './leaf.ts';

/** `$set`. */
export function setLeaf(operator: string, value: unknown): UpdateLeaf {
  return {
    kind: 'leaf',
    operator,
    updateExisting: (target) => !identicalValues(target.value, value) && assign(target, value),
    valueForNew: () => value,
  };
}

/** `$setOnInsert`: a `$set` that only counts while an upsert builds its document. */
export function setOnInsertLeaf(value: unknown): UpdateLeaf {
  const set = setLeaf('$setOnInsert', value);
  return {
    ...set,
    updateExisting: (target, moment) => moment.isInsert && set.updateExisting(target, moment),
    valueForNew: (moment) => (moment.isInsert ? value : undefined),
    ignoresDeadEnds: true,
  };
}

/** `$unset`: removes a field; an array element becomes null. */
export function unsetLeaf(): UpdateLeaf {
  return {
    kind: 'leaf',
    operator: '$unset',
    ignoresDeadEnds: true,
    updateExisting(target) {
      const { parent, key } = target;
      if (Array.isArray(parent)) return assign(target, null);
      delete parent[key];
      return true;
    },
    valueForNew: () => undefined,
  };
}

/** `$min` (sign -1) and `$max` (sign 1), in BSON's order across types. */
export function extremeLeaf(operator: '$min' | '$max', value: unknown): UpdateLeaf {
  const sign = operator === '$min' ? -1 : 1;
  return {
    kind: 'leaf',
    operator,
    updateExisting: (target) => compareValues(value, target.value) === sign && assign(target, value),
    valueForNew: () => value,
  };
}

/** `$currentDate`: `true`, `{$type: 'date'}` or `{$type: 'timestamp'}`. */
export function currentDateLeaf(operand: unknown): UpdateLeaf {
  const isTimestamp = parseCurrentDate(operand);
  const valueAt = (now: Date): unknown =>
    isTimestamp ? new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }) : new Date(now.getTime());
  return {
    kind: 'leaf',
    operator: '$currentDate',
    updateExisting: (target, { now }) => assign(target, valueAt(now)),
    valueForNew: ({ now }) => valueAt(now),
  };
}

function parseCurrentDate(operand: unknown): boolean {
  if (typeof operand === 'boolean') return false;
  if (!isDocument(operand)) {
    throw new MongoError(
      2,
      `${bsonTypeOf(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  const names = Object.keys(operand);
  for (const name of names) {
    if (name !== '$type') throw new MongoError(2, `Unrecognized $currentDate option: ${name}`);
  }
  const type = operand.$type;
  if (type !== 'date' && type !== 'timestamp') {
    throw new MongoError(
      2,
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    );
  }
  return type === 'timestamp';
}

/** The text of `{name: value}` in errors about operands. */
export function describeOperand(path: string, value: unknown): string {
  return `{${describeElement(path, value)}}`;
}
