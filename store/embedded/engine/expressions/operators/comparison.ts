import { Int32 } from 'bson';
import { compareValues } from '../../compare.ts';
import { binary, type OperatorEntries } from '../arguments.ts';

export const COMPARISON_OPERATORS: OperatorEntries = [
  ['$cmp', binary((left, right) => new Int32(Math.sign(compareValues(left, right))))],
  ['$eq', binary((left, right) => compareValues(left, right) === 0)],
  ['$gt', binary((left, right) => compareValues(left, right) > 0)],
  ['$gte', binary((left, right) => compareValues(left, right) >= 0)],
  ['$lt', binary((left, right) => compareValues(left, right) < 0)],
  ['$lte', binary((left, right) => compareValues(left, right) <= 0)],
  ['$ne', binary((left, right) => compareValues(left, right) !== 0)],
];
