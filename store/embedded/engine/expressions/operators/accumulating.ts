import { type AccumulatorKind, createAccumulator } from '../../pipeline/group/accumulators.ts';
import { type OperatorCompiler, type OperatorEntries, parseOperands } from '../arguments.ts';
import { type Joining, joinedOperation, operation, type Value } from '../scope.ts';

/** An accumulator over the operands, or over the elements of the one operand that is an array. */
function accumulating(kind: AccumulatorKind, joining?: Joining): OperatorCompiler {
  const compute = (values: Iterable<Value>): Value => {
    const accumulator = createAccumulator(kind);
    for (const value of values) accumulator.add(value);
    return accumulator.result();
  };
  return (argument, scope, name) => {
    const operands = parseOperands(argument, scope);
    const [single] = operands;
    if (operands.length === 1 && single) {
      return operation(scope, operands, (frame) => {
        const value = single.evaluate(frame);
        return compute(Array.isArray(value) ? value : [value]);
      });
    }
    if (joining) return joinedOperation(scope, name, operands, joining, compute);
    return operation(scope, operands, (frame) => compute(operands.map((operand) => operand.evaluate(frame))));
  };
}

export const ACCUMULATOR_OPERATORS: OperatorEntries = [
  ['$avg', accumulating('$avg')],
  ['$max', accumulating('$max', 'any-order')],
  ['$mergeObjects', accumulating('$mergeObjects', 'adjacent')],
  ['$min', accumulating('$min', 'any-order')],
  ['$stdDevPop', accumulating('$stdDevPop')],
  ['$stdDevSamp', accumulating('$stdDevSamp')],
  ['$sum', accumulating('$sum', 'any-order')],
];
