import { Double, Int32, Long } from 'bson';
import { bsonTypeOf } from '../../bson-types.ts';
import {
  DECIMAL_NAN,
  decimalFromInteger,
  decimalToDouble,
  digitsOf,
  exactDecimalFromDouble,
  fitDecimal,
  powerOfTen,
  toDecimal128,
} from '../../decimal.ts';
import { MongoError } from '../../mongo-error.ts';
import { arithmeticDecimal, integer, toBigInt, toNumber } from '../../numbers.ts';
import { isNullish, type OperatorEntries, ranged, unary } from '../arguments.ts';
import { decimalToBigInt, quantizeDecimal, type Rounding } from '../numbers/decimal-rounding.ts';
import { DECIMAL, DOUBLE, fitsLong, INT, numberKind, roundHalfEven } from '../numbers/number.ts';
import type { Value } from '../scope.ts';
import { notNumeric } from './arithmetic.ts';

function toWhole(round: (value: number) => number, rounding: Rounding): (value: Value, name: string) => Value {
  return (value, name) => {
    if (isNullish(value)) return null;
    switch (numberKind(value)) {
      case -1:
        throw notNumeric(name, value);
      case DOUBLE:
        return new Double(round(toNumber(value)));
      case DECIMAL:
        // An infinite decimal has no whole number next to it.
        return toDecimal128(
          arithmeticDecimal(value).special ? DECIMAL_NAN : quantizeDecimal(arithmeticDecimal(value), 0, rounding),
        );
      default:
        return value;
    }
  };
}

function precisionOf(value: Value, name: string): number {
  const kind = numberKind(value);
  if (kind < 0) throw new MongoError(16004, `can't convert from BSON type ${bsonTypeOf(value)} to long`);
  const number = toNumber(value);
  if (!Number.isInteger(number)) throw new MongoError(51082, `precision argument to  ${name} must be a integral value`);
  if (number < -20 || number > 100) {
    throw new MongoError(51083, `cannot apply ${name} with precision value ${number} value must be in [-20, 100]`);
  }
  return number;
}

function toPlaces(rounding: Rounding): (values: readonly Value[], name: string) => Value {
  return ([value, places], name) => {
    if (isNullish(value)) return null;
    const kind = numberKind(value);
    if (kind < 0) throw new MongoError(51081, `${name} only supports numeric types, not ${bsonTypeOf(value)}`);
    const precision = places === undefined ? 0 : precisionOf(places, name);
    if (kind === DECIMAL) return toDecimal128(quantizeIfCoarser(arithmeticDecimal(value), precision, rounding));
    if (kind === DOUBLE) return new Double(roundDouble(toNumber(value), precision, rounding));
    if (precision >= 0) return value;
    const rounded = decimalToBigInt(
      quantizeDecimal(decimalFromInteger(toBigInt(value)), -precision, rounding),
      rounding,
    );
    if (!fitsLong(rounded)) {
      throw new MongoError(
        51080,
        `invalid conversion from Decimal128 result in ${name} resulting from arguments: [${value}, ${precision}]`,
      );
    }
    if (kind !== INT) return Long.fromBigInt(rounded);
    // Above the range of 32 bits the result is a long; below it MongoDB 6.0.5 wraps around.
    return rounded < 0n ? new Int32(Number(BigInt.asIntN(32, rounded))) : integer(rounded);
  };
}

function quantizeIfCoarser(value: ReturnType<typeof arithmeticDecimal>, precision: number, rounding: Rounding) {
  const rounded = quantizeDecimal(value, -precision, rounding);
  if (rounded.special !== 'nan' || value.special) return rounded;
  // No room for the wished digits: as many as there are.
  const zeros = 34 - digitsOf(value.coefficient);
  return { ...value, coefficient: value.coefficient * powerOfTen(zeros), exponent: value.exponent - zeros };
}

function roundDouble(value: number, precision: number, rounding: Rounding): number {
  if (!Number.isFinite(value) || value === 0) return value;
  if (precision === 0) return rounding === 'toward-zero' ? Math.trunc(value) : signedZero(roundHalfEven(value), value);
  const exact = fitDecimal(exactDecimalFromDouble(value));
  const rounded = quantizeDecimal(exact, -precision, rounding);
  return rounded.special ? value : decimalToDouble(rounded);
}

function signedZero(rounded: number, value: number): number {
  return rounded === 0 && value < 0 ? -0 : rounded;
}

/** Without a second operand and with a missing one things differ: only what was written counts. */
function withPlaces(rounding: Rounding): (values: Value[], name: string) => Value {
  const round = toPlaces(rounding);
  return (values, name) => {
    if (values.length > 1 && !isNullish(values[0])) {
      // The number is checked first, then a precision of null answers null.
      if (numberKind(values[0]) >= 0 && isNullish(values[1])) return null;
    }
    return round(values, name);
  };
}

export const ROUNDING_OPERATORS: OperatorEntries = [
  ['$ceil', unary(toWhole(Math.ceil, 'up'))],
  ['$floor', unary(toWhole(Math.floor, 'down'))],
  ['$round', ranged(1, 2, withPlaces('half-even'))],
  ['$trunc', ranged(1, 2, withPlaces('toward-zero'))],
];
