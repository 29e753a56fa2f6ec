import type { Decimal128, Double, Int32, Long } from 'bson';
import { bsonTypeOf } from '../bson-types.ts';
import { decimalToDouble, digitsOf, exactDecimalFromDouble } from '../decimal.ts';
import { MongoError } from '../mongo-error.ts';
import { quantizeDecimal } from './numbers/decimal-rounding.ts';
import type { Value } from './scope.ts';

/** A double with six significant digits as C's `%g` writes it; this is how MongoDB 6.0 turns doubles into text. */
export function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits, power] = sixDigits(value).toExponential(5).split('e') as [string, string];
  const exponent = Number(power);
  const trim = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (exponent < -4 || exponent >= 6) {
    const sign = exponent < 0 ? '-' : '+';
    return `${trim(digits)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return trim(sixDigits(value).toFixed(5 - exponent));
}

/** The double nearest to six significant digits, exact halves to the even digit as C rounds them. */
function sixDigits(value: number): number {
  const exact = exactDecimalFromDouble(value);
  const excess = digitsOf(exact.coefficient) - 6;
  return excess <= 0 ? value : decimalToDouble(quantizeDecimal(exact, exact.exponent + excess, 'half-even'));
}

/** Text operators spell numbers that are none as C does; `$toString` does not. */
function specialText(value: number): string | undefined {
  if (Number.isNaN(value)) return 'nan';
  return Number.isFinite(value) ? undefined : value > 0 ? 'inf' : '-inf';
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A value as the text operators take it: numbers, dates and code become text, null and missing the empty text. */
export function coerceToText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  switch (bsonTypeOf(value)) {
    case 'int':
    case 'long':
    case 'decimal':
      return (value as Int32 | Long | Decimal128).toString();
    case 'double':
      return specialText((value as Double).value) ?? doubleText((value as Double).value);
    case 'date':
      return (value as Date).toISOString();
    case 'symbol':
      return String(value);
    case 'javascript':
      return (value as { code: string }).code;
    case 'timestamp': {
      const { t, i } = value as { t: number; i: number };
      const at = new Date(t * 1000);
      const day = String(at.getUTCDate()).padStart(2, ' ');
      return `${MONTHS[at.getUTCMonth()]} ${day} ${at.toISOString().slice(11, 19)}:${i}`;
    }
    default:
      throw new MongoError(16007, `can't convert from BSON type ${bsonTypeOf(value)} to String`);
  }
}
