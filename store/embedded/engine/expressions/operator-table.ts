import type { OperatorCompiler } from './arguments.ts';
import { ACCUMULATOR_OPERATORS } from './operators/accumulating.ts';
import { ARITHMETIC_OPERATORS } from './operators/arithmetic.ts';
import { ARRAY_ITERATION_OPERATORS } from './operators/array-iteration.ts';
import { ARRAY_OPERATORS } from './operators/arrays.ts';
import { COMPARISON_OPERATORS } from './operators/comparison.ts';
import { CONDITIONAL_OPERATORS } from './operators/conditional.ts';
import { CONVERSION_OPERATORS } from './operators/conversion.ts';
import { DATE_ARITHMETIC_OPERATORS } from './operators/date-arithmetic.ts';
import { DATE_BUILDING_OPERATORS } from './operators/date-building.ts';
import { DATE_PART_OPERATORS } from './operators/date-parts.ts';
import { DATE_TEXT_OPERATORS } from './operators/date-text.ts';
import { EXPONENTIAL_OPERATORS } from './operators/exponential.ts';
import { LOGICAL_OPERATORS } from './operators/logical.ts';
import { OBJECT_OPERATORS } from './operators/objects.ts';
import { REGEX_OPERATORS } from './operators/regex.ts';
import { ROUNDING_OPERATORS } from './operators/rounding.ts';
import { SET_OPERATORS } from './operators/sets.ts';
import { STRING_SEARCH_OPERATORS } from './operators/string-search.ts';
import { STRING_OPERATORS } from './operators/strings.ts';
import { ZIP_OPERATORS } from './operators/zip.ts';

/** Every operator that expressions may use. What is not here is refused with code 168, as MongoDB refuses unknown ones. */
export const OPERATORS: ReadonlyMap<string, OperatorCompiler> = new Map<string, OperatorCompiler>([
  ...ACCUMULATOR_OPERATORS,
  ...ARITHMETIC_OPERATORS,
  ...ARRAY_ITERATION_OPERATORS,
  ...ARRAY_OPERATORS,
  ...COMPARISON_OPERATORS,
  ...CONDITIONAL_OPERATORS,
  ...CONVERSION_OPERATORS,
  ...DATE_ARITHMETIC_OPERATORS,
  ...DATE_BUILDING_OPERATORS,
  ...DATE_PART_OPERATORS,
  ...DATE_TEXT_OPERATORS,
  ...EXPONENTIAL_OPERATORS,
  ...LOGICAL_OPERATORS,
  ...OBJECT_OPERATORS,
  ...REGEX_OPERATORS,
  ...ROUNDING_OPERATORS,
  ...SET_OPERATORS,
  ...STRING_OPERATORS,
  ...STRING_SEARCH_OPERATORS,
  ...ZIP_OPERATORS,
]);
