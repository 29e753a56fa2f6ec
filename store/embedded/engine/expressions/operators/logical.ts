import { truthy } from '../../compare.ts';
import { type OperatorCompiler, type OperatorEntries, parseOperands, unary } from '../arguments.ts';
import { constantExpression, operation } from '../scope.ts';

/** `$and` and `$or`: left to right, ending at the first operand that decides. A constant that decides makes the whole constant. */
function connective(decides: boolean): OperatorCompiler {
  return (argument, scope) => {
    const operands = parseOperands(argument, scope);
    if (operands.some((operand) => operand.constant && truthy(operand.constant.value) === decides)) {
      return constantExpression(decides);
    }
    return operation(scope, operands, (frame) => {
      for (const operand of operands) if (truthy(operand.evaluate(frame)) === decides) return decides;
      return !decides;
    });
  };
}

export const LOGICAL_OPERATORS: OperatorEntries = [
  ['$and', connective(false)],
  ['$not', unary((value) => !truthy(value))],
  ['$or', connective(true)],
];
